// One wave with answers of its own: how many answered with what, how that moved since the wave before, who
// answered, and the frozen export. A wave known by its totals alone is totals-page.ts.
import type { Directory } from '../../directory/directory.ts';
import type { FrozenWave, Wave } from '../../domain/records.ts';
import {
  apiWaveAnswersPath,
  apiWavePath,
  paths,
  surveyExportPath,
  surveyPath,
} from '../../paths.ts';
import { formatDate } from '../../web/format.ts';
import type { RawQuery } from '../../web/list.ts';
import type { Action, ListingView } from '../../web/list-page.ts';
import { type SourceNote, toSourceNote } from '../../web/record-words.ts';
import type { Page } from '../../web/render.ts';
import { formatSpan } from '../../web/span.ts';
import { type AnswerRow, answersList } from './answers-list.ts';
import { type FigureView, toFigure, toGiftBars, toLevelBars, toWishBars } from './figure.ts';
import { parseCell, type TransitionsView, transitionsView } from './transitions-view.ts';
import { waveStateWords } from './words.ts';

export interface WavePage extends Page {
  readonly crumbs: readonly { readonly label: string; readonly href?: string }[];
  readonly title: string;
  readonly lede: string;
  readonly introduction: string;
  /** Said while the wave is open. */
  readonly open: { readonly text: string; readonly signIn: string } | null;
  readonly facts: readonly {
    readonly name: string;
    readonly value: string;
    readonly href: string | null;
  }[];
  readonly levels: FigureView | null;
  readonly transitions: TransitionsView | null;
  /** Why there are no transitions; '' where there are some. */
  readonly noTransitions: string;
  readonly gifts: FigureView | null;
  readonly wishes: FigureView | null;
  readonly answers: ListingView<AnswerRow> | null;
  readonly later: Action | null;
  readonly frozen: { readonly text: string; readonly links: readonly Action[] } | null;
  readonly downloads: readonly Action[];
  readonly source: SourceNote;
}

const noteOf = (wave: Wave): WavePage['open'] =>
  wave.state === 'open'
    ? {
        text: `This survey is open until ${formatDate(wave.closes)}. The figures so far are provisional: they change with every answer.`,
        signIn: paths.signIn,
      }
    : null;

function ledeOf(wave: Wave, asked: number, answered: number): string {
  const days = formatSpan(wave.opens, wave.closes);
  if (asked === 0) return 'No partner has answered yet.';
  const partners = asked === 1 ? 'partner' : 'partners';
  const sofar = wave.state === 'open' ? ' so far' : '';
  return `${answered} of ${asked} ${partners} answered${sofar}, ${days}.`;
}

function whyNoTransitions(directory: Directory, wave: Wave): string {
  const totals = directory.waves.find((one) => one.aggregate !== null && one.opens < wave.opens);
  return totals
    ? `${totals.name} is known by its totals alone, so this survey cannot be compared with it partner by partner. The next one will show how levels moved.`
    : 'This is the first survey whose answers are known partner by partner. The next one will show how levels moved.';
}

const toFrozen = (frozen: FrozenWave | undefined): WavePage['frozen'] =>
  frozen
    ? {
        text: `Frozen on ${formatDate(frozen.at.slice(0, 10))}, when the survey closed. These files stay byte for byte the same, whatever is edited, renamed or merged later.`,
        links: (['json', 'csv'] as const).map((format) => ({
          label: `The frozen export as ${format.toUpperCase()}`,
          href: surveyExportPath(frozen.wave, format),
        })),
      }
    : null;

function headOf(page: Omit<WavePage, 'head'>, wave: Wave, publicUrl: string): WavePage['head'] {
  const [csv, json] = page.downloads;
  const own = surveyPath(wave.slug);
  const address = page.answers?.list.canonical ?? own;
  return {
    title: page.title,
    description: `${page.lede} How far they are involved with local civic tech groups, and how that has moved.`,
    canonical: address,
    section: 'surveys',
    alternates: [
      { type: 'text/csv', title: 'The answers as CSV', href: csv?.href ?? own },
      { type: 'application/json', title: 'This survey as JSON', href: json?.href ?? own },
    ],
    structuredData: {
      '@type': 'Dataset',
      name: wave.name,
      description: `${page.lede} ${wave.introduction}`.trim(),
      url: publicUrl + own,
      temporalCoverage: `${wave.opens}/${wave.closes}`,
      isBasedOn: wave.source.url ?? wave.source.note,
      distribution: [
        {
          '@type': 'DataDownload',
          encodingFormat: 'text/csv',
          contentUrl: publicUrl + (csv?.href ?? own),
        },
      ],
    },
  };
}

/** @throws Problem (not found) for a page that the list of answers does not have */
export function wavePage(
  directory: Directory,
  wave: Wave,
  raw: RawQuery,
  publicUrl: string,
): WavePage {
  const responses = directory.answersIn(wave.slug);
  const { asked, final } = responses;
  const choice = parseCell(raw);
  const transitions = transitionsView(directory, wave, choice);
  const kept = transitions ? { from: choice.from, to: choice.to } : {};
  const later = directory.waves[directory.waves.indexOf(wave) - 1];
  const hasAnswers = final.size > 0;
  const of = `of the ${final.size} that answered`;
  const page: Omit<WavePage, 'head'> = {
    crumbs: [{ label: 'Surveys', href: paths.surveys }, { label: wave.name }],
    title: wave.name,
    lede: ledeOf(wave, asked.length, final.size),
    introduction: wave.introduction,
    open: noteOf(wave),
    facts: [
      { name: 'State', value: waveStateWords[wave.state], href: null },
      { name: 'Asked', value: formatSpan(wave.opens, wave.closes), href: null },
      { name: 'Method', value: 'Each partner answered through a personal link.', href: null },
    ],
    levels:
      asked.length === 0
        ? null
        : toFigure(
            `How far partners are involved with a civic tech group, of the ${asked.length} asked`,
            asked.length,
            toLevelBars(responses, wave.state === 'open'),
          ),
    transitions,
    noTransitions: transitions ? '' : whyNoTransitions(directory, wave),
    gifts: hasAnswers
      ? toFigure(`What was given to groups, ${of}`, final.size, toGiftBars(responses))
      : null,
    wishes: hasAnswers
      ? toFigure(`Wish for stronger ties, ${of}`, final.size, toWishBars(responses))
      : null,
    answers: hasAnswers ? answersList(directory, wave, raw, kept) : null,
    later: later ? { label: later.name, href: surveyPath(later.slug) } : null,
    frozen: toFrozen(directory.frozenWave(wave.slug)),
    downloads: [
      { label: 'Answers as CSV', href: `${apiWaveAnswersPath(wave.slug)}.csv` },
      { label: 'All figures as JSON', href: apiWavePath(wave.slug) },
    ],
    source: toSourceNote(wave.source),
  };
  return { ...page, head: headOf(page, wave, publicUrl) };
}
