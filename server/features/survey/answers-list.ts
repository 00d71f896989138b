// Who answered a wave with what: a list that sorts, filters by level and pages by links alone.
// Public fields alone: no barriers, internal notes or addresses are read here.
import type { CityEntry, Directory, PartnerEntry } from '../../directory/directory.ts';
import { flagOfLevel } from '../../domain/flag.ts';
import type { Report, Wave } from '../../domain/records.ts';
import { type ReportStanding, reportStandings, standingOf } from '../../domain/standing.ts';
import { type PublicReport, toPublicReport } from '../../domain/visibility.ts';
import { type Level, levels } from '../../domain/words.ts';
import { apiWaveAnswersPath, cityPath, partnerPath, surveyPath } from '../../paths.ts';
import { linkCell, linksCell, textCell } from '../../web/cell.ts';
import { selectField } from '../../web/filter-form.ts';
import { cityLabel, formatDate, levelLabel } from '../../web/format.ts';
import { firstText, type ListDefinition, type RawQuery } from '../../web/list.ts';
import { type ListingView, toListing } from '../../web/list-page.ts';
import { firstAnswerWords, groupLinks, standingSentences } from '../../web/report-words.ts';

export interface AnswerRow {
  readonly report: PublicReport;
  readonly partner: PartnerEntry | undefined;
  readonly city: CityEntry | undefined;
  readonly first: string;
  readonly standing: ReportStanding;
}

const standingLabels: Readonly<Record<ReportStanding, string>> = {
  'one-sided': 'One-sided so far',
  mutual: 'Mutual',
  disputed: 'Disputed',
};

function toRow(directory: Directory, report: Report): AnswerRow {
  const partner = directory.findPartner(report.partner);
  return {
    report: toPublicReport(report),
    partner,
    city: partner?.cityEntry,
    first: firstAnswerWords(directory, report),
    standing: standingOf(report, directory.verdictsOn(report.id)),
  };
}

function standingCell(directory: Directory, { report, standing }: AnswerRow) {
  if (report.groups.length === 0) return textCell('No group named');
  const said = standing === 'one-sided' ? [] : standingSentences(directory, report);
  return textCell(standingLabels[standing], said.join(' '));
}

const partnerName = ({ partner, report }: AnswerRow): string => partner?.name ?? report.partner;

const definitionFor = (directory: Directory, wave: Wave): ListDefinition<AnswerRow> => ({
  path: surveyPath(wave.slug),
  anchor: 'answers',
  caption: `Answers to ${wave.name}`,
  noun: { one: 'answer', many: 'answers' },
  defaultSort: 'city',
  columns: [
    {
      key: 'city',
      label: 'City',
      cell: ({ city }) =>
        city ? linkCell(cityLabel(city), cityPath(city.slug)) : textCell('Not in the directory'),
      sortBy: ({ city }) => (city ? cityLabel(city) : null),
    },
    {
      key: 'partner',
      label: 'Partner',
      cell: (row) => linkCell(partnerName(row), row.partner ? partnerPath(row.partner.slug) : null),
      sortBy: partnerName,
    },
    {
      key: 'level',
      label: 'Level',
      cell: ({ report: { level }, first }) => ({
        kind: 'flag',
        flag: flagOfLevel[level],
        label: levelLabel(level),
        note: first,
      }),
      sortBy: ({ report }) => levels.indexOf(report.level),
    },
    {
      key: 'groups',
      label: 'Groups',
      cell: ({ report }) =>
        linksCell(
          groupLinks(directory, report.groups).map(({ label, href }) => ({ text: label, href })),
          'None named',
        ),
    },
    {
      key: 'standing',
      label: 'Standing',
      cell: (row) => standingCell(directory, row),
      sortBy: ({ report, standing }) =>
        report.groups.length === 0 ? null : reportStandings.indexOf(standing),
    },
    {
      key: 'date',
      label: 'Answered',
      first: 'desc',
      cell: ({ report }) => textCell(formatDate(report.date)),
      sortBy: ({ report }) => report.date,
    },
    {
      key: 'note',
      label: 'Note',
      cell: ({ report }) => textCell(report.publicNote || '–'),
    },
  ],
});

const isLevel = (text: string): text is Level => (levels as readonly string[]).includes(text);

/**
 * @param kept what else the page's address holds and the list's links must not lose
 * @throws Problem (not found) for a page that the list does not have
 */
export function answersList(
  directory: Directory,
  wave: Wave,
  raw: RawQuery,
  kept: Readonly<Record<string, string>>,
): ListingView<AnswerRow> {
  const chosen = firstText(raw, 'level');
  const level = isLevel(chosen) ? chosen : '';
  const reports = [...directory.answersIn(wave.slug).final.values()];
  const definition = definitionFor(directory, wave);
  const api = apiWaveAnswersPath(wave.slug);
  const query = level === '' ? '' : `?level=${level}`;
  const listing = toListing({
    definition,
    raw,
    selection: {
      filters: { ...kept, level },
      rows: reports
        .filter((report) => level === '' || report.level === level)
        .map((report) => toRow(directory, report)),
      total: reports.length,
    },
    fields: [
      selectField(
        'level',
        'Level',
        'Any level',
        levels.map((value) => ({ value, label: levelLabel(value) })),
        level,
      ),
    ],
    downloads: [
      { label: 'CSV', href: `${api}.csv${query}` },
      { label: 'JSON', href: `${api}${query}` },
    ],
    emptyText: 'Nobody gave this answer.',
  });
  const extra = Object.entries(kept)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => ({ name, value }));
  return {
    ...listing,
    filters: {
      ...listing.filters,
      kept: [...listing.filters.kept, ...extra],
      reset: level === '' ? null : `${definition.path}#answers`,
    },
  };
}
