// The public part of what partners reported about a group, each with how it stands and what may be said of it.
import type { Directory, GroupEntry } from '../../directory/directory.ts';
import type { Report } from '../../domain/records.ts';
import { newestFirst } from '../../domain/reports.ts';
import { groupStanding, newestVerdict, type ReportStanding } from '../../domain/standing.ts';
import { toPublicReport } from '../../domain/visibility.ts';
import { groupPath, groupReportsPath, partnerPath } from '../../paths.ts';
import { giftLabels } from '../../survey/answer-words.ts';
import { formatDate, levelLabel } from '../../web/format.ts';
import type { Page } from '../../web/render.ts';
import type { FieldError } from './form.ts';

export interface GroupReportView {
  readonly id: string;
  readonly anchor: string;
  readonly partner: { readonly name: string; readonly href: string };
  readonly level: string;
  readonly date: string;
  readonly gave: string;
  readonly note: string;
  readonly standing: ReportStanding;
  readonly standingText: string;
  /** What the group said last, or ''. */
  readonly said: string;
  readonly saidNote: string;
  /** As typed, where it could not be taken. */
  readonly typedNote: string;
  readonly error: string;
}

export interface GroupReportsPage extends Page {
  readonly title: string;
  readonly group: { readonly name: string; readonly href: string };
  readonly action: string;
  readonly errors: readonly FieldError[];
  readonly reports: readonly GroupReportView[];
}

export const reportAnchor = (id: string): string => `report-${id}`;
const noteField = (id: string): string => `note-${id}`;

/**
 * Newest first. Of each partner's answers to a wave the last one alone: what it answered before and changed
 * is not what it says.
 */
export function reportsAbout(directory: Directory, group: string): readonly Report[] {
  return directory.partners
    .flatMap(({ slug }) => {
      const all = [...directory.reportsOf(slug)].sort(newestFirst);
      return all.filter(
        (report) =>
          report.wave === null ||
          all.find((one) => one.wave === report.wave && one.origin === report.origin) === report,
      );
    })
    .filter((report) => report.groups.includes(group))
    .sort(newestFirst);
}

const standingTexts: Readonly<Record<ReportStanding, string>> = {
  'one-sided': 'One-sided: the partner says so, and the group has not said anything yet',
  mutual: 'Mutual: the group confirms it',
  disputed: 'Disputed: the group sees it differently',
};

const saidTexts = { confirmed: 'You confirmed it', disputed: 'You disputed it' } as const;

export function groupReportsPage(
  directory: Directory,
  group: GroupEntry,
  refused: { readonly report: string; readonly note: string; readonly message: string } | null,
): GroupReportsPage {
  const title = `What partners reported about ${group.name}`;
  return {
    head: {
      title: refused ? `Error: ${title}` : title,
      description: 'Reports of NNIP partners about a group, for its organizers.',
      canonical: groupReportsPath(group.slug),
      section: 'groups',
      structuredData: null,
      noIndex: true,
    },
    title,
    group: { name: group.name, href: groupPath(group.slug) },
    action: groupReportsPath(group.slug),
    errors: refused ? [{ field: noteField(refused.report), message: refused.message }] : [],
    reports: reportsAbout(directory, group.slug).map((whole) => {
      const report = toPublicReport(whole);
      const verdicts = directory.verdictsOn(report.id);
      const last = newestVerdict(report.id, group.slug, verdicts);
      const standing = groupStanding(report.id, group.slug, verdicts);
      const isRefused = refused?.report === report.id;
      return {
        id: report.id,
        anchor: reportAnchor(report.id),
        partner: {
          name: directory.findPartner(report.partner)?.name ?? report.partner,
          href: partnerPath(report.partner),
        },
        level: levelLabel(report.level),
        date: formatDate(report.date),
        gave: report.gave.map((gift) => giftLabels[gift]).join(', '),
        note: report.publicNote,
        standing,
        standingText: standingTexts[standing],
        said: last ? `${saidTexts[last.verdict]} on ${formatDate(last.createdAt)}` : '',
        saidNote: last?.note ?? '',
        typedNote: isRefused ? refused.note : '',
        error: isRefused ? refused.message : '',
      };
    }),
  };
}
