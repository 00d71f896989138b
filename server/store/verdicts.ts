// Verdicts in the store: what organizers say of reports about their groups. Appended and read, never changed.
import { type VerdictRecord, verdictModel } from '../../models/verdict.ts';
import type { ReportVerdict } from '../domain/records.ts';
import { creationOf, logWriting } from './changes.ts';
import { toTimestamp } from './mapping.ts';
import { revisionWriting } from './revision.ts';
import type { Store } from './store.ts';
import { writeTogether } from './write-together.ts';
import type { Writer } from './writer.ts';

type Found = VerdictRecord & { readonly _id: unknown };

/** All of them, oldest first. */
export async function readVerdicts(store: Store): Promise<ReportVerdict[]> {
  const records = await verdictModel(store.connection)
    .find()
    .sort({ createdAt: 1, _id: 1 })
    .lean<Found[]>();
  return records.map((record) => ({
    id: String(record._id),
    report: record.report,
    group: record.group,
    verdict: record.verdict,
    note: record.note,
    by: record.by ?? null,
    createdAt: toTimestamp(record.createdAt),
  }));
}

export type NewVerdict = Pick<ReportVerdict, 'report' | 'group' | 'verdict' | 'note'>;

export async function appendVerdict(
  store: Store,
  verdict: NewVerdict,
  writer: Writer,
): Promise<void> {
  const { by, now } = writer;
  const Model = verdictModel(store.connection);
  const document = new Model({ ...verdict, by, createdAt: now, updatedAt: now });
  await document.validate();
  await writeTogether(store, [
    { insert: Model.collection.collectionName, documents: [document.toObject()] },
    logWriting(store, [creationOf('verdict', String(document._id), { ...verdict, by })], writer),
    revisionWriting(store, now, ['verdicts']),
  ]);
}
