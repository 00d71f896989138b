// Outreach in the store: one open item per city, its log, and what was closed. Private as a whole: no snapshot
// holds it, and writing it does not raise the revision of the directory. The log is its own change log.
import { type OutreachRecord, outreachModel } from '../../models/outreach.ts';
import type {
  GapFacts,
  OutreachEntry,
  OutreachHistory,
  OutreachItem,
  OutreachPlan,
} from '../domain/outreach.ts';
import { isDuplicateKey } from './duplicate-key.ts';
import { toTimestamp } from './mapping.ts';
import { raiseOutreachVersion } from './revision.ts';
import type { Store } from './store.ts';

type Found = OutreachRecord & { readonly _id: unknown };

/** An entry before it is written. `key` says which it is: the same key is written once to an item. */
export type NewEntry = Pick<OutreachEntry, 'by' | 'kind' | 'text'> &
  Partial<Pick<OutreachEntry, 'subject' | 'to'>> & { readonly key: string };

const toFacts = ({ facts }: Found): GapFacts => ({
  cause: facts.cause,
  reports: facts.reports,
  groups: facts.groups,
});

const toItem = (record: Found): OutreachItem => ({
  id: String(record._id),
  city: record.city,
  open: record.open,
  cause: record.cause,
  openedAt: toTimestamp(record.openedAt),
  closedAt: record.closedAt ? toTimestamp(record.closedAt) : null,
  closeReason: record.closeReason ?? null,
  owner: record.owner ?? null,
  stage: record.stage,
  nextDate: record.nextDate ?? null,
  facts: toFacts(record),
  factsVersion: record.factsVersion,
  version: record.version,
});

const toHistory = (record: Found): OutreachHistory => ({
  ...toItem(record),
  log: record.log.map((entry) => ({
    at: toTimestamp(entry.at),
    by: entry.by ?? null,
    kind: entry.kind,
    text: entry.text,
    subject: entry.subject ?? null,
    to: entry.to,
  })),
});

const stamped = (entry: NewEntry, now: Date) => ({
  at: now,
  by: entry.by,
  kind: entry.kind,
  text: entry.text,
  subject: entry.subject ?? null,
  to: [...(entry.to ?? [])],
  key: entry.key,
});

const storedFacts = ({ cause, reports, groups }: GapFacts) => ({
  cause,
  reports: [...reports],
  groups: [...groups],
});

/** Every open item without its log. */
export async function readOpenOutreach(store: Store): Promise<OutreachItem[]> {
  const records = await outreachModel(store.connection)
    .find({ open: true }, { log: 0 })
    .lean<Found[]>();
  return records.map(toItem);
}

/** Everything of one city: the open item, then the closed ones, newest first. */
export async function readOutreachOf(store: Store, city: string): Promise<OutreachHistory[]> {
  const records = await outreachModel(store.connection)
    .find({ city })
    .sort({ openedAt: -1, _id: -1 })
    .lean<Found[]>();
  const items = records.map(toHistory);
  return [...items.filter(({ open }) => open), ...items.filter(({ open }) => !open)];
}

/** Every item there ever was, with its log, by city and then by when it was opened. */
export async function readAllOutreach(store: Store): Promise<OutreachHistory[]> {
  const records = await outreachModel(store.connection)
    .find()
    .sort({ city: 1, openedAt: 1, _id: 1 })
    .lean<Found[]>();
  return records.map(toHistory);
}

/** Opens an item for each gap that has none; whoever comes second for a city changes nothing. */
export async function openOutreach(
  store: Store,
  gaps: readonly { readonly city: string; readonly facts: GapFacts }[],
  now: Date,
): Promise<void> {
  if (gaps.length === 0) return;
  const documents = gaps.map(({ city, facts }) => ({
    city,
    open: true,
    cause: facts.cause,
    openedAt: now,
    closedAt: null,
    closeReason: null,
    owner: null,
    stage: 'to-do' as const,
    nextDate: null,
    log: [],
    facts: storedFacts(facts),
    factsVersion: 1,
    version: 1,
    createdAt: now,
    updatedAt: now,
  }));
  try {
    await outreachModel(store.connection).insertMany(documents, { ordered: false });
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
  }
  await raiseOutreachVersion(store);
}

/** Closes an item that is still open, with the reason as its last entry. */
export async function closeOutreach(
  store: Store,
  id: string,
  { reason, now }: { readonly reason: string; readonly now: Date },
): Promise<void> {
  const entry = stamped({ by: null, kind: 'fact', text: reason, key: 'closed' }, now);
  await outreachModel(store.connection).updateOne(
    { _id: id, open: true },
    {
      $set: { open: false, closedAt: now, closeReason: reason, updatedAt: now },
      $push: { log: entry },
    },
    { timestamps: false },
  );
  await raiseOutreachVersion(store);
}

/** Notes what the directory says now, unless somebody else has noted it meanwhile. */
export async function noteFacts(
  store: Store,
  item: Pick<OutreachItem, 'id' | 'factsVersion'>,
  { facts, text, now }: { readonly facts: GapFacts; readonly text: string; readonly now: Date },
): Promise<void> {
  const { id, factsVersion } = item;
  const entry = stamped({ by: null, kind: 'fact', text, key: `facts ${factsVersion}` }, now);
  await outreachModel(store.connection).updateOne(
    { _id: id, open: true, factsVersion },
    {
      $set: { facts: storedFacts(facts), factsVersion: factsVersion + 1, updatedAt: now },
      ...(text === '' ? {} : { $push: { log: entry } }),
    },
    { timestamps: false },
  );
}

/** Changes owner, stage and next date of an open item. False when somebody was faster, or it has closed. */
export async function changePlan(
  store: Store,
  item: Pick<OutreachItem, 'id' | 'version'>,
  plan: OutreachPlan,
  { entry, now }: { readonly entry: NewEntry; readonly now: Date },
): Promise<boolean> {
  const { matchedCount } = await outreachModel(store.connection).updateOne(
    { _id: item.id, open: true, version: item.version },
    {
      $set: { ...plan, version: item.version + 1, updatedAt: now },
      $push: { log: stamped(entry, now) },
    },
    { timestamps: false },
  );
  if (matchedCount === 1) await raiseOutreachVersion(store);
  return matchedCount === 1;
}

/** Gives the open items of many cities one owner; those that have this owner already stay as they are. */
export async function assignOwner(
  store: Store,
  cities: readonly string[],
  owner: string | null,
  { entry, now }: { readonly entry: NewEntry; readonly now: Date },
): Promise<number> {
  const { modifiedCount } = await outreachModel(store.connection).updateMany(
    { city: { $in: [...cities] }, open: true, owner: { $ne: owner } },
    {
      $set: { owner, updatedAt: now },
      $inc: { version: 1 },
      $push: { log: stamped(entry, now) },
    },
    { timestamps: false },
  );
  if (modifiedCount > 0) await raiseOutreachVersion(store);
  return modifiedCount;
}

/** Adds an entry to the log of an open item, once per key. False when it was there already or the item has closed. */
export async function addEntry(
  store: Store,
  id: string,
  entry: NewEntry,
  now: Date,
): Promise<boolean> {
  const { modifiedCount } = await outreachModel(store.connection).updateOne(
    { _id: id, open: true, 'log.key': { $ne: entry.key } },
    { $push: { log: stamped(entry, now) }, $set: { updatedAt: now } },
    { timestamps: false },
  );
  return modifiedCount === 1;
}
