// A stretch of time in words, from two dates that may be days, months or years.
import type { PartialDate } from '../domain/records.ts';
import { formatDate } from './format.ts';

/** "2015 to 2017", "30 to 31 May 2014", "31 May to 1 June 2014", "June 2013"; one date where both are the same or the end is unknown. */
export function formatSpan(from: PartialDate, to: PartialDate | null): string {
  if (to === null || to === '' || to === from) return formatDate(from);
  const isDays = from.length === 10 && to.length === 10;
  if (isDays && from.slice(0, 7) === to.slice(0, 7)) {
    return `${Number(from.slice(8))} to ${formatDate(to)}`;
  }
  // The year is said once where both share it.
  const isExact = from.length > 4 && to.length > 4;
  const start = formatDate(from);
  const first =
    isExact && from.slice(0, 4) === to.slice(0, 4) ? start.replace(/ \d{4}$/, '') : start;
  return `${first} to ${formatDate(to)}`;
}
