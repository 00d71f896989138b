// Transitions between two waves: every partner once, in the row it left and the column it came to.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  findTransitions,
  type Standing,
  standingIn,
  standings,
  type WaveAnswers,
} from '../../server/domain/transitions.ts';
import { type Level, levels } from '../../server/domain/words.ts';

/** A wave from `{ partner: level or 'not-answered' }`. */
function aWaveOf(stands: Record<string, Level | 'not-answered'>): WaveAnswers {
  return {
    asked: Object.keys(stands),
    answers: new Map(
      Object.entries(stands).filter(
        (entry): entry is [string, Level] => entry[1] !== 'not-answered',
      ),
    ),
  };
}

const anyWave = fc
  .dictionary(
    fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'),
    fc.constantFrom<Level | 'not-answered'>(...levels, 'not-answered'),
  )
  .map(aWaveOf);

const countIn = (wave: WaveAnswers, partners: readonly string[], standing: Standing): number =>
  partners.filter((partner) => standingIn(wave, partner) === standing).length;

describe('findTransitions', () => {
  it.each<
    [string, Level | 'not-answered', Level | 'not-answered', 'closer' | 'same' | 'further' | null]
  >([
    ['a first contact is closer', 'none', 'some', 'closer'],
    ['learning of a group without contact is the same strength', 'unaware', 'none', 'same'],
    ['handing over the lead is the same strength', 'leads', 'led', 'same'],
    ['losing touch is further', 'extensive', 'none', 'further'],
    ['not answering is not a change of level', 'some', 'not-answered', null],
  ])('%s', (_name, before, after, change) => {
    const { panel, cells } = findTransitions(aWaveOf({ tulsa: before }), aWaveOf({ tulsa: after }));

    expect(cells[before][after]).toEqual(['tulsa']);
    expect(panel.size).toBe(change === null ? 0 : 1);
    if (change !== null) expect(panel[change]).toEqual(['tulsa']);
  });

  it('keeps those who were not asked apart from those who did not answer', () => {
    const { cells } = findTransitions(
      aWaveOf({ tulsa: 'some' }),
      aWaveOf({ tulsa: 'not-answered', memphis: 'unaware' }),
    );

    expect(cells.some['not-answered']).toEqual(['tulsa']);
    expect(cells['not-asked'].unaware).toEqual(['memphis']);
  });

  it('has row and column totals equal to the totals of the two waves', () => {
    fc.assert(
      fc.property(anyWave, anyWave, (before, after) => {
        const all = [...new Set([...before.asked, ...after.asked])];
        const found = findTransitions(before, after);

        for (const standing of standings) {
          expect(found.rowTotals[standing]).toBe(countIn(before, all, standing));
          expect(found.columnTotals[standing]).toBe(countIn(after, all, standing));
        }
        expect(found.partners).toBe(all.length);
      }),
    );
  });

  it('has every partner in one cell only, and nobody whom neither wave asked', () => {
    fc.assert(
      fc.property(anyWave, anyWave, (before, after) => {
        const { cells, partners } = findTransitions(before, after);
        const listed = standings.flatMap((row) =>
          standings.flatMap((column) => cells[row][column]),
        );

        expect(listed).toHaveLength(partners);
        expect(new Set(listed).size).toBe(partners);
        expect(cells['not-asked']['not-asked']).toEqual([]);
      }),
    );
  });

  it('splits the panel of those who answered both into closer, same and further', () => {
    fc.assert(
      fc.property(anyWave, anyWave, (before, after) => {
        const both = [...before.answers.keys()].filter((partner) => after.answers.has(partner));
        const { panel } = findTransitions(before, after);

        expect(panel.size).toBe(both.length);
        expect([...panel.closer, ...panel.same, ...panel.further].sort()).toEqual(both.sort());
      }),
    );
  });
});
