// How long a report is fresh, which report of a partner counts, and what was last known once none does.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  countingReport,
  isFresh,
  lastKnownReport,
  newestFirst,
  strongestLevel,
} from '../../server/domain/reports.ts';
import { levels } from '../../server/domain/words.ts';
import { anyDate, anyDay } from '../support/arbitraries.ts';
import { aReport, aWave } from '../support/builders.ts';

const today = '2026-11-22';

describe('a fresh report', () => {
  it.each([
    ['for 24 months to the day', '2024-11-22', true],
    ['no longer than that', '2024-11-21', false],
    ['counted from the end of its month', '2024-11', true],
    ['counted from the end of its year', '2024', true],
    ['not from 2017', '2017', false],
  ])('is fresh %s', (_name, date, fresh) => {
    expect(isFresh(aReport({ date }), [], 24, today)).toBe(fresh);
  });

  const june = aWave({ slug: '2026-06' });
  it.each([
    ['until the next wave that asked the partner closes', '2026-05-31', null, [june], false],
    [
      'while that wave is still open',
      '2026-05-31',
      null,
      [{ ...june, state: 'open' as const }],
      true,
    ],
    ['when the wave did not ask the partner', '2026-05-31', null, [], true],
    ['after the wave it answers has closed', '2026-06-10', '2026-06', [june], true],
    ['after a wave that was already open when it was filed', '2026-06-10', null, [june], true],
  ])('is fresh %s', (_name, date, wave, asked, fresh) => {
    expect(isFresh(aReport({ date, wave }), asked, 24, today)).toBe(fresh);
  });

  it('never becomes fresh again as days pass', () => {
    fc.assert(
      fc.property(anyDate, anyDay, anyDay, (date, one, other) => {
        const [sooner, later] = [one, other].sort() as [string, string];
        const freshOn = (day: string) => isFresh(aReport({ date }), [], 24, day);

        expect(freshOn(later) && !freshOn(sooner)).toBe(false);
      }),
    );
  });
});

describe('the report that counts', () => {
  it('is the newest one, stronger or weaker', () => {
    const older = aReport({ date: '2025-12-01', level: 'leads' });
    const newer = aReport({ date: '2026-03-01', level: 'none' });

    expect(countingReport([older, newer].sort(newestFirst), [], 24, today)).toBe(newer);
  });

  it('is the later filed of two with the same date', () => {
    const first = aReport({ level: 'leads', createdAt: '2026-01-15T09:00:00.000Z' });
    const correction = aReport({ level: 'some', createdAt: '2026-01-15T10:00:00.000Z' });

    expect(countingReport([first, correction].sort(newestFirst), [], 24, today)).toBe(correction);
  });

  it('may come from a documented collaboration', () => {
    const report = aReport({ date: '2026', collaboration: 'a-map', level: 'extensive' });

    expect(countingReport([report], [], 24, today)).toBe(report);
  });

  it('is none when the newest is not fresh', () => {
    expect(countingReport([aReport({ date: '2017' })], [], 24, today)).toBeNull();
    expect(countingReport([], [], 24, today)).toBeNull();
  });
});

describe('the last known tie', () => {
  it('is the newest, and of several on one date the strongest', () => {
    const reports = [
      aReport({ date: '2014', level: 'leads' }),
      aReport({ date: '2017', level: 'some' }),
      aReport({ date: '2017', level: 'extensive' }),
    ];

    expect(lastKnownReport(reports)).toBe(reports[2]);
    expect(lastKnownReport([])).toBeNull();
  });
});

describe('the strongest level', () => {
  it('comes first in the list of levels', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...levels)), (some) => {
        expect(strongestLevel(some)).toBe(levels.find((level) => some.includes(level)) ?? null);
      }),
    );
  });
});
