// Takes in what a visitor suggests, once however often the same form is sent, and mails the link to follow it.
// The mail repeats nothing of what was typed: an address that somebody else typed must not bring them our spam.
import { createHash } from 'node:crypto';
import { dayOf } from '../domain/dates.ts';
import type { Services } from '../services.ts';
import { addSentSuggestion, type SentSuggestion } from '../store/suggestions.ts';
import { hashOf } from '../survey/personal-link.ts';
import { followLink, followToken } from './follow-link.ts';

export interface SuggestionToSend extends Omit<SentSuggestion, 'key' | 'tokenHash'> {
  /** Of the form that it came in. */
  readonly stamp: string;
}

/** Resolves to the token of the page on which the sender follows it. */
export async function sendSuggestion(
  services: Pick<Services, 'store' | 'secret' | 'clock' | 'mail' | 'config'>,
  { stamp, ...sent }: SuggestionToSend,
): Promise<string> {
  const { store, secret, clock, mail, config } = services;
  const key = createHash('sha256')
    .update(JSON.stringify([stamp, sent]))
    .digest('hex');
  const token = followToken(secret, key);
  const { id, createdAt } = await addSentSuggestion(
    store,
    { ...sent, key, tokenHash: hashOf(token) },
    clock(),
  );
  if (sent.sender !== null) {
    await mail.post({
      key: `suggestion-received ${id}`,
      to: sent.sender,
      purpose: 'suggestion',
      about: null,
      template: 'suggestion-received',
      data: { link: followLink(config.publicUrl, token), sent: dayOf(new Date(createdAt)) },
    });
  }
  return token;
}
