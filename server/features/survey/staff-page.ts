// The surveys for staff: levels from wave to wave, barriers and what came after them, and who does not answer.
import type { Directory } from '../../directory/directory.ts';
import type { Gazetteer } from '../../directory/places/places.ts';
import { flagOfLevel } from '../../domain/flag.ts';
import type { Wave } from '../../domain/records.ts';
import { type Barrier, barriers } from '../../domain/words.ts';
import { cityPath, partnerPath, paths, withQuery } from '../../paths.ts';
import { barrierLabels } from '../../survey/answer-words.ts';
import { linkCell, textCell } from '../../web/cell.ts';
import { selectField } from '../../web/filter-form.ts';
import { cityLabel, levelLabel } from '../../web/format.ts';
import { firstText, type ListDefinition, type RawQuery } from '../../web/list.ts';
import { type Action, type ListingView, toListing } from '../../web/list-page.ts';
import type { Page } from '../../web/render.ts';
import { type Answering, answeringOf } from './answering.ts';
import {
  answeredWaves,
  type BarrierCount,
  type BarrierRow,
  barrierCounts,
  barrierFigure,
  barrierRows,
  outcomeLabels,
} from './barriers.ts';
import type { FigureView } from './figure.ts';
import { type LevelsView, levelsView } from './levels-figure.ts';
import { standingLabels } from './words.ts';

export interface StaffSurveysPage extends Page {
  readonly crumbs: readonly { readonly label: string; readonly href?: string }[];
  readonly title: string;
  readonly introduction: string;
  readonly levels: LevelsView | null;
  readonly changes: string;
  /** One for each wave with answers, newest first. */
  readonly barriers: readonly FigureView[];
  readonly barriersCsv: string;
  /** "Of 9 that named ... in ...: 3 came closer, ..."; none where nobody named any. */
  readonly after: readonly string[];
  readonly partners: ListingView<BarrierRow> | null;
  readonly answering: (Answering & { readonly caution: string; readonly csv: string }) | null;
  readonly answeringWaves: readonly (Action & { readonly current: boolean })[];
}

export interface StaffSurveysQuery {
  readonly wave: Wave | null;
  readonly barrier: Barrier | null;
  /** The wave whose answering is looked at: the newest closed one unless another was asked for. */
  readonly answering: Wave | null;
}

/** A total function: what means nothing is not chosen. */
export function parseStaffSurveys(directory: Directory, raw: RawQuery): StaffSurveysQuery {
  const waves = answeredWaves(directory);
  const waveOf = (name: string) => waves.find(({ slug }) => slug === firstText(raw, name));
  const newest = waves.find(({ state }) => state === 'closed') ?? waves[0];
  return {
    wave: waveOf('wave') ?? null,
    barrier: barriers.find((one) => one === firstText(raw, 'barrier')) ?? null,
    answering: waveOf('answering') ?? newest ?? null,
  };
}

export const chosenRows = (
  directory: Directory,
  { wave, barrier }: StaffSurveysQuery,
): readonly BarrierRow[] =>
  barrierRows(directory).filter(
    (row) => (!wave || row.wave === wave) && (!barrier || row.barrier === barrier),
  );

const definition: ListDefinition<BarrierRow> = {
  path: paths.staff.surveys,
  anchor: 'list',
  caption: 'Partners that named a barrier, and where they stood in the next survey',
  noun: { one: 'mention', many: 'mentions' },
  defaultSort: 'partner',
  columns: [
    {
      key: 'partner',
      label: 'Partner',
      cell: ({ partner, slug }) =>
        linkCell(partner?.name ?? slug, partner ? partnerPath(partner.slug) : null),
      sortBy: ({ partner, slug }) => partner?.name ?? slug,
    },
    {
      key: 'city',
      label: 'City',
      cell: ({ city }) =>
        city ? linkCell(cityLabel(city), cityPath(city.slug)) : textCell('Not in the directory'),
      sortBy: ({ city }) => (city ? cityLabel(city) : null),
    },
    {
      key: 'wave',
      label: 'Survey',
      cell: ({ wave }) => textCell(wave.name),
      sortBy: ({ wave }) => wave.opens,
      first: 'desc',
    },
    {
      key: 'barrier',
      label: 'Barrier',
      cell: ({ barrier }) => textCell(barrierLabels[barrier]),
      sortBy: ({ barrier }) => barriers.indexOf(barrier),
    },
    {
      key: 'level',
      label: 'Level then',
      cell: ({ level }) => ({ kind: 'flag', flag: flagOfLevel[level], label: levelLabel(level) }),
    },
    {
      key: 'next',
      label: 'In the next survey',
      cell: ({ standing, outcome, next }) =>
        standing === null || next === null
          ? textCell(outcomeLabels[outcome])
          : textCell(standingLabels[standing], `${outcomeLabels[outcome]}, ${next.name}`),
      sortBy: ({ outcome }) => outcomeLabels[outcome],
    },
  ],
};

function listingOf(
  directory: Directory,
  query: StaffSurveysQuery,
  raw: RawQuery,
): ListingView<BarrierRow> {
  const values = { wave: query.wave?.slug ?? '', barrier: query.barrier ?? '' };
  return toListing({
    definition,
    raw,
    selection: {
      filters: values,
      rows: chosenRows(directory, query),
      total: barrierRows(directory).length,
    },
    fields: [
      selectField(
        'wave',
        'Survey',
        'Any survey',
        answeredWaves(directory).map(({ slug, name }) => ({ value: slug, label: name })),
        values.wave,
      ),
      selectField(
        'barrier',
        'Barrier',
        'Any barrier',
        barriers.map((value) => ({ value, label: barrierLabels[value] })),
        values.barrier,
      ),
    ],
    downloads: [{ label: 'CSV', href: withQuery(paths.staff.surveyBarrierPartners, values) }],
    emptyText: 'Nobody named this barrier then.',
  });
}

function afterWords({ wave, barrier, count, outcomes }: BarrierCount): string {
  const parts = Object.entries(outcomes)
    .filter(([, some]) => some > 0)
    .map(
      ([outcome, some]) =>
        `${some} ${outcomeLabels[outcome as keyof typeof outcomes].toLowerCase()}`,
    );
  return `${barrierLabels[barrier]}, ${wave.name}: of ${count} that named it, ${parts.join(', ')}.`;
}

const caution =
  'These are counts of few partners. A difference between the two columns may be chance: do not read a cause into it.';

/** @throws Problem (not found) for a page that the list does not have */
export function staffSurveysPage(
  directory: Directory,
  places: Gazetteer,
  raw: RawQuery,
): StaffSurveysPage {
  const query = parseStaffSurveys(directory, raw);
  const waves = answeredWaves(directory);
  const counts = barrierCounts(directory);
  const title = 'Change over time';
  const wave = query.answering;
  const answeringHref = (slug: string): string =>
    withQuery(paths.staff.surveys, {
      wave: query.wave?.slug,
      barrier: query.barrier,
      answering: slug,
    });
  return {
    crumbs: [{ label: 'For staff', href: paths.staff.home }, { label: title }],
    title,
    introduction:
      'What the surveys say together. Barriers by partner, and who did not answer, are for staff alone.',
    levels: levelsView(directory),
    changes: paths.surveyChanges,
    barriers: waves.map((one) => barrierFigure(counts, one)),
    barriersCsv: paths.staff.surveyBarriers,
    after: counts.filter(({ count }) => count > 0).map(afterWords),
    partners: waves.length === 0 ? null : listingOf(directory, query, raw),
    answering: wave && {
      ...answeringOf(directory, places, wave),
      caution,
      csv: withQuery(paths.staff.surveyAnswering, { answering: wave.slug }),
    },
    answeringWaves: waves.map(({ slug, name }) => ({
      label: name,
      href: `${answeringHref(slug)}#answering`,
      current: slug === wave?.slug,
    })),
    head: {
      title,
      description: 'For NNIP staff.',
      canonical: paths.staff.surveys,
      section: null,
      structuredData: null,
      noIndex: true,
    },
  };
}
