// Introductions in the store: asked once per form, moved on by whoever comes first, found by their links.
// Writing one does not raise the revision of the directory: nothing of it is public.
import { type IntroductionRecord, introductionModel } from '../../models/introduction.ts';
import { dayOf } from '../domain/dates.ts';
import {
  expiryDays,
  type IntroductionFacts,
  type IntroductionState,
  type Pair,
  type Side,
} from '../domain/introduction.ts';
import type { Timestamp } from '../domain/records.ts';
import { isDuplicateKey } from './duplicate-key.ts';
import { eachRecord } from './each-record.ts';
import { toTimestamp } from './mapping.ts';
import type { Store } from './store.ts';

export interface Contact {
  /** '' where only the address is known. */
  readonly name: string;
  readonly address: string;
}

/** Somebody whose address may have been erased since. */
export interface FormerContact {
  readonly name: string;
  readonly address: string | null;
}

export interface Recipient extends FormerContact {
  readonly addressHash: string;
  readonly tokenHash: string;
}

/** Which mails of an introduction may be missing from the outbox. */
export type MailStep = 'request' | 'reminder' | 'outcome';

export interface Introduction extends IntroductionFacts {
  readonly id: string;
  readonly key: string;
  readonly onBehalf: boolean;
  /** Private, until it is accepted. */
  readonly asker: FormerContact;
  readonly askerTokenHash: string | null;
  readonly word: string;
  readonly reasons: readonly string[];
  /** Private. */
  readonly recipients: readonly Recipient[];
  readonly askedAt: Timestamp;
  readonly round: number;
  readonly endedAt: Timestamp | null;
  /** Who answered and what they said to the asker; null while nobody has. */
  readonly answer: { readonly contact: FormerContact; readonly word: string } | null;
  readonly problem: 'no-address' | 'refused' | null;
  readonly unposted: MailStep | null;
}

type Found = IntroductionRecord & { readonly _id: unknown };

const dayAt = (date: Date | null | undefined): string | null => (date ? dayOf(date) : null);
const toContact = ({
  name,
  address,
}: {
  name: string;
  address?: string | null;
}): FormerContact => ({
  name,
  address: address ?? null,
});

const toIntroduction = (record: Found): Introduction => ({
  id: String(record._id),
  key: record.key,
  partner: record.partner,
  group: record.group,
  from: record.from,
  state: record.state,
  by: record.by,
  onBehalf: record.onBehalf,
  asker: toContact(record.asker),
  askerTokenHash: record.askerTokenHash ?? null,
  word: record.word,
  reasons: record.reasons,
  recipients: record.recipients.map(({ addressHash, tokenHash, ...contact }) => ({
    ...toContact(contact),
    addressHash,
    tokenHash,
  })),
  askedAt: toTimestamp(record.askedAt),
  askedOn: dayOf(record.askedAt),
  round: record.round,
  remindedOn: dayAt(record.remindedAt),
  endedOn: dayAt(record.endedAt),
  endedAt: record.endedAt ? toTimestamp(record.endedAt) : null,
  answer: record.answer
    ? { contact: toContact(record.answer.contact), word: record.answer.word }
    : null,
  problem: record.problem ?? null,
  unposted: record.unposted ?? null,
});

export type NewIntroduction = Pair &
  Pick<
    Introduction,
    'key' | 'by' | 'onBehalf' | 'askerTokenHash' | 'word' | 'reasons' | 'recipients' | 'problem'
  > & { readonly from: Side; readonly asker: Contact };

/** Adds one, `asked` where there is anybody to ask. Undefined where the pair has an open one, or the form was sent before. */
export async function addIntroduction(
  store: Store,
  made: NewIntroduction,
  now: Date,
): Promise<Introduction | undefined> {
  const isAsked = made.problem === null;
  try {
    const record = await introductionModel(store.connection).create({
      ...made,
      asker: { ...made.asker },
      reasons: [...made.reasons],
      recipients: made.recipients.map((recipient) => ({ ...recipient })),
      state: isAsked ? 'asked' : 'could-not-be-sent',
      askedAt: now,
      endedAt: isAsked ? null : now,
      round: 1,
      unposted: isAsked ? 'request' : null,
      createdAt: now,
      updatedAt: now,
    });
    return toIntroduction(record.toObject<Found>());
  } catch (error) {
    if (isDuplicateKey(error)) return undefined;
    throw error;
  }
}

const isId = (id: string): boolean => /^[0-9a-f]{24}$/.test(id);

async function readMany(
  store: Store,
  filter: Readonly<Record<string, unknown>>,
): Promise<Introduction[]> {
  const records = await introductionModel(store.connection)
    .find(filter)
    .sort({ askedAt: -1, _id: -1 })
    .lean<Found[]>();
  return records.map(toIntroduction);
}

async function findOne(
  store: Store,
  filter: Readonly<Record<string, unknown>>,
): Promise<Introduction | undefined> {
  const record = await introductionModel(store.connection).findOne(filter).lean<Found>();
  return record ? toIntroduction(record) : undefined;
}

/** All of them, newest first. */
export const readIntroductions = (store: Store): Promise<Introduction[]> => readMany(store, {});

/** All of them, oldest first. */
export const eachIntroduction = (store: Store): AsyncGenerator<Introduction> =>
  eachRecord(introductionModel(store.connection), { _id: 1 }, toIntroduction);

/** Those in one state, newest first. */
export const readIntroductionsIn = (
  store: Store,
  state: IntroductionState,
): Promise<Introduction[]> => readMany(store, { state });

/** Those that a person asked for, and those of the partners and groups that they speak for, newest first. */
export const readIntroductionsOf = (
  store: Store,
  who: {
    readonly id: string;
    readonly partners: readonly string[];
    readonly groups: readonly string[];
  },
): Promise<Introduction[]> =>
  readMany(store, {
    $or: [
      { by: who.id },
      ...(who.partners.length > 0 ? [{ partner: { $in: [...who.partners] } }] : []),
      ...(who.groups.length > 0 ? [{ group: { $in: [...who.groups] } }] : []),
    ],
  });

/** What the rules look at before one more is asked: see refusalOf. */
export const readHistory = (
  store: Store,
  ask: Pair & { readonly by: string },
  since: Date,
): Promise<Introduction[]> =>
  readMany(store, {
    $or: [
      { partner: ask.partner, group: ask.group },
      ...[{ partner: ask.partner }, { group: ask.group }, { by: ask.by }].map((who) => ({
        ...who,
        askedAt: { $gte: since },
      })),
    ],
  });

/** Those whose mails may not all be in the outbox. */
export const readUnposted = (store: Store): Promise<Introduction[]> =>
  readMany(store, { unposted: { $in: ['request', 'reminder', 'outcome'] } });

export const findIntroduction = async (
  store: Store,
  id: string,
): Promise<Introduction | undefined> => (isId(id) ? findOne(store, { _id: id }) : undefined);

export const findIntroductionByKey = (
  store: Store,
  key: string,
): Promise<Introduction | undefined> => findOne(store, { key });

/** The one of this pair that waits for an answer, or did when somebody last looked. */
export const findOpenIntroduction = (
  store: Store,
  { partner, group }: Pair,
): Promise<Introduction | undefined> => findOne(store, { partner, group, state: 'asked' });

/** The partners to whom an introduction of this group is open. */
export const findOpenIntroductions = async (store: Store, group: string): Promise<string[]> =>
  introductionModel(store.connection).distinct('partner', { group, state: 'asked' });

/** The one whose mail carried this token, to a recipient or to an asker. */
export const findIntroductionByToken = async (
  store: Store,
  tokenHash: string,
): Promise<Introduction | undefined> =>
  (await findOne(store, { 'recipients.tokenHash': tokenHash })) ??
  findOne(store, { askerTokenHash: tokenHash });

/** What an end brings with it. */
export interface Ending {
  readonly state: Exclude<IntroductionState, 'asked'>;
  readonly answer?: NonNullable<Introduction['answer']>;
  readonly problem?: 'refused';
}

/**
 * Ends one that is open: of several who do so at once, one does. Answers are taken until the last day, and not after.
 * Undefined where somebody was faster, or it had run out.
 */
export async function endIntroduction(
  store: Store,
  id: string,
  { state, answer, problem }: Ending,
  now: Date,
): Promise<Introduction | undefined> {
  const oldest = new Date(`${dayOf(now)}T00:00:00Z`);
  oldest.setUTCDate(oldest.getUTCDate() - expiryDays);
  const isInTime = state === 'accepted' || state === 'declined';
  const record = await introductionModel(store.connection)
    .findOneAndUpdate(
      { _id: id, state: 'asked', ...(isInTime ? { askedAt: { $gte: oldest } } : {}) },
      {
        $set: {
          state,
          endedAt: now,
          updatedAt: now,
          unposted: 'outcome',
          ...(answer ? { answer: { contact: { ...answer.contact }, word: answer.word } } : {}),
          ...(problem ? { problem } : {}),
        },
      },
      { returnDocument: 'after', timestamps: false },
    )
    .lean<Found>();
  return record ? toIntroduction(record) : undefined;
}

/** Notes that the other side is reminded now; undefined where that was noted before, or it is not open. */
export async function noteReminder(
  store: Store,
  id: string,
  now: Date,
): Promise<Introduction | undefined> {
  const record = await introductionModel(store.connection)
    .findOneAndUpdate(
      { _id: id, state: 'asked', remindedAt: null },
      { $set: { remindedAt: now, unposted: 'reminder', updatedAt: now } },
      { returnDocument: 'after', timestamps: false },
    )
    .lean<Found>();
  return record ? toIntroduction(record) : undefined;
}

/** Asks once more, those who are known now. Undefined where somebody was faster, or the pair has an open one. */
export async function askAgain(
  store: Store,
  { id, round }: Pick<Introduction, 'id' | 'round'>,
  recipients: readonly Recipient[],
  now: Date,
): Promise<Introduction | undefined> {
  const again = {
    state: 'asked',
    recipients: recipients.map((recipient) => ({ ...recipient })),
    askedAt: now,
    round: round + 1,
    ...{ remindedAt: null, endedAt: null, problem: null, unposted: 'request', updatedAt: now },
  };
  try {
    const record = await introductionModel(store.connection)
      .findOneAndUpdate(
        { _id: id, state: 'could-not-be-sent', round },
        { $set: again },
        { returnDocument: 'after', timestamps: false },
      )
      .lean<Found>();
    return record ? toIntroduction(record) : undefined;
  } catch (error) {
    if (isDuplicateKey(error)) return undefined;
    throw error;
  }
}

/** Staff leave it at that. False where somebody was faster. */
export async function setAside(store: Store, id: string, now: Date): Promise<boolean> {
  const { modifiedCount } = await introductionModel(store.connection).updateOne(
    { _id: id, state: 'could-not-be-sent' },
    { $set: { state: 'withdrawn', endedAt: now, unposted: 'outcome', updatedAt: now } },
    { timestamps: false },
  );
  return modifiedCount === 1;
}

/** The mails of a step are in the outbox. Where it ended without a yes, the addresses have done their work. */
export async function notePosted(
  store: Store,
  { id, unposted, state, recipients }: Introduction,
): Promise<void> {
  const isOver = state === 'declined' || state === 'expired' || state === 'withdrawn';
  await introductionModel(store.connection).updateOne(
    { _id: id, unposted, state },
    {
      $set: {
        unposted: null,
        ...(isOver
          ? {
              'asker.address': null,
              recipients: recipients.map((recipient) => ({ ...recipient, address: null })),
            }
          : {}),
      },
    },
    { timestamps: false },
  );
}
