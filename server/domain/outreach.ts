// Staff's work on a city's gap as the rest of the program sees it, and which facts of a gap are worth a note.
// When items open and close is server/outreach/sync-outreach.ts; how they are said is left to the pages.
import type { Timestamp } from './records.ts';
import type { GapFlag, OutreachLogKind, OutreachStage } from './words.ts';

export interface OutreachEntry {
  readonly at: Timestamp;
  /** A person's identifier; null for the program itself. */
  readonly by: string | null;
  readonly kind: OutreachLogKind;
  readonly text: string;
  /** Of a mail sent from the page. */
  readonly subject: string | null;
  readonly to: readonly string[];
}

/** What the directory says of a gap. */
export interface GapFacts {
  readonly cause: GapFlag;
  /** Identifiers of the newest report of each partner that has one. */
  readonly reports: readonly string[];
  /** Slugs of the groups in reach that are not closed. */
  readonly groups: readonly string[];
}

/** An item without its log, as lists need it. */
export interface OutreachItem {
  readonly id: string;
  /** Slug. */
  readonly city: string;
  readonly open: boolean;
  /** The cause at the opening. */
  readonly cause: GapFlag;
  readonly openedAt: Timestamp;
  readonly closedAt: Timestamp | null;
  readonly closeReason: string | null;
  /** Identifier of the person who is on it. */
  readonly owner: string | null;
  readonly stage: OutreachStage;
  /** A day. */
  readonly nextDate: string | null;
  readonly facts: GapFacts;
  readonly factsVersion: number;
  /** Goes up when staff change owner, stage or next date. */
  readonly version: number;
}

export interface OutreachHistory extends OutreachItem {
  /** Oldest first. */
  readonly log: readonly OutreachEntry[];
}

/** What staff may change by hand. */
export type OutreachPlan = Pick<OutreachItem, 'owner' | 'stage' | 'nextDate'>;

export interface FactChange {
  readonly cause: { readonly before: GapFlag; readonly after: GapFlag } | null;
  readonly newReports: readonly string[];
  readonly newGroups: readonly string[];
  readonly goneGroups: readonly string[];
}

function missingFrom(some: readonly string[], others: readonly string[]): readonly string[] {
  const known = new Set(others);
  return some.filter((one) => !known.has(one));
}

/** What is different now; null where nothing is. */
export function factChange(before: GapFacts, after: GapFacts): FactChange | null {
  const change = {
    cause: before.cause === after.cause ? null : { before: before.cause, after: after.cause },
    newReports: missingFrom(after.reports, before.reports),
    newGroups: missingFrom(after.groups, before.groups),
    goneGroups: missingFrom(before.groups, after.groups),
  };
  const isNothing =
    change.cause === null &&
    change.newReports.length + change.newGroups.length + change.goneGroups.length === 0 &&
    before.reports.length === after.reports.length;
  return isNothing ? null : change;
}
