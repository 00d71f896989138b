// Writes the steps of a chunk, or takes them back: the change log and the records. What somebody else changed
// meanwhile is left as it is, and told. Doing it again after a crash ends in the same records and the same log.
import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import mongoose, { type Connection, type Model } from 'mongoose';
import { changeModel } from '../../models/change.ts';
import { type RecordStep, type TieStep, tieKinds } from '../domain/record-steps.ts';
import { creationOf, type FieldChange, fieldChanges, wholeRecord } from './changes.ts';
import { cityNoun } from './cities.ts';
import { isKeptTie, isLoggedTie, isTie, readTies, writeTies } from './group-ties.ts';
import { groupNoun } from './groups.ts';
import { partnerNoun } from './partners.ts';
import type { Store } from './store.ts';
import type { Writer } from './writer.ts';

type Whole = Readonly<Record<string, unknown>>;

interface AnyNoun {
  readonly model: (connection: Connection) => Model<{ slug: string }>;
  readonly toDomain: (record: never) => Whole;
  readonly fromDomain: (record: never) => Whole;
}

const nouns = {
  city: cityNoun as unknown as AnyNoun,
  partner: partnerNoun as unknown as AnyNoun,
  group: groupNoun as unknown as AnyNoun,
} as const;
const kinds = ['city', 'partner', 'group'] as const;
const isTieStep = (step: RecordStep): step is TieStep => isTie(step.kind);

/** A chunk of a batch, and whether it may have been written in part before. */
export interface ChunkPlace {
  readonly number: number;
  readonly isAgain: boolean;
  /** All of its steps are written, or none. */
  readonly isWhole?: boolean;
}

function plainOf(record: object): Whole {
  const { createdAt, updatedAt, ...plain } = record as Record<string, unknown>;
  return plain;
}

/** Fields that the step changes; of a record that comes or goes, none. */
function changedFields({ before, after }: RecordStep): readonly string[] {
  if (!before || !after) return [];
  const [one, other] = [plainOf(before), plainOf(after)];
  return Object.keys(other).filter((field) => !isDeepStrictEqual(one[field], other[field]));
}

const labelOf = ({ kind, slug }: RecordStep): string => `${kind} ${slug}`;

/** Steps held against the records as they are. */
export interface OpenSteps {
  /** To be logged: those that are to be written, and those that a chunk that was cut off wrote already. */
  readonly open: readonly RecordStep[];
  readonly toWrite: readonly RecordStep[];
  /** Records that are left because somebody changed them since the step was planned. */
  readonly skipped: readonly string[];
}

/** Nothing is written yet. Where a chunk is whole or nothing and one of its steps is left, all of them are. */
export async function openSteps(
  store: Store,
  steps: readonly RecordStep[],
  { isAgain, isWhole }: ChunkPlace,
): Promise<OpenSteps> {
  const now = await readNow(store, steps);
  const skipped: string[] = [];
  const open = steps.filter((step) => {
    const current = now.get(labelOf(step));
    const isDone = isAgain && stands(current, step, 'after');
    if (!isDone && !stands(current, step, 'before') && !isNobodysLoss(step, current)) {
      skipped.push(labelOf(step));
    }
    return isDone || stands(current, step, 'before');
  });
  if (isWhole && skipped.length > 0) return { open: [], toWrite: [], skipped };
  const toWrite = open.filter((step) => !stands(now.get(labelOf(step)), step, 'after'));
  return { open, toWrite, skipped };
}

export async function writeSteps(
  store: Store,
  { open, toWrite }: Omit<OpenSteps, 'skipped'>,
  writer: Writer,
  place: ChunkPlace,
): Promise<void> {
  // Beside each other: a chunk that is cut off is logged and written again as a whole.
  await Promise.all([
    logSteps(store, open, writer, place),
    writeRecords(store, toWrite, writer.now),
  ]);
}

/**
 * Takes the steps back, the last one first.
 * @param isInUse whether something in the directory refers to a record that would go
 * @returns the records that were left, because somebody changed them since or something refers to them
 */
export async function unwriteSteps(
  store: Store,
  steps: readonly RecordStep[],
  writer: Writer,
  place: ChunkPlace,
  isInUse: (step: RecordStep) => boolean,
): Promise<string[]> {
  const turned = steps.map(turnRound).reverse();
  const now = await readNow(store, turned);
  const skipped: string[] = [];
  const open = turned.filter((step) => {
    const current = now.get(labelOf(step));
    if (stands(current, step, 'after')) return place.isAgain;
    const mayGo = step.after !== null || !isInUse(step);
    const isFree = mayGo && stands(current, step, 'before');
    // A city that others came to stand in since is nobody's loss.
    const isLost = !(step.kind === 'city' && !mayGo) && !isNobodysLoss(step, current);
    if (!isFree && isLost) skipped.push(labelOf(step));
    return isFree;
  });
  await logSteps(store, open, writer, place);
  const toWrite = open.filter((step) => !stands(now.get(labelOf(step)), step, 'after'));
  // A record that was changed in other fields since keeps the moment of that change.
  const settled = toWrite.map((step) => keepLaterStamp(step, now.get(labelOf(step))));
  await writeRecords(store, settled, writer.now);
  return skipped;
}

/**
 * The records that were changed since these steps were written, so that taking all of them back cannot be done.
 * Nothing is written.
 */
export async function findConflicts(store: Store, steps: readonly RecordStep[]): Promise<string[]> {
  const now = await readNow(store, steps);
  return steps
    .filter((step) => {
      const current = now.get(labelOf(step));
      return !stands(current, step, 'after') && !isNobodysLoss(step, current);
    })
    .map(labelOf);
}

/** What names a group and was taken out since, or is kept up to date by the program, need not be as it was left. */
const isNobodysLoss = (step: RecordStep, current: Whole | undefined): boolean =>
  isKeptTie(step.kind) || (isTieStep(step) && current === undefined);

const turnRound = (step: RecordStep): RecordStep =>
  ({ ...step, before: step.after, after: step.before }) as RecordStep;

function keepLaterStamp(step: RecordStep, current: Whole | undefined): RecordStep {
  const known = (step.before as Whole | null)?.['updatedAt'];
  if (!step.after || !current || current['updatedAt'] === known) return step;
  return { ...step, after: { ...step.after, updatedAt: current['updatedAt'] } } as RecordStep;
}

/** Whether the record is as one side of the step has it: in the fields that the step changes, or as a whole. */
function stands(current: Whole | undefined, step: RecordStep, side: 'before' | 'after'): boolean {
  const wanted = step[side] as Whole | null;
  if (!wanted || !current) return !wanted && !current;
  const fields = step.before && step.after ? changedFields(step) : Object.keys(plainOf(wanted));
  return fields.every((field) => isDeepStrictEqual(current[field], wanted[field]));
}

async function readNow(
  store: Store,
  steps: readonly RecordStep[],
): Promise<ReadonlyMap<string, Whole>> {
  const now = new Map<string, Whole>();
  for (const kind of kinds) {
    const slugs = steps.filter((step) => step.kind === kind).map(({ slug }) => slug);
    if (slugs.length === 0) continue;
    const { model, toDomain } = nouns[kind];
    const found = await model(store.connection)
      .find({ slug: { $in: slugs } })
      .lean();
    for (const record of found) now.set(`${kind} ${record.slug}`, toDomain(record as never));
  }
  for (const kind of tieKinds) {
    const slugs = steps.filter((step) => step.kind === kind).map(({ slug }) => slug);
    if (slugs.length === 0) continue;
    const found = await readTies(store, kind, slugs);
    for (const [slug, fields] of found) now.set(`${kind} ${slug}`, fields);
  }
  return now;
}

/** Entries have identifiers that follow from batch and place, so that writing them twice leaves one of each. */
async function logSteps(
  store: Store,
  steps: readonly RecordStep[],
  writer: Writer,
  { number, isAgain }: ChunkPlace,
): Promise<void> {
  const { by, origin, batch, now } = writer;
  const entries = steps.flatMap(entriesOf);
  if (entries.length === 0) return;
  const begin = createHash('sha256').update(batch).digest().subarray(0, 4);
  const documents = entries.map((entry, at) => {
    const id = Buffer.alloc(12);
    id.writeUInt32BE(Math.floor(now.getTime() / 1000), 0);
    begin.copy(id, 4);
    id.writeUInt16BE(number, 8);
    id.writeUInt16BE(at, 10);
    return {
      _id: new mongoose.Types.ObjectId(id),
      ...entry,
      by,
      origin,
      batch,
      at: now,
      createdAt: now,
      updatedAt: now,
    };
  });
  const changes = changeModel(store.connection);
  if (isAgain) await changes.deleteMany({ _id: { $in: documents.map(({ _id }) => _id) } });
  await changes.collection.insertMany(documents);
}

function entriesOf(step: RecordStep): FieldChange[] {
  const { kind, slug, before, after } = step;
  if (isTie(kind)) {
    return isLoggedTie(kind) ? fieldChanges<object>(kind, slug, before ?? {}, after ?? {}) : [];
  }
  if (after === null) {
    return before
      ? [{ record: kind, slug, field: wholeRecord, before: plainOf(before), after: null }]
      : [];
  }
  if (before === null) return [creationOf(kind, slug, plainOf(after))];
  return fieldChanges<object>(kind, slug, plainOf(before), plainOf(after));
}

/** Values were checked where the steps were planned; here they go to the collection as they are. */
async function writeRecords(store: Store, steps: readonly RecordStep[], now: Date): Promise<void> {
  for (const kind of kinds) {
    const { model, fromDomain } = nouns[kind];
    const operations = steps
      .filter((step) => step.kind === kind)
      .map(({ slug, before, after }) => {
        if (after === null) return { deleteOne: { filter: { slug } } };
        const wanted = fromDomain(after as never);
        const stamp = (after as unknown as Whole)['updatedAt'];
        const updatedAt = typeof stamp === 'string' ? { updatedAt: new Date(stamp) } : {};
        if (before === null) {
          const at = updatedAt.updatedAt ?? now;
          // The identifier comes first, as it is stored.
          const _id = new mongoose.Types.ObjectId();
          return { insertOne: { document: { _id, ...wanted, createdAt: at, updatedAt: at } } };
        }
        const stored = fromDomain(before as never);
        const differing = Object.entries(wanted).filter(
          ([field, value]) => !isDeepStrictEqual(stored[field], value),
        );
        return {
          updateOne: {
            filter: { slug },
            update: { $set: { ...Object.fromEntries(differing), ...updatedAt } },
          },
        };
      });
    if (operations.length === 0) continue;
    await model(store.connection).collection.bulkWrite(operations as never);
  }
  for (const kind of tieKinds) {
    const those = steps.filter((step): step is TieStep => step.kind === kind);
    await writeTies(store, kind, those);
  }
}
