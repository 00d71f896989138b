// Reports in the store: appended and read, never changed.
import { createHash } from 'node:crypto';
import { type ReportRecord, reportModel } from '../../models/report.ts';
import type { Report } from '../domain/records.ts';
import { creationOf } from './changes.ts';
import { type Stored, toTimestamp } from './mapping.ts';
import type { Store } from './store.ts';
import type { PlannedWrite } from './write-records.ts';
import type { Writer } from './writer.ts';

/** A report before it is filed: who files it and when, the store knows. An `id` given makes repeating it safe. */
export type NewReport = Omit<Report, 'id' | 'by' | 'createdAt'> & { readonly id?: string };

/** All of them, in the order of their identifiers. */
export async function readReports(store: Store): Promise<Report[]> {
  const records = await reportModel(store.connection)
    .find()
    .sort({ _id: 1 })
    .lean<(ReportRecord & { _id: object })[]>();
  return records.map(toReport);
}

/** All of one partner, in the order of their identifiers. */
export async function readReportsOf(store: Store, partner: string): Promise<Report[]> {
  const records = await reportModel(store.connection)
    .find({ partner })
    .sort({ _id: 1 })
    .lean<(ReportRecord & { _id: object })[]>();
  return records.map(toReport);
}

/** The one identifier of the report that is derived from this collaboration. */
export const derivedReportId = (collaboration: string): string =>
  createHash('sha256').update(`collaboration ${collaboration}`).digest('hex').slice(0, 24);

/**
 * What writes new reports; one whose identifier is already there is left as it is.
 * @throws Mongoose's ValidationError
 */
export async function planReports(
  store: Store,
  reports: readonly NewReport[],
  { by, now }: Writer,
): Promise<PlannedWrite[]> {
  const Model = reportModel(store.connection);
  const given = reports.flatMap(({ id }) => (id ? [id] : []));
  const known =
    given.length > 0 ? await Model.find({ _id: { $in: given } }, { _id: 1 }).lean() : [];
  const knownIds = new Set(known.map(({ _id }) => String(_id)));
  const planned: PlannedWrite[] = [];
  for (const { id, ...report } of reports) {
    if (id && knownIds.has(id)) continue;
    const document = new Model({
      ...(id ? { _id: id } : {}),
      ...fromReport({ ...report, by }),
      createdAt: now,
      updatedAt: now,
    });
    await document.validate();
    const made = String(document._id);
    planned.push({
      isNew: true,
      writing: { insert: Model.collection.collectionName, documents: [document.toObject()] },
      changes: [creationOf('report', made, { ...report, id: made, by })],
    });
  }
  return planned;
}

const toReport = (record: ReportRecord & { _id: object }): Report => ({
  id: String(record._id),
  partner: record.partner,
  level: record.level,
  date: record.date,
  groups: record.groups,
  wave: record.wave ?? null,
  origin: record.origin,
  collaboration: record.collaboration ?? null,
  gave: record.gave,
  barriers: record.barriers,
  wantsTies: record.wantsTies ?? null,
  publicNote: record.publicNote,
  internalNote: record.internalNote,
  by: record.by ?? null,
  createdAt: toTimestamp(record.createdAt),
});

const fromReport = (report: Omit<Report, 'id' | 'createdAt'>): Stored<ReportRecord> => ({
  partner: report.partner,
  level: report.level,
  date: report.date,
  groups: [...report.groups],
  wave: report.wave,
  origin: report.origin,
  collaboration: report.collaboration,
  gave: [...report.gave],
  barriers: [...report.barriers],
  wantsTies: report.wantsTies,
  publicNote: report.publicNote,
  internalNote: report.internalNote,
  by: report.by,
});
