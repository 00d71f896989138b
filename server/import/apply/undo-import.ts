// Takes an import back as one step: the last record first, each as it was before. A record that somebody changed since,
// or that something refers to by now, stays as it is and is named.
import type { RecordStep } from '../../domain/record-steps.ts';
import { readCollaborations } from '../../store/collaborations.ts';
import { readConvenings } from '../../store/convenings.ts';
import { readGroups } from '../../store/groups.ts';
import {
  batchOrigins,
  findBatch,
  type ImportBatch,
  keepBatch,
  readChunk,
  takeBatch,
} from '../../store/import-batches.ts';
import { readPartners } from '../../store/partners.ts';
import { readPeople } from '../../store/people.ts';
import { readReports } from '../../store/reports.ts';
import { raiseRevision } from '../../store/revision.ts';
import type { Store } from '../../store/store.ts';
import { findConflicts, unwriteSteps } from '../../store/write-steps.ts';
import { holdOf, letGo, type Work } from './apply-import.ts';

export type Undone =
  | {
      readonly kind: 'undone';
      readonly batch: ImportBatch;
      /** Records that stay as they are: "group code-for-tulsa". */
      readonly left: readonly string[];
    }
  | { readonly kind: 'unknown' }
  /** A merge is taken back as a whole or not at all: these were changed since. */
  | { readonly kind: 'conflict'; readonly records: readonly string[] }
  | { readonly kind: 'not-now'; readonly reason: string };

export async function undoImport(work: Work, name: string): Promise<Undone> {
  const { store, clock, onStep, by } = work;
  const known = await findBatch(store, name);
  if (!known) return { kind: 'unknown' };
  if (known.state === 'undone') {
    return { kind: 'not-now', reason: `${name} is undone already.` };
  }
  const conflicts = await conflictsOf(store, known);
  if (conflicts.length > 0) return { kind: 'conflict', records: conflicts };
  const hold = holdOf(name, clock);
  const from = ['planned', 'applying', 'settling', 'done', 'undoing'] as const;
  if (!(await takeBatch(store, hold(), clock(), from, 'undoing'))) {
    return {
      kind: 'not-now',
      reason: `${name} is being worked on just now. Try again in a minute.`,
    };
  }
  const isAgain = known.state === 'undoing';
  // Of an import that was cut off the chunk in hand may be written in part.
  const isCutOff = known.state === 'applying';
  const last = Math.min(known.chunks, known.chunksDone + (isCutOff ? 1 : 0));
  const writer = {
    by: by === undefined ? known.by : by,
    origin: batchOrigins[known.kind],
    batch: `${name} undone`,
    now: clock(),
  };
  const left: string[] = [];
  const isGroupInUse = await readGroupUses(store);
  let isCityInUse: InUse | undefined;
  for (let number = last - 1; number >= 0; number -= 1) {
    const steps = await readChunk(store, name, number);
    const place = { number, isAgain: isAgain && number === last - 1 };
    const [cities, others] = [steps.filter(isCity), steps.filter((step) => !isCity(step))];
    const leftHere = await unwriteSteps(store, others, writer, place, isGroupInUse);
    if (cities.length > 0) {
      // Cities were written first, so by now every group that came with them is gone.
      isCityInUse ??= await readCityUses(store);
      const after = { ...place, number: known.chunks + number };
      leftHere.push(...(await unwriteSteps(store, cities, writer, after, isCityInUse)));
    }
    const mine = leftHere.filter((one) => !known.skipped.includes(one));
    left.push(...mine);
    if (!(await keepBatch(store, hold(), { chunksDone: number, left: mine }))) {
      return { kind: 'not-now', reason: `${name} went to other hands.` };
    }
    onStep?.(steps.length);
  }
  await raiseRevision(store);
  return { kind: 'undone', batch: await letGo(store, hold(), 'undone'), left };
}

/** Of an import each record is judged on its own; a merge that was cut off stands in neither state yet. */
export async function conflictsOf(
  store: Store,
  { name, kind, state, chunks }: ImportBatch,
): Promise<string[]> {
  if (kind !== 'merge' || state !== 'done') return [];
  const conflicts: string[] = [];
  for (let number = 0; number < chunks; number += 1) {
    conflicts.push(...(await findConflicts(store, await readChunk(store, name, number))));
  }
  return conflicts;
}

type InUse = (step: RecordStep) => boolean;

const isCity = ({ kind }: RecordStep): boolean => kind === 'city';

/** Groups and partners that other records refer to. */
async function readGroupUses(store: Store): Promise<InUse> {
  const [reports, collaborations, convenings, people] = await Promise.all([
    readReports(store),
    readCollaborations(store),
    readConvenings(store),
    readPeople(store),
  ]);
  const groups = new Set<string | null>([
    ...reports.flatMap((report) => report.groups),
    ...collaborations.map(({ group }) => group),
    ...convenings.flatMap((convening) => convening.groups),
    ...people.flatMap((person) => person.groups),
  ]);
  const partners = new Set<string | null>([
    ...reports.map(({ partner }) => partner),
    ...collaborations.map(({ partner }) => partner),
    ...convenings.flatMap((convening) => convening.partners),
    ...people.flatMap((person) => person.partners),
  ]);
  return ({ kind, slug }) => (kind === 'group' ? groups : partners).has(slug);
}

async function readCityUses(store: Store): Promise<InUse> {
  const records = await Promise.all([
    readGroups(store),
    readPartners(store),
    readCollaborations(store),
    readConvenings(store),
  ]);
  const cities = new Set(records.flat().map(({ city }) => city));
  return ({ slug }) => cities.has(slug);
}
