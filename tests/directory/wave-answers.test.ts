// What a snapshot says of the survey's waves: answers that count, waves that can be compared, verdicts.
import { describe, expect, it } from '@jest/globals';
import { aFrozenWave, aReport, aVerdict, aWave } from '../support/builders.ts';
import { aDirectory } from '../support/directory.ts';

const answer = (partner: string, day: number, over: Parameters<typeof aReport>[0] = {}) =>
  aReport({
    partner,
    wave: '2026-06',
    date: `2026-06-0${day}`,
    createdAt: `2026-06-0${day}T09:00:00.000Z`,
    ...over,
  });

describe('answersIn', () => {
  it('counts the newest answer of each partner and keeps its first', () => {
    const directory = aDirectory({
      waves: [aWave({ asked: ['a', 'b', 'c'] })],
      reports: [
        answer('a', 2, { level: 'unaware' }),
        answer('a', 5, { level: 'some' }),
        answer('a', 3, { level: 'none' }),
        answer('b', 4, { level: 'leads' }),
      ],
    });

    const { asked, final, first } = directory.answersIn('2026-06');

    expect(asked).toEqual(['a', 'b', 'c']);
    expect([...final].map(([partner, { level }]) => [partner, level])).toEqual([
      ['a', 'some'],
      ['b', 'leads'],
    ]);
    expect(first.get('a')?.level).toBe('unaware');
    expect(first.get('b')).toBe(final.get('b'));
  });

  it('takes one that answered for asked, and leaves reports between waves out', () => {
    const directory = aDirectory({
      waves: [aWave({ asked: ['a'] })],
      reports: [answer('b', 2), aReport({ partner: 'a', date: '2026-06-03' })],
    });

    const { asked, final } = directory.answersIn('2026-06');

    expect(asked).toEqual(['a', 'b']);
    expect([...final.keys()]).toEqual(['b']);
  });

  it('is empty for a wave that is not there', () => {
    expect(aDirectory().answersIn('1999-01').final.size).toBe(0);
  });
});

describe('waveBefore', () => {
  it('is the newest earlier wave that is closed and was answered partner by partner', () => {
    const directory = aDirectory({
      waves: [
        aWave({ slug: '2027-06', state: 'open' }),
        aWave({ slug: '2026-06' }),
        aWave({ slug: '2025-06' }),
        aWave({ slug: '2024-06', state: 'open' }),
        aWave({ slug: '2023-06' }),
      ],
      reports: [
        aReport({ wave: '2023-06' }),
        aReport({ wave: '2024-06' }),
        aReport({ wave: '2026-06' }),
      ],
    });

    expect(directory.waveBefore('2027-06')?.slug).toBe('2026-06');
    expect(directory.waveBefore('2026-06')?.slug).toBe('2023-06');
    expect(directory.waveBefore('2023-06')).toBeUndefined();
    expect(directory.waveBefore('1999-01')).toBeUndefined();
  });

  it('passes over a wave that is known by its totals alone', () => {
    const totals = {
      respondents: 25,
      method: '',
      levels: [],
      combined: [],
      alsoStated: [],
      notes: [],
    };
    const directory = aDirectory({
      waves: [aWave({ slug: '2026-06' }), aWave({ slug: '2014-07', aggregate: totals })],
      reports: [aReport({ wave: '2026-06' })],
    });

    expect(directory.waveBefore('2026-06')).toBeUndefined();
  });
});

describe('reportsAbout', () => {
  it('lists reports that name the group, newest first, and only the answer that counts', () => {
    const groups = ['code-for-tulsa'];
    const directory = aDirectory({
      waves: [aWave({ asked: ['a'] })],
      reports: [
        answer('a', 2, { groups, level: 'none' }),
        answer('a', 5, { groups, level: 'some' }),
        answer('b', 6, { groups: ['open-tulsa'] }),
        aReport({ partner: 'c', groups, date: '2026-09-01', level: 'extensive' }),
      ],
    });

    expect(directory.reportsAbout('code-for-tulsa').map(({ level }) => level)).toEqual([
      'extensive',
      'some',
    ]);
    expect(directory.reportsAbout('nobody')).toEqual([]);
  });
});

describe('verdictsOn and frozenWave', () => {
  it('find what groups said of one report, and what a closing froze', () => {
    const frozen = aFrozenWave();
    const directory = aDirectory({
      waves: [aWave()],
      verdicts: [aVerdict({ report: 'r1' }), aVerdict({ report: 'r2', verdict: 'disputed' })],
      frozenWaves: [frozen],
    });

    expect(directory.verdictsOn('r2').map(({ verdict }) => verdict)).toEqual(['disputed']);
    expect(directory.verdictsOn('r3')).toEqual([]);
    expect(directory.frozenWave('2026-06')).toBe(frozen);
    expect(directory.frozenWave('2025-06')).toBeUndefined();
  });
});
