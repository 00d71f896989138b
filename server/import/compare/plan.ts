// From a comparison and what was decided about its rows to the records that will be written: each as it is and as it
// shall be. Rows that come to nothing leave no step, so an import of what is known already has none.
import type { RecordStep } from '../../domain/record-steps.ts';
import type { City, Group } from '../../domain/records.ts';
import type { Entry, FieldDifference } from '../preview.ts';
import type { RowChoice } from '../words.ts';
import type { ComparedRow, Comparison } from './compare.ts';
import { groupDifferences, newGroup } from './group-changes.ts';
import { listedAs, type TypedValues } from './listed-group.ts';

export interface RowDecision {
  readonly choice: RowChoice;
  /** Take the list's values even where ours would stay. */
  readonly overwrites: boolean;
  readonly typed: TypedValues;
}

/** Everything but what is doubtful; ours stays where it is vouched for. */
export const safeDecision: RowDecision = { choice: 'safe', overwrites: false, typed: {} };

/** @param at moment of the import, for the records' stamps */
export function planSteps(
  comparison: Comparison,
  decide: (entry: Entry) => RowDecision,
  at: Date,
): RecordStep[] {
  const updatedAt = at.toISOString();
  const cities = new Map<string, City>();
  const groups: RecordStep[] = [];
  for (const row of comparison.compared) {
    const after = groupAfter(row, decide(row.entry), comparison);
    if (!after) continue;
    const before = row.group;
    const group: Group = { ...after, updatedAt };
    groups.push({ kind: 'group', slug: group.slug, before, after: group });
    const city = group.city === null ? undefined : comparison.comparing.cities.findNew(group.city);
    if (city) cities.set(city.slug, city);
  }
  const added = [...cities.values()].map(
    (city): RecordStep => ({ kind: 'city', slug: city.slug, before: null, after: city }),
  );
  return [...added, ...groups];
}

/** Null where nothing is to be written. */
function groupAfter(
  { entry, reading, group }: ComparedRow,
  { choice, overwrites, typed }: RowDecision,
  comparison: Comparison,
): Omit<Group, 'updatedAt'> | null {
  if (choice === 'left') return null;
  if (!reading) return group && withDifferences(group, entry.differences);
  if (entry.leftOutBecause !== '' && choice === 'safe' && Object.keys(typed).length === 0) {
    return null;
  }
  const listed = listedAs(reading, choice, typed);
  if (group) {
    const { comparing } = comparison;
    return withDifferences(group, groupDifferences(group, listed, comparing, overwrites));
  }
  if (listed.name === '') return null;
  const made = newGroup('', listed, comparison.comparing);
  return made && { ...made, slug: comparison.slugFor(listed.name) };
}

function withDifferences(group: Group, differences: readonly FieldDifference[]): Group | null {
  const taken = differences.filter(({ keeps }) => keeps === null);
  if (taken.length === 0) return null;
  return { ...group, ...Object.fromEntries(taken.map(({ field, after }) => [field, after])) };
}
