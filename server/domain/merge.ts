// Merging two records of one group: which value of each field is kept, and what the one record is then. Reports and
// whatever else names the group follow it elsewhere.
import type { Group } from './records.ts';

/** Fields of which one value is kept. `place` is all that says where the group is. */
export const singleFields = [
  'name',
  'kind',
  'place',
  'website',
  'eventsUrl',
  'codeUrl',
  'feedUrl',
  'founded',
  'listing',
  'closed',
  'source',
] as const;
export type SingleField = (typeof singleFields)[number];

/** Fields that hold several values: those of both are united unless one side alone is wanted. */
export const listFields = [
  'topics',
  'needs',
  'previousNames',
  'tags',
  'signs',
  'contacts',
] as const;
export type ListField = (typeof listFields)[number];

export const mergeFields = [...singleFields, ...listFields] as const;
export type MergeField = SingleField | ListField;

export const mergeSides = ['keep', 'other', 'both'] as const;
export type MergeSide = (typeof mergeSides)[number];

/** What was chosen; a field that is left out follows `usualSide`. */
export type MergeChoices = Readonly<Partial<Record<MergeField, MergeSide>>>;

const isList = (field: MergeField): field is ListField =>
  (listFields as readonly MergeField[]).includes(field);

/** The sides that can be chosen for a field. */
export const sidesOf = (field: MergeField): readonly MergeSide[] =>
  isList(field) ? ['both', 'keep', 'other'] : ['keep', 'other'];

const placeFields = ['city', 'state', 'country', 'lat', 'lng'] as const;

/** Records are plain data, their fields in one order. */
const isSame = (one: unknown, other: unknown): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

/** What a record says in this field. */
export const sayingOf = (group: Group, field: MergeField): unknown =>
  field === 'place'
    ? Object.fromEntries(placeFields.map((name) => [name, group[name]]))
    : group[field];

/**
 * The side that is kept unless somebody chooses: lists are united, of the listings the newer one counts, a value stands
 * in for none. Whether a group is closed is never taken over unasked.
 */
export function usualSide(keep: Group, other: Group, field: MergeField): MergeSide {
  if (isList(field)) return 'both';
  if (field === 'closed') return 'keep';
  if (field === 'listing') {
    return (other.listing?.date ?? '') > (keep.listing?.date ?? '') ? 'other' : 'keep';
  }
  return sayingOf(keep, field) === null && sayingOf(other, field) !== null ? 'other' : 'keep';
}

/** The fields in which the two differ. */
export const differingFields = (keep: Group, other: Group): readonly MergeField[] =>
  mergeFields.filter((field) => !isSame(sayingOf(keep, field), sayingOf(other, field)));

/**
 * The one record that the two become: under the slug of the kept one, which the slug of the other leads to. A name that
 * is not kept becomes a previous name, whatever was chosen for those.
 */
export function mergedGroup(
  keep: Group,
  other: Group,
  choices: MergeChoices,
  updatedAt: string,
): Group {
  const sideOf = (field: MergeField): MergeSide => {
    const chosen = choices[field];
    return chosen && sidesOf(field).includes(chosen) ? chosen : usualSide(keep, other, field);
  };
  const single = singleFields
    .filter((field) => sideOf(field) === 'other')
    .flatMap((field) => (field === 'place' ? placeFields : [field]));
  const lists = listFields.map((field) => [field, listFrom(keep, other, field, sideOf(field))]);
  const merged: Group = {
    ...keep,
    ...Object.fromEntries(single.map((field) => [field, other[field]])),
    ...Object.fromEntries(lists),
    previousSlugs: united(keep.previousSlugs, [other.slug, ...other.previousSlugs]),
    updatedAt,
  };
  const names = united(merged.previousNames, [keep.name, other.name]);
  return { ...merged, previousNames: names.filter((name) => name !== merged.name) };
}

function listFrom(
  keep: Group,
  other: Group,
  field: ListField,
  side: MergeSide,
): readonly unknown[] {
  if (side === 'keep') return keep[field];
  if (side === 'other') return other[field];
  return united<unknown>(keep[field], other[field]);
}

/** Each value once, in the order in which they come. */
function united<Value>(one: readonly Value[], other: readonly Value[]): readonly Value[] {
  const values: Value[] = [];
  for (const value of [...one, ...other]) {
    if (!values.some((known) => isSame(known, value))) values.push(value);
  }
  return values;
}
