// The outbox as a queue: adding a mail once, holding it while it is tried, noting what became of it.
// What a mail says is sealed and opened in server/mail; here it is a text that nobody reads.
import { type MailRecord, mailModel } from '../../models/mail.ts';
import {
  type MailPurpose,
  type MailState,
  mailProblemStates,
  mailStates,
} from '../domain/mail-delivery.ts';
import { isDuplicateKey } from './duplicate-key.ts';
import { isMailId, type Mail, type MailSubjectMatter, type StoredMail, toMail } from './mails.ts';
import type { Store } from './store.ts';

export interface NewMail {
  readonly key: string;
  readonly to: string;
  readonly purpose: MailPurpose;
  readonly template: string;
  readonly about: MailSubjectMatter | null;
  readonly wave: string | null;
  readonly urgent: boolean;
  readonly useUntil: Date | null;
  readonly sealed: string;
}

/** A mail in the hands of one try. */
export interface HeldMail {
  readonly mail: Mail;
  readonly sealed: string | null;
  readonly useUntil: Date | null;
  readonly heldBy: string;
}

/** What became of a try. */
export type Settlement =
  | { readonly state: 'sent'; readonly at: Date }
  | { readonly state: 'waiting'; readonly dueAt: Date; readonly problem: string }
  | {
      readonly state: 'failed' | 'bounced' | 'unsure';
      readonly problem: string;
      /** True erases what it says: nobody could use it any more. */
      readonly erase: boolean;
    };

/** Adds a mail, or finds the one that has its key already: `added` tells which. */
export async function addMail(
  store: Store,
  mail: NewMail,
  now: Date,
): Promise<{ id: string; added: boolean }> {
  const mails = mailModel(store.connection);
  try {
    const made = await mails.create({
      ...mail,
      about: mail.about && { ...mail.about },
      state: 'waiting',
      tries: 0,
      queuedAt: now,
      dueAt: now,
    });
    return { id: String(made._id), added: true };
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
    const there = await mails.findOne({ key: mail.key }, { _id: 1 }).lean();
    if (!there) throw error;
    return { id: String(there._id), added: false };
  }
}

/**
 * Takes the next mail that is due into one try's hands, urgent ones first; undefined when none is.
 * One step in the store: of any number of senders only one gets it.
 */
export async function holdDueMail(
  store: Store,
  hold: { readonly now: Date; readonly heldBy: string; readonly heldUntil: Date },
): Promise<HeldMail | undefined> {
  const record = await mailModel(store.connection)
    .findOneAndUpdate(
      { state: 'waiting', dueAt: { $lte: hold.now } },
      {
        $set: { state: 'sending', heldBy: hold.heldBy, heldUntil: hold.heldUntil },
        $inc: { tries: 1 },
      },
      { sort: { urgent: -1, dueAt: 1, _id: 1 }, returnDocument: 'after' },
    )
    .lean<StoredMail>();
  if (!record) return undefined;
  return {
    mail: toMail(record),
    sealed: record.sealed ?? null,
    useUntil: record.useUntil ?? null,
    heldBy: hold.heldBy,
  };
}

/**
 * Notes what became of a try. A try that answers after its hold was given up still counts,
 * unless a person has sent the mail again since.
 */
export async function settleMail(
  store: Store,
  { mail, heldBy }: HeldMail,
  settlement: Settlement,
): Promise<void> {
  await mailModel(store.connection).updateOne(
    { _id: mail.id, heldBy, state: { $in: ['sending', 'unsure'] } },
    { $set: { heldUntil: null, ...fieldsOf(settlement) } },
  );
}

function fieldsOf(settlement: Settlement): Partial<MailRecord> {
  const { state } = settlement;
  if (state === 'sent') return { state, sentAt: settlement.at, sealed: null, problem: null };
  if (state === 'waiting') return { state, dueAt: settlement.dueAt, problem: settlement.problem };
  return { state, problem: settlement.problem, ...(settlement.erase ? { sealed: null } : {}) };
}

/** Milliseconds: longer than the longest pause between two tries, and than any try holds a mail. */
const farthest = 25 * 3_600_000;

/** Makes mails due that were put off to a moment that cannot be meant: the clock was wrong then, or is now. */
export async function bringNear(store: Store, now: Date): Promise<number> {
  const { modifiedCount } = await mailModel(store.connection).updateMany(
    { state: 'waiting', dueAt: { $gt: new Date(now.getTime() + farthest) } },
    { $set: { dueAt: now } },
  );
  return modifiedCount;
}

/** Marks the mails whose holder was lost in the middle: they may have left, so nobody sends them by itself. */
export async function giveUpLostHolds(store: Store, now: Date): Promise<number> {
  const { modifiedCount } = await mailModel(store.connection).updateMany(
    {
      state: 'sending',
      $or: [
        { heldUntil: { $lt: now } },
        { heldUntil: { $gt: new Date(now.getTime() + farthest) } },
      ],
    },
    {
      $set: {
        state: 'unsure',
        heldUntil: null,
        problem: 'Crosswalk stopped while it was sending this mail. It may have arrived.',
      },
    },
  );
  return modifiedCount;
}

/**
 * Puts a mail that failed, bounced or is unsure back into the queue, on a person's word, to a corrected
 * address where one is given. False when there is no such mail, or nothing is left of what it said.
 */
export async function queueAgain(
  store: Store,
  id: string,
  { now, to }: { readonly now: Date; readonly to?: string | undefined },
): Promise<boolean> {
  if (!isMailId(id)) return false;
  const { matchedCount } = await mailModel(store.connection).updateOne(
    { _id: id, state: { $in: [...mailProblemStates] }, sealed: { $ne: null } },
    {
      $set: {
        state: 'waiting',
        tries: 0,
        dueAt: now,
        heldBy: null,
        heldUntil: null,
        problem: null,
        ...(to === undefined ? {} : { to }),
      },
    },
  );
  return matchedCount === 1;
}

/** Makes the waiting mails of a wave that ask for an answer useless from now on: nobody is asked after its end. */
export async function dropWaitingMails(store: Store, wave: string, now: Date): Promise<void> {
  await mailModel(store.connection).updateMany(
    { wave, state: 'waiting', purpose: { $in: ['invitation', 'reminder'] } },
    { $set: { useUntil: new Date(now.getTime() - 1) } },
  );
}

/** Takes the mails about something out of the outbox, sent ones and those that wait; one on its way is left alone. */
export async function forgetMailsAbout(store: Store, about: MailSubjectMatter): Promise<void> {
  await mailModel(store.connection).deleteMany({
    'about.kind': about.kind,
    'about.slug': about.slug,
    state: { $ne: 'sending' },
  });
}

/** How many mails of the outbox are in each state. */
export async function countMails(store: Store): Promise<Readonly<Record<MailState, number>>> {
  const counts = await Promise.all(
    mailStates.map((state) => mailModel(store.connection).countDocuments({ state })),
  );
  return Object.fromEntries(
    mailStates.map((state, index) => [state, counts[index] ?? 0]),
  ) as Record<MailState, number>;
}
