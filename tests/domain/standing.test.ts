// Standing of a report: the partner's word, and what the groups that it names say of it.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ReportVerdict } from '../../server/domain/records.ts';
import { groupStanding, newestVerdict, standingOf } from '../../server/domain/standing.ts';
import { verdicts as words } from '../../server/domain/words.ts';
import { aReport, aVerdict } from '../support/builders.ts';

const named = ['code-for-tulsa', 'open-tulsa', 'tulsa-data-meetup'];
const report = aReport({ id: 'r1', groups: named });

const anyVerdicts: fc.Arbitrary<ReportVerdict[]> = fc
  .array(
    fc.record({
      report: fc.constantFrom('r1', 'r2'),
      group: fc.constantFrom(...named, 'a-group-not-named'),
      verdict: fc.constantFrom(...words),
      second: fc.integer({ min: 0, max: 5 }),
    }),
    { maxLength: 12 },
  )
  .map((all) =>
    all.map(({ second, ...over }) =>
      aVerdict({ ...over, createdAt: `2026-07-01T00:00:0${second}.000Z` }),
    ),
  );

describe('standingOf', () => {
  it.each([
    ['is one-sided where nobody answered', [], 'one-sided'],
    ['is mutual once a named group confirms', [['open-tulsa', 'confirmed']], 'mutual'],
    ['is disputed once a named group disputes', [['open-tulsa', 'disputed']], 'disputed'],
    [
      'is disputed where one group confirms and another disputes',
      [
        ['open-tulsa', 'confirmed'],
        ['code-for-tulsa', 'disputed'],
      ],
      'disputed',
    ],
    [
      'follows a group that changes its mind',
      [
        ['open-tulsa', 'disputed'],
        ['open-tulsa', 'confirmed'],
      ],
      'mutual',
    ],
    ['gives no say to a group it does not name', [['stranger', 'disputed']], 'one-sided'],
  ] as const)('%s', (_name, said, expected) => {
    const verdicts = said.map(([group, verdict], hour) =>
      aVerdict({ report: 'r1', group, verdict, createdAt: `2026-07-01T0${hour}:00:00.000Z` }),
    );

    expect(standingOf(report, verdicts)).toBe(expected);
  });

  it('is disputed exactly where a named group is, and mutual where only confirming ones answered', () => {
    fc.assert(
      fc.property(anyVerdicts, (verdicts) => {
        const each = named.map((group) => groupStanding('r1', group, verdicts));
        const standing = standingOf(report, verdicts);

        expect(standing === 'disputed').toBe(each.includes('disputed'));
        expect(standing === 'one-sided').toBe(each.every((one) => one === 'one-sided'));
      }),
    );
  });

  it('does not depend on the order in which verdicts are read', () => {
    fc.assert(
      fc.property(anyVerdicts, (verdicts) => {
        expect(standingOf(report, [...verdicts].reverse())).toBe(standingOf(report, verdicts));
      }),
    );
  });

  it('is decided by the newest verdict of each group alone', () => {
    fc.assert(
      fc.property(anyVerdicts, (verdicts) => {
        const newest = named.flatMap((group) => newestVerdict('r1', group, verdicts) ?? []);

        expect(standingOf(report, newest)).toBe(standingOf(report, verdicts));
        for (const one of newest) {
          const own = verdicts.filter(
            (other) => other.report === 'r1' && other.group === one.group,
          );
          expect(own.every((other) => other.createdAt <= one.createdAt)).toBe(true);
        }
      }),
    );
  });
});
