// A wave known by its totals alone: its figure, what its source also states, and how each number is known.
// Which partner answered what is in no such wave; one with answers of its own is wave-page.ts.
import type { Directory } from '../../directory/directory.ts';
import type { Wave, WaveAggregate } from '../../domain/records.ts';
import { apiWavePath, paths, surveyPath } from '../../paths.ts';
import type { Action } from '../../web/list-page.ts';
import { type SourceNote, toSourceNote } from '../../web/record-words.ts';
import type { Page } from '../../web/render.ts';
import { formatSpan } from '../../web/span.ts';
import { type FigureView, toAggregateBars, toFigure } from './figure.ts';
import { waveStateWords } from './words.ts';

export interface TotalsPage extends Page {
  readonly crumbs: readonly { readonly label: string; readonly href?: string }[];
  readonly title: string;
  readonly lede: string;
  readonly introduction: string;
  readonly state: string;
  readonly asked: string;
  readonly method: string;
  readonly figure: FigureView;
  /** What a reader must know to read the figure rightly. */
  readonly cautions: readonly string[];
  readonly alsoStated: readonly string[];
  /** How numbers that the source does not give were found. */
  readonly notes: readonly string[];
  readonly later: { readonly text: string; readonly link: Action | null };
  readonly downloads: readonly Action[];
  readonly source: SourceNote;
}

const figureOf = (wave: Wave, aggregate: WaveAggregate): FigureView =>
  toFigure(
    `How far partners were involved with a civic tech group, ${formatSpan(wave.opens, wave.closes)}`,
    aggregate.respondents,
    toAggregateBars(aggregate),
  );

function cautionsOf(aggregate: WaveAggregate): readonly string[] {
  const has = (key: string): boolean => aggregate.levels.some((level) => level.key === key);
  const cautions: string[] = [];
  if (aggregate.levels.some((level) => level.basis === 'inferred')) {
    cautions.push(
      'Numbers marked as inferred are not in the source: it gives only their total and rough shares. Quote the total.',
    );
  }
  if (has('none') && !has('unaware')) {
    cautions.push(
      'Partners with no contact and partners that were not aware of a group are reported together in this figure. Everywhere else Crosswalk keeps the two apart.',
    );
  }
  cautions.push(
    'The source gives totals alone: which partner answered what is not known, so this survey cannot be compared with another one partner by partner.',
  );
  return cautions;
}

function laterThan(directory: Directory, wave: Wave): TotalsPage['later'] {
  const index = directory.waves.findIndex((one) => one.slug === wave.slug);
  const next = directory.waves[index - 1];
  if (next) {
    return {
      text: 'The survey was repeated:',
      link: { label: next.name, href: surveyPath(next.slug) },
    };
  }
  return {
    text: 'There is no later wave yet, so no change over time can be shown. When the survey is repeated, its figure will stand beside this one.',
    link: null,
  };
}

export function totalsPage(
  directory: Directory,
  wave: Wave,
  aggregate: WaveAggregate,
  publicUrl: string,
): TotalsPage {
  const { respondents } = aggregate;
  const asked = formatSpan(wave.opens, wave.closes);
  const canonical = surveyPath(wave.slug);
  const lede =
    respondents === 0
      ? 'No partner has answered yet.'
      : `${respondents} ${respondents === 1 ? 'partner' : 'partners'} of the National Neighborhood Indicators Partnership answered, ${asked}.`;
  const csv = `${paths.api.waves}.csv`;
  const json = apiWavePath(wave.slug);
  return {
    crumbs: [{ label: 'Surveys', href: paths.surveys }, { label: wave.name }],
    title: wave.name,
    lede,
    introduction: wave.introduction,
    state: waveStateWords[wave.state],
    asked,
    method: aggregate.method,
    figure: figureOf(wave, aggregate),
    cautions: cautionsOf(aggregate),
    alsoStated: aggregate.alsoStated,
    notes: aggregate.notes,
    later: laterThan(directory, wave),
    downloads: [
      { label: 'CSV', href: csv },
      { label: 'JSON', href: json },
    ],
    source: toSourceNote(wave.source),
    head: {
      title: wave.name,
      description: `${lede} How far they are involved with local civic tech groups, in numbers and with their source.`,
      canonical,
      section: 'surveys',
      alternates: [
        { type: 'text/csv', title: 'Surveys as CSV', href: csv },
        { type: 'application/json', title: 'This survey as JSON', href: json },
      ],
      structuredData: {
        '@type': 'Dataset',
        name: wave.name,
        description: `${lede} ${wave.introduction}`.trim(),
        url: publicUrl + canonical,
        temporalCoverage: `${wave.opens}/${wave.closes}`,
        isBasedOn: wave.source.url ?? wave.source.note,
        distribution: [
          {
            '@type': 'DataDownload',
            encodingFormat: 'text/csv',
            contentUrl: publicUrl + csv,
          },
        ],
      },
    },
  };
}
