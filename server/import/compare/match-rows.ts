// Which record each row speaks of: by name, by an old name, else by a web address that nobody else has.
// A record is taken by one row at most. Whether a match by address is a new name is told apart from a spelling.

import { distanceMiles } from '../../domain/distance.ts';
import { webKey } from '../../domain/doubles.ts';
import type { Group } from '../../domain/records.ts';
import { nameKey } from './among-rows.ts';
import type { RowReading } from './read-row.ts';

export interface Matches {
  readonly groupOf: ReadonlyMap<RowReading, Group>;
  /** Rows whose record has another name now: matched by an address, or by an old name. */
  readonly byOtherName: ReadonlySet<RowReading>;
}

/** Groups farther apart than this are two, even with one web address, miles. */
const farApart = 100;

export function matchRows(readings: readonly RowReading[], groups: readonly Group[]): Matches {
  const groupOf = new Map<RowReading, Group>();
  const byOtherName = new Set<RowReading>();
  const taken = new Set<Group>();
  const take = (reading: RowReading, group: Group): void => {
    groupOf.set(reading, group);
    taken.add(group);
  };
  const open = (): readonly RowReading[] => readings.filter((reading) => !groupOf.has(reading));

  const byName = index(groups, ({ name }) => [nameKey(name)]);
  for (const reading of readings) {
    const group = best(reading, byName.get(nameKey(reading.name)), taken);
    if (group) take(reading, group);
  }
  const left = groups.filter((group) => !taken.has(group));
  const byOldName = index(left, ({ previousNames }) => previousNames.map(nameKey));
  for (const reading of open()) {
    const group = best(reading, byOldName.get(nameKey(reading.name)), taken);
    if (!group || !isNear(reading, group)) continue;
    take(reading, group);
    byOtherName.add(reading);
  }
  // The names that the list itself says a group had before.
  const stillLeft = index(left, ({ name }) => [nameKey(name)]);
  for (const reading of open()) {
    const keys = (reading.row.previousNames ?? []).map(nameKey);
    const group = best(
      reading,
      keys.flatMap((key) => stillLeft.get(key) ?? []),
      taken,
    );
    if (!group || !isNear(reading, group)) continue;
    take(reading, group);
    byOtherName.add(reading);
  }
  for (const field of ['website', 'eventsUrl', 'codeUrl'] as const) {
    const ours = index(
      groups.filter((group) => !taken.has(group)),
      (group) => keysOf(group[field]),
    );
    const theirs = index(open(), ({ addresses }) => keysOf(addresses[field]));
    for (const [key, rows] of theirs) {
      const [reading, ...others] = rows;
      const [group, ...more] = ours.get(key) ?? [];
      // An address that several have names none of them.
      if (!reading || !group || others.length + more.length > 0) continue;
      if (groupOf.has(reading) || taken.has(group) || !isNear(reading, group)) continue;
      take(reading, group);
      byOtherName.add(reading);
    }
  }
  return { groupOf, byOtherName };
}

const keysOf = (address: string | null | undefined): readonly string[] => {
  const key = webKey(address ?? '');
  return key === undefined ? [] : [key];
};

function index<One>(
  all: readonly One[],
  keysFor: (one: One) => readonly string[],
): ReadonlyMap<string, One[]> {
  const found = new Map<string, One[]>();
  for (const one of all) {
    for (const key of keysFor(one)) {
      const known = found.get(key);
      if (known) known.push(one);
      else found.set(key, [one]);
    }
  }
  return found;
}

/** Where the row says it is: in its city, for the point may be what is wrong. */
const whereabouts = ({ place, point }: RowReading) => place ?? point;

function isNear(reading: RowReading, group: Group): boolean {
  const where = whereabouts(reading);
  return where === null || distanceMiles(where, group) <= farApart;
}

/** Of several of one name the nearest; a namesake in another part of the world is another group. */
function best(
  reading: RowReading,
  candidates: readonly Group[] | undefined,
  taken: ReadonlySet<Group>,
): Group | undefined {
  const free = (candidates ?? []).filter((group) => !taken.has(group));
  const where = whereabouts(reading);
  if (free.length === 0 || where === null) return free[0];
  let [nearest] = free;
  let least = Number.POSITIVE_INFINITY;
  for (const group of free) {
    const miles = distanceMiles(where, group);
    if (miles < least) [nearest, least] = [group, miles];
  }
  const isSamePart = nearest?.country === reading.country && least <= 5 * farApart;
  return least <= farApart || (free.length === 1 && isSamePart) ? nearest : undefined;
}
