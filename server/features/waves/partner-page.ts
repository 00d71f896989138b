// One partner in one wave for staff: its addresses, its mails, its link, and what it answered, private parts too.
import type { Directory } from '../../directory/directory.ts';
import type { Wave } from '../../domain/records.ts';
import {
  partnerLinkPath,
  partnerPath,
  paths,
  staffWavePath,
  wavePartnerPath,
} from '../../paths.ts';
import { toAnswerLines } from '../../survey/answer-words.ts';
import type { Progress } from '../../survey/wave-progress.ts';
import { formatCount, levelLabel } from '../../web/format.ts';
import { cityNamed } from '../../web/place-words.ts';
import type { Page } from '../../web/render.ts';
import {
  dayText,
  mailStateLabels,
  progressLabels,
  progressNote,
  purposeLabels,
  staffHead,
} from './words.ts';

export interface PartnerPage extends Page {
  readonly crumbs: readonly { readonly label: string; readonly href?: string }[];
  readonly title: string;
  readonly city: string;
  readonly state: string;
  readonly note: string;
  readonly notice: string;
  readonly publicPage: string;
  readonly addresses: {
    readonly action: string;
    readonly value: string;
    readonly hint: string;
    readonly error: string | null;
  };
  readonly errors: readonly { readonly field: string; readonly message: string }[];
  readonly mails: readonly {
    readonly purpose: string;
    readonly to: string;
    readonly state: string;
    readonly when: string;
    readonly problem: string;
  }[];
  /** The personal link; null while there is none, or it takes no answers. */
  readonly link: {
    /** In full, once it was asked for; null otherwise. */
    readonly shown: string | null;
    readonly show: string;
    readonly renew: string;
    readonly renewText: string;
    /** Null where it is taken back already. */
    readonly revoke: string | null;
  } | null;
  /** The answer that counts, in the words of the form. */
  readonly answer: {
    readonly when: string;
    readonly lines: readonly {
      readonly question: string;
      readonly answer: string;
      readonly isPrivate: boolean;
    }[];
    /** Earlier answers of the same wave, newest first. */
    readonly earlier: readonly string[];
  } | null;
}

export interface PartnerPageFacts {
  readonly wave: Wave;
  readonly progress: Progress;
  readonly notice?: string;
  readonly shown?: string | null;
  /** What was typed and will not do. */
  readonly wrong?: { readonly typed: string; readonly message: string };
}

export function partnerPage(directory: Directory, facts: PartnerPageFacts): PartnerPage {
  const { wave, progress, notice = '', wrong } = facts;
  const { partner, addresses, mails } = progress;
  const path = wavePartnerPath(wave.slug, partner.slug);
  return {
    head: staffHead(
      `${wrong ? 'Error: ' : ''}${partner.name}, ${wave.name}`,
      'One partner in a survey wave, for NNIP staff.',
      path,
    ),
    crumbs: [
      { label: 'Survey waves', href: paths.staff.waves },
      { label: wave.name, href: staffWavePath(wave.slug) },
      { label: partner.name },
    ],
    title: partner.name,
    city: cityNamed(directory, partner.city),
    state: progressLabels[progress.state],
    note: progressNote(progress),
    notice,
    publicPage: partnerPath(partner.slug),
    addresses: {
      action: path,
      value: wrong?.typed ?? addresses.join('\n'),
      hint: addressHint(wave, progress),
      error: wrong?.message ?? null,
    },
    errors: wrong ? [{ field: 'addresses', message: wrong.message }] : [],
    mails: mails.toReversed().map((mail) => ({
      purpose: purposeLabels[mail.purpose],
      to: mail.to,
      state: mailStateLabels[mail.state],
      when: dayText(mail.sentAt ?? mail.queuedAt),
      problem: mail.problem ?? '',
    })),
    link: linkOf(facts),
    answer: answerOf(directory, facts),
  };
}

function addressHint(wave: Wave, { answer, invitation }: Progress): string {
  const willMail = wave.state === 'open' && !answer && !invitation?.revokedAt;
  return willMail
    ? 'One to a line. Each new address gets the invitation as soon as you save.'
    : 'One to a line. They are for NNIP alone and never shown to the public.';
}

function linkOf({ wave, progress, shown = null }: PartnerPageFacts): PartnerPage['link'] {
  const { partner, invitation, addresses } = progress;
  if (wave.state !== 'open' || !invitation) return null;
  const at = (step: 'show-link' | 'renew-link' | 'revoke-link'): string =>
    partnerLinkPath(wave.slug, partner.slug, step);
  const sent =
    progress.answer || addresses.length === 0
      ? 'It is not mailed by itself: show it and hand it over.'
      : `It goes out by mail to ${formatCount(addresses.length, 'address', 'addresses')} at once.`;
  return {
    shown,
    show: at('show-link'),
    renew: at('renew-link'),
    renewText: `The old link stops working and says that it was replaced. What was answered, and what was begun, stays. ${sent}`,
    revoke: invitation.revokedAt ? null : at('revoke-link'),
  };
}

function answerOf(
  directory: Directory,
  { wave, progress: { answer, partner } }: PartnerPageFacts,
): PartnerPage['answer'] {
  if (!answer) return null;
  const earlier = directory
    .reportsOf(partner.slug)
    .filter((one) => one.wave === wave.slug && one.origin === 'answer' && one.id !== answer.id);
  return {
    when: dayText(answer.createdAt),
    lines: toAnswerLines(directory, answer).map((line) => ({
      ...line,
      answer: line.answer === '' ? 'nothing said' : line.answer,
    })),
    earlier: earlier.map((one) => `${levelLabel(one.level)}, on ${dayText(one.createdAt)}`),
  };
}
