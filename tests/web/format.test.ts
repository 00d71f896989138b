// The words for dates, ages, distances, counts, cities and liveness, never finer than what is known.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { flags, groupKinds, levels } from '../../server/domain/words.ts';
import {
  cityLabel,
  flagLabel,
  flagSentence,
  formatAge,
  formatCount,
  formatDate,
  formatDistance,
  formatMiles,
  groupKindLabel,
  levelLabel,
  livenessText,
} from '../../server/web/format.ts';

const today = '2026-11-22';

describe('formatDate', () => {
  it.each([
    ['2026-03-12', '12 March 2026'],
    ['2026-03-02', '2 March 2026'],
    ['2026-03', 'March 2026'],
    ['2026', '2026'],
    ['2026-03-12T18:30:00.000Z', '12 March 2026'],
    ['around 1996', 'around 1996'],
  ])('says %s as %s', (date, words) => {
    expect(formatDate(date)).toBe(words);
  });
});

describe('formatAge', () => {
  it.each([
    ['2026-11-22', 'today'],
    ['2026-11-21', 'yesterday'],
    ['2026-11-23', 'tomorrow'],
    ['2026-11-12', '10 days ago'],
    ['2026-11-01', '3 weeks ago'],
    ['2026-03-22', '8 months ago'],
    ['2023-02-21', '3 years ago'],
    ['2026-12-20', 'in 4 weeks'],
    ['2026-11', 'this month'],
    ['2026-10', '1 month ago'],
    ['2023-02', '3 years ago'],
    ['2026', 'this year'],
    ['2025', '1 year ago'],
  ])('says %s as %s', (date, words) => {
    expect(formatAge(date, today)).toBe(words);
  });

  it('is never finer than the date', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1990, max: 2030 }), (year) => {
        expect(formatAge(String(year), today)).toMatch(/year/);
      }),
    );
  });
});

describe('distances', () => {
  it.each([
    [0, 'less than 0.1 miles'],
    [1, '1 mile'],
    [4.23, '4.2 miles'],
    [9.96, '10 miles'],
    [33.8, '34 miles'],
    [1204.4, '1,204 miles'],
  ])('says %d miles as %s', (miles, words) => {
    expect(formatMiles(miles)).toBe(words);
  });

  it('is in miles in the United States and in kilometres elsewhere', () => {
    expect(formatDistance(50, 'US')).toBe('50 miles');
    expect(formatDistance(50, '')).toBe('50 miles');
    expect(formatDistance(50, 'CA')).toBe('80 kilometres');
  });
});

describe('formatCount', () => {
  it.each([
    [0, 'no groups'],
    [1, '1 group'],
    [1204, '1,204 groups'],
  ])('says %d as %s', (count, words) => {
    expect(formatCount(count, 'group', 'groups')).toBe(words);
  });
});

describe('cityLabel', () => {
  it('names the state in the United States and the country elsewhere', () => {
    expect(cityLabel({ name: 'Pittsburgh', state: 'PA', country: 'US' })).toBe('Pittsburgh, PA');
    expect(cityLabel({ name: 'Toronto', state: '', country: 'CA' })).toBe('Toronto, Canada');
    expect(cityLabel({ name: 'Nowhere', state: '', country: '?' })).toBe('Nowhere, ?');
  });
});

describe('the words of the directory', () => {
  it('has one label for each flag, and no two the same', () => {
    expect(new Set(flags.map(flagLabel)).size).toBe(flags.length);
    for (const flag of flags) expect(flagSentence({ flag })).toMatch(/\.$/);
  });

  it('has one label for each level and kind of group', () => {
    expect(new Set(levels.map(levelLabel)).size).toBe(levels.length);
    expect(new Set(groupKinds.map(groupKindLabel)).size).toBe(groupKinds.length);
  });
});

describe('livenessText', () => {
  const unknown = {
    liveness: { state: 'no-signal', sign: null },
    listing: null,
    closed: null,
  } as const;
  const listing = { date: '2023-02', mark: 'unknown' } as const;

  it('does not take a listing for a sign of life', () => {
    expect(livenessText({ ...unknown, listing }, today)).toBe(
      'listed, February 2023, not checked since',
    );
  });

  it('says when a listed group was checked in vain', () => {
    expect(livenessText({ ...unknown, listing, checkedOn: '2026-11-20' }, today)).toBe(
      'listed, February 2023, no sign of life when checked on 20 November 2026',
    );
  });

  it('does not call a group closed that was revived', () => {
    const closed = { date: '2025-01', reason: 'said so' };
    const liveness = { state: 'live', sign: { kind: 'last-event', date: '2026-11-21' } } as const;

    expect(livenessText({ ...unknown, closed, liveness }, today)).toBe('met yesterday');
  });

  it('says that nothing is known', () => {
    expect(livenessText(unknown, today)).toBe('nothing known yet');
  });

  it.each([
    ['last-event', '2026-11-01', 'met 3 weeks ago'],
    ['next-event', '2026-12-14', 'next meeting 14 December 2026'],
    ['last-push', '2026-10-20', 'published code 5 weeks ago'],
    ['confirmed', '2026-11-21', 'confirmed by a person yesterday'],
    ['last-post', '2026-11-15', 'posted news 7 days ago'],
    ['website-answers', '2026-11-22', 'website changed today'],
    ['next-event', '2026-11-10', 'announced a meeting for 10 November 2026'],
  ] as const)('says the sign %s of a live group in words', (kind, date, words) => {
    const liveness = { state: 'live', sign: { kind, date } } as const;

    expect(livenessText({ ...unknown, liveness }, today)).toBe(words);
  });

  it('dates the last sign of a quiet group', () => {
    const liveness = { state: 'quiet', sign: { kind: 'last-event', date: '2023' } } as const;

    expect(livenessText({ ...unknown, liveness }, today)).toBe('no sign since 2023');
  });

  it('says that the list marks a group as inactive', () => {
    const marked = { date: '2023-02', mark: 'inactive' } as const;
    const liveness = { state: 'quiet', sign: null } as const;

    expect(livenessText({ ...unknown, liveness, listing: marked }, today)).toBe(
      'marked inactive in its list, February 2023',
    );
  });

  it('says when a group closed, and why', () => {
    const liveness = { state: 'closed', sign: null } as const;
    const closed = { date: '2026-03-03', reason: 'two requests to confirm went unanswered' };

    expect(livenessText({ ...unknown, liveness, closed }, today)).toBe(
      'closed 3 March 2026: two requests to confirm went unanswered',
    );
  });

  it('says when a group closed of which no reason is known', () => {
    const liveness = { state: 'closed', sign: null } as const;
    const closed = { date: '2019-05', reason: '' };

    expect(livenessText({ ...unknown, liveness, closed }, today)).toBe('closed May 2019');
  });

  it('says the sign that revived a closed group, not its closing', () => {
    const sign = { kind: 'last-event', date: '2026-11-01' } as const;
    const closed = { date: '2026-03-03', reason: 'nobody came' };

    expect(livenessText({ ...unknown, liveness: { state: 'live', sign }, closed }, today)).toBe(
      'met 3 weeks ago',
    );
  });
});
