// Compares one of our own exports with the directory: records are known by their slugs, so nothing has to be guessed.
// What is private stays ours; a record that was changed after the export was made stays as it is.
import { isDeepStrictEqual } from 'node:util';
import type { RecordStep } from '../../domain/record-steps.ts';
import type { City, Group, Partner, Sign } from '../../domain/records.ts';
import type { Entry, FieldDifference } from '../preview.ts';
import { RefusedFile } from '../read/refused.ts';
import type { OurRow } from './our-records.ts';
import type { RowDecision } from './plan.ts';

type Ours = Group | Partner;

export interface OurComparison {
  readonly entries: readonly Entry[];
  readonly plan: (decide: (entry: Entry) => RowDecision, at: Date) => RecordStep[];
}

export function compareOurs<Whole extends Ours>(
  kind: 'group' | 'partner',
  rows: readonly OurRow<Whole>[],
  known: readonly Whole[],
  cities: readonly City[],
): OurComparison {
  const bySlug = new Map(known.map((record) => [record.slug, record]));
  const lines = new Map<string, number>();
  const compared = rows.map((row) => {
    const { slug } = row.record;
    const first = lines.get(slug);
    if (!/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(slug))
      throw new RefusedFile(`Line ${row.line}: “${slug}” is no slug.`, row.line);
    if (first !== undefined) {
      throw new RefusedFile(`Line ${row.line}: ${slug} stands on line ${first} already.`, row.line);
    }
    lines.set(slug, row.line);
    const ours = bySlug.get(slug) ?? null;
    const differences = ours ? differencesOf(ours, row) : [];
    const entry: Entry = {
      line: row.line,
      kind: ours === null ? 'added' : differences.length > 0 ? 'changed' : 'unchanged',
      name: row.record.name,
      slug: ours && slug,
      differences,
      suspicions: [],
      leftOutBecause: '',
    };
    return { entry, row, ours };
  });
  return {
    entries: compared.map(({ entry }) => entry),
    plan: (decide, at) => {
      const steps = compared.flatMap(({ entry, row, ours }): RecordStep[] => {
        const { choice, overwrites } = decide(entry);
        const after =
          choice === 'left' ? null : ours ? changed(ours, entry, overwrites, at) : made(kind, row);
        return after ? [{ kind, slug: row.record.slug, before: ours, after } as RecordStep] : [];
      });
      return [...newCities(steps, rows, cities), ...steps];
    },
  };
}

const byOwner = (record: object, field: string): unknown =>
  (record as Record<string, unknown>)[field];

function differencesOf<Whole extends Ours>(
  ours: Whole,
  { record, signs }: OurRow<Whole>,
): FieldDifference[] {
  const keeps = ours.updatedAt > record.updatedAt ? 'newer' : null;
  const fields = Object.entries(record).filter(
    ([field, value]) => field !== 'updatedAt' && !isDeepStrictEqual(byOwner(ours, field), value),
  );
  const known = byOwner(ours, 'signs') as readonly Sign[] | undefined;
  const fresh = signs.filter((sign) => !known?.some((one) => isDeepStrictEqual(one, sign)));
  return [
    ...fields.map(
      ([field, after]) =>
        ({
          field: field as FieldDifference['field'],
          before: byOwner(ours, field),
          after,
          keeps,
        }) as const,
    ),
    ...(known && fresh.length > 0
      ? [{ field: 'signs', before: known, after: [...known, ...fresh], keeps } as const]
      : []),
  ];
}

function changed(ours: Ours, { differences }: Entry, overwrites: boolean, at: Date): Ours | null {
  const taken = differences.filter(({ keeps }) => keeps === null || overwrites);
  if (taken.length === 0) return null;
  const values = Object.fromEntries(taken.map(({ field, after }) => [field, after]));
  return { ...ours, ...values, updatedAt: at.toISOString() };
}

/** A record that comes back has the stamp it had. */
export function made<Whole extends Ours>(
  kind: 'group' | 'partner',
  { record, signs }: OurRow<Whole>,
): Ours {
  const own = { ...record, contacts: [] };
  return (kind === 'group'
    ? { ...own, previousSlugs: [], signs }
    : { ...own, createdAt: record.updatedAt }) as unknown as Ours;
}

/** Cities that records stand in and the directory lacks: in the middle of nothing better than their first record. */
function newCities(
  steps: readonly RecordStep[],
  rows: readonly OurRow<Ours>[],
  cities: readonly City[],
): RecordStep[] {
  const known = new Set(cities.map(({ slug }) => slug));
  const placeOf = new Map(rows.map(({ record, place }) => [record.slug, place]));
  return steps.flatMap(({ slug, after }): RecordStep[] => {
    const city = (after as Ours | null)?.city ?? null;
    const place = placeOf.get(slug);
    if (city === null || known.has(city)) return [];
    if (!place)
      throw new RefusedFile(
        `${slug} stands in ${city}, a city that neither the file nor the directory has.`,
      );
    known.add(city);
    return [{ kind: 'city', slug: city, before: null, after: { slug: city, ...place } }];
  });
}
