// From what a source told to signs of life: which days are believed, and what replaces what.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Sign } from '../../server/domain/records.ts';
import { eventSigns, isTrustedDay, keepDays, mergeSigns } from '../../server/domain/signs.ts';
import { anyDay, anySign } from '../support/arbitraries.ts';

const today = '2026-11-22';
const said = { source: 'its calendar', url: null };
const aSign = (kind: Sign['kind'], date: string, source = said.source): Sign => ({
  kind,
  date,
  source,
  url: null,
});

describe('a day that a source tells', () => {
  it.each([
    ['1970-01-01', false],
    ['2004-12-31', false],
    ['2026-11-22', true],
    ['2026-11-23', false],
    ['9999-01-01', false],
    ['soon', false],
  ])('is believed or not: %s', (day, isTrusted) => {
    expect(isTrustedDay(day, today)).toBe(isTrusted);
  });
});

describe('the days of a calendar', () => {
  it('keep the last one that is over, though the calendar drops it', () => {
    expect(keepDays(['2026-12-14'], ['2026-10-01', '2026-11-10'], today)).toEqual([
      '2026-11-10',
      '2026-12-14',
    ]);
  });

  it('forget a day to come that the calendar does not have any more', () => {
    expect(keepDays([], ['2026-12-14'], today)).toEqual([]);
  });

  it('leave out what is more than a year ahead', () => {
    expect(keepDays(['2099-01-01', '2027-11-22'], [], today)).toEqual(['2027-11-22']);
  });

  it('give the last meeting and the next one; a meeting of today is the next', () => {
    expect(eventSigns(['2026-11-10', '2026-11-22', '2026-12-14'], today, said)).toEqual([
      aSign('next-event', '2026-11-22'),
      aSign('last-event', '2026-11-10'),
    ]);
  });
});

describe('merging signs', () => {
  it('replaces the older sign of the same kind and source', () => {
    const other = aSign('last-event', '2026-01-01', 'its Meetup page');

    expect(
      mergeSigns([aSign('last-event', '2026-05-01'), other], said.source, [
        aSign('last-event', '2026-10-01'),
      ]),
    ).toEqual([aSign('last-event', '2026-10-01'), other]);
  });

  it('never goes back to an earlier one', () => {
    const known = [aSign('last-event', '2026-10-01')];

    expect(mergeSigns(known, said.source, [aSign('last-event', '2026-05-01')])).toEqual(known);
  });

  it('takes out a next meeting that its source names no more', () => {
    expect(mergeSigns([aSign('next-event', '2026-12-14')], said.source, [])).toEqual([]);
  });

  it('leaves the signs of all other sources as they are', () => {
    fc.assert(
      fc.property(fc.array(anySign), fc.array(anySign), anyDay, (signs, found, day) => {
        const others = signs.map((sign) => ({ ...sign, source: 'somebody else' }));
        const own = [aSign('last-push', day, 'x')];
        const merged = mergeSigns(
          [...others, ...own],
          'x',
          found.map((sign) => ({ ...sign, source: 'x' })),
        );

        expect(merged.filter(({ source }) => source !== 'x')).toEqual(others);
      }),
      { numRuns: 100 },
    );
  });

  it('is the same the second time', () => {
    fc.assert(
      fc.property(
        fc.array(anySign),
        fc.uniqueArray(anySign, { selector: ({ kind }) => kind }),
        (signs, found) => {
          const once = mergeSigns(signs, said.source, found);

          expect(mergeSigns(once, said.source, found)).toEqual(once);
        },
      ),
      { numRuns: 100 },
    );
  });
});
