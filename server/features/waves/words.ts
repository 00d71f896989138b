// The words of the staff pages for what a wave and a partner in it have come to.
import { dayOf } from '../../domain/dates.ts';
import type { MailPurpose, MailState } from '../../domain/mail-delivery.ts';
import type { Wave } from '../../domain/records.ts';
import type { Progress, ProgressState } from '../../survey/wave-progress.ts';
import { formatAge, formatCount, formatDate, levelLabel } from '../../web/format.ts';
import type { PageHead } from '../../web/render.ts';

export const staffHead = (title: string, description: string, canonical: string): PageHead => ({
  title,
  description,
  canonical,
  section: null,
  structuredData: null,
  noIndex: true,
});

export const progressLabels: Readonly<Record<ProgressState, string>> = {
  answered: 'Answered',
  opened: 'Opened, not answered yet',
  asked: 'Asked',
  waiting: 'Mail waits to be sent',
  problem: 'Mail did not arrive',
  'no-address': 'No mail address',
  revoked: 'Link taken back',
  'to-ask': 'Will be asked',
};

export const mailStateLabels: Readonly<Record<MailState, string>> = {
  waiting: 'Waits to be sent',
  sending: 'On its way',
  sent: 'Sent',
  failed: 'Could not be sent',
  bounced: 'The address was refused',
  unsure: 'May have arrived or not',
};

export const purposeLabels: Readonly<Record<MailPurpose, string>> = {
  welcome: 'Welcome',
  invitation: 'Invitation',
  reminder: 'Reminder',
  thanks: 'Thanks for an answer',
  'sign-in': 'Sign-in link',
  suggestion: 'Suggestion',
  outreach: 'Message',
  subscription: 'News of groups near a place',
  'still-here': 'Still here?',
  'bring-back': 'Link to bring a group back',
  privacy: 'About what is kept of an address',
  introduction: 'Introduction',
};

/** "Draft, to be opened on 1 July 2026", "Open until 31 July 2026, in 9 days", "Closed". */
export function stateText(wave: Wave, today: string): string {
  if (wave.state === 'closed') return 'Closed';
  if (wave.state === 'draft') return `Draft, planned to open on ${formatDate(wave.opens)}`;
  return wave.closes < today
    ? `Still open; its last day was ${formatDate(wave.closes)}`
    : `Open until ${formatDate(wave.closes)}, ${formatAge(wave.closes, today)}`;
}

/** "3 July 2026". */
export const dayText = (moment: Date | string): string =>
  formatDate(typeof moment === 'string' ? moment.slice(0, 10) : dayOf(moment));

/** When a partner came as far as it has; null while nothing has happened. */
export function momentOf({ answer, invitation, askedAt }: Progress): string | null {
  if (answer) return answer.createdAt;
  return invitation?.openedAt ?? askedAt?.toISOString() ?? null;
}

/** What is to be said beside a partner's state; '' where there is nothing. */
export function progressNote(progress: Progress): string {
  const { answer, state, invitation, problem } = progress;
  if (answer) return levelLabel(answer.level);
  const reminded = invitation?.remindedAt.at(-1);
  const notes = [
    state === 'opened' && invitation?.draft ? 'an answer is begun' : '',
    reminded && state !== 'revoked' ? `reminded ${dayText(reminded)}` : '',
    problem && state !== 'no-address' && state !== 'revoked'
      ? (problem.mail.problem ?? mailStateLabels[problem.mail.state])
      : '',
  ];
  return notes.filter((note) => note !== '').join('; ');
}

/** "12 of 37 partners answered". */
export const answeredText = (answered: number, asked: number): string =>
  `${answered === 0 ? 'None' : answered} of ${formatCount(asked, 'partner', 'partners')} answered`;
