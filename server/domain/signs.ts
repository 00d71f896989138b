// From what a source told to the signs of life that follow from it, and how they replace older ones.
// Asking the sources is left to server/signs, what signs mean for a group to liveness.ts.
import { addDays, addMonths, compareDates, type Day } from './dates.ts';
import type { GroupCheck, Sign } from './records.ts';
import type { CheckOutcome, SignKind } from './words.ts';

/** Earlier days are mistakes: feeds date what they cannot date to 1970, and no civic tech group is older. */
const earliest = '2005-01-01';

/** Meetings farther ahead than this are left out: nobody knows. */
const monthsAhead = 12;

/** So many days ahead are kept of one source, so that they can be told again when it has not changed. */
const mostAhead = 100;

/** True for a day that can have happened. */
export const isTrustedDay = (day: Day, today: Day): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(day) && day >= earliest && day <= today;

/**
 * What is kept of a calendar: its last day that is over, then the days to come, each once and in order.
 * Many calendars drop what is over, so that a day known from before stays once it has passed.
 */
export function keepDays(read: readonly Day[], before: readonly Day[], today: Day): Day[] {
  const horizon = addMonths(today, monthsAhead);
  const past = [...read, ...before].filter((day) => day < today && isTrustedDay(day, today)).sort();
  const ahead = read.filter((day) => day >= today && day <= horizon).sort();
  return [...past.slice(-1), ...new Set(ahead)].slice(0, mostAhead);
}

/** The last meeting and the next one; today's is the next. */
export function eventSigns(
  days: readonly Day[],
  today: Day,
  said: Pick<Sign, 'source' | 'url'>,
): Sign[] {
  const last = days.filter((day) => day < today).at(-1);
  const next = days.find((day) => day >= today);
  return [
    ...(next ? [{ kind: 'next-event' as const, date: next, ...said }] : []),
    ...(last ? [{ kind: 'last-event' as const, date: last, ...said }] : []),
  ];
}

/**
 * The group's signs after a source could be read. Of one kind and source there is one sign, the newest;
 * a next meeting that the source names no more is taken out, everything else stays. The order is kept.
 */
export function mergeSigns(
  signs: readonly Sign[],
  source: string,
  found: readonly Sign[],
): readonly Sign[] {
  const left = [...found];
  const takeFound = (kind: SignKind): Sign | undefined => {
    const at = left.findIndex((sign) => sign.kind === kind);
    return at === -1 ? undefined : left.splice(at, 1)[0];
  };
  const merged = signs.flatMap((sign) => {
    if (sign.source !== source) return [sign];
    const newer = takeFound(sign.kind);
    if (sign.kind === 'next-event') return newer ? [newer] : [];
    return newer && compareDates(newer.date, sign.date) >= 0 ? [newer] : [sign];
  });
  return [...merged, ...left];
}

/** What is kept of a website's words, so that a change shows. */
export interface PageMark {
  /** Stands for the visible words. */
  readonly mark: string;
  /** Since when they stand so. */
  readonly since: Day;
  /** On how many days they were found so. */
  readonly seen: number;
  readonly lastSeen: Day;
}

/**
 * A website that answers is a sign of life only where it shows that somebody was there: it says on which earlier day
 * it was changed, or its words changed after they had stood still over two days of checks. So neither a website that
 * outlives its group nor one that is never twice the same keeps a group alive.
 * @param changed the day of its Last-Modified, null where it says none
 */
export function websiteDay(
  before: PageMark | null,
  now: { readonly mark: string | null; readonly changed: Day | null },
  today: Day,
): Day | null {
  // A page that is made anew for each visitor says that it was changed just now.
  if (now.changed && now.changed <= addDays(today, -2) && isTrustedDay(now.changed, today)) {
    return now.changed;
  }
  const hasChanged = before !== null && now.mark !== null && before.mark !== now.mark;
  return hasChanged && before.seen >= 2 ? today : null;
}

export function nextPageMark(
  before: PageMark | null,
  mark: string | null,
  today: Day,
): PageMark | null {
  if (mark === null) return before;
  if (before?.mark !== mark) return { mark, since: today, seen: 1, lastSeen: today };
  return { ...before, seen: before.seen + (before.lastSeen === today ? 0 : 1), lastSeen: today };
}

/** True where the source could be read, whatever it told. */
export const wasRead = (outcome: CheckOutcome): boolean =>
  outcome === 'signs' || outcome === 'nothing-new' || outcome === 'no-sign';

/** The last day on which one of the sources was asked and it was not put off; null where none ever was. */
export function lastCheckedOn(checks: readonly GroupCheck[]): Day | null {
  const asked = checks.filter(({ outcome }) => outcome !== 'later' && outcome !== 'error');
  return (
    asked
      .map(({ checkedAt }) => checkedAt.slice(0, 10))
      .sort()
      .at(-1) ?? null
  );
}
