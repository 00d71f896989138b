// What the form of a convening sends: kept as typed, and turned into what is stored, or into what is wrong with it.
import { z } from 'zod';
import type { Directory } from '../../directory/directory.ts';
import type { Gazetteer } from '../../directory/places/places.ts';
import { firstDay, lastDay } from '../../domain/dates.ts';
import type { Convening, Source } from '../../domain/records.ts';
import type { Written } from '../../examples/save.ts';
import { type FieldError, formOf, tooLong, typedList, typedText } from '../../web/form-fields.ts';
import { parsePartialDate } from '../../web/partial-date.ts';
import { toWebLink } from '../../web/record-words.ts';
import { findCityTyped, type Parsed } from './collaboration-form.ts';

const form = z.object({
  name: typedText,
  kind: typedText,
  start: typedText,
  end: typedText,
  place: typedText,
  website: typedText,
  partners: typedList,
  groups: typedList,
  partnersSearch: typedText,
  partnersSearched: typedText,
  groupsSearch: typedText,
  groupsSearched: typedText,
  step: z.enum(['save', 'search', '']).catch(''),
  updatedAt: typedText,
});

export type ConveningForm = z.output<typeof form>;

export const parseConveningForm = (body: unknown): ConveningForm => form.parse(formOf(body));

/** Sent to look something up in a list: by its button, or by the enter key with new words in the search field. */
export const isSearch = (typed: ConveningForm): boolean =>
  typed.step === 'search' ||
  (typed.step === '' &&
    (typed.partnersSearch !== typed.partnersSearched ||
      typed.groupsSearch !== typed.groupsSearched));

const longestName = 160;
const longestKind = 60;

/** The directory's city for a place in words, or null where it has none, or the words name none. */
export function resolvePlace(
  directory: Directory,
  places: Gazetteer,
  typed: string,
): string | null {
  if (typed === '') return null;
  const known = findCityTyped(directory, typed);
  if (known) return known;
  const answer = places.find(typed);
  if (answer.kind === 'unknown' || answer.place.kind === 'coordinates') return null;
  const { place } = answer;
  const named = place.name.replace(/^\d{5} /, '');
  return findCityTyped(directory, named) ?? null;
}

function dateErrors(typed: ConveningForm): readonly (FieldError | false)[] {
  const start = parsePartialDate(typed.start);
  const end = parsePartialDate(typed.end);
  const example = 'such as 2026, March 2026 or 12 March 2026';
  return [
    typed.start === '' && { field: 'start', message: 'Say when it begins: a month is enough' },
    typed.start !== '' &&
      !start && { field: 'start', message: `Write the beginning as a date, ${example}` },
    typed.end !== '' && !end && { field: 'end', message: `Write the end as a date, ${example}` },
    start !== undefined &&
      end !== undefined &&
      lastDay(end) < firstDay(start) && {
        field: 'end',
        message: 'The end is before the beginning',
      },
  ];
}

/**
 * What is to be stored, or what is wrong. Partners and groups that the directory does not have are left out,
 * except those that the stored record names already.
 */
export function toConvening(
  { directory, places }: { readonly directory: Directory; readonly places: Gazetteer },
  typed: ConveningForm,
  before: Convening | null,
  source: Source,
): Parsed<Written<Convening>> {
  const website = toWebLink(typed.website);
  const errors = [
    typed.name === '' && { field: 'name', message: 'Give the convening a name' },
    tooLong('name', 'The name', typed.name, longestName),
    typed.kind === '' && { field: 'kind', message: 'Say what kind of event it is' },
    tooLong('kind', 'The kind', typed.kind, longestKind),
    ...dateErrors(typed),
    tooLong('place', 'The place', typed.place, longestName),
    typed.website !== '' &&
      !website && {
        field: 'website',
        message: 'Write the website as a whole address, such as https://example.org/',
      },
  ].filter((error): error is FieldError => error !== false);
  if (errors.length > 0) return { errors };
  const end = parsePartialDate(typed.end) ?? null;
  const isKept = (find: (slug: string) => unknown, was: readonly string[]) => (slug: string) =>
    find(slug) !== undefined || was.includes(slug);
  return {
    value: {
      name: typed.name,
      kind: typed.kind,
      start: parsePartialDate(typed.start) ?? '',
      end,
      city:
        before && before.place === typed.place
          ? before.city
          : resolvePlace(directory, places, typed.place),
      place: typed.place,
      website,
      partners: inOrder(
        typed.partners.filter(isKept(directory.findPartner, before?.partners ?? [])),
        before?.partners ?? [],
      ),
      groups: inOrder(
        typed.groups.filter(isKept(directory.findGroup, before?.groups ?? [])),
        before?.groups ?? [],
      ),
      source: before?.source ?? source,
    },
  };
}

/** Those that were there before in their old order, then the new ones: a form that changes nothing writes nothing. */
const inOrder = (chosen: readonly string[], before: readonly string[]): readonly string[] => [
  ...before.filter((slug) => chosen.includes(slug)),
  ...chosen.filter((slug) => !before.includes(slug)),
];
