// Every wave of the survey for staff, drafts too: its state, its days, and how many have answered.
import type { Directory } from '../../directory/directory.ts';
import type { Wave } from '../../domain/records.ts';
import { paths, staffWavePath } from '../../paths.ts';
import { answersTo } from '../../survey/wave-progress.ts';
import { linkCell, textCell } from '../../web/cell.ts';
import { type ListDefinition, type RawQuery, toListView } from '../../web/list.ts';
import type { Action, PlainListing } from '../../web/list-page.ts';
import type { Page } from '../../web/render.ts';
import { formatSpan } from '../../web/span.ts';
import { staffHead } from './words.ts';

interface Row {
  readonly wave: Wave;
  readonly answered: number;
  /** Null where only totals are known. */
  readonly asked: number | null;
}

export interface WavesPage extends Page {
  readonly make: Action;
  readonly mail: Action;
  readonly listing: PlainListing<Row>;
}

const stateLabels = { draft: 'Draft', open: 'Open', closed: 'Closed' } as const;

const definition: ListDefinition<Row> = {
  path: paths.staff.waves,
  caption: 'Waves of the survey with their state and their answers',
  noun: { one: 'wave', many: 'waves' },
  defaultSort: 'opens',
  columns: [
    {
      key: 'name',
      label: 'Wave',
      cell: ({ wave }) => linkCell(wave.name, staffWavePath(wave.slug)),
      sortBy: ({ wave }) => wave.name,
    },
    {
      key: 'state',
      label: 'State',
      cell: ({ wave }) => textCell(stateLabels[wave.state]),
      sortBy: ({ wave }) => ['open', 'draft', 'closed'].indexOf(wave.state),
    },
    {
      key: 'opens',
      label: 'Days',
      cell: ({ wave }) => textCell(formatSpan(wave.opens, wave.closes)),
      sortBy: ({ wave }) => wave.opens,
      first: 'desc',
    },
    {
      key: 'answered',
      label: 'Answered',
      cell: (row) => textCell(answeredCell(row)),
      sortBy: ({ answered }) => answered,
      first: 'desc',
      numeric: true,
    },
  ],
};

function answeredCell({ wave, answered, asked }: Row): string {
  if (wave.state === 'draft') return 'nobody asked yet';
  return asked === null ? String(answered) : `${answered} of ${asked}`;
}

function toRow(directory: Directory, wave: Wave): Row {
  if (wave.aggregate) return { wave, answered: wave.aggregate.respondents, asked: null };
  const answered = answersTo(wave.slug, directory.reportsIn(wave.slug)).size;
  return { wave, answered, asked: wave.asked.length };
}

export function wavesPage(directory: Directory, waves: readonly Wave[], raw: RawQuery): WavesPage {
  const rows = waves.map((wave) => toRow(directory, wave));
  const list = toListView(definition, raw, { filters: {}, rows, total: rows.length });
  const make = { label: 'Make a new wave', href: paths.staff.newWave };
  return {
    head: staffHead('Survey waves', 'Waves of the survey, for NNIP staff.', list.canonical),
    make,
    mail: { label: 'Mail that did not arrive or waits', href: paths.staff.mail },
    listing: {
      list,
      downloads: [],
      empty: {
        title: 'There is no wave yet',
        text: 'A wave asks each partner once how it works with the civic tech groups near it.',
        actions: [make],
      },
    },
  };
}
