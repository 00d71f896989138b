// Days and shorter dates as ISO 8601 text, which sorts as it reads. No clock: today is an argument.
// Dates are taken as checked where they entered; words for people are left to web/format.ts.
import type { PartialDate } from './records.ts';

/** A whole day, `2026-03-12`. */
export type Day = string;

const pad = (number: number, length = 2): string => String(number).padStart(length, '0');

const lengthOfMonth = (year: number, month: number): number =>
  new Date(Date.UTC(year, month, 0)).getUTCDate();

/** The day of a moment, in UTC, so that every process applies the rules for the same day. */
export const dayOf = (moment: Date): Day => moment.toISOString().slice(0, 10);

/** The first day a date may mean: `2026-03` gives `2026-03-01`, `2026` gives `2026-01-01`. */
export function firstDay(date: PartialDate): Day {
  if (date.length === 4) return `${date}-01-01`;
  return date.length === 7 ? `${date}-01` : date.slice(0, 10);
}

/** The last day a date may mean: `2026-02` gives `2026-02-28`, `2026` gives `2026-12-31`. */
export function lastDay(date: PartialDate): Day {
  if (date.length === 4) return `${date}-12-31`;
  if (date.length !== 7) return date.slice(0, 10);
  return `${date}-${pad(lengthOfMonth(Number(date.slice(0, 4)), Number(date.slice(5, 7))))}`;
}

/** Earlier first, by the last day each may mean; the more exact of two dates with one last day first. */
export function compareDates(one: PartialDate, other: PartialDate): number {
  const lastOne = lastDay(one);
  const lastOther = lastDay(other);
  if (lastOne !== lastOther) return lastOne < lastOther ? -1 : 1;
  return other.length - one.length;
}

/** The day so many days later (or earlier). */
export const addDays = (day: Day, days: number): Day =>
  dayOf(new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000));

/** The same day so many months later (or earlier); a month that is too short gives its last day. */
export function addMonths(day: Day, months: number): Day {
  const monthsSinceZero = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + months;
  const year = Math.floor(monthsSinceZero / 12);
  const month = monthsSinceZero - year * 12 + 1;
  const dayOfMonth = Math.min(Number(day.slice(8, 10)), lengthOfMonth(year, month));
  return `${pad(year, 4)}-${pad(month)}-${pad(dayOfMonth)}`;
}

/** Whole months from one day to a later one, 0 on the same day; negative when it is earlier. */
export function monthsBetween(from: Day, to: Day): number {
  const months =
    (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 12 +
    (Number(to.slice(5, 7)) - Number(from.slice(5, 7)));
  if (months > 0 && addMonths(from, months) > to) return months - 1;
  if (months < 0 && addMonths(from, months) < to) return months + 1;
  return months;
}
