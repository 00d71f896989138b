// Dates as people type them into a form: a day, a month or a year. Printing them is format.ts's part.
import type { PartialDate } from '../domain/records.ts';

const months = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
] as const;

/** 1 to 12 for a month's name or its first three letters or more; 0 for anything else. */
function monthOf(word: string): number {
  const name = word.toLowerCase().replace(/\.$/, '');
  return name.length < 3 ? 0 : months.findIndex((month) => month.startsWith(name)) + 1;
}

/**
 * `2026-03-12`, `2026-03`, `2026`, `March 2026`, `12 March 2026` and `March 12, 2026` as ISO 8601 text;
 * undefined for anything else, a day that no calendar has among it. Years run from 1900 to 2199.
 */
export function parsePartialDate(typed: string): PartialDate | undefined {
  const text = typed.trim().replace(/\s+/g, ' ');
  const iso = /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$/.exec(text);
  if (iso) return toDate(iso[1], iso[2], iso[3]);
  const dayFirst = /^(?:(\d{1,2}) )?([a-z]+\.?),? (\d{4})$/i.exec(text);
  if (dayFirst) return toDate(dayFirst[3], String(monthOf(dayFirst[2] ?? '')), dayFirst[1]);
  const monthFirst = /^([a-z]+\.?) (\d{1,2}),? (\d{4})$/i.exec(text);
  if (monthFirst) return toDate(monthFirst[3], String(monthOf(monthFirst[1] ?? '')), monthFirst[2]);
  return undefined;
}

function toDate(
  year: string | undefined,
  month: string | undefined,
  day: string | undefined,
): PartialDate | undefined {
  if (year === undefined || !/^(19|20|21)/.test(year)) return undefined;
  if (month === undefined) return year;
  const m = Number(month);
  if (m < 1 || m > 12) return undefined;
  const yearAndMonth = `${year}-${String(m).padStart(2, '0')}`;
  if (day === undefined) return yearAndMonth;
  const d = Number(day);
  const last = new Date(Date.UTC(Number(year), m, 0)).getUTCDate();
  return d >= 1 && d <= last ? `${yearAndMonth}-${String(d).padStart(2, '0')}` : undefined;
}
