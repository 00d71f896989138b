// One wave for staff: how it stands, what can be done now, and every partner that it asks.
import type { Directory } from '../../directory/directory.ts';
import type { Wave } from '../../domain/records.ts';
import {
  paths,
  staffWavePath,
  surveyExportPath,
  surveyPath,
  wavePartnerPath,
  waveStepPath,
  withQuery,
} from '../../paths.ts';
import { canBeReminded } from '../../survey/remind-partners.ts';
import { type Progress, type ProgressState, progressStates } from '../../survey/wave-progress.ts';
import { linkCell, textCell } from '../../web/cell.ts';
import { formatCount } from '../../web/format.ts';
import {
  type Column,
  firstText,
  type ListDefinition,
  type ListView,
  type RawQuery,
  toListView,
} from '../../web/list.ts';
import type { Action } from '../../web/list-page.ts';
import { cityNamed } from '../../web/place-words.ts';
import type { Page } from '../../web/render.ts';
import {
  answeredText,
  dayText,
  momentOf,
  progressLabels,
  progressNote,
  staffHead,
  stateText,
} from './words.ts';

export interface WavePage extends Page {
  readonly crumbs: readonly { readonly label: string; readonly href?: string }[];
  readonly title: string;
  readonly state: string;
  readonly answered: string;
  /** What just happened; '' when nothing did. */
  readonly notice: string;
  readonly introduction: readonly string[];
  /** What can be done now, the likeliest first. */
  readonly actions: readonly (Action & { readonly isMain: boolean })[];
  readonly advice: readonly string[];
  readonly links: readonly Action[];
  readonly counts: readonly {
    readonly label: string;
    readonly count: number;
    readonly href: string;
    readonly isCurrent: boolean;
  }[];
  readonly listing: {
    readonly list: ListView<Progress>;
    readonly downloads: readonly Action[];
    readonly empty: {
      readonly title: string;
      readonly text: string;
      readonly actions: readonly Action[];
    };
  } | null;
}

export interface WaveFacts {
  readonly wave: Wave;
  readonly progress: readonly Progress[];
  readonly isFrozen: boolean;
  readonly raw: RawQuery;
  readonly notice: string;
  readonly now: Date;
}

export function wavePage(directory: Directory, facts: WaveFacts): WavePage {
  const { wave, progress, raw, notice, now } = facts;
  const chosen = progressStates.find((state) => state === firstText(raw, 'state')) ?? '';
  const rows = progress.filter(({ state }) => chosen === '' || state === chosen);
  const definition = definitionOf(directory, wave);
  const selection = { filters: { state: chosen }, rows, total: progress.length };
  const list = toListView(definition, raw, selection);
  const answered = progress.filter(({ answer }) => answer !== null).length;
  return {
    head: staffHead(wave.name, 'A survey wave, for NNIP staff.', list.canonical),
    crumbs: [{ label: 'Survey waves', href: paths.staff.waves }, { label: wave.name }],
    title: wave.name,
    state: stateText(wave, directory.today),
    answered: answeredOf(wave, answered, progress.length),
    notice,
    introduction: wave.introduction.split(/\n\s*\n/).filter((text) => text.trim() !== ''),
    actions: actionsOf(wave, progress, now),
    advice: adviceOf(wave, progress, directory.today),
    links: linksOf(facts),
    counts: countsOf(wave, progress, chosen),
    listing: wave.aggregate
      ? null
      : {
          list,
          downloads: [],
          empty: {
            title: 'No partner is here now',
            text: 'Partners move on from state to state as mails arrive and answers come in.',
            actions: [{ label: 'Show all partners', href: staffWavePath(wave.slug) }],
          },
        },
  };
}

function answeredOf(wave: Wave, answered: number, asked: number): string {
  if (wave.aggregate) return `${wave.aggregate.respondents} partners answered`;
  return wave.state === 'draft'
    ? `It will ask ${formatCount(asked, 'partner', 'partners')}`
    : answeredText(answered, asked);
}

function actionsOf(wave: Wave, progress: readonly Progress[], now: Date): WavePage['actions'] {
  if (wave.state === 'closed') return [];
  const edit = { href: waveStepPath(wave.slug, 'edit'), isMain: false };
  if (wave.state === 'draft') {
    return [
      { label: 'Open this wave', href: waveStepPath(wave.slug, 'open'), isMain: true },
      { ...edit, label: 'Change its plan' },
      { label: 'Preview mail and form', href: waveStepPath(wave.slug, 'preview'), isMain: false },
    ];
  }
  const remindable = progress.filter((one) => canBeReminded(one, now)).length;
  const remind = {
    label: `Remind ${formatCount(remindable, 'partner', 'partners')}`,
    href: waveStepPath(wave.slug, 'remind'),
    isMain: true,
  };
  return [
    ...(remindable > 0 ? [remind] : []),
    { ...edit, label: 'Change closing day or introduction' },
    { label: 'Close this wave', href: waveStepPath(wave.slug, 'close'), isMain: false },
  ];
}

function adviceOf(wave: Wave, progress: readonly Progress[], today: string): readonly string[] {
  if (wave.state === 'closed') return [];
  const withState = (state: ProgressState): number =>
    progress.filter((one) => one.state === state).length;
  const noAddress = withState('no-address');
  const troubled = withState('problem');
  const advice: string[] = [];
  if (noAddress > 0) {
    advice.push(
      `${formatCount(noAddress, 'partner has', 'partners have')} no mail address and cannot be asked by mail. Add one on the partner's page here.`,
    );
  }
  if (troubled > 0) {
    advice.push(
      `The mail to ${formatCount(troubled, 'partner', 'partners')} did not arrive. Correct the address, or hand the link over by phone.`,
    );
  }
  if (wave.state === 'open' && wave.closes < today) {
    advice.push('Its closing day is over. Close the wave, or set a later day.');
  }
  return advice;
}

function linksOf({ wave, isFrozen, progress }: WaveFacts): readonly Action[] {
  const problems = progress.some(({ problem }) => problem !== null);
  return [
    ...(wave.state === 'draft' ? [] : [{ label: 'Public page', href: surveyPath(wave.slug) }]),
    ...(wave.state === 'open'
      ? [{ label: 'See the invitation', href: waveStepPath(wave.slug, 'preview') }]
      : []),
    ...(problems ? [{ label: 'Mail that did not arrive', href: paths.staff.mail }] : []),
    ...(isFrozen
      ? [
          { label: 'Frozen export as JSON', href: surveyExportPath(wave.slug, 'json') },
          { label: 'Frozen export as CSV', href: surveyExportPath(wave.slug, 'csv') },
        ]
      : []),
  ];
}

/** The states that occur, each a link that chooses it; the whole first. */
function countsOf(
  wave: Wave,
  progress: readonly Progress[],
  chosen: ProgressState | '',
): WavePage['counts'] {
  if (wave.aggregate) return [];
  const path = staffWavePath(wave.slug);
  const some = progressStates.flatMap((state) => {
    const count = progress.filter((one) => one.state === state).length;
    const href = withQuery(path, { state });
    return count > 0 || state === chosen
      ? [{ label: progressLabels[state], count, href, isCurrent: state === chosen }]
      : [];
  });
  return [
    { label: 'All partners', count: progress.length, href: path, isCurrent: chosen === '' },
    ...some,
  ];
}

const sinceColumn: Column<Progress> = {
  key: 'when',
  label: 'Since',
  cell: (row) => textCell(momentOf(row) === null ? '–' : dayText(momentOf(row) ?? '')),
  sortBy: momentOf,
  first: 'desc',
};

const definitionOf = (directory: Directory, wave: Wave): ListDefinition<Progress> => {
  const cityOf = ({ partner }: Progress): string => cityNamed(directory, partner.city);
  return {
    path: staffWavePath(wave.slug),
    caption:
      wave.state === 'draft'
        ? 'The partners that this wave will ask'
        : 'The partners that this wave asks, and how far each has come',
    noun: { one: 'partner', many: 'partners' },
    defaultSort: 'name',
    columns: [
      {
        key: 'name',
        label: 'Partner',
        cell: ({ partner }) => linkCell(partner.name, wavePartnerPath(wave.slug, partner.slug)),
        sortBy: ({ partner }) => partner.name,
      },
      { key: 'city', label: 'City', cell: (row) => textCell(cityOf(row)), sortBy: cityOf },
      {
        key: 'addresses',
        label: 'Addresses',
        cell: ({ addresses }) => textCell(addresses.join(', ') || 'none yet'),
        sortBy: ({ addresses }) => addresses.length,
      },
      {
        key: 'progress',
        label: 'State',
        cell: (row) => textCell(progressLabels[row.state], progressNote(row)),
        sortBy: ({ state }) => progressStates.indexOf(state),
      },
      ...(wave.state === 'draft' ? [] : [sinceColumn]),
    ],
  };
};
