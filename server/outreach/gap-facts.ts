// What the directory says of a city's gap, as an outreach item remembers it, and the difference in words.
import type { CityEntry, Directory } from '../directory/directory.ts';
import { activePartners } from '../directory/next-action.ts';
import { isGap } from '../domain/flag.ts';
import type { FactChange, GapFacts } from '../domain/outreach.ts';
import { flagLabel, formatCount, formatDate, levelLabel } from '../web/format.ts';

/** Null for a city without a gap. */
export function gapFactsOf(city: CityEntry): GapFacts | null {
  if (!isGap(city.flag)) return null;
  return {
    cause: city.flag,
    reports: activePartners(city).flatMap(({ lastReport }) => lastReport?.id ?? []),
    groups: city.groupsInReach.map(({ group }) => group.slug),
  };
}

function groupIsGone(directory: Directory, slug: string): string {
  const group = directory.findGroup(slug);
  if (!group) return `${slug} is not in the directory any more.`;
  return group.liveness.state === 'closed'
    ? `${group.name} closed.`
    : `${group.name} is not in reach any more.`;
}

/** A large import may bring thousands of groups: so many are named. */
const mostNamed = 12;

const sentences = (
  slugs: readonly string[],
  words: { readonly each: (slug: string) => string; readonly more: (count: number) => string },
): readonly string[] => [
  ...slugs.slice(0, mostNamed).map(words.each),
  ...(slugs.length > mostNamed ? [words.more(slugs.length - mostNamed)] : []),
];

/** One sentence for each thing that is different; '' where nothing can be said. */
export function factChangeInWords(
  directory: Directory,
  city: CityEntry,
  change: FactChange,
): string {
  const reports = activePartners(city).flatMap(({ name, lastReport }) =>
    lastReport && change.newReports.includes(lastReport.id)
      ? `${name} reported: ${levelLabel(lastReport.level)}, ${formatDate(lastReport.date)}.`
      : [],
  );
  const cause = change.cause
    ? [
        `The cause is now “${flagLabel(change.cause.after)}”; it was “${flagLabel(change.cause.before)}”.`,
      ]
    : [];
  const newGroups = sentences(change.newGroups, {
    each: (slug) => `${directory.findGroup(slug)?.name ?? slug} is now in reach.`,
    more: (count) => `${formatCount(count, 'more group is', 'more groups are')} now in reach.`,
  });
  const goneGroups = sentences(change.goneGroups, {
    each: (slug) => groupIsGone(directory, slug),
    more: (count) => `${formatCount(count, 'more group is', 'more groups are')} gone.`,
  });
  return [...reports, ...goneGroups, ...newGroups, ...cause].join(' ');
}

/** Why a gap is none any more. */
export function closeReasonOf(city: CityEntry | undefined): string {
  if (!city?.isPartnerCity) return 'The city has no NNIP partner any more.';
  const partner = activePartners(city).find(({ level }) => level !== null && level === city.level);
  const said = partner?.lastReport;
  if (!partner || !said) return `The city is now “${flagLabel(city.flag)}”.`;
  return `${partner.name} reported: ${levelLabel(said.level)}, ${formatDate(said.date)}.`;
}
