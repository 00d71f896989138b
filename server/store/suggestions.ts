// Suggestions in the store: added once, read by staff.
import { createHash } from 'node:crypto';
import { type SuggestionRecord, suggestionModel } from '../../models/suggestion.ts';
import type { Timestamp } from '../domain/records.ts';
import type { SuggestionKind, SuggestionState } from '../domain/words.ts';
import { isDuplicateKey } from './duplicate-key.ts';
import { toTimestamp } from './mapping.ts';
import type { Store } from './store.ts';

export interface Suggestion {
  readonly id: string;
  readonly kind: SuggestionKind;
  readonly state: SuggestionState;
  readonly text: string;
  readonly city: string | null;
  readonly partner: string | null;
  readonly wave: string | null;
  readonly createdAt: Timestamp;
}

type Found = SuggestionRecord & { readonly _id: unknown };

const toSuggestion = (record: Found): Suggestion => ({
  id: String(record._id),
  kind: record.kind,
  state: record.state,
  text: record.text,
  city: record.city ?? null,
  partner: record.partner ?? null,
  wave: record.wave ?? null,
  createdAt: toTimestamp(record.createdAt),
});

/** Adds it unless the same was sent from the same place before; tells whether it is new. */
export async function addSuggestion(
  store: Store,
  suggestion: Omit<Suggestion, 'id' | 'state' | 'createdAt'>,
  now: Date,
): Promise<boolean> {
  const { kind, text, city, partner, wave } = suggestion;
  const words = text.trim().toLowerCase().replace(/\s+/g, ' ');
  const key = createHash('sha256')
    .update(JSON.stringify([kind, words, city, partner]))
    .digest('hex');
  try {
    await suggestionModel(store.connection).create({
      key,
      kind,
      state: 'new',
      text,
      city,
      partner,
      wave,
      createdAt: now,
      updatedAt: now,
    });
    return true;
  } catch (error) {
    if (isDuplicateKey(error)) return false;
    throw error;
  }
}

/** Those that nobody has looked at yet, oldest first. */
export async function readNewSuggestions(store: Store): Promise<Suggestion[]> {
  const records = await suggestionModel(store.connection)
    .find({ state: 'new' })
    .sort({ createdAt: 1 })
    .lean<Found[]>();
  return records.map(toSuggestion);
}
