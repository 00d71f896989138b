// What a personal link shows that leads to no form: unknown, replaced, not open yet, or closed.
import type { Directory, PartnerEntry } from '../../directory/directory.ts';
import type { Report, Wave } from '../../domain/records.ts';
import { partnerPath, partnerReportPath, paths, surveyPath } from '../../paths.ts';
import { type AnswerLine, toAnswerLines } from '../../survey/answer-words.ts';
import { cityLabel, formatDate } from '../../web/format.ts';
import type { Page } from '../../web/render.ts';
import { type HistoryLine, personalHead, toHistory } from './form-page.ts';

export interface NoticePage extends Page {
  readonly who: string;
  readonly title: string;
  readonly text: readonly string[];
  readonly links: readonly { readonly href: string; readonly label: string }[];
  /** What was answered, read only; empty where nothing was or where it is nobody's business. */
  readonly lines: readonly AnswerLine[];
  readonly history: readonly HistoryLine[];
}

const notice = (title: string, over: Partial<NoticePage>): NoticePage => ({
  head: personalHead(title),
  who: '',
  title,
  text: [],
  links: [{ href: paths.cities, label: 'See all cities' }],
  lines: [],
  history: [],
  ...over,
});

export const unknownLinkPage = (): NoticePage =>
  notice('This link is not one of ours', {
    text: [
      'A personal link is long, and mail programs sometimes break it in two. Open it from the mail again, or copy the whole of it.',
      'If that does not help, ask the NNIP staff who invited you for a new one.',
    ],
  });

export const replacedLinkPage = (): NoticePage =>
  notice('This link was replaced', {
    text: [
      'A newer link was sent, or this one was taken back. Nothing that you answered is lost.',
      'Look for the latest mail from us, or ask the NNIP staff who invited you for a new link.',
    ],
  });

export const notOpenYetPage = (): NoticePage =>
  notice('This survey is not open yet', {
    text: ['Your link is right, and a little early. Open it again when the survey has begun.'],
    links: [{ href: paths.surveys, label: 'See all surveys' }],
  });

/** @param kept true where something came in after the closing and was kept for the next wave */
export function closedPage(
  directory: Directory,
  partner: PartnerEntry,
  wave: Wave,
  answers: readonly Report[],
  kept: boolean,
): NoticePage {
  const [last] = answers;
  const answered = last
    ? `Your answer of ${formatDate(last.date)} counts. It stands as it was when the survey closed:`
    : 'There is no answer of yours in it. You can report how you work with groups at any time, with an account.';
  return notice(`“${wave.name}” is closed`, {
    who: `${partner.name}, ${cityLabel(partner.cityEntry)}`,
    text: [
      ...(kept
        ? [
            'What you sent now came after the closing, so it does not count. It is kept, and the next survey opens with it.',
          ]
        : []),
      answered,
    ],
    links: [
      { href: surveyPath(wave.slug), label: 'See the results' },
      { href: partnerPath(partner.slug), label: 'See your page' },
      { href: partnerReportPath(partner.slug), label: 'Report a change (needs an account)' },
    ],
    lines: last ? toAnswerLines(directory, last) : [],
    history: answers.length > 1 ? toHistory(answers) : [],
  });
}
