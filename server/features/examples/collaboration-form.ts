// What the form of a collaboration sends: kept as typed, and turned into what is stored, or into what is wrong with it.
import { z } from 'zod';
import type { Directory } from '../../directory/directory.ts';
import { firstDay, lastDay } from '../../domain/dates.ts';
import { fold } from '../../domain/fold.ts';
import type { Collaboration, Source } from '../../domain/records.ts';
import { collaborationStates } from '../../domain/words.ts';
import type { Written } from '../../examples/save.ts';
import { type FieldError, formOf, tooLong, typedText } from '../../web/form-fields.ts';
import { cityLabel } from '../../web/format.ts';
import { parsePartialDate } from '../../web/partial-date.ts';
import { toWebLink } from '../../web/record-words.ts';

const form = z.object({
  title: typedText,
  city: typedText,
  partner: typedText,
  partnerName: typedText,
  group: typedText,
  groupName: typedText,
  from: typedText,
  to: typedText,
  summary: typedText,
  link: typedText,
  state: z.enum(collaborationStates).catch('draft'),
  /** When the record was last changed, as the form was made; '' for a new one. */
  updatedAt: typedText,
});

export type CollaborationForm = z.output<typeof form>;

export const parseCollaborationForm = (body: unknown): CollaborationForm =>
  form.parse(formOf(body));

const longestTitle = 120;
const longestName = 160;
const longestSummary = 2000;
const longestLink = 500;

export type Parsed<Value> =
  | { readonly value: Value; readonly errors?: never }
  | { readonly errors: readonly FieldError[] };

/** The slug of the city that was typed as a label, a bare name that only one city has, or a slug. */
export function findCityTyped(directory: Directory, typed: string): string | undefined {
  const folded = fold(typed);
  if (folded === '') return undefined;
  const whole = directory.cities.find(
    (city) => city.slug === typed || fold(cityLabel(city)) === folded,
  );
  if (whole) return whole.slug;
  const named = directory.cities.filter(({ name }) => fold(name) === folded);
  return named.length === 1 ? named[0]?.slug : undefined;
}

interface Side {
  readonly slug: string | null;
  readonly name: string;
}

/** A record that was chosen, or one that is called exactly as the name that was typed, or the name alone. */
function sideOf(
  chosen: string,
  typedName: string,
  records: readonly { readonly slug: string; readonly name: string }[],
  before: Side | null,
): Side {
  if (chosen !== '' && chosen === before?.slug) return before;
  const found = chosen
    ? records.find(({ slug }) => slug === chosen)
    : records.find(({ name }) => fold(name) === fold(typedName));
  return found ? { slug: found.slug, name: found.name } : { slug: null, name: typedName };
}

function sideErrors(
  noun: 'partner' | 'group',
  chosen: string,
  typedName: string,
  isKnown: boolean,
): readonly (FieldError | false)[] {
  const name = `${noun}Name`;
  return [
    chosen !== '' &&
      !isKnown && { field: noun, message: `This ${noun} is not in the directory any more` },
    chosen === '' && typedName === '' && { field: noun, message: `Choose a ${noun}, or name one` },
    chosen !== '' &&
      typedName !== '' && {
        field: name,
        message: `You chose a ${noun} from the list and named one too. Clear one of the two`,
      },
    tooLong(name, `The name of the ${noun}`, typedName, longestName),
  ];
}

function dateErrors(typed: CollaborationForm): readonly (FieldError | false)[] {
  const from = parsePartialDate(typed.from);
  const to = typed.to === '' ? from : parsePartialDate(typed.to);
  const example = 'such as 2026, March 2026 or 12 March 2026';
  return [
    typed.from === '' && { field: 'from', message: 'Say when it began: a year is enough' },
    typed.from !== '' &&
      !from && { field: 'from', message: `Write the beginning as a date, ${example}` },
    typed.to !== '' && !to && { field: 'to', message: `Write the end as a date, ${example}` },
    from !== undefined &&
      to !== undefined &&
      lastDay(to) < firstDay(from) && { field: 'to', message: 'The end is before the beginning' },
  ];
}

/**
 * What is to be stored, or what is wrong.
 * @param before the record as it is stored, null for a new one
 * @param source of a new record; a stored one keeps its own
 */
export function toCollaboration(
  directory: Directory,
  typed: CollaborationForm,
  before: Collaboration | null,
  source: Source,
): Parsed<Written<Collaboration>> {
  const city = findCityTyped(directory, typed.city);
  const was = {
    partner: before && { slug: before.partner, name: before.partnerName },
    group: before && { slug: before.group, name: before.groupName },
  };
  const partner = sideOf(typed.partner, typed.partnerName, directory.partners, was.partner);
  const group = sideOf(typed.group, typed.groupName, directory.groups, was.group);
  const link = toWebLink(typed.link);
  const errors = [
    typed.title === '' && { field: 'title', message: 'Give the example a title' },
    tooLong('title', 'The title', typed.title, longestTitle),
    typed.summary === '' &&
      typed.state === 'published' && {
        field: 'summary',
        message: 'Say in a few sentences what they did together, or keep it as a draft',
      },
    tooLong('summary', 'The summary', typed.summary, longestSummary),
    !city && {
      field: 'city',
      message:
        typed.city === ''
          ? 'Say in which city it happened'
          : 'The directory has no city of this name. Write it as “Pittsburgh, PA”',
    },
    ...sideErrors('partner', typed.partner, typed.partnerName, partner.slug !== null),
    ...sideErrors('group', typed.group, typed.groupName, group.slug !== null),
    ...dateErrors(typed),
    typed.link !== '' &&
      (!link || typed.link.length > longestLink) && {
        field: 'link',
        message: 'Write the link as a whole address, such as https://example.org/story',
      },
  ].filter((error): error is FieldError => error !== false);
  if (errors.length > 0 || !city) return { errors };
  const from = parsePartialDate(typed.from) ?? '';
  return {
    value: {
      title: typed.title,
      city,
      partner: partner.slug,
      partnerName: partner.name,
      group: group.slug,
      groupName: group.name,
      from,
      to: parsePartialDate(typed.to) ?? from,
      summary: typed.summary,
      link,
      state: typed.state,
      source: before?.source ?? source,
    },
  };
}
