// What the answer form opens with. Prefilled is not answered: nothing of it counts before it is sent.
import type { Report, Timestamp } from '../domain/records.ts';
import { newestFirst } from '../domain/reports.ts';
import { type Draft, findInvitation, type Invitation } from '../store/invitations.ts';
import type { Store } from '../store/store.ts';
import { emptyDraft, sameDraft, toDraft } from './answer.ts';

type KeptDraft = NonNullable<Invitation['draft']>;

/** Half an answer of an earlier wave that was never sent. */
export interface LeftOver {
  /** Slug of the wave. */
  readonly wave: string;
  readonly draft: KeptDraft;
}

/** Where the values come from, so that the form can say so. */
export type PrefillOrigin =
  | { readonly kind: 'nothing' }
  /** Kept when the page was left, not sent yet. */
  | { readonly kind: 'draft'; readonly savedAt: Timestamp }
  /** What was answered in this wave already. */
  | { readonly kind: 'answered'; readonly report: Report }
  /** The last answer of an earlier wave, or the last report between waves. */
  | { readonly kind: 'earlier'; readonly report: Report }
  | { readonly kind: 'left-over'; readonly wave: string; readonly savedAt: Timestamp };

export interface Prefill {
  readonly values: Draft;
  readonly origin: PrefillOrigin;
}

/**
 * The newest word of the partner: its draft of this wave, else its answer of this wave, else what it said or began to
 * say before, whichever is later. Reports derived from collaborations are nobody's answer and are passed over.
 * @param wave slug of the wave that is answered, null for a report between waves
 * @param reports all of the partner's
 */
export function prefillOf(known: {
  readonly wave: string | null;
  readonly draft: KeptDraft | null;
  readonly reports: readonly Report[];
  readonly leftOver: LeftOver | null;
}): Prefill {
  const { wave, draft, leftOver } = known;
  const said = known.reports
    .filter((report) => report.origin !== 'collaboration')
    .sort(newestFirst);
  const answered = wave === null ? undefined : said.find((report) => report.wave === wave);
  if (draft && !(answered && sameDraft(draft, toDraft(answered)))) {
    return { values: draft, origin: { kind: 'draft', savedAt: draft.savedAt } };
  }
  if (answered) {
    return { values: toDraft(answered), origin: { kind: 'answered', report: answered } };
  }
  const [earlier] = said;
  if (leftOver && (!earlier || leftOver.draft.savedAt > earlier.createdAt)) {
    const { savedAt } = leftOver.draft;
    return { values: leftOver.draft, origin: { kind: 'left-over', wave: leftOver.wave, savedAt } };
  }
  return earlier
    ? { values: toDraft(earlier), origin: { kind: 'earlier', report: earlier } }
    : { values: emptyDraft, origin: { kind: 'nothing' } };
}

/** The newest draft that a partner left unsent in other waves than this one. */
export async function findLeftOver(
  store: Store,
  partner: string,
  otherWaves: readonly string[],
): Promise<LeftOver | null> {
  const invitations = await Promise.all(
    otherWaves.map((wave) => findInvitation(store, wave, partner)),
  );
  return invitations
    .flatMap((invitation): LeftOver[] =>
      invitation?.draft ? [{ wave: invitation.wave, draft: invitation.draft }] : [],
    )
    .reduce<LeftOver | null>(
      (newest, one) => (newest && newest.draft.savedAt >= one.draft.savedAt ? newest : one),
      null,
    );
}
