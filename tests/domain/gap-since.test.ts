// The day since which a gap is open, as exactly as past reports and waves allow, and how long that is by now.
// Whether there is a gap at all is in flag.test.ts.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, lastDay } from '../../server/domain/dates.ts';
import { gapAge, gapSince, type PartnerPast } from '../../server/domain/gap-since.ts';
import { countingReport, newestFirst } from '../../server/domain/reports.ts';
import { levels } from '../../server/domain/words.ts';
import { anyDate } from '../support/arbitraries.ts';
import { aReport, aWave } from '../support/builders.ts';

const today = '2026-11-22';
const aPast = (over: Partial<PartnerPast> = {}): PartnerPast => ({
  reports: [],
  wavesThatAsked: [],
  knownSince: '2026-01-01',
  ...over,
});

describe('since when a gap is open', () => {
  it.each([
    [
      'nothing was ever reported: at least since the partner is known',
      aPast(),
      { day: '2026-01-01', isExact: false },
    ],
    [
      'a partner said "no contact" before the directory knew it: at least since it said so',
      aPast({ reports: [aReport({ level: 'none', date: '2025-06-15' })] }),
      { day: '2025-06-15', isExact: false },
    ],
    [
      'a tie ran out: on the day after its last fresh day',
      aPast({ reports: [aReport({ level: 'some', date: '2024-03-12' })] }),
      { day: '2026-03-13', isExact: true },
    ],
    [
      'a tie of a whole year ran out: counted from the last day of the year',
      aPast({ reports: [aReport({ level: 'extensive', date: '2017' })] }),
      { day: '2020-01-01', isExact: true },
    ],
    [
      'a newer report took the tie back: on the day of that report',
      aPast({
        reports: [
          aReport({ level: 'unaware', date: '2026-05-04' }),
          aReport({ level: 'leads', date: '2026-02-01' }),
        ],
      }),
      { day: '2026-05-04', isExact: true },
    ],
    [
      'the next wave closed without an answer: on the day it closed',
      aPast({
        reports: [aReport({ level: 'some', date: '2026-02-01' })],
        wavesThatAsked: [aWave({ slug: '2026-06' })],
      }),
      { day: '2026-06-30', isExact: true },
    ],
    [
      'a wave that had opened before the report ends nothing',
      aPast({
        reports: [aReport({ level: 'some', date: '2024-06-10' })],
        wavesThatAsked: [aWave({ slug: '2024-06' })],
      }),
      { day: '2026-06-11', isExact: true },
    ],
  ])('%s', (_case, past, since) => {
    expect(gapSince([past], 24, today)).toEqual(since);
  });

  it('is the end of the last tie of several partners', () => {
    const early = aPast({ reports: [aReport({ level: 'some', date: '2023-01-01' })] });
    const late = aPast({ reports: [aReport({ level: 'some', date: '2024-01-01' })] });

    expect(gapSince([early, late, aPast()], 24, today).day).toBe('2026-01-02');
  });

  it('is a day with a gap before which, where it is exact, there was a tie', () => {
    const report = fc.record({
      level: fc.constantFrom(...levels),
      date: anyDate.filter((date) => lastDay(date) <= today),
    });
    const closings = fc.constantFrom('2021-06', '2023-06', '2025-06');
    fc.assert(
      fc.property(
        fc.array(fc.array(report, { maxLength: 4 }), { minLength: 1, maxLength: 3 }),
        fc.uniqueArray(closings, { maxLength: 2 }),
        (reportsOfEach, waveSlugs) => {
          const waves = waveSlugs.map((slug) => aWave({ slug }));
          const partners = reportsOfEach.map((reports) =>
            aPast({
              reports: reports.map((one) => aReport(one)).sort(newestFirst),
              wavesThatAsked: waves,
            }),
          );
          const hasTie = (day: string): boolean =>
            partners.some(({ reports }) => {
              const filed = reports.filter(({ date }) => lastDay(date) <= day) as ReturnType<
                typeof aReport
              >[];
              const closed = waves.filter(({ closes }) => lastDay(closes) <= day);
              const level = countingReport(filed, closed, 24, day)?.level;
              return level !== undefined && level !== 'none' && level !== 'unaware';
            });
          fc.pre(!hasTie(today));

          const { day, isExact } = gapSince(partners, 24, today);

          expect(hasTie(day)).toBe(false);
          if (isExact) expect(hasTie(addDays(day, -1))).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('how long a gap is open', () => {
  it.each([
    ['today', '2026-11-22', 'month'],
    ['thirty days', '2026-10-23', 'month'],
    ['thirty-one days', '2026-10-22', 'year'],
    ['a year', '2025-11-22', 'year'],
    ['a year and a day', '2025-11-21', 'longer'],
  ])('%s', (_case, day, age) => {
    expect(gapAge({ day, isExact: true }, today)).toBe(age);
  });
});
