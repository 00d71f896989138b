// Dates known to the day, month or year: which days they may mean, their order, and counting in months.
// How a date is put into words is in web/format.test.ts.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  addMonths,
  compareDates,
  dayOf,
  firstDay,
  lastDay,
  monthsBetween,
} from '../../server/domain/dates.ts';
import { anyDate, anyDay } from '../support/arbitraries.ts';

describe('dates', () => {
  it.each([
    ['2026', '2026-01-01', '2026-12-31'],
    ['2026-02', '2026-02-01', '2026-02-28'],
    ['2028-02', '2028-02-01', '2028-02-29'],
    ['2026-03-12', '2026-03-12', '2026-03-12'],
  ])('%s may mean any day from %s to %s', (date, first, last) => {
    expect([firstDay(date), lastDay(date)]).toEqual([first, last]);
  });

  it.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2026-11-22', 24, '2028-11-22'],
    ['2026-11-22', -12, '2025-11-22'],
    ['2026-03-31', -1, '2026-02-28'],
    ['2026-12-31', 12, '2027-12-31'],
    ['2024-02-29', 12, '2025-02-28'],
  ])('%s and %i months is %s', (day, months, later) => {
    expect(addMonths(day, months)).toBe(later);
  });

  it.each([
    ['2026-01-31', '2026-02-28', 1],
    ['2026-01-15', '2026-02-14', 0],
    ['2025-11-22', '2026-11-22', 12],
    ['2026-11-22', '2025-11-23', -11],
  ])('from %s to %s are %i whole months', (from, to, months) => {
    expect(monthsBetween(from, to)).toBe(months);
  });

  it('takes back the months it added, but for short months', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 0, max: 600 }), (day, months) => {
        expect(monthsBetween(day, addMonths(day, months))).toBe(months);
      }),
    );
  });

  it('orders dates by the last day they may mean, in one order', () => {
    fc.assert(
      fc.property(fc.array(anyDate), (dates) => {
        const sorted = dates.toSorted(compareDates).map(lastDay);

        expect(sorted).toEqual(dates.map(lastDay).sort());
      }),
    );
  });

  it('takes the day of a moment in UTC', () => {
    expect(dayOf(new Date('2026-11-22T23:30:00-05:00'))).toBe('2026-11-23');
  });
});
