// Files what a partner said: its answer to an open wave, or a report between waves. Each is appended as a report;
// nothing is overwritten. Showing it at once (refreshing the snapshot) and the thanks are left to the callers.
import { createHash, randomUUID } from 'node:crypto';
import { dayOf } from '../domain/dates.ts';
import type { Report } from '../domain/records.ts';
import { newestFirst } from '../domain/reports.ts';
import type { Services } from '../services.ts';
import { findInvitation, keepDraft, noteOpened } from '../store/invitations.ts';
import { appendReport } from '../store/put-records.ts';
import { readReportsOf } from '../store/reports.ts';
import { addSuggestion } from '../store/suggestions.ts';
import { readWaves } from '../store/waves.ts';
import { type Answer, sameAnswer, toAnswered } from './answer.ts';
import { inTurn } from './in-turn.ts';
import { thankForAnswer } from './thank-for-answer.ts';

export interface AnswerToRecord {
  readonly partner: { readonly slug: string; readonly city: string };
  /** Slug of the wave, null for a report between waves. */
  readonly wave: string | null;
  readonly answer: Answer;
  /** Identifier of the newest answer when the form was made, null where there was none. */
  readonly basedOn: string | null;
  /** The person who files it; null for whoever holds the personal link. */
  readonly by: string | null;
}

export type RecordedAnswer =
  /** `report` is the one that counts now; `meanwhile` the answer that another window sent in between, or null. */
  | { readonly kind: 'recorded'; readonly report: string; readonly meanwhile: string | null }
  /** It says what was said already: nothing was appended. */
  | { readonly kind: 'unchanged'; readonly report: string }
  /** The wave does not take answers: nothing was written. */
  | { readonly kind: 'not-open' };

/** Safe to repeat: the same answer again appends nothing and mails nobody. */
export async function recordAnswer(
  services: Services,
  told: AnswerToRecord,
): Promise<RecordedAnswer> {
  const { wave, partner } = told;
  const turn = wave === null ? `reports of ${partner.slug}` : `wave ${wave}`;
  const outcome = await inTurn(turn, () => fileInTurn(services, told));
  if (outcome.kind === 'not-open') return outcome;
  if (wave !== null) await settleInvitation(services, partner.slug, wave);
  await services.directory.refresh();
  if (wave !== null && outcome.kind === 'recorded') {
    await thankForAnswer(services, { partner: partner.slug, wave, report: outcome.report });
  }
  return outcome;
}

async function fileInTurn(services: Services, told: AnswerToRecord): Promise<RecordedAnswer> {
  const { store } = services;
  const { wave, partner, answer, basedOn } = told;
  if (wave !== null) {
    const found = (await readWaves(store)).find(({ slug }) => slug === wave);
    if (found?.state !== 'open') return { kind: 'not-open' };
  }
  await suggestAnotherGroup(services, told);
  const earlier = (await readReportsOf(store, partner.slug))
    .filter((report) => report.origin !== 'collaboration' && report.wave === wave)
    .sort(newestFirst);
  const [last] = earlier;
  if (last && saysTheSame(services, last, answer)) return { kind: 'unchanged', report: last.id };
  const report = await append(services, told, earlier);
  return {
    kind: 'recorded',
    report,
    meanwhile: last && basedOn !== last.id ? last.id : null,
  };
}

/** Within a wave the same words are the same answer; between waves saying them again on a later day is news. */
const saysTheSame = ({ clock }: Services, last: Report, answer: Answer): boolean =>
  sameAnswer(last, toAnswered(answer)) && (last.wave !== null || last.date === dayOf(clock()));

/**
 * Identifiers follow from how many came before, so that of two processes that append at the same moment one is told
 * that its place is taken, and takes the next.
 */
async function append(
  { store, clock }: Services,
  { wave, partner, answer, by }: AnswerToRecord,
  earlier: readonly Report[],
): Promise<string> {
  const now = after(clock(), earlier[0]);
  const writer = { by, origin: 'web', batch: randomUUID(), now } as const;
  for (let place = earlier.length + 1; ; place += 1) {
    const id = reportId(partner.slug, wave, place);
    const report = {
      ...toAnswered(answer),
      id,
      partner: partner.slug,
      date: dayOf(now),
      wave,
      origin: wave === null ? 'between-waves' : 'answer',
      collaboration: null,
    } as const;
    if (await appendReport(store, report, writer)) return id;
  }
}

/** Now, and in any case later than the report before it, so that which one is newest is never in doubt. */
const after = (now: Date, last: Report | undefined): Date =>
  new Date(Math.max(now.getTime(), last ? Date.parse(last.createdAt) + 1 : 0));

const reportId = (partner: string, wave: string | null, place: number): string =>
  createHash('sha256')
    .update(JSON.stringify(['answer', partner, wave, place]))
    .digest('hex')
    .slice(0, 24);

async function suggestAnotherGroup(
  { store, clock }: Services,
  { wave, partner, answer }: AnswerToRecord,
): Promise<void> {
  if (answer.anotherGroup === '') return;
  await addSuggestion(
    store,
    {
      kind: 'group',
      text: answer.anotherGroup,
      city: partner.city,
      partner: partner.slug,
      wave,
    },
    clock(),
  );
}

/** What was half an answer is one now. */
async function settleInvitation(
  { store, clock }: Services,
  partner: string,
  wave: string,
): Promise<void> {
  const invitation = await findInvitation(store, wave, partner);
  if (!invitation) return;
  await noteOpened(store, invitation.id, clock());
  if (invitation.draft) await keepDraft(store, invitation.id, null, clock());
}
