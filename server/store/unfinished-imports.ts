// Hides an import that is half done from readers: they see everything as it was before, and then everything as it is
// after. What is being undone is hidden the same way.
import type { RecordStep } from '../domain/record-steps.ts';
import type { City, DirectoryRecords, Group, Partner } from '../domain/records.ts';
import { readChunk, readUnfinished } from './import-batches.ts';
import type { Store } from './store.ts';

type Hidden = Pick<DirectoryRecords, 'cities' | 'partners' | 'groups'>;

/** Which imports are under way, and in which state: one text, to tell whether that changed. */
export const unfinishedStates = async (store: Store): Promise<string> =>
  (await readUnfinished(store)).map(({ name, state }) => `${name} ${state}`).join('\n');

/** The records as readers shall see them; the same objects where no import is under way. */
export async function hideUnfinished<Records extends Hidden>(
  store: Store,
  records: Records,
): Promise<Records> {
  const batches = await readUnfinished(store);
  let shown = records;
  for (const { name, state, chunks, chunksDone } of batches) {
    if (state === 'settling') continue;
    const isUndone = state === 'undoing';
    // While it is applied the first chunks are written, while it is undone they are left.
    const [from, to] = isUndone ? [chunksDone - 1, chunks] : [0, chunksDone + 1];
    const steps: RecordStep[] = [];
    for (let number = Math.max(0, from); number < Math.min(to, chunks); number += 1) {
      steps.push(...(await readChunk(store, name, number)));
    }
    shown = { ...shown, ...hide(shown, steps, isUndone) };
  }
  return shown;
}

function hide(
  { cities, partners, groups }: Hidden,
  steps: readonly RecordStep[],
  isUndone: boolean,
): Hidden {
  const of = (kind: RecordStep['kind']) =>
    new Map(steps.filter((step) => step.kind === kind).map((step) => [step.slug, step]));
  return {
    cities: turn<City>(cities, of('city'), isUndone),
    partners: turn<Partner>(partners, of('partner'), isUndone),
    groups: turn<Group>(groups, of('group'), isUndone),
  };
}

/** Each record that stands as the step leaves it is shown as the step found it. */
function turn<Whole extends { readonly slug: string; readonly updatedAt?: string }>(
  records: readonly Whole[],
  steps: ReadonlyMap<string, RecordStep>,
  isUndone: boolean,
): readonly Whole[] {
  if (steps.size === 0) return records;
  const missing = new Set(steps.keys());
  const shown = records.flatMap((record): readonly Whole[] => {
    const step = steps.get(record.slug);
    if (!step) return [record];
    missing.delete(record.slug);
    const { written, wanted } = sides<Whole>(step, isUndone);
    if (!written || written.updatedAt !== record.updatedAt) return [record];
    return wanted ? [wanted] : [];
  });
  const gone = [...missing].flatMap((slug): readonly Whole[] => {
    const { written, wanted } = sides<Whole>(steps.get(slug) as RecordStep, isUndone);
    return written === null && wanted ? [wanted] : [];
  });
  if (gone.length === 0) return shown;
  return [...shown, ...gone].sort((one, other) => (one.slug < other.slug ? -1 : 1));
}

const sides = <Whole>({ before, after }: RecordStep, isUndone: boolean) => {
  const [written, wanted] = isUndone ? [before, after] : [after, before];
  return { written: written as unknown as Whole | null, wanted: wanted as unknown as Whole | null };
};
