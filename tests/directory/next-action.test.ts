// What to do next about a gap: which group, which convening and which other partner it names, and when none.
import { describe, expect, it } from '@jest/globals';
import { findGotPast, findNextAction, namedBarriers } from '../../server/directory/next-action.ts';
import type { Convening, DirectoryRecords } from '../../server/domain/records.ts';
import { aConvening, aGroup, aPartner, aReport, someRecords } from '../support/builders.ts';
import { aDirectory } from '../support/directory.ts';

const partners = [
  aPartner({ topics: ['housing'] }),
  aPartner({ name: 'Norman Data', city: 'norman-ok', lat: 35.2 }),
];

function look(over: Partial<DirectoryRecords> = {}) {
  const directory = aDirectory(someRecords({ partners, groups: [aGroup()], ...over }));
  const city = directory.findCity('tulsa-ok');
  if (!city) throw new Error('no Tulsa');
  return { directory, city };
}
const meetingWith = (...convenings: Convening[]) => {
  const { directory, city } = look({ convenings });
  return findNextAction(directory, city)?.convening?.slug ?? null;
};
const next = { start: '2027-05-01', end: null };

describe('the next action about a gap', () => {
  it('is none where there is no gap', () => {
    const { directory, city } = look({ reports: [aReport({ level: 'some', date: '2026-11-01' })] });

    expect(findNextAction(directory, city)).toBeNull();
  });

  it('names no group where the directory has none', () => {
    const { directory, city } = look({ groups: [] });

    expect(findNextAction(directory, city)).toEqual({
      group: null,
      sharedTopics: [],
      convening: null,
    });
  });

  it('turns to a live group in reach before a nearer one of which nothing is known', () => {
    const sign = { kind: 'last-event', date: '2026-10-01', source: 'x', url: null } as const;
    const live = aGroup({ name: 'Live', lat: 36.3, signs: [sign], topics: ['Housing'] });
    const { directory, city } = look({ groups: [aGroup(), live] });

    const action = findNextAction(directory, city);

    expect(action?.group?.group.name).toBe('Live');
    expect(action?.sharedTopics).toEqual(['housing']);
  });

  it.each([
    ['in the city', aConvening(next), 'tulsa-data-day'],
    ['everywhere at once', aConvening({ ...next, city: null, place: '' }), 'tulsa-data-day'],
    [
      'elsewhere, with its partner',
      aConvening({ ...next, city: 'norman-ok', partners: ['tulsa-data-center'] }),
      'tulsa-data-day',
    ],
    ['elsewhere, without them', aConvening({ ...next, city: 'norman-ok' }), null],
    ['over', aConvening({ start: '2026-09-10', end: null }), null],
  ])('names a convening that is %s, or not', (_case, convening, found) => {
    expect(meetingWith(convening)).toBe(found);
  });

  it('names the soonest of several', () => {
    const later = aConvening({ name: 'Later', start: '2028' });

    expect(meetingWith(later, aConvening({ name: 'Soon', start: '2027-01-02' }))).toBe('soon');
  });
});

describe('a barrier', () => {
  const named = aReport({ level: 'none', date: '2026-10-01', barriers: ['no-time'] });
  const other = { partner: 'norman-data' };
  const then = aReport({ ...other, level: 'none', date: '2025-01-01', barriers: ['no-time'] });

  it.each([
    ['got past it', [aReport({ ...other, level: 'some', date: '2026-10-01' })], ['Norman Data']],
    ['still has it', [aReport({ ...other, level: 'none', date: '2026-10-01' })], []],
    ['said nothing since', [], []],
  ])('that another partner named before: it %s', (_case, since, names) => {
    const { directory, city } = look({ reports: [named, then, ...since] });

    expect(namedBarriers(directory, city)).toEqual(['no-time']);
    expect(findGotPast(directory, city).map(({ partner }) => partner.name)).toEqual(names);
  });
});
