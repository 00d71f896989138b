// The stable orders in which the snapshot lists its records.
import { compareDates } from '../domain/dates.ts';
import { fold } from '../domain/fold.ts';
import type { City, Collaboration, Convening, Wave } from '../domain/records.ts';
import type { GroupInReach } from './directory.ts';
import { inOneGo, type Steps } from './steps.ts';

const compareText = (one: string, other: string): number =>
  one < other ? -1 : one > other ? 1 : 0;

interface Named {
  readonly name: string;
  readonly slug: string;
}

/** Names folded in one step: a few milliseconds. */
const namesAtOnce = 1_000;

/**
 * Sorts by name as people look it up (accents and case aside), then by what `rest` gives; in steps.
 * Folds each name once: a collator would take most of the time of a build.
 */
export function* sortByNameInSteps<Record extends Named>(
  records: readonly Record[],
  rest: (record: Record) => string = () => '',
): Steps<Record[]> {
  const keyed: { readonly record: Record; readonly key: string; readonly rest: string }[] = [];
  for (const record of records) {
    if (keyed.length % namesAtOnce === namesAtOnce - 1) yield;
    keyed.push({ record, key: fold(record.name), rest: rest(record) });
  }
  yield;
  keyed.sort(
    (one, other) =>
      compareText(one.key, other.key) ||
      compareText(one.rest, other.rest) ||
      compareText(one.record.slug, other.record.slug),
  );
  return keyed.map(({ record }) => record);
}

/** The same at once. */
export function sortByName<Record extends Named>(records: readonly Record[]): Record[] {
  return inOneGo(sortByNameInSteps(records));
}

/** Cities: "in name order, then state, then country". */
export const sortCities = (cities: readonly City[]) =>
  sortByNameInSteps(cities, (city) => `${city.state}\n${city.country}`);

/** Nearest first; ties by name, then slug (as in section 3 of the design). */
export const nearestFirst = (one: GroupInReach, other: GroupInReach): number =>
  one.distanceMiles - other.distanceMiles ||
  compareText(one.group.name, other.group.name) ||
  compareText(one.group.slug, other.group.slug);

/** Collaborations, the latest ending first, then the latest begun, then by slug. */
export const latestFirst = (one: Collaboration, other: Collaboration): number =>
  compareDates(other.to, one.to) ||
  compareDates(other.from, one.from) ||
  compareText(one.slug, other.slug);

export const newestConveningFirst = (one: Convening, other: Convening): number =>
  compareDates(other.start, one.start) || compareText(one.slug, other.slug);

export const newestWaveFirst = (one: Wave, other: Wave): number =>
  compareDates(other.opens, one.opens) || compareText(other.slug, one.slug);
