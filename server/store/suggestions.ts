// Suggestions in the store: added once, read by staff, decided once.
// The sender's address is read by readSender alone, so that no page can show it.
import { createHash } from 'node:crypto';
import { type SuggestionRecord, suggestionModel } from '../../models/suggestion.ts';
import type { Timestamp } from '../domain/records.ts';
import {
  type SuggestedField,
  type SuggestedSubject,
  type SuggestedTexts,
  suggestedFields,
} from '../domain/suggested.ts';
import type { SuggestionKind, SuggestionState } from '../domain/words.ts';
import { isDuplicateKey } from './duplicate-key.ts';
import { toTimestamp } from './mapping.ts';
import type { Store } from './store.ts';

/** The record that a suggestion is about, or that came of it. */
export interface SuggestedRecord {
  readonly record: SuggestedSubject;
  readonly slug: string;
}

export interface SuggestionDecision {
  readonly at: Timestamp;
  /** Identifier of the person. */
  readonly by: string;
  /** What the sender is told. */
  readonly word: string;
  /** The fields that were taken; none when it was declined. */
  readonly taken: readonly SuggestedField[];
  readonly record: SuggestedRecord | null;
}

export interface Suggestion {
  readonly id: string;
  readonly kind: SuggestionKind;
  readonly state: SuggestionState;
  readonly text: string;
  readonly city: string | null;
  readonly partner: string | null;
  readonly wave: string | null;
  readonly createdAt: Timestamp;
  readonly about: SuggestedRecord | null;
  /** Field by field, as the sender saw the record; nothing for a new group. */
  readonly seen: SuggestedTexts;
  /** Field by field, as it should be; null for free words alone. */
  readonly proposed: SuggestedTexts | null;
  /** Where it is known from. */
  readonly known: string;
  /** Whether somebody is to be told by mail. */
  readonly hasSender: boolean;
  readonly decision: SuggestionDecision | null;
}

/** What comes in through the form. */
export interface SentSuggestion
  extends Pick<Suggestion, 'kind' | 'text' | 'about' | 'seen' | 'known'> {
  /** The same key is the same suggestion, however often it is sent. */
  readonly key: string;
  readonly tokenHash: string;
  readonly proposed: SuggestedTexts;
  /** Private: a mail address, or null. */
  readonly sender: string | null;
}

type Found = SuggestionRecord & { readonly _id: unknown };

const toTexts = (record: Readonly<Record<string, unknown>>): SuggestedTexts =>
  Object.fromEntries(
    suggestedFields.flatMap((field) => {
      const text = record[field];
      return typeof text === 'string' ? [[field, text]] : [];
    }),
  );

const toDecision = (record: NonNullable<Found['decision']>): SuggestionDecision => ({
  at: toTimestamp(record.at),
  by: record.by,
  word: record.word,
  taken: suggestedFields.filter((field) => record.taken.includes(field)),
  record: record.record ? { record: record.record.record, slug: record.record.slug } : null,
});

const toSuggestion = (record: Found): Suggestion => ({
  id: String(record._id),
  kind: record.kind,
  state: record.state,
  text: record.text,
  city: record.city ?? null,
  partner: record.partner ?? null,
  wave: record.wave ?? null,
  createdAt: toTimestamp(record.createdAt),
  about: record.about ? { record: record.about.record, slug: record.about.slug } : null,
  seen: record.seen ? toTexts(record.seen) : {},
  proposed: record.proposed ? toTexts(record.proposed) : null,
  known: record.known ?? '',
  hasSender: (record.sender ?? null) !== null,
  decision: record.decision ? toDecision(record.decision) : null,
});

const isId = (id: string): boolean => /^[0-9a-f]{24}$/.test(id);

async function addOnce(
  store: Store,
  record: Partial<SuggestionRecord>,
  now: Date,
): Promise<boolean> {
  try {
    await suggestionModel(store.connection).create({
      ...record,
      state: 'new',
      createdAt: now,
      updatedAt: now,
    });
    return true;
  } catch (error) {
    if (isDuplicateKey(error)) return false;
    throw error;
  }
}

/** Adds free words unless the same were sent from the same place before; tells whether they are new. */
export async function addSuggestion(
  store: Store,
  suggestion: Pick<Suggestion, 'kind' | 'text' | 'city' | 'partner' | 'wave'>,
  now: Date,
): Promise<boolean> {
  const { kind, text, city, partner, wave } = suggestion;
  const words = text.trim().toLowerCase().replace(/\s+/g, ' ');
  const key = createHash('sha256')
    .update(JSON.stringify([kind, words, city, partner]))
    .digest('hex');
  return addOnce(store, { key, kind, text, city, partner, wave }, now);
}

/** Adds what came in through the form, once per key. */
export async function addSentSuggestion(
  store: Store,
  { seen, proposed, about, ...sent }: SentSuggestion,
  now: Date,
): Promise<Suggestion> {
  await addOnce(
    store,
    { ...sent, seen: { ...seen }, proposed: { ...proposed }, about: about && { ...about } },
    now,
  );
  const record = await suggestionModel(store.connection).findOne({ key: sent.key }).lean<Found>();
  if (!record) throw new Error('A suggestion that was just added is not there.');
  return toSuggestion(record);
}

/** Those that nobody has decided yet, oldest first. */
export async function readNewSuggestions(store: Store): Promise<Suggestion[]> {
  const records = await suggestionModel(store.connection)
    .find({ state: 'new' })
    .sort({ createdAt: 1 })
    .lean<Found[]>();
  return records.map(toSuggestion);
}

/** All of them, newest first. */
export async function readSuggestions(store: Store): Promise<Suggestion[]> {
  const records = await suggestionModel(store.connection)
    .find()
    .sort({ createdAt: -1, _id: -1 })
    .lean<Found[]>();
  return records.map(toSuggestion);
}

export async function findSuggestion(store: Store, id: string): Promise<Suggestion | undefined> {
  if (!isId(id)) return undefined;
  const record = await suggestionModel(store.connection).findById(id).lean<Found>();
  return record ? toSuggestion(record) : undefined;
}

export async function findSuggestionByToken(
  store: Store,
  tokenHash: string,
): Promise<Suggestion | undefined> {
  const record = await suggestionModel(store.connection).findOne({ tokenHash }).lean<Found>();
  return record ? toSuggestion(record) : undefined;
}

/** The sender's address and what the token of their page follows from; null where nobody is to be told. */
export async function readSender(
  store: Store,
  id: string,
): Promise<{ readonly address: string; readonly key: string } | null> {
  const record = await suggestionModel(store.connection).findById(id).lean<Found>();
  return record?.sender ? { address: record.sender, key: record.key } : null;
}

/** The address has done its work: it is erased. */
export async function forgetSender(store: Store, id: string): Promise<void> {
  await suggestionModel(store.connection).updateOne({ _id: id }, { $set: { sender: null } });
}

export interface Claim {
  readonly by: string;
  /** Slug of the group to be made, null where none is. */
  readonly slug: string | null;
  readonly now: Date;
}

/** Long enough to write a record; after that somebody else may try. */
const claimMs = 60_000;

/**
 * Takes a new suggestion in hand, for a minute: of several who do so at once, one gets it.
 * Resolves to the slug of the group to be made: that of an earlier try where there was one. Undefined: not got.
 */
export async function claimSuggestion(
  store: Store,
  id: string,
  { by, slug, now }: Claim,
): Promise<{ readonly slug: string | null } | undefined> {
  const until = new Date(now.getTime() + claimMs);
  const before = await suggestionModel(store.connection)
    .findOneAndUpdate(
      { _id: id, state: 'new', $or: [{ claim: null }, { 'claim.until': { $lte: now } }] },
      { $set: { claim: { by, until, slug } } },
      { returnDocument: 'before' },
    )
    .lean<Found>();
  if (!before) return undefined;
  const earlier = before.claim?.slug ?? null;
  if (earlier === null || slug === null) return { slug };
  await suggestionModel(store.connection).updateOne(
    { _id: id, state: 'new' },
    { $set: { 'claim.slug': earlier } },
  );
  return { slug: earlier };
}

/** Ends a claim that came to nothing. */
export async function dropClaim(store: Store, id: string): Promise<void> {
  await suggestionModel(store.connection).updateOne(
    { _id: id, state: 'new' },
    { $set: { claim: null } },
  );
}

/** Notes the decision of whoever claimed it. */
export async function decideSuggestion(
  store: Store,
  id: string,
  state: Exclude<SuggestionState, 'new'>,
  decision: Omit<SuggestionDecision, 'at'>,
  now: Date,
): Promise<void> {
  const { by, word, taken, record } = decision;
  await suggestionModel(store.connection).updateOne(
    { _id: id, state: 'new' },
    { $set: { state, claim: null, decision: { at: now, by, word, taken: [...taken], record } } },
  );
}
