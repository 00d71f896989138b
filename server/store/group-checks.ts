// Checks in the store: how each source of a group was found, and what is kept for asking it again.
import { type GroupCheckRecord, groupCheckModel } from '../../models/group-check.ts';
import type { GroupCheck } from '../domain/records.ts';
import type { PageMark } from '../domain/signs.ts';
import type { CheckSource } from '../domain/words.ts';
import { isDuplicateKey } from './duplicate-key.ts';
import { eachRecord } from './each-record.ts';
import { toTimestamp } from './mapping.ts';
import type { Store } from './store.ts';

/** Another source that a source names. */
export interface Lead {
  readonly source: CheckSource;
  readonly address: string;
}

/** What is sent along so that an unchanged answer is not sent again. */
export interface KeptValidators {
  readonly address: string;
  readonly etag: string | null;
  readonly lastModified: string | null;
}

/** A check with all that the next one needs. */
export interface KeptCheck extends GroupCheck {
  readonly failures: number;
  readonly readAt: string | null;
  readonly validators: KeptValidators | null;
  readonly days: readonly string[];
  readonly page: PageMark | null;
  readonly leads: readonly Lead[];
}

/** What everybody may see of each check, by group and source. */
export async function readGroupChecks(store: Store): Promise<GroupCheck[]> {
  const shown = 'group source address outcome words checkedAt failingSince';
  const records = await groupCheckModel(store.connection)
    .find()
    .select(shown)
    .sort({ group: 1, source: 1 })
    .lean<GroupCheckRecord[]>();
  return records.map(toGroupCheck);
}

export const eachGroupCheck = (store: Store): AsyncGenerator<GroupCheck> =>
  eachRecord(groupCheckModel(store.connection), { group: 1, source: 1 }, toGroupCheck);

/** All that is kept of the sources of one group. */
export async function readKeptChecks(store: Store, group: string): Promise<KeptCheck[]> {
  const records = await groupCheckModel(store.connection)
    .find({ group })
    .sort({ source: 1 })
    .lean<GroupCheckRecord[]>();
  return records.map(toKeptCheck);
}

/** Keeps each in the place of the one before of the same group and source. */
export async function keepChecks(
  store: Store,
  checks: readonly KeptCheck[],
  now: Date,
): Promise<void> {
  for (const check of checks) {
    const put = () =>
      groupCheckModel(store.connection).updateOne(
        { group: check.group, source: check.source },
        { $set: { ...fromKeptCheck(check), updatedAt: now }, $setOnInsert: { createdAt: now } },
        { upsert: true, timestamps: false },
      );
    try {
      await put();
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      await put();
    }
  }
}

/** Takes out what is kept of sources that the group does not have any more. */
export async function dropOtherChecks(
  store: Store,
  group: string,
  sources: readonly CheckSource[],
): Promise<number> {
  const { deletedCount } = await groupCheckModel(store.connection).deleteMany({
    group,
    source: { $nin: [...sources] },
  });
  return deletedCount;
}

const toGroupCheck = (record: GroupCheckRecord): GroupCheck => ({
  group: record.group,
  source: record.source,
  address: record.address,
  outcome: record.outcome,
  words: record.words,
  checkedAt: toTimestamp(record.checkedAt),
  failingSince: record.failingSince ? toTimestamp(record.failingSince) : null,
});

const toKeptCheck = (record: GroupCheckRecord): KeptCheck => ({
  ...toGroupCheck(record),
  failures: record.failures,
  readAt: record.readAt ? toTimestamp(record.readAt) : null,
  validators: record.validators
    ? {
        address: record.validators.address,
        etag: record.validators.etag ?? null,
        lastModified: record.validators.lastModified ?? null,
      }
    : null,
  days: record.days,
  page: record.page
    ? {
        mark: record.page.mark,
        since: record.page.since,
        seen: record.page.seen,
        lastSeen: record.page.lastSeen,
      }
    : null,
  leads: record.leads.map(({ source, address }) => ({ source, address })),
});

const fromKeptCheck = (check: KeptCheck): object => ({
  ...check,
  checkedAt: new Date(check.checkedAt),
  failingSince: check.failingSince ? new Date(check.failingSince) : null,
  readAt: check.readAt ? new Date(check.readAt) : null,
});
