// The list of the survey's waves, newest first.
import type { Directory } from '../../directory/directory.ts';
import type { Wave } from '../../domain/records.ts';
import { paths, surveyPath } from '../../paths.ts';
import { linkCell, textCell } from '../../web/cell.ts';
import type { ListDefinition, RawQuery } from '../../web/list.ts';
import { apiDownloads, type ListingView, listHead, toListing } from '../../web/list-page.ts';
import type { Page } from '../../web/render.ts';
import { formatSpan } from '../../web/span.ts';
import { respondentsOf } from './respondents.ts';
import { waveStateWords } from './words.ts';

export interface SurveysPage extends Page {
  readonly title: string;
  readonly introduction: string;
  readonly listing: ListingView<Wave>;
}

const definitionFor = (directory: Directory): ListDefinition<Wave> => ({
  path: paths.surveys,
  caption: 'Surveys of NNIP partners about their ties to civic tech groups',
  noun: { one: 'survey', many: 'surveys' },
  defaultSort: 'date',
  columns: [
    {
      key: 'name',
      label: 'Survey',
      cell: (wave) => linkCell(wave.name, surveyPath(wave.slug)),
      sortBy: (wave) => wave.name,
    },
    {
      key: 'date',
      label: 'Asked',
      first: 'desc',
      cell: (wave) => textCell(formatSpan(wave.opens, wave.closes)),
      sortBy: (wave) => wave.opens,
    },
    { key: 'state', label: 'State', cell: (wave) => textCell(waveStateWords[wave.state]) },
    {
      key: 'answers',
      label: 'Partners that answered',
      numeric: true,
      first: 'desc',
      cell: (wave) => textCell(String(respondentsOf(directory, wave))),
      sortBy: (wave) => respondentsOf(directory, wave),
    },
  ],
});

/** @throws Problem (not found) for a page that the list does not have. */
export function surveysPage(directory: Directory, raw: RawQuery, publicUrl: string): SurveysPage {
  const title = 'Surveys of partners and civic tech groups';
  const introduction =
    'From time to time NNIP asks its partners how far they are involved with a local civic tech group. Each round of questions is kept here as it was.';
  const listing = toListing({
    definition: definitionFor(directory),
    raw,
    selection: { filters: {}, rows: directory.waves, total: directory.waves.length },
    fields: [],
    downloads: apiDownloads(paths.api.waves, {}, ['csv']),
    emptyText: 'No survey has been taken yet.',
  });
  return {
    title,
    introduction,
    listing,
    head: listHead(
      listing,
      { title, description: introduction, section: 'surveys' },
      publicUrl,
      (wave) => ({ name: wave.name, path: surveyPath(wave.slug) }),
    ),
  };
}
