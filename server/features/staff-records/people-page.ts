// The people who may sign in, as staff see them: the list, one person's roles, and taking somebody out.
import type { Directory } from '../../directory/directory.ts';
import {
  groupPath,
  partnerPath,
  paths,
  staffInvitePersonPath,
  staffPersonPath,
  staffRemovePersonPath,
  withQuery,
} from '../../paths.ts';
import type { Person } from '../../store/people.ts';
import { linkCell, linksCell, textCell } from '../../web/cell.ts';
import { type Choice, type ChoiceListView, toChoiceList } from '../../web/choice-list.ts';
import { type FieldError, messagesOf } from '../../web/form-fields.ts';
import { cityLabel } from '../../web/format.ts';
import { type ListDefinition, type ListView, type RawQuery, toListView } from '../../web/list.ts';
import type { Action } from '../../web/list-page.ts';
import type { Page, PageHead } from '../../web/render.ts';
import type { PersonForm } from './person-form.ts';

type Crumbs = readonly { readonly label: string; readonly href?: string }[];

const head = (title: string, description: string, canonical: string): PageHead => ({
  title,
  description,
  canonical,
  section: null,
  structuredData: null,
  noIndex: true,
});

export interface PeoplePage extends Page {
  readonly crumbs: Crumbs;
  /** What was just done, '' where nothing was. */
  readonly notice: string;
  readonly actions: readonly Action[];
  readonly list: ListView<Person>;
}

/** What a redirect says was done; anything else says nothing. */
const notices: Readonly<Record<string, string>> = {
  invited: 'The invitation is on its way.',
  added: 'This person could sign in already. The roles were added, and a mail says so.',
  changed: 'The roles are changed. They hold from the next page on.',
  removed: 'The person is removed, and every session has ended.',
};

const definitionFor = (directory: Directory): ListDefinition<Person> => ({
  path: paths.staff.people,
  caption: 'Everybody who may sign in',
  noun: { one: 'person', many: 'people' },
  defaultSort: 'address',
  columns: [
    {
      key: 'address',
      label: 'Mail address',
      cell: ({ id, address, name }) => linkCell(address, staffPersonPath(id), name),
      sortBy: ({ address }) => address,
    },
    {
      key: 'staff',
      label: 'NNIP staff',
      first: 'desc',
      cell: ({ staff }) => textCell(staff ? 'Yes' : 'No'),
      sortBy: ({ staff }) => Number(staff),
    },
    {
      key: 'partners',
      label: 'Answers for',
      cell: ({ partners }) =>
        linksCell(
          partners.map((slug) => ({
            text: directory.findPartner(slug)?.name ?? slug,
            href: partnerPath(slug),
          })),
          'no partner',
        ),
      sortBy: ({ partners }) => partners[0] ?? null,
    },
    {
      key: 'groups',
      label: 'Organizes',
      cell: ({ groups }) =>
        linksCell(
          groups.map((slug) => ({
            text: directory.findGroup(slug)?.name ?? slug,
            href: groupPath(slug),
          })),
          'no group',
        ),
      sortBy: ({ groups }) => groups[0] ?? null,
    },
    {
      key: 'actions',
      label: 'What to do',
      cell: ({ id }) =>
        linksCell(
          [
            { text: 'Change', href: staffPersonPath(id), inRow: true },
            { text: 'Remove', href: staffRemovePersonPath(id), inRow: true },
          ],
          '',
        ),
    },
  ],
});

/** @throws Problem (not found) for a page that the list does not have. */
export function peoplePage(
  directory: Directory,
  people: readonly Person[],
  raw: RawQuery,
): PeoplePage {
  const done = typeof raw['done'] === 'string' ? raw['done'] : '';
  return {
    crumbs: [{ label: 'Staff', href: paths.staff.home }, { label: 'People' }],
    notice: Object.hasOwn(notices, done) ? (notices[done] ?? '') : '',
    actions: [
      { label: 'Invite somebody', href: paths.staff.newPerson },
      { label: 'Erase what is kept of somebody', href: paths.staff.erasePerson },
    ],
    list: toListView(definitionFor(directory), raw, {
      filters: {},
      rows: people,
      total: people.length,
    }),
    head: head('People', 'Who may sign in, and as what.', paths.staff.people),
  };
}

export interface PersonPage extends Page {
  readonly crumbs: Crumbs;
  readonly title: string;
  readonly action: string;
  readonly cancel: string;
  readonly values: PersonForm;
  readonly errors: readonly FieldError[];
  readonly messages: Readonly<Record<string, string>>;
  /** Said above the form: a conflict, or that a search saved nothing. '' where there is nothing to say. */
  readonly notice: string;
  readonly partners: ChoiceListView;
  readonly groups: ChoiceListView;
  /** Null where somebody new is invited. */
  readonly person: {
    readonly isSelf: boolean;
    readonly inviteAction: string;
    readonly removeHref: string;
    readonly eraseHref: string;
    readonly changesHref: string;
  } | null;
}

export function personPage(
  directory: Directory,
  person: Person | null,
  values: PersonForm,
  over: {
    readonly isSelf?: boolean;
    readonly errors?: readonly FieldError[];
    readonly notice?: string;
  } = {},
): PersonPage {
  const title = person ? person.address : 'Invite somebody';
  const errors = over.errors ?? [];
  const action = person ? staffPersonPath(person.id) : paths.staff.newPerson;
  return {
    crumbs: [{ label: 'People', href: paths.staff.people }, { label: title }],
    title,
    action,
    cancel: paths.staff.people,
    values,
    errors,
    messages: messagesOf(errors),
    notice: over.notice ?? '',
    partners: toChoiceList(
      { name: 'partners', legend: 'Answers for these NNIP partners', hint: '' },
      partnerChoices(directory, values.partners),
      values.partners,
      values.partnersSearch,
    ),
    groups: toChoiceList(
      { name: 'groups', legend: 'Organizes these civic tech groups', hint: '' },
      groupChoices(directory, values.groups),
      values.groups,
      values.groupsSearch,
    ),
    person: person && {
      isSelf: over.isSelf ?? false,
      inviteAction: staffInvitePersonPath(person.id),
      removeHref: staffRemovePersonPath(person.id),
      eraseHref: withQuery(paths.staff.erasePerson, { person: person.id }),
      changesHref: `${paths.staff.changes}?record=person&slug=${person.id}`,
    },
    head: head(
      errors.length > 0 ? `Error: ${title}` : title,
      'Who somebody is here, and what they may do.',
      action,
    ),
  };
}

const unknownOf = (ticked: readonly string[], find: (slug: string) => unknown): readonly Choice[] =>
  ticked
    .filter((slug) => find(slug) === undefined)
    .map((value) => ({ value, label: value, note: 'not in the directory' }));

const partnerChoices = (directory: Directory, ticked: readonly string[]): readonly Choice[] => [
  ...unknownOf(ticked, directory.findPartner),
  ...directory.partners.map(({ slug, name, cityEntry }) => ({
    value: slug,
    label: name,
    note: cityLabel(cityEntry),
  })),
];

const groupChoices = (directory: Directory, ticked: readonly string[]): readonly Choice[] => [
  ...unknownOf(ticked, directory.findGroup),
  ...directory.groups.map(({ slug, name, cityEntry }) => ({
    value: slug,
    label: name,
    note: cityEntry ? cityLabel(cityEntry) : '',
  })),
];

export interface RemovePersonPage extends Page {
  readonly crumbs: Crumbs;
  readonly title: string;
  readonly errors: readonly FieldError[];
  readonly messages: Readonly<Record<string, string>>;
  readonly isSelf: boolean;
  readonly action: string;
  readonly cancel: string;
}

export function removePersonPage(
  person: Person,
  isSelf: boolean,
  errors: readonly FieldError[] = [],
): RemovePersonPage {
  const title = `Remove ${person.address}?`;
  const action = staffRemovePersonPath(person.id);
  return {
    crumbs: [
      { label: 'People', href: paths.staff.people },
      { label: person.address, href: staffPersonPath(person.id) },
      { label: 'Remove' },
    ],
    title,
    errors,
    messages: messagesOf(errors),
    isSelf,
    action,
    cancel: staffPersonPath(person.id),
    head: head(
      errors.length > 0 ? `Error: ${title}` : title,
      'Taking somebody out of those who may sign in.',
      action,
    ),
  };
}
