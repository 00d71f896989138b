// From a file to a preview: what the pages and the command line do alike before anything is written.
import { createHash } from 'node:crypto';
import type { Gazetteer } from '../directory/places/places.ts';
import type { RecordStep } from '../domain/record-steps.ts';
import { readCities } from '../store/cities.ts';
import { readGroups } from '../store/groups.ts';
import { readPartners } from '../store/partners.ts';
import { readPersonFields } from '../store/person-fields.ts';
import type { Store } from '../store/store.ts';
import { compareList } from './compare/compare.ts';
import { compareOurs, type OurComparison } from './compare/compare-ours.ts';
import { newGroup } from './compare/group-changes.ts';
import { listedAs } from './compare/listed-group.ts';
import { readOurGroups, readOurPartners } from './compare/our-records.ts';
import { planSteps, type RowDecision } from './compare/plan.ts';
import type { Entry, ListName } from './preview.ts';
import type { ColumnMapping } from './read/columns.ts';
import { toListedRows } from './read/listed-rows.ts';
import type { FileFormat, Table } from './read/table.ts';
import { entryKinds } from './words.ts';

export const hashOf = (bytes: Uint8Array): string =>
  createHash('sha256').update(bytes).digest('hex');

/** What a list is called that does not say so itself. */
const listNames: Partial<Record<FileFormat, string>> = {
  'brigade-list': 'Code for America Brigade list',
  'brigade-list-2014': 'Code for America Brigade list',
  'civic-tech-index': 'Civic Tech Index',
};

/** Name and day of a list, as far as its format and its file's name tell; '' where they do not. */
export function guessList(format: FileFormat, fileName: string): ListName {
  const stem = fileName.replace(/^.*[/\\]/, '').replace(/\.[a-z]+$/i, '');
  const [date = ''] =
    /\d{4}-\d{2}-\d{2}|\d{4}-\d{2}(?!\d)|(?<!\d)(?:19|20)\d{2}(?!\d)/.exec(stem) ?? [];
  const words = stem
    .replace(date, '')
    .replace(/[-_\s]+/g, ' ')
    .trim();
  return { name: listNames[format] ?? words, date };
}

/** What a file comes to, row by row, and what to write once it is decided. */
export interface Prepared {
  readonly entries: readonly Entry[];
  /** What a new record of the entry at this place would hold, its blanks left out; empty for known records. */
  readonly newFields: (at: number) => readonly NewField[];
  /** The row's own words for what somebody may type anew; null where nothing can be typed. */
  readonly ownWords: (at: number) => OwnWords | null;
  readonly plan: (decide: (entry: Entry) => RowDecision, at: Date) => RecordStep[];
}

export interface NewField {
  readonly field: string;
  readonly value: unknown;
}

/** Values that can be typed in place of the row's. */
export const typedFields = [
  'name',
  'place',
  'lat',
  'lng',
  'website',
  'eventsUrl',
  'codeUrl',
] as const;
export type TypedField = (typeof typedFields)[number];
export type OwnWords = Readonly<Record<TypedField, string>>;

const neverTold = new Set(['slug', 'source', 'listing', 'contacts', 'updatedAt', 'createdAt']);

const filledFields = (record: object): readonly NewField[] =>
  Object.entries(record)
    .filter(
      ([field, value]) =>
        !neverTold.has(field) &&
        value !== null &&
        value !== '' &&
        !(Array.isArray(value) && value.length === 0),
    )
    .map(([field, value]) => ({ field, value }));

/** Compares the rows of a table with the directory as it is now. */
export async function prepareImport(
  {
    store,
    places,
    reachMiles,
    pause,
  }: {
    /** The usual reach of a partner. */
    readonly reachMiles: number;
    readonly store: Store;
    readonly places: Gazetteer;
    readonly pause?: () => Promise<void>;
  },
  table: Table,
  mapping: ColumnMapping,
  list: ListName,
): Promise<Prepared> {
  const [groups, cities, personFields] = await Promise.all([
    readGroups(store),
    readCities(store),
    readPersonFields(store),
  ]);
  if (table.format === 'our-groups') {
    const rows = readOurGroups(table);
    return ours(rows, compareOurs('group', rows, groups, cities));
  }
  if (table.format === 'our-partners') {
    const rows = readOurPartners(table, reachMiles);
    return ours(rows, compareOurs('partner', rows, await readPartners(store), cities));
  }
  const rows = toListedRows(table, mapping);
  const comparison = await compareList({
    rows,
    list,
    groups,
    cities,
    gazetteer: places,
    personFields,
    ...(pause ? { pause } : {}),
  });
  return {
    entries: comparison.compared.map(({ entry }) => entry),
    newFields(at) {
      const { reading = null, group = null } = comparison.compared[at] ?? {};
      const made =
        reading && !group && newGroup('', listedAs(reading, 'safe'), comparison.comparing);
      return made ? filledFields(made) : [];
    },
    ownWords(at) {
      const texts = comparison.compared[at]?.reading?.row.texts;
      if (!texts) return null;
      const wordsOf = (field: TypedField): string => texts[field] ?? '';
      return Object.fromEntries(typedFields.map((one) => [one, wordsOf(one)])) as OwnWords;
    },
    plan: (decide, at) => planSteps(comparison, decide, at),
  };
}

const ours = (rows: readonly { readonly record: object }[], found: OurComparison): Prepared => ({
  ...found,
  newFields: (at) =>
    found.entries[at]?.kind === 'added' ? filledFields(rows[at]?.record ?? {}) : [],
  ownWords: () => null,
});

/** How many rows come to what, and how many are suspicious. */
export function countEntries({ entries }: Pick<Prepared, 'entries'>): Record<string, number> {
  const counts: Record<string, number> = Object.fromEntries(entryKinds.map((kind) => [kind, 0]));
  counts['suspicious'] = 0;
  counts['asked'] = 0;
  for (const entry of entries) {
    counts[entry.kind] = (counts[entry.kind] ?? 0) + 1;
    if (entry.suspicions.length > 0) counts['suspicious'] += 1;
    const isAsked = entry.differences.some(({ keeps }) => keeps !== null && keeps !== 'newer');
    if (isAsked) counts['asked'] += 1;
  }
  return counts;
}
