// The two whom an introduction brings together, as the directory knows them today, and why they fit.
// Who is a match of whom is decided in domain/match.ts.
import type { Directory } from '../directory/directory.ts';
import { findMatch, type MatchEntry } from '../directory/matches.ts';
import type { Pair, Side } from '../domain/introduction.ts';
import { matchReason } from '../web/match-words.ts';

/** Undefined where the directory has one of them no more, or they are no match. */
export function findPair(directory: Directory, pair: Pair): MatchEntry | undefined {
  const partner = directory.findPartner(pair.partner);
  const group = directory.findGroup(pair.group);
  return (partner && group && findMatch(directory, partner, group)) ?? undefined;
}

/** Why they fit, said to one of them or of both: what speaks for it alone, and nobody is told whether they are alive. */
export const reasonsFor = (
  directory: Directory,
  { parts, group }: MatchEntry,
  listener: Side | 'everybody',
): readonly string[] =>
  parts
    .filter(({ name, points }) => points > 0 && !(name === 'liveness' && listener === 'group'))
    .map((part) => matchReason(part, { group, today: directory.today, listener }));

/** The name of one side, however little the directory knows of it any more. */
export const nameOf = (directory: Directory, side: Side, pair: Pair): string =>
  side === 'partner'
    ? (directory.findPartner(pair.partner)?.name ?? pair.partner)
    : (directory.findGroup(pair.group)?.name ?? pair.group);
