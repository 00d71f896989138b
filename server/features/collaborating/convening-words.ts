// A convening's place and time in words. Dates may be days, months or years.
import { lastDay } from '../../domain/dates.ts';
import type { Convening } from '../../domain/records.ts';

/** Events without one place happened in many cities, or online. */
export const conveningPlace = ({ place }: Convening): string =>
  place === '' ? 'In many cities or online' : place;

/** Upcoming until the last day that its dates may mean is over. */
export const isUpcoming = ({ start, end }: Convening, today: string): boolean =>
  lastDay(end ?? start) >= today;

export const whenWords = (convening: Convening, today: string): string =>
  isUpcoming(convening, today) ? 'Upcoming' : 'Past';
