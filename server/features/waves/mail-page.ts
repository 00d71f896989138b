// The outbox for staff: what did not arrive and why, what can be done about it, and what waits.
import type { Directory } from '../../directory/directory.ts';
import type { Wave } from '../../domain/records.ts';
import { partnerPath, paths, wavePartnerPath } from '../../paths.ts';
import type { Invitation } from '../../store/invitations.ts';
import type { Mail } from '../../store/mails.ts';
import { isSameAddress, issueIn, usableAddresses } from '../../survey/wave-mail.ts';
import { formatCount } from '../../web/format.ts';
import type { Page } from '../../web/render.ts';
import { dayText, mailStateLabels, purposeLabels, staffHead } from './words.ts';

interface MailLine {
  readonly id: string;
  readonly to: string;
  readonly purpose: string;
  /** Whom it is about; null for mails to people who sign in. */
  readonly about: { readonly label: string; readonly href: string } | null;
  readonly state: string;
  readonly reason: string;
  readonly tries: string;
  readonly when: string;
  readonly canBeSentAgain: boolean;
  /** What to know before it is sent again; '' where nothing. */
  readonly caution: string;
  /** Where its address is corrected; null where that is no help. */
  readonly correct: string | null;
}

export interface MailPage extends Page {
  readonly crumbs: readonly { readonly label: string; readonly href?: string }[];
  readonly title: string;
  readonly lede: string;
  readonly notice: string;
  readonly problems: readonly MailLine[];
  readonly waiting: readonly MailLine[];
  readonly waitingTitle: string;
  /** Problems that need nothing any more, with why. */
  readonly settled: readonly { readonly text: string; readonly why: string }[];
  readonly sendAgain: string;
}

export interface MailFacts {
  readonly problems: readonly Mail[];
  readonly waiting: readonly Mail[];
  readonly waves: readonly Wave[];
  /** Of every wave that a mail belongs to. */
  readonly invitations: readonly Invitation[];
  readonly notice: string;
}

/** Why nobody needs to look at a mail any more; null while somebody should. */
export function whySettled(
  directory: Directory,
  { waves, invitations }: Pick<MailFacts, 'waves' | 'invitations'>,
  mail: Mail,
): string | null {
  if (mail.about?.kind !== 'partner' || mail.wave === null) return null;
  const { slug } = mail.about;
  const partner = directory.findPartner(slug);
  const wave = waves.find((one) => one.slug === mail.wave);
  if (wave?.state === 'closed') return 'its wave is closed';
  if (partner && !usableAddresses(partner).some((one) => isSameAddress(one, mail.to))) {
    return 'the partner has another address now';
  }
  const issue = issueIn(mail.key);
  const invitation = invitations.find((one) => one.wave === mail.wave && one.partner === slug);
  if (issue === null || !invitation) return null;
  if (invitation.issue !== issue) return 'its link was replaced';
  if (invitation.revokedAt) return 'its link was taken back';
  const answered = directory.reportsOf(slug).some((one) => one.wave === mail.wave);
  return answered ? 'the partner has answered' : null;
}

export function mailPage(directory: Directory, facts: MailFacts): MailPage {
  const marked = facts.problems.map((mail) => ({ mail, why: whySettled(directory, facts, mail) }));
  const open = marked.flatMap(({ mail, why }) => (why === null ? [mail] : []));
  const count = formatCount(open.length, 'mail', 'mails');
  return {
    head: staffHead(
      'Mail',
      'Mails that did not arrive and mails that wait, for NNIP staff.',
      paths.staff.mail,
    ),
    crumbs: [{ label: 'Survey waves', href: paths.staff.waves }, { label: 'Mail' }],
    title: 'Mail',
    lede:
      open.length === 0
        ? 'Every mail arrived, as far as mail servers say.'
        : `${count} ${open.length === 1 ? 'needs' : 'need'} somebody to look at ${open.length === 1 ? 'it' : 'them'}.`,
    notice: facts.notice,
    problems: open.map((mail) => toLine(directory, mail)),
    waiting: facts.waiting.map((mail) => toLine(directory, mail)),
    waitingTitle: `Waiting to be sent: ${formatCount(facts.waiting.length, 'mail', 'mails')}`,
    settled: marked.flatMap(({ mail, why }) =>
      why === null
        ? []
        : [
            {
              text: `${purposeLabels[mail.purpose]} to ${mail.to}, ${dayText(mail.queuedAt)}`,
              why,
            },
          ],
    ),
    sendAgain: paths.staff.sendAgain,
  };
}

function toLine(directory: Directory, mail: Mail): MailLine {
  const partner = mail.about?.kind === 'partner' ? mail.about.slug : null;
  const page = partner && mail.wave ? wavePartnerPath(mail.wave, partner) : null;
  return {
    id: mail.id,
    to: mail.to,
    purpose: purposeLabels[mail.purpose],
    about: partner
      ? {
          label: directory.findPartner(partner)?.name ?? partner,
          href: page ?? partnerPath(partner),
        }
      : null,
    state: mailStateLabels[mail.state],
    reason: mail.problem ?? '',
    tries: formatCount(mail.tries, 'try', 'tries'),
    when:
      mail.dueAt && mail.tries > 0 ? `next try ${clockText(mail.dueAt)}` : dayText(mail.queuedAt),
    canBeSentAgain: mail.canBeSentAgain,
    caution: mail.state === 'unsure' ? 'It may have arrived: then the partner gets it twice.' : '',
    correct: page && mail.state === 'bounced' ? `${page}#addresses` : null,
  };
}

/** "22 November 2026, 14:05 UTC". */
const clockText = (moment: Date): string =>
  `${dayText(moment)}, ${moment.toISOString().slice(11, 16)} UTC`;
