// Matches as pages print them: the score, its parts as a bar and as sentences, and whom they lead to.
// The markup is views/components/match-list.ejs and match-parts.ejs.
import type { MatchEntry } from '../directory/matches.ts';
import { type MatchPartName, mostPoints } from '../domain/match.ts';
import type { Flag } from '../domain/words.ts';
import { groupPath, newIntroductionPath, partnerPath } from '../paths.ts';
import { cityLabel, flagLabel, formatDistance, groupKindLabel } from './format.ts';
import { waysToJoin } from './group-card.ts';
import { type Listener, matchPartLabels, matchReason } from './match-words.ts';
import { groupPlace } from './place-words.ts';

export interface MatchPartView {
  readonly name: MatchPartName;
  readonly label: string;
  readonly points: number;
  readonly most: number;
  readonly reason: string;
  /** Where it begins in a bar of 100. */
  readonly from: number;
}

/** What views/components/match-parts.ejs prints. */
export interface MatchDetail {
  readonly score: number;
  readonly parts: readonly MatchPartView[];
}

/** What views/components/match-list.ejs prints of each match. */
export interface MatchView {
  readonly slug: string;
  readonly name: string;
  readonly href: string;
  /** "Code for America Brigade", "Tulsa, OK". */
  readonly facts: readonly string[];
  /** Of a partner; null for a group. */
  readonly flag: { readonly flag: Flag; readonly label: string } | null;
  readonly topics: readonly string[];
  /** Ways to join a group; empty for a partner. */
  readonly join: readonly { readonly label: string; readonly href: string }[];
  readonly match: MatchDetail;
  /** "beyond the reach of 25 miles", '' within it. */
  readonly beyond: string;
  /** What whoever speaks for one of the two can do about it. */
  readonly action: { readonly href: string; readonly label: string };
}

export function toMatchDetail(
  { score, parts, group }: MatchEntry,
  today: string,
  listener: Listener = 'everybody',
): MatchDetail {
  let from = 0;
  return {
    score,
    parts: parts.map((part) => {
      const begin = from;
      from += part.points;
      return {
        name: part.name,
        label: matchPartLabels[part.name],
        points: part.points,
        most: mostPoints[part.name],
        reason: matchReason(part, { group, today, listener }),
        from: begin,
      };
    }),
  };
}

function beyondOf({ isInReach, partner, parts }: MatchEntry): string {
  const [distance] = parts;
  if (isInReach || (distance?.name === 'distance' && distance.isSameCity)) return '';
  const reach = formatDistance(partner.effectiveReachMiles, partner.cityEntry.country);
  return `beyond the reach of ${reach}`;
}

/** Open to whoever speaks for one of the two; others are asked to sign in first. */
const introduce = ({ partner, group }: MatchEntry) => ({
  href: newIntroductionPath(partner.slug, group.slug),
  label: 'Ask for an introduction',
});

/** A match that leads to the group. */
export const toGroupMatch = (entry: MatchEntry, today: string, listener?: Listener): MatchView => ({
  slug: entry.group.slug,
  name: entry.group.name,
  href: groupPath(entry.group.slug),
  facts: [groupKindLabel(entry.group.kind), groupPlace(entry.group)],
  flag: null,
  topics: entry.group.topics,
  join: waysToJoin(entry.group),
  match: toMatchDetail(entry, today, listener),
  beyond: beyondOf(entry),
  action: introduce(entry),
});

/** A match that leads to the partner. */
export const toPartnerMatch = (
  entry: MatchEntry,
  today: string,
  listener?: Listener,
): MatchView => ({
  slug: entry.partner.slug,
  name: entry.partner.name,
  href: partnerPath(entry.partner.slug),
  facts: [cityLabel(entry.partner.cityEntry)],
  flag: entry.partner.flag && { flag: entry.partner.flag, label: flagLabel(entry.partner.flag) },
  topics: entry.partner.topics,
  join: [],
  match: toMatchDetail(entry, today, listener),
  beyond: beyondOf(entry),
  action: introduce(entry),
});
