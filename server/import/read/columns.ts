// Which column of a table holds what: guessed from its head, and where the head says nothing, from its cells.
// The guess is shown, and whoever imports may set it right.
import { fold } from '../../domain/fold.ts';
import { cellText, type Table } from './table.ts';

/** What a column can hold. `nested…`: the same fact a second time, as the list of 2023 has it under `location`. */
export const columnFields = [
  'name',
  'website',
  'eventsUrl',
  'codeUrl',
  'feedUrl',
  'place',
  'state',
  'country',
  'lat',
  'lng',
  'tags',
  'topics',
  'previousNames',
  'contact',
  'founded',
  'participants',
  'nestedCity',
  'nestedState',
  'nestedCountry',
  'nestedLat',
  'nestedLng',
] as const;
export type ColumnField = (typeof columnFields)[number];

/** One for each column of the table, null for a column that is passed over. */
export type ColumnMapping = readonly (ColumnField | null)[];

/** Heads as they are folded, and what they hold. The first head of a field wins where cells contradict. */
const heads: Readonly<Record<ColumnField, readonly string[]>> = {
  name: [
    'name',
    'organization',
    'organisation',
    'organization name',
    'group',
    'group name',
    'title',
  ],
  website: ['website', 'url', 'web', 'web site', 'homepage', 'link', 'group url', 'web address'],
  eventsUrl: [
    'events url',
    'events',
    'events page',
    'meetup url',
    'meetup',
    'event url',
    'calendar',
  ],
  codeUrl: [
    'projects list url',
    'projects',
    'code',
    'code url',
    'code page',
    'github',
    'github url',
  ],
  feedUrl: ['rss', 'feed', 'feed url', 'blog feed'],
  place: ['city', 'place', 'location', 'location name', 'town', 'where', 'city name'],
  state: ['state', 'province', 'region'],
  country: ['country', 'nation', 'country code'],
  lat: ['latitude', 'lattitude', 'lat', 'y', 'location latitude'],
  lng: ['longitude', 'longtitude', 'lng', 'lon', 'long', 'x', 'location longitude'],
  tags: ['tags', 'type', 'types', 'tag', 'category', 'categories'],
  topics: ['topics', 'topic', 'themes', 'focus'],
  previousNames: ['previous names', 'previous name', 'former names', 'formerly', 'aliases'],
  contact: ['contact', 'contacts', 'email', 'e mail', 'point of contact address'],
  founded: ['founded', 'since', 'year founded'],
  participants: ['number of participants', 'participants', 'members', 'attendees'],
  nestedCity: ['location city'],
  nestedState: ['location state'],
  nestedCountry: ['location country'],
  nestedLat: ['location coordinates latitude'],
  nestedLng: ['location coordinates longitude'],
};

const byHead = new Map(
  columnFields.flatMap((field) => heads[field].map((head) => [head, field] as const)),
);

const sampleRows = 200;
const longestName = 80;

/** Heads first; then, for what is still missing, the column whose cells look most like it. */
export function guessColumns(table: Table): ColumnMapping {
  const mapping = table.columns.map((column) => byHead.get(headOf(column)) ?? null);
  const samples = table.columns.map((_, at) =>
    table.rows
      .slice(0, sampleRows)
      .map(({ cells }) => cellText(cells[at]).trim())
      .filter((text) => text !== ''),
  );
  const find = (
    field: ColumnField,
    isLike: (text: string) => boolean,
    areLike: (texts: readonly string[]) => boolean = () => true,
  ): void => {
    if (mapping.includes(field)) return;
    const shares = samples.map((texts, at) =>
      mapping[at] === null && areLike(texts) ? share(texts, isLike) : 0,
    );
    const best = Math.max(...shares);
    if (best > 0.6) mapping[shares.indexOf(best)] = field;
  };
  find('website', (text) => /^(?:https?:\/\/|www\.)\S+$/i.test(text));
  find('lat', (text) => isDegrees(text, 90));
  find('lng', (text) => isDegrees(text, 180));
  find('place', (text) => /^\p{L}[\p{L} .'-]+, ?\p{L}[\p{L} .]+$/u.test(text));
  // Names are short, and each is there once; long texts tell of something else.
  const isName = (texts: readonly string[]): boolean =>
    new Set(texts).size > 0.9 * texts.length && texts.every((text) => text.length <= longestName);
  find('name', (text) => /\p{L}{2}/u.test(text) && !/^https?:/i.test(text), isName);
  return mapping;
}

/** Columns told apart by a number have the head of the first: `URL (2)`. */
const headOf = (column: string): string => fold(column.replace(/ \(\d+\)$/, ''));

const share = (texts: readonly string[], isLike: (text: string) => boolean): number =>
  texts.length === 0 ? 0 : texts.filter(isLike).length / texts.length;

const isDegrees = (text: string, most: number): boolean =>
  /^-?\d{1,3}\.\d+$/.test(text) && Math.abs(Number(text)) <= most;

/** What is not a mapping of this table is undefined. A blank stands for a column that is passed over. */
export function parseMapping(table: Table, typed: readonly string[]): ColumnMapping | undefined {
  if (typed.length !== table.columns.length) return undefined;
  const mapping = typed.map((one) => columnFields.find((field) => field === one) ?? null);
  return mapping.every((field, at) => field !== null || typed[at] === '') ? mapping : undefined;
}

/** A group needs a name, or at least a place to be called after. */
export const isUsable = (mapping: ColumnMapping): boolean =>
  mapping.includes('name') || mapping.includes('place');
