// The answer form as the template prints it, for a personal link and for a report between waves alike.
import type { Directory, PartnerEntry } from '../../directory/directory.ts';
import { lastDay } from '../../domain/dates.ts';
import type { Report, Wave } from '../../domain/records.ts';
import { newestVerdict } from '../../domain/standing.ts';
import { barriers, gifts, levels } from '../../domain/words.ts';
import type { Draft } from '../../store/invitations.ts';
import {
  barrierLabels,
  giftLabels,
  groupName,
  levelChoices,
  questions,
} from '../../survey/answer-words.ts';
import type { Prefill, PrefillOrigin } from '../../survey/prefill.ts';
import { cityLabel, formatDate, formatDistance } from '../../web/format.ts';
import type { Page, PageHead } from '../../web/render.ts';
import type { FieldError } from './form.ts';
import { groupsToChoose, type NearGroup } from './group-choices.ts';

export interface Choosable {
  /** Of its input; the first of each question has the question's own name, so that an error can lead there. */
  readonly id: string;
  readonly value: string;
  readonly label: string;
  readonly checked: boolean;
}

export interface LevelChoice extends Choosable {
  readonly meaning: string;
  /** "As you answered in July 2026", on the one that is prefilled; else ''. */
  readonly mark: string;
}

export interface TypedField {
  readonly id: string;
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  readonly error: string;
}

export interface Notice {
  readonly title: string;
  readonly text: string;
}

export interface HistoryLine {
  readonly date: string;
  readonly level: string;
}

/** What a group said of one of the partner's reports. */
export interface VerdictLine {
  readonly text: string;
  readonly note: string;
}

export interface AnswerPage extends Page {
  /** "Urban Data Center, Pittsburgh, PA". */
  readonly who: string;
  readonly title: string;
  readonly lede: string;
  /** The wave's own words, paragraph by paragraph. */
  readonly introduction: readonly string[];
  readonly notices: readonly Notice[];
  readonly errors: readonly FieldError[];
  readonly action: string;
  /** Where half an answer is kept, and where the first interaction is noted; null where neither is done. */
  readonly keep: { readonly draft: string; readonly opened: string } | null;
  readonly basedOn: string;
  readonly levelQuestion: string;
  readonly levelError: string;
  readonly levels: readonly LevelChoice[];
  readonly groupsQuestion: string;
  readonly groupsError: string;
  readonly groups: readonly (Choosable & NearGroup)[];
  readonly noGroups: string;
  readonly anotherGroup: TypedField;
  /** Groups that the partner told us of before and that staff have not looked at yet. */
  readonly suggested: readonly string[];
  readonly gaveQuestion: string;
  readonly gave: readonly Choosable[];
  readonly barriersQuestion: string;
  readonly barriers: readonly Choosable[];
  readonly wishQuestion: string;
  readonly wishes: readonly Choosable[];
  readonly publicNote: TypedField;
  readonly internalNote: TypedField;
  /** What was answered in this wave so far, oldest first. */
  readonly history: readonly HistoryLine[];
  readonly verdicts: readonly VerdictLine[];
}

/** What the page is made from. */
export interface AnswerForm {
  readonly directory: Directory;
  readonly partner: PartnerEntry;
  /** The wave that is answered; null for a report between waves. */
  readonly wave: Wave | null;
  readonly prefill: Prefill;
  /** What was sent and could not be taken; it is shown instead of what the form would open with. */
  readonly refused?: { readonly draft: Draft; readonly errors: readonly FieldError[] };
  /** Of this wave, newest first. */
  readonly answers: readonly Report[];
  readonly suggested: readonly string[];
  readonly action: string;
  readonly keep: AnswerPage['keep'];
  readonly notices: readonly Notice[];
}

/** Stands for every personal page in the head, so that none of them shows its address. */
export const personalHead = (title: string): PageHead => ({
  title,
  description: 'A page for one NNIP partner.',
  canonical: '/respond',
  section: null,
  structuredData: null,
  noIndex: true,
});

/** "until the end of 31 July 2026", or what holds when that day is over and the wave is still open. */
export function changeableUntil(wave: Wave, today: string): string {
  const closes = lastDay(wave.closes);
  return closes >= today
    ? `until the end of ${formatDate(closes)}`
    : `until NNIP closes the survey (its closing day was ${formatDate(closes)})`;
}

export const toHistory = (answers: readonly Report[]): readonly HistoryLine[] =>
  [...answers].reverse().map(({ date, level }) => ({
    date: formatDate(date),
    level: levelChoices[level].label,
  }));

const month = (date: string): string => formatDate(date.slice(0, 7));

/** "As you answered in July 2026", as it stands beside the level that is prefilled. */
function markOf(origin: PrefillOrigin): string {
  if (origin.kind === 'answered') return `As you answered on ${formatDate(origin.report.date)}`;
  if (origin.kind === 'draft') return `Kept from ${formatDate(origin.savedAt)}, not sent yet`;
  if (origin.kind === 'left-over') return `As you left it in ${month(origin.savedAt)}, not sent`;
  if (origin.kind === 'nothing') return '';
  const verb = origin.report.wave === null ? 'reported' : 'answered';
  return `As you ${verb} in ${month(origin.report.date)}`;
}

function noticeOf(form: AnswerForm): readonly Notice[] {
  const { origin } = form.prefill;
  const title = markOf(origin);
  if (origin.kind === 'draft') {
    const text = 'This is what you filled in. It counts once you send it.';
    return [{ title, text }];
  }
  if (origin.kind === 'answered' && form.wave) {
    const until = changeableUntil(form.wave, form.directory.today);
    return [{ title, text: `This is your answer. You can change it ${until}.` }];
  }
  if (origin.kind === 'left-over') {
    const name = form.directory.findWave(origin.wave)?.name ?? 'an earlier survey';
    return [{ title, text: `You began this for “${name}”. It counts once you send it.` }];
  }
  if (origin.kind === 'earlier') {
    const text = 'We filled the form with it. Change what is different today, and send it.';
    return [{ title, text }];
  }
  return [];
}

/** The first of a question has the question's own name as its id. */
const toChoices = <Item extends string>(
  name: string,
  items: readonly Item[],
  labels: Readonly<Record<Item, string>>,
  chosen: readonly string[],
): readonly Choosable[] =>
  items.map((item, index) => ({
    id: index === 0 ? name : `${name}-${item}`,
    value: item,
    label: labels[item],
    checked: chosen.includes(item),
  }));

const wishLabels = { yes: 'Yes', no: 'No, not now' } as const;

export function answerPage(form: AnswerForm): AnswerPage {
  const { directory, partner, wave, prefill, refused } = form;
  const values = refused?.draft ?? prefill.values;
  const errors = refused?.errors ?? [];
  const errorOf = (field: string): string =>
    errors.find((error) => error.field === field)?.message ?? '';
  const title = `How does ${partner.name} work with civic tech groups?`;
  const reach = formatDistance(partner.effectiveReachMiles, partner.cityEntry.country);
  const noGroups = `We know of no civic tech group within ${reach} of you. If you do, tell us below.`;
  const chosenGroups = groupsToChoose(directory, partner, values.groups);
  return {
    head: personalHead(errors.length > 0 ? `Error: ${title}` : title),
    who: `${partner.name}, ${cityLabel(partner.cityEntry)}`,
    title,
    lede: ledeOf(form),
    introduction: paragraphsOf(wave?.introduction ?? ''),
    notices: [...form.notices, ...(refused ? [] : noticeOf(form))],
    errors: anchored(errors, chosenGroups.length > 0),
    action: form.action,
    keep: form.keep,
    basedOn: form.answers[0]?.id ?? '',
    levelQuestion: questions.level,
    levelError: errorOf('level'),
    levels: levels.map((level, index) => ({
      id: index === 0 ? 'level' : `level-${level}`,
      value: level,
      ...levelChoices[level],
      checked: values.level === level,
      mark: !refused && values.level === level ? markOf(prefill.origin) : '',
    })),
    groupsQuestion: questions.groups,
    groupsError: errorOf('groups'),
    groups: chosenGroups.map((group, index) => ({
      ...group,
      id: index === 0 ? 'groups' : `groups-${group.slug}`,
      value: group.slug,
      label: group.name,
      checked: values.groups.includes(group.slug),
    })),
    noGroups,
    ...fieldsOf(values, errorOf),
    suggested: form.suggested,
    gaveQuestion: questions.gave,
    gave: toChoices('gave', gifts, giftLabels, values.gave),
    barriersQuestion: questions.barriers,
    barriers: toChoices('barriers', barriers, barrierLabels, values.barriers),
    wishQuestion: questions.wantsTies,
    wishes: toChoices('wantsTies', ['yes', 'no'], wishLabels, [values.wantsTies]),
    history: toHistory(form.answers),
    verdicts: verdictsOn(form),
  };
}

const verdictWords = { confirmed: 'confirms', disputed: 'disputes' } as const;

/** The newest word of each group on each report, newest report first. */
function verdictsOn({ directory, partner }: AnswerForm): readonly VerdictLine[] {
  return directory.reportsOf(partner.slug).flatMap((report) =>
    report.groups.flatMap((group): VerdictLine[] => {
      const verdict = newestVerdict(report.id, group, directory.verdictsOn(report.id));
      if (!verdict) return [];
      const said = `${groupName(directory, group)} ${verdictWords[verdict.verdict]}`;
      const level = levelChoices[report.level].label;
      const text = `${said} what you reported on ${formatDate(report.date)}: “${level}”`;
      return [{ text, note: verdict.note }];
    }),
  );
}

function ledeOf({ directory, wave }: AnswerForm): string {
  const short = 'One choice is enough, and takes a minute.';
  return wave
    ? `${short} You can change it ${changeableUntil(wave, directory.today)}.`
    : `${short} It is added to what you reported before, and counts from today.`;
}

const fieldsOf = (values: Draft, errorOf: (field: string) => string) => ({
  anotherGroup: {
    id: 'anotherGroup',
    label: questions.anotherGroup,
    hint: 'Its name, and a web address if you have one. NNIP staff add it to the directory.',
    value: values.anotherGroup,
    error: errorOf('anotherGroup'),
  },
  publicNote: {
    id: 'publicNote',
    label: questions.publicNote,
    hint: 'Stands on your page here. What do you do together?',
    value: values.publicNote,
    error: errorOf('publicNote'),
  },
  internalNote: {
    id: 'internalNote',
    label: questions.internalNote,
    hint: 'Only you and NNIP staff see it.',
    value: values.internalNote,
    error: errorOf('internalNote'),
  },
});

/** Where there is no group to tick, the message about groups leads to the level. */
const anchored = (errors: readonly FieldError[], hasGroups: boolean): readonly FieldError[] =>
  errors.map((error) =>
    error.field === 'groups' && !hasGroups ? { ...error, field: 'level' } : error,
  );

const paragraphsOf = (text: string): readonly string[] =>
  text
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.trim())
    .filter((paragraph) => paragraph !== '');
