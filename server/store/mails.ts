// The mails of the outbox as staff see them: everything but what they say. How they leave is in mail-queue.ts.
import { type MailRecord, mailModel } from '../../models/mail.ts';
import {
  type Delivery,
  deliveryOf,
  hasProblem,
  type MailPurpose,
  type MailState,
  mailProblemStates,
} from '../domain/mail-delivery.ts';
import { eachRecord } from './each-record.ts';
import type { Store } from './store.ts';

/** What a mail speaks of: `{ kind: 'partner', slug: 'pittsburgh' }`. */
export interface MailSubjectMatter {
  readonly kind: string;
  readonly slug: string;
}

/** A mail as staff may see it: everything but what it says. */
export interface Mail {
  readonly id: string;
  readonly key: string;
  readonly to: string;
  readonly purpose: MailPurpose;
  readonly template: string;
  readonly about: MailSubjectMatter | null;
  readonly wave: string | null;
  readonly state: MailState;
  readonly tries: number;
  readonly queuedAt: Date;
  /** When it is tried next; null unless it waits. */
  readonly dueAt: Date | null;
  readonly sentAt: Date | null;
  /** What went wrong last, in words; null when nothing did. */
  readonly problem: string | null;
  /** False where what it said is gone: it was sent, or came too late to be of use. */
  readonly canBeSentAgain: boolean;
}

/** One mail; undefined when there is none with this id. */
export async function findMail(store: Store, id: string): Promise<Mail | undefined> {
  if (!isMailId(id)) return undefined;
  const record = await mailModel(store.connection).findOne({ _id: id }).lean<StoredMail>();
  return record ? toMail(record) : undefined;
}

/** The mails that failed, bounced or may have arrived or not: newest first, for staff. */
export async function readMailProblems(store: Store): Promise<Mail[]> {
  const records = await mailModel(store.connection)
    .find({ state: { $in: [...mailProblemStates] } })
    .sort({ queuedAt: -1, _id: -1 })
    .lean<StoredMail[]>();
  return records.map(toMail);
}

/** All of them, oldest first. */
export const eachMail = (store: Store): AsyncGenerator<Mail> =>
  eachRecord(mailModel(store.connection), { _id: 1 }, toMail);

/** Every mail about one record, newest first. */
export async function findMailsAbout(store: Store, about: MailSubjectMatter): Promise<Mail[]> {
  const records = await mailModel(store.connection)
    .find({ 'about.kind': about.kind, 'about.slug': about.slug })
    .sort({ queuedAt: -1, _id: -1 })
    .lean<StoredMail[]>();
  return records.map(toMail);
}

/** The slugs of all of one kind of which a mail was refused for good. */
export async function readBouncedAbout(store: Store, kind: string): Promise<string[]> {
  const records = await mailModel(store.connection)
    .find({ 'about.kind': kind, state: 'bounced' }, { about: 1 })
    .lean<StoredMail[]>();
  return [...new Set(records.flatMap(({ about }) => about?.slug ?? []))];
}

/** The mails that wait to be sent or are on their way, the next one first. */
export async function readWaitingMails(store: Store): Promise<Mail[]> {
  const records = await mailModel(store.connection)
    .find({ state: { $in: ['waiting', 'sending'] } })
    .sort({ dueAt: 1, _id: 1 })
    .lean<StoredMail[]>();
  return records.map(toMail);
}

/** Every mail of one wave, oldest first. */
export async function readMailsOfWave(store: Store, wave: string): Promise<Mail[]> {
  const records = await mailModel(store.connection)
    .find({ wave })
    .sort({ queuedAt: 1, _id: 1 })
    .lean<StoredMail[]>();
  return records.map(toMail);
}

/** How the invitation of each partner in a wave fared, by the partner's slug. */
export async function readDeliveries(
  store: Store,
  wave: string,
): Promise<ReadonlyMap<string, Delivery>> {
  const byPartner = new Map<string, Mail[]>();
  for (const mail of await readMailsOfWave(store, wave)) {
    if (mail.about?.kind !== 'partner') continue;
    const those = byPartner.get(mail.about.slug);
    if (those) those.push(mail);
    else byPartner.set(mail.about.slug, [mail]);
  }
  return new Map([...byPartner].map(([slug, mails]) => [slug, deliveryOf(mails)]));
}

/** True for what may be the identifier of a mail. */
export const isMailId = (id: string): boolean => /^[0-9a-f]{24}$/.test(id);

/** A mail as the store keeps it. */
export type StoredMail = MailRecord & { readonly _id: unknown };

export const toMail = (record: StoredMail): Mail => ({
  id: String(record._id),
  key: record.key,
  to: record.to,
  purpose: record.purpose,
  template: record.template,
  about: record.about ? { kind: record.about.kind, slug: record.about.slug } : null,
  wave: record.wave ?? null,
  state: record.state,
  tries: record.tries,
  queuedAt: record.queuedAt,
  dueAt: record.state === 'waiting' ? record.dueAt : null,
  sentAt: record.sentAt ?? null,
  problem: record.problem ?? null,
  canBeSentAgain: hasProblem(record.state) && Boolean(record.sealed),
});
