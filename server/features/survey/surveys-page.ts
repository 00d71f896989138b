// The list of the survey's waves, newest first.
import type { Directory } from '../../directory/directory.ts';
import type { Wave } from '../../domain/records.ts';
import { levels } from '../../domain/words.ts';
import { paths, surveyPath } from '../../paths.ts';
import { type Cell, linkCell, linksCell, textCell } from '../../web/cell.ts';
import { formatDate } from '../../web/format.ts';
import type { ListDefinition, RawQuery } from '../../web/list.ts';
import { apiDownloads, type ListPage, toListing, toListPage } from '../../web/list-page.ts';
import { formatSpan } from '../../web/span.ts';
import { type ChangeRow, changeRows } from './changes-page.ts';
import { parseChanges } from './changes-query.ts';
import { toAggregateBars } from './figure.ts';
import { type LevelsView, levelsView } from './levels-figure.ts';
import { turnoutOf, turnoutWords } from './respondents.ts';
import { standingLabels, waveStateWords } from './words.ts';

export interface SurveysPage extends ListPage<Wave> {
  /** Null where no wave has asked anybody. */
  readonly levels: LevelsView | null;
  readonly changes: { readonly text: string; readonly href: string };
}

/** The main counts: each level by itself, except where a source gives only totals. */
function countsCell(directory: Directory, wave: Wave): Cell {
  const answers = [...directory.answersIn(wave.slug).final.values()];
  const counts = wave.aggregate
    ? toAggregateBars(wave.aggregate).filter(({ isPart }) => !isPart)
    : levels.map((level) => ({
        label: standingLabels[level],
        count: answers.filter((one) => one.level === level).length,
      }));
  const items = counts.map(({ label, count }) => ({ text: `${label}: ${count}`, href: null }));
  const hasAny = wave.aggregate !== null || answers.length > 0;
  return linksCell(hasAny ? items : [], 'No answers yet');
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
      cell: (wave) => {
        const turnout = turnoutOf(directory, wave);
        const unknown = turnout.asked === null ? '(how many were asked is not known)' : '';
        return textCell(turnoutWords(turnout), unknown);
      },
      sortBy: (wave) => turnoutOf(directory, wave).answered,
    },
    { key: 'levels', label: 'What they answered', cell: (wave) => countsCell(directory, wave) },
  ],
});

/** What changed since the last closed wave was opened, in a sentence. */
function changesInWords(directory: Directory): string {
  const query = parseChanges(directory, {});
  const rows = changeRows(directory, query);
  const count = (kind: ChangeRow['kind']) => rows.filter((row) => row.kind === kind).length;
  return `Since ${formatDate(query.from)}: ${count('closed')} closed and ${count('opened')} opened, of ${rows.length} partner cities.`;
}

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
  const page = toListPage(
    listing,
    { title, introduction, section: 'surveys' },
    publicUrl,
    (wave) => ({ name: wave.name, path: surveyPath(wave.slug) }),
  );
  return {
    ...page,
    levels: levelsView(directory),
    changes: { text: changesInWords(directory), href: paths.surveyChanges },
  };
}
