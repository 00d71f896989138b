// Compares a list with the directory: what each row comes to, and what would be written for it. Pure: nothing is read
// from a store here, and nothing written. Long lists are worked through in slices, so that others get their turn.

import type { Gazetteer } from '../../directory/places/places.ts';
import { compareDates } from '../../domain/dates.ts';
import type { City, Group } from '../../domain/records.ts';
import { freeSlug } from '../../domain/slug.ts';
import type { Entry, ListName } from '../preview.ts';
import type { ListedRow } from '../read/listed-rows.ts';
import { doubtsAmong } from './among-records.ts';
import { doubtAmong, nameKey } from './among-rows.ts';
import { keepCities } from './city-book.ts';
import { type Comparing, groupDifferences, newGroup } from './group-changes.ts';
import { listedAs } from './listed-group.ts';
import { matchRows } from './match-rows.ts';
import { readPlaces } from './read-places.ts';
import { type RowReading, readRow } from './read-row.ts';

export interface ComparisonInput {
  readonly rows: readonly ListedRow[];
  readonly list: ListName;
  readonly groups: readonly Group[];
  readonly cities: readonly City[];
  readonly gazetteer: Gazetteer;
  /** Fields of each group, by slug, that a person wrote. */
  readonly personFields: ReadonlyMap<string, ReadonlySet<string>>;
  /** Called between slices of the work; a promise that settles later lets others have their turn. */
  readonly pause?: () => Promise<void>;
}

/** A row, the record that it speaks of, and what it comes to. */
export interface ComparedRow {
  readonly entry: Entry;
  /** Null for a record that is gone from the list. */
  readonly reading: RowReading | null;
  /** Null for a new group. */
  readonly group: Group | null;
}

export interface Comparison {
  readonly list: ListName;
  /** Rows in the order of the file, then what is gone, by name. */
  readonly compared: readonly ComparedRow[];
  readonly comparing: Comparing;
  /** Slugs for new groups, given in the order of asking. */
  readonly slugFor: (name: string) => string;
}

const slice = 500;

export async function compareList(input: ComparisonInput): Promise<Comparison> {
  const { rows, list, groups, cities, gazetteer, personFields, pause } = input;
  const places = readPlaces(gazetteer, cities);
  const readings = await inSlices(rows, pause, (row) => readRow(row, places));
  doubtAmong(readings);
  await pause?.();
  const { groupOf, byOtherName } = matchRows(
    readings.filter((reading) => reading.name !== '' && !standsTwice(reading)),
    groups,
  );
  await pause?.();
  const comparing: Comparing = { list, cities: keepCities(cities), personFields };
  const doubtOf = doubtsAmong(groups);
  const compared = await inSlices(readings, pause, (reading) => {
    const group = groupOf.get(reading) ?? null;
    const entry = group
      ? {
          ...knownEntry(reading, group, byOtherName.has(reading), comparing),
          ...alikeOf(reading, group, groupOf),
        }
      : newEntry(reading, comparing, doubtOf);
    return { entry, reading, group };
  });
  const seen = new Set(groupOf.values());
  const gone = groups.filter((group) => !seen.has(group) && isGone(group, list));
  // A slug that leads to another record by now stays taken.
  const taken = new Set(groups.flatMap(({ slug, previousSlugs }) => [slug, ...previousSlugs]));
  return {
    list,
    compared: [...compared, ...gone.map((group) => goneRow(group, list))],
    comparing,
    slugFor: (name) => {
      const slug = freeSlug(name, (one) => taken.has(one), 'group');
      taken.add(slug);
      return slug;
    },
  };
}

async function inSlices<One, Other>(
  all: readonly One[],
  pause: (() => Promise<void>) | undefined,
  work: (one: One) => Other,
): Promise<Other[]> {
  const done: Other[] = [];
  for (const [at, one] of all.entries()) {
    if (at > 0 && at % slice === 0) await pause?.();
    done.push(work(one));
  }
  return done;
}

/** Where this row and another that may be of the same group are taken for two records of ours. */
function alikeOf(
  { alike }: RowReading,
  group: Group,
  groupOf: ReadonlyMap<RowReading, Group>,
): Pick<Entry, 'alike'> {
  const slugs = new Set(alike.flatMap((other) => groupOf.get(other)?.slug ?? []));
  slugs.delete(group.slug);
  return slugs.size === 0 ? {} : { alike: [...slugs] };
}

const standsTwice = ({ suspicions }: RowReading): boolean =>
  suspicions.some(({ kind }) => kind === 'twice-in-file');

function knownEntry(
  reading: RowReading,
  group: Group,
  isByOtherName: boolean,
  comparing: Comparing,
): Entry {
  const differences = groupDifferences(group, listedAs(reading, 'safe'), comparing);
  const isRenamed = isByOtherName && nameKey(group.name) !== nameKey(reading.name);
  // Standing in the next list too is no change of the group.
  const isChanged = differences.some(
    ({ field, keeps }) => field !== 'listing' && keeps !== 'newer',
  );
  return {
    line: reading.row.line,
    kind: isRenamed ? 'renamed' : isChanged ? 'changed' : 'unchanged',
    name: reading.name,
    slug: group.slug,
    differences,
    suspicions: reading.suspicions,
    leftOutBecause: '',
  };
}

function newEntry(
  reading: RowReading,
  comparing: Comparing,
  doubtOf: ReturnType<typeof doubtsAmong>,
): Entry {
  const unusable = whyUnusable(reading);
  const made = unusable === '' ? newGroup('new', listedAs(reading, 'safe'), comparing) : null;
  const why = made ? '' : unusable || whyUnplaced(reading);
  if (why !== '' && reading.name !== '' && !standsTwice(reading)) {
    reading.suspicions.push({ kind: 'no-place', field: null, says: why, proposal: null });
  }
  const doubt = made ? doubtOf(made) : null;
  if (doubt) reading.suspicions.push(doubt.suspicion);
  return {
    line: reading.row.line,
    kind: why === '' ? 'added' : 'left-out',
    name: reading.name,
    slug: null,
    differences: [],
    suspicions: reading.suspicions,
    ...(doubt ? { alike: doubt.alike } : {}),
    leftOutBecause: why,
  };
}

function whyUnusable(reading: RowReading): string {
  if (reading.name === '') return 'The row has no name.';
  if (reading.name.length > 200) return 'The name is longer than 200 characters.';
  return standsTwice(reading) ? 'The file has it twice; the first of the two counts.' : '';
}

function whyUnplaced({ row }: RowReading): string {
  const words = row.texts.place ?? '';
  return words === ''
    ? 'The row names no place. The directory goes city by city, so it stays out.'
    : `Where “${words}” is could not be told, so it stays out.`;
}

/** Was in this list on an earlier day. */
const isGone = ({ listing }: Group, list: ListName): boolean =>
  listing !== null &&
  listing.list === list.name &&
  listing.mark !== 'gone' &&
  listing.mark !== 'inactive' &&
  compareDates(listing.date, list.date) < 0;

function goneRow(group: Group, { name, date }: ListName): ComparedRow {
  const after = { list: name, date, mark: 'gone' };
  return {
    entry: {
      line: 0,
      kind: 'gone',
      name: group.name,
      slug: group.slug,
      differences: [
        { field: 'listing', before: group.listing, after, keeps: null },
        // They are the list's words, and it files the group under none any more.
        ...(group.tags.length > 0
          ? [{ field: 'tags', before: group.tags, after: [], keeps: null } as const]
          : []),
      ],
      suspicions: [],
      leftOutBecause: '',
    },
    reading: null,
    group,
  };
}
