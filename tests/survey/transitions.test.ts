// The table of transitions as the page shows it, over random waves: nothing lost, nothing folded, nobody twice.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Directory } from '../../server/directory/directory.ts';
import { standings } from '../../server/domain/transitions.ts';
import { type Level, levels } from '../../server/domain/words.ts';
import { toLevelBars } from '../../server/features/survey/figure.ts';
import { transitionsView } from '../../server/features/survey/transitions-view.ts';
import { aPartner, aReport, aWave } from '../support/builders.ts';
import { aDirectory } from '../support/directory.ts';

const slugs = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'] as const;
const slots = ['2025-06', '2026-06'] as const;
type Stand = Level | 'not-answered';

/** What each partner that a wave asked did; the rest were not asked. One answer at least. */
const anyWave: fc.Arbitrary<Record<string, Stand>> = fc
  .tuple(
    fc.dictionary(
      fc.constantFrom(...slugs),
      fc.constantFrom<Stand>(...levels, 'not-answered', 'not-answered'),
    ),
    fc.constantFrom(...slugs),
    fc.constantFrom(...levels),
  )
  .map(([stands, partner, level]) => ({ ...stands, [partner]: level }));

/** Each answer was another one before it was changed. */
function directoryOf(waves: readonly Record<string, Stand>[]): Directory {
  return aDirectory({
    partners: slugs.map((slug) => aPartner({ slug, name: slug })),
    waves: waves.map((stands, index) =>
      aWave({ slug: slots[index] ?? '', asked: Object.keys(stands) }),
    ),
    reports: waves.flatMap((stands, index) =>
      Object.entries(stands).flatMap(([partner, level]) => {
        if (level === 'not-answered') return [];
        const wave = slots[index] ?? '';
        return [
          aReport({ partner, wave, level: 'led', date: `${wave}-05` }),
          aReport({ partner, wave, level, date: `${wave}-06` }),
        ];
      }),
    ),
  });
}

const countOf = (stands: Record<string, Stand>, wanted: string, all: readonly string[]): number =>
  all.filter((slug) => (stands[slug] ?? 'not-asked') === wanted).length;

const sum = (numbers: readonly number[]): number =>
  numbers.reduce((total, number) => total + number, 0);

function viewOf(directory: Directory, choice = { from: '', to: '' } as const) {
  const wave = directory.findWave('2026-06');
  const view = wave && transitionsView(directory, wave, choice);
  if (!view) throw new Error('there are transitions whenever the wave before has an answer');
  return view;
}

describe('the table of transitions on the page', () => {
  it('has row and column totals equal to the totals of the two waves', () => {
    fc.assert(
      fc.property(anyWave, anyWave, (before, now) => {
        const view = viewOf(directoryOf([before, now]));
        const all = [...new Set([...Object.keys(before), ...Object.keys(now)])];

        standings.forEach((standing, index) => {
          const row = view.rows[index];
          const column = view.rows.map(({ cells }) => cells[index]?.count ?? 0);
          expect(row?.total).toBe(countOf(before, standing, all));
          expect(sum((row?.cells ?? []).map(({ count }) => count))).toBe(row?.total);
          expect(view.totals[index]).toBe(countOf(now, standing, all));
          expect(sum(column)).toBe(view.totals[index]);
        });
        expect(view.partners).toBe(all.length);
        expect(sum(view.totals)).toBe(all.length);
      }),
      { numRuns: 60 },
    );
  });

  it('agrees with the bars of the wave, and with its own drawing', () => {
    fc.assert(
      fc.property(anyWave, anyWave, (before, now) => {
        const directory = directoryOf([before, now]);
        const view = viewOf(directory);
        const bars = toLevelBars(directory.answersIn('2026-06'), false);

        expect(bars.map(({ count }) => count)).toEqual(view.totals.slice(0, -1));
        expect(sum(bars.map(({ count }) => count))).toBe(Object.keys(now).length);
        expect(view.matrix.circles.map(({ count }) => count)).toEqual(
          view.rows.flatMap(({ cells }) => cells.map(({ count }) => count)).filter(Boolean),
        );
      }),
      { numRuns: 60 },
    );
  });

  it('names as many partners behind a cell as it counts, each in one cell', () => {
    fc.assert(
      fc.property(anyWave, anyWave, (before, now) => {
        const directory = directoryOf([before, now]);
        const wave = directory.findWave('2026-06');
        const named = standings.flatMap((from, row) =>
          standings.flatMap((to, column) => {
            const view = wave && transitionsView(directory, wave, { from, to });
            const partners = view?.chosen?.partners ?? [];
            expect(partners).toHaveLength(view?.rows[row]?.cells[column]?.count ?? -1);
            return partners.map(({ name }) => name.label);
          }),
        );

        expect(named.sort()).toEqual(
          [...new Set([...Object.keys(before), ...Object.keys(now)])].sort(),
        );
      }),
      { numRuns: 15 },
    );
  });

  it('bounds the names it prints, and says where the rest are', () => {
    const many = Array.from({ length: 450 }, (_, index) => `p-${index}`);
    const directory = aDirectory({
      waves: slots.map((slug) => aWave({ slug, asked: many })),
      reports: [aReport({ partner: 'p-0', wave: '2025-06', date: '2025-06-05' })],
    });
    const wave = directory.findWave('2026-06');
    const choice = { from: 'not-answered', to: 'not-answered' } as const;
    const chosen = wave && transitionsView(directory, wave, choice)?.chosen;

    expect(chosen?.partners).toHaveLength(200);
    expect(chosen?.more).toEqual({
      label: '249 more are named in the data of this survey',
      href: '/api/v1/waves/2026-06',
    });
  });
});
