// Keeps half an answer while it is not sent. Drafts are private, and count for nothing.
import { newestFirst } from '../domain/reports.ts';
import type { Services } from '../services.ts';
import { type Draft, type Invitation, keepDraft, noteOpened } from '../store/invitations.ts';
import { readReportsOf } from '../store/reports.ts';
import { sameDraft, toDraft } from './answer.ts';

/**
 * The last one kept is the one that stays. One that says what the partner has answered already is no draft:
 * it may be the page's last word, arriving after the answer that was sent from it.
 * It is kept in a closed wave too: the next one offers it again.
 */
export async function keepUnsent(
  { store, clock }: Pick<Services, 'store' | 'clock'>,
  invitation: Invitation,
  draft: Draft,
): Promise<void> {
  const answers = (await readReportsOf(store, invitation.partner)).filter(
    (report) => report.wave === invitation.wave,
  );
  const [last] = answers.sort(newestFirst);
  const isAnswered = last !== undefined && sameDraft(draft, toDraft(last));
  await noteOpened(store, invitation.id, clock());
  await keepDraft(store, invitation.id, isAnswered ? null : draft, clock());
}
