// Tells the sender what became of a suggestion, where they asked for it, and forgets their address then.
import { dayOf } from '../domain/dates.ts';
import type { Services } from '../services.ts';
import { findSuggestion, forgetSender, readSender, type Suggestion } from '../store/suggestions.ts';
import { followLink, followToken } from './follow-link.ts';
import { findSubject } from './subject.ts';

/** Safe to repeat: one mail for each suggestion. */
export async function tellSender(services: Services, id: string): Promise<void> {
  const { store, mail, secret, config, directory } = services;
  const [suggestion, sender] = await Promise.all([
    findSuggestion(store, id),
    readSender(store, id),
  ]);
  if (!suggestion?.decision || !sender) return;
  const { record, word } = suggestion.decision;
  await mail.post({
    key: `suggestion-decided ${id}`,
    to: sender.address,
    purpose: 'suggestion',
    about: null,
    template: 'suggestion-decided',
    data: {
      link: followLink(config.publicUrl, followToken(secret, sender.key)),
      sent: dayOf(new Date(suggestion.createdAt)),
      outcome: outcomeOf(suggestion),
      name: (record && findSubject(directory.current(), record)?.entry.name) ?? null,
      word,
    },
  });
  await forgetSender(store, id);
}

/** In part: something that was proposed was not taken. */
export function outcomeOf({
  decision,
  seen,
  proposed,
}: Suggestion): 'accepted' | 'in-part' | 'declined' {
  if (!decision?.record) return 'declined';
  const asked = Object.entries(proposed ?? {}).filter(
    ([field, text]) => text !== (seen[field as keyof typeof seen] ?? ''),
  );
  const taken: readonly string[] = decision.taken;
  return asked.every(([field]) => taken.includes(field)) ? 'accepted' : 'in-part';
}
