// What follows an answer: what it changed on the map, what was noted, how to change it, and the groups near.
import type { Directory, PartnerEntry } from '../../directory/directory.ts';
import type { Report, Wave } from '../../domain/records.ts';
import { type Level, levels } from '../../domain/words.ts';
import { cityPath, partnerPath, paths } from '../../paths.ts';
import { toDraft } from '../../survey/answer.ts';
import {
  type AnswerLine,
  levelChoices,
  questions,
  toAnswerLines,
} from '../../survey/answer-words.ts';
import { cityLabel, flagLabel, flagSentence, formatDate } from '../../web/format.ts';
import type { Page } from '../../web/render.ts';
import { cityFlags } from './flag-change.ts';
import { changeableUntil, type HistoryLine, personalHead, toHistory } from './form-page.ts';
import { bestGroups, type NearGroup, nearestGroups } from './group-choices.ts';

/** How many groups are shown: enough to choose from, few enough to read. */
const shownGroups = 5;

interface FlagView {
  readonly flag: string;
  readonly label: string;
}

export interface ThanksPage extends Page {
  readonly who: string;
  readonly title: string;
  /** Something that should be read first: another window's answer, or that nothing is new. '' where there is none. */
  readonly remark: string;
  readonly city: { readonly name: string; readonly href: string };
  readonly before: FlagView;
  readonly after: FlagView;
  readonly hasChanged: boolean;
  readonly sentence: string;
  readonly partnerHref: string;
  readonly homeHref: string;
  readonly lines: readonly AnswerLine[];
  readonly change: { readonly href: string; readonly text: string; readonly label: string };
  readonly history: readonly HistoryLine[];
  readonly nearTitle: string;
  readonly nearText: string;
  readonly near: readonly NearGroup[];
  /** For a partner that knew of no group and sees the nearest now: the same question once more. */
  readonly again: {
    readonly action: string;
    readonly basedOn: string;
    readonly question: string;
    readonly levels: readonly {
      readonly id: string;
      readonly value: Level;
      readonly label: string;
      readonly meaning: string;
    }[];
    /** The rest of the answer, as it was given. */
    readonly rest: readonly { readonly name: string; readonly value: string }[];
  } | null;
}

export interface Thanks {
  readonly directory: Directory;
  readonly partner: PartnerEntry;
  readonly wave: Wave | null;
  /** The answer that is thanked for. */
  readonly report: Report;
  /** Of the same wave, newest first; the answer is among them. */
  readonly answers: readonly Report[];
  /** The answer that another window sent in between. */
  readonly meanwhile: Report | null;
  readonly unchanged: boolean;
  readonly action: string;
  readonly freshMonths: number;
}

export function thanksPage(thanks: Thanks): ThanksPage {
  const { directory, partner, report, wave } = thanks;
  const { cityEntry: city } = partner;
  const { before, after } = cityFlags(directory, partner, report, thanks.freshMonths);
  const isUnaware = report.level === 'unaware';
  const near = isUnaware
    ? nearestGroups(directory, partner, shownGroups)
    : bestGroups(directory, partner, shownGroups);
  return {
    head: personalHead('Thank you'),
    who: `${partner.name}, ${cityLabel(city)}`,
    title: 'Thank you',
    remark: remarkOf(thanks),
    city: { name: cityLabel(city), href: cityPath(city.slug) },
    before: { flag: before, label: flagLabel(before) },
    after: { flag: after, label: flagLabel(after) },
    hasChanged: before !== after,
    sentence: flagSentence({ flag: after }),
    partnerHref: partnerPath(partner.slug),
    homeHref: paths.home,
    lines: toAnswerLines(directory, report),
    change: {
      href: thanks.action,
      text: wave
        ? `You can change it ${changeableUntil(wave, directory.today)}, with the same link.`
        : 'When something changes, report it again: both are kept, and the newest one counts.',
      label: wave ? 'Change the answer' : 'Report again',
    },
    history: thanks.answers.length > 1 ? toHistory(thanks.answers) : [],
    nearTitle: isUnaware ? 'The groups nearest to you' : 'Groups near you',
    nearText: nearTextOf(isUnaware, near.length),
    near,
    again: isUnaware && near.length > 0 ? againOf(thanks) : null,
  };
}

function remarkOf({ meanwhile, unchanged }: Thanks): string {
  if (meanwhile) {
    const said = levelChoices[meanwhile.level].label;
    return `Another answer was sent on ${formatDate(meanwhile.date)} while you were filling in yours: “${said}”. Both are kept, and the one below counts.`;
  }
  return unchanged ? 'Nothing was different from your last answer, so it stays as it was.' : '';
}

function nearTextOf(isUnaware: boolean, count: number): string {
  if (count === 0) return 'We know of no civic tech group near you yet.';
  return isUnaware
    ? 'Do you know one of them after all? Then say so right here. Your first answer is kept beside it.'
    : 'The best match first: how far they are, whether they are alive, and what else speaks for them.';
}

function againOf({ report, action }: Thanks): ThanksPage['again'] {
  const draft = toDraft(report);
  const rest = [
    ...draft.gave.map((value) => ({ name: 'gave', value })),
    ...draft.barriers.map((value) => ({ name: 'barriers', value })),
    { name: 'wantsTies', value: draft.wantsTies },
    { name: 'publicNote', value: draft.publicNote },
    { name: 'internalNote', value: draft.internalNote },
  ].filter(({ value }) => value !== '');
  return {
    action,
    basedOn: report.id,
    question: questions.level,
    levels: levels
      .filter((level) => level !== 'unaware')
      .map((level) => ({ id: `again-${level}`, value: level, ...levelChoices[level] })),
    rest,
  };
}
