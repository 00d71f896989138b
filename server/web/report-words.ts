// What pages say of a report: its level, where it comes from, what was given, and how the groups it names see it.
// Public fields alone; who may see the others is left to the pages of those people.
import type { Directory } from '../directory/directory.ts';
import { flagOfLevel } from '../domain/flag.ts';
import type { Report, ReportVerdict } from '../domain/records.ts';
import { newestVerdict } from '../domain/standing.ts';
import { toPublicReport } from '../domain/visibility.ts';
import type { Flag, Gift } from '../domain/words.ts';
import { collaborationPath, groupPath, partnerPath, surveyPath } from '../paths.ts';
import { formatDate, levelLabel } from './format.ts';

interface Link {
  readonly label: string;
  readonly href: string;
}

/** What views/components/report-lines.ejs prints. */
export interface ReportView {
  readonly flag: Flag;
  readonly level: string;
  readonly date: string;
  readonly partner: Link | null;
  /** "answered", followed by `link`: "the survey of July 2026". Null where the words say all. */
  readonly origin: string;
  readonly link: Link | null;
  /** "First answered: Knows of no group." or ''. */
  readonly first: string;
  /** On a group's own page the others that are named beside it. */
  readonly groups: readonly Link[];
  readonly about: 'About' | 'Also about';
  readonly gave: string;
  readonly note: string;
  /** One sentence for each group that spoke; one in all where none did; none where no group is named. */
  readonly standing: readonly string[];
}

const giftLabels: Readonly<Record<Gift, string>> = {
  data: 'data',
  'technical-help': 'technical help',
  space: 'space',
  'event-participation': 'participation in events',
  'staff-member': 'a staff member who is active in the group',
};

export const giftLabel = (gift: Gift): string => giftLabels[gift];

/** The groups of a report that the directory has. */
export const groupLinks = (directory: Directory, slugs: readonly string[]): readonly Link[] =>
  slugs.flatMap((slug) => {
    const group = directory.findGroup(slug);
    return group ? [{ label: group.name, href: groupPath(slug) }] : [];
  });

function originOf(directory: Directory, report: Report): Pick<ReportView, 'origin' | 'link'> {
  if (report.origin === 'collaboration') {
    const known = report.collaboration
      ? directory.findCollaboration(report.collaboration)
      : undefined;
    return {
      origin: `from a documented collaboration${known ? ':' : ''}`,
      link: known ? { label: known.title, href: collaborationPath(known.slug) } : null,
    };
  }
  if (report.origin === 'between-waves') return { origin: 'reported between waves', link: null };
  const wave = report.wave === null ? undefined : directory.findWave(report.wave);
  return wave
    ? {
        origin: 'answered',
        link: {
          label: `the survey of ${formatDate(wave.opens.slice(0, 7))}`,
          href: surveyPath(wave.slug),
        },
      }
    : { origin: 'answered a survey', link: null };
}

const verdictSentence = (name: string, { verdict, createdAt }: ReportVerdict): string => {
  const day = formatDate(createdAt.slice(0, 10));
  return verdict === 'confirmed'
    ? `${name} confirmed this on ${day}.`
    : `${name} disputes this, since ${day}.`;
};

/** How the groups that a report names see it; empty where it names none. */
export function standingSentences(
  directory: Directory,
  report: { readonly id: string; readonly groups: readonly string[] },
): readonly string[] {
  if (report.groups.length === 0) return [];
  const verdicts = directory.verdictsOn(report.id);
  const said = report.groups.flatMap((slug) => {
    const verdict = newestVerdict(report.id, slug, verdicts);
    return verdict ? [verdictSentence(directory.findGroup(slug)?.name ?? 'A group', verdict)] : [];
  });
  if (said.length > 0) return said;
  const groups = report.groups.length === 1 ? 'the group has' : 'the groups have';
  return [`One-sided so far: ${groups} not confirmed it.`];
}

/** What a partner answered to the same wave before it changed its answer; '' where the level stayed. */
export function firstAnswerWords(directory: Directory, report: Report): string {
  if (report.origin !== 'answer' || report.wave === null) return '';
  const first = directory.answersIn(report.wave).first.get(report.partner);
  return first && first.level !== report.level
    ? `First answered: ${levelLabel(first.level).toLowerCase()}.`
    : '';
}

/** @param group slug of the one group whose page it is: then only its own word is given */
export function toReportView(directory: Directory, whole: Report, group?: string): ReportView {
  const report = toPublicReport(whole);
  const partner = directory.findPartner(report.partner);
  const { origin, link } = originOf(directory, whole);
  return {
    flag: flagOfLevel[report.level],
    level: levelLabel(report.level),
    date: formatDate(report.date),
    partner: partner ? { label: partner.name, href: partnerPath(partner.slug) } : null,
    origin,
    link,
    first: firstAnswerWords(directory, whole),
    groups: groupLinks(
      directory,
      report.groups.filter((slug) => slug !== group),
    ),
    about: group === undefined ? 'About' : 'Also about',
    gave: report.gave.map(giftLabel).join(', '),
    // A report derived from a collaboration repeats its title.
    note: report.publicNote === link?.label ? '' : report.publicNote,
    standing: standingSentences(directory, {
      id: report.id,
      groups: group === undefined ? report.groups : [group],
    }),
  };
}
