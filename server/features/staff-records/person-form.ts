// What the forms about people send: an address, a name, roles; kept as typed, and turned into what a person may do.
import { z } from 'zod';
import type { Directory } from '../../directory/directory.ts';
import { mailAddress } from '../../mail/outbox.ts';
import { markOf } from '../../people/keep-people.ts';
import { normalAddress, type Person, type Roles } from '../../store/people.ts';
import { type FieldError, formOf, tooLong, typedList, typedText } from '../../web/form-fields.ts';

const form = z.object({
  address: typedText,
  name: typedText,
  staff: z
    .enum(['yes', ''])
    .catch('')
    .transform((value) => value === 'yes'),
  partners: typedList,
  groups: typedList,
  partnersSearch: typedText,
  partnersSearched: typedText,
  groupsSearch: typedText,
  groupsSearched: typedText,
  step: z.enum(['save', 'search', '']).catch(''),
  /** Ticked by somebody who means themselves. */
  sure: z
    .enum(['yes', ''])
    .catch('')
    .transform((value) => value === 'yes'),
  /** The roles as the form was made from them. */
  seen: typedText,
});

export type PersonForm = z.output<typeof form>;

export const parsePersonForm = (body: unknown): PersonForm => form.parse(formOf(body));

export const emptyPersonForm: PersonForm = form.parse({});

export const toPersonForm = (person: Person): PersonForm => ({
  ...emptyPersonForm,
  address: person.address,
  name: person.name,
  staff: person.staff,
  partners: [...person.partners],
  groups: [...person.groups],
  seen: markOf(person),
});

/** Sent to look something up in a list: by its button, or by the enter key with new words in the search field. */
export const isSearch = (typed: PersonForm): boolean =>
  typed.step === 'search' ||
  (typed.step === '' &&
    (typed.partnersSearch !== typed.partnersSearched ||
      typed.groupsSearch !== typed.groupsSearched));

/** Partners and groups that the directory does not have are left out. */
const knownRoles = (directory: Directory, typed: PersonForm, had: Roles): Roles => ({
  staff: typed.staff,
  partners: typed.partners.filter(
    (slug) => directory.findPartner(slug) !== undefined || had.partners.includes(slug),
  ),
  groups: typed.groups.filter(
    (slug) => directory.findGroup(slug) !== undefined || had.groups.includes(slug),
  ),
});

const noRoles: Roles = { staff: false, partners: [], groups: [] };

const roleError = ({ staff, partners, groups }: Roles): FieldError | false =>
  !staff &&
  partners.length === 0 &&
  groups.length === 0 && {
    field: 'staff',
    message: 'Choose at least one role: NNIP staff, a partner or a group',
  };

export type ParsedRoles =
  | { readonly roles: Roles; readonly errors?: never }
  | { readonly errors: readonly FieldError[] };

export type ParsedInvitation =
  | {
      readonly invited: Roles & { readonly address: string; readonly name: string };
      readonly errors?: never;
    }
  | { readonly errors: readonly FieldError[] };

const isError = (error: FieldError | false): error is FieldError => error !== false;

export function toInvitation(directory: Directory, typed: PersonForm): ParsedInvitation {
  const address = mailAddress.safeParse(typed.address);
  const roles = knownRoles(directory, typed, noRoles);
  const errors = [
    !address.success && {
      field: 'address',
      message: 'Enter a mail address, such as ana@example.org',
    },
    tooLong('name', 'The name', typed.name, 120),
    roleError(roles),
  ].filter(isError);
  if (errors.length > 0 || !address.success) return { errors };
  return { invited: { ...roles, address: normalAddress(address.data), name: typed.name } };
}

/** @param isSelf whoever changes their own roles says so before they stop being staff */
export function toRoles(
  directory: Directory,
  typed: PersonForm,
  before: Person,
  isSelf: boolean,
): ParsedRoles {
  const roles = knownRoles(directory, typed, before);
  const errors = [
    roleError(roles),
    isSelf &&
      before.staff &&
      !roles.staff &&
      !typed.sure && {
        field: 'sure',
        message: 'This is you: tick that you give up your own staff role, or stay staff',
      },
  ].filter(isError);
  return errors.length > 0 ? { errors } : { roles };
}
