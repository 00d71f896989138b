// The reasons of a match as people read them: to the partner, to the group, and to everybody; and the free words
// that no list knows.
import { describe, expect, it } from '@jest/globals';
import { findMatch } from '../../server/directory/matches.ts';
import { unlistedWords } from '../../server/directory/unlisted-words.ts';
import { helpKinds } from '../../server/domain/help-kinds.ts';
import type { MatchPartName } from '../../server/domain/match.ts';
import type { DirectoryRecords, Group, Partner } from '../../server/domain/records.ts';
import { topics } from '../../server/domain/topics.ts';
import { toMatchDetail } from '../../server/web/match-view.ts';
import { type Listener, matchReason } from '../../server/web/match-words.ts';
import { splitWords, toWordChoices } from '../../server/web/word-choices.ts';
import { aCollaboration, aConvening, aGroup, aPartner, aReport } from '../support/builders.ts';
import { aDirectory, testDay } from '../support/directory.ts';

interface World {
  readonly partner?: Partial<Partner>;
  readonly group?: Partial<Group>;
  readonly records?: Partial<DirectoryRecords>;
}

function matchIn({ partner = {}, group = {}, records = {} }: World) {
  const directory = aDirectory({
    partners: [aPartner(partner)],
    groups: [aGroup(group)],
    ...records,
  });
  const [ours] = directory.partners;
  const [theirs] = directory.groups;
  const match = ours && theirs && findMatch(directory, ours, theirs);
  if (!match) throw new Error('no match');
  return match;
}

function reason(name: MatchPartName, world: World, listener: Listener = 'everybody'): string {
  const match = matchIn(world);
  const part = match.parts.find((one) => one.name === name);
  if (!part) throw new Error(`no part ${name}`);
  return matchReason(part, { group: match.group, today: testDay, listener });
}

const both = ['code-for-tulsa'];
const partners = ['tulsa-data-center'];

describe('the distance', () => {
  it.each([
    ['In the same city', {}],
    ['4.1 miles apart', { city: 'norman-ok', lat: 36.213 }],
    ['Less than a mile apart', { city: 'norman-ok' }],
    [
      '6.9 miles apart, measured to where it is listed (All of Oklahoma)',
      { city: null, state: 'OK', lat: 36.254 },
    ],
  ])('is said as “%s”', (expected, group) => {
    expect(reason('distance', { group })).toBe(expected);
  });
});

describe('shared topics', () => {
  const some = {
    partner: { topics: ['Homes', 'transit'] },
    group: { topics: ['housing', 'buses'] },
  };
  const close = { partner: { topics: ['housing'] }, group: { topics: ['eviction'] } };

  it.each([
    ['everybody', 'Both work on housing and transit'],
    ['partner', 'You both work on housing and transit'],
    ['group', 'You both work on housing and transit'],
  ] as const)('are told to %s', (listener, expected) => {
    expect(reason('shared-topics', some, listener)).toBe(expected);
  });

  it.each([
    ['everybody', 'The partner works on housing, the group on eviction'],
    ['partner', 'You work on housing, they on eviction'],
    ['group', 'They work on housing, you on eviction'],
  ] as const)('that are only close are told to %s', (listener, expected) => {
    expect(reason('shared-topics', close, listener)).toBe(expected);
  });

  it.each([
    ['Nothing is known of either’s topics yet', [], []],
    ['Nothing is known of the group’s topics yet', ['housing'], []],
    ['Nothing is known of the partner’s topics yet', [], ['housing']],
    ['No topic that both work on is known', ['housing'], ['transit']],
  ])('that are none are told as “%s”', (expected, ofPartner, ofGroup) => {
    const world = { partner: { topics: ofPartner }, group: { topics: ofGroup } };

    expect(reason('shared-topics', world)).toBe(expected);
  });
});

describe('an offer that meets a need', () => {
  const world = {
    partner: { offers: ['geocoded parcel data'] },
    group: { needs: ['parcel data'] },
  };

  it.each([
    ['everybody', 'The partner offers geocoded parcel data; the group looks for parcel data'],
    ['partner', 'You offer geocoded parcel data; they look for parcel data'],
    ['group', 'They offer geocoded parcel data; you look for parcel data'],
  ] as const)('is told to %s', (listener, expected) => {
    expect(reason('offers-meet-needs', world, listener)).toBe(expected);
  });

  it.each([
    ['Nothing is known of offers and needs yet', [], []],
    ['Nothing is known of what the group needs yet', ['data'], []],
    ['Nothing is known of what the partner offers yet', [], ['data']],
    ['What the partner offers is not what the group needs, as far as is known', ['data'], ['food']],
  ])('that is none is told as “%s”', (expected, offers, needs) => {
    expect(reason('offers-meet-needs', { partner: { offers }, group: { needs } })).toBe(expected);
  });
});

describe('known ties', () => {
  const gave = ['staff-member'] as const;
  it.each([
    ['Nothing is known of them having met', 'everybody', {}],
    ['Nothing is known of you having met', 'partner', {}],
    [
      'Met on 12 March 2026 at Data Day',
      'everybody',
      {
        convenings: [aConvening({ name: 'Data Day', start: '2026-03-12', partners, groups: both })],
      },
    ],
    [
      'Both go to Data Day, on 3 May 2027',
      'everybody',
      {
        convenings: [aConvening({ name: 'Data Day', start: '2027-05-03', partners, groups: both })],
      },
    ],
    [
      'Worked together on “A map of vacant lots”, 2025',
      'everybody',
      { collaborations: [aCollaboration()] },
    ],
    [
      'The partner works closely with the group, reported on 15 January 2026',
      'everybody',
      { reports: [aReport({ level: 'extensive', groups: both })] },
    ],
    [
      'You have some contact with them, reported on 15 January 2026',
      'partner',
      { reports: [aReport({ groups: both })] },
    ],
    [
      'One of their staff is active in your group, reported on 15 January 2026',
      'group',
      { reports: [aReport({ groups: both, gave })] },
    ],
  ] as const)('are told as “%s” to %s', (expected, listener, records) => {
    const world = { records: records as unknown as Partial<DirectoryRecords> };

    expect(reason('known-ties', world, listener)).toBe(expected);
  });
});

describe('the bar of a match', () => {
  it('has its parts end to end, as long as their points', () => {
    const match = matchIn({ partner: { topics: ['housing'] }, group: { topics: ['housing'] } });
    const { score, parts } = toMatchDetail(match, testDay);

    expect(parts.map(({ from, points, most }) => [from, points, most])).toEqual([
      [0, 40, 40],
      [40, 10, 25],
      [50, 0, 15],
      [50, 0, 15],
      [50, 0, 5],
    ]);
    expect(score).toBe(50);
  });
});

describe('a free word', () => {
  it('that no list knows is a suggestion to the list, with who uses it', () => {
    const directory = aDirectory({
      partners: [aPartner({ topics: ['housing', 'Beekeeping'], offers: ['bees', 'maps'] })],
      groups: [aGroup({ topics: ['beekeeping', 'knitting'] })],
    });

    expect(
      unlistedWords(directory).map(({ list, word, partners: ours, groups }) => [
        list,
        word,
        ours.length,
        groups.length,
      ]),
    ).toEqual([
      ['topics', 'Beekeeping', 1, 1],
      ['topics', 'knitting', 0, 1],
      ['help', 'bees', 1, 0],
    ]);
  });

  it('stays as it was written when the list offers its own', () => {
    const words = ['Homes', 'housing', 'beekeeping'];
    const { picked, free } = splitWords(topics, words);
    const choices = toWordChoices(topics, picked, { name: 'topics', legend: '', noun: 'topics' });
    const housing = choices.groups.find(({ wider }) => wider.label === 'housing')?.wider;

    expect([picked, free]).toEqual([['Homes'], ['housing', 'beekeeping']]);
    expect(housing).toMatchObject({ value: 'Homes', written: 'Homes', checked: true });
  });

  it('in a phrase is left to its writer, although it counts as the kind that it names', () => {
    const { picked, free } = splitWords(helpKinds, ['parcel data since 2010', 'space']);

    expect([picked, free]).toEqual([['space'], ['parcel data since 2010']]);
  });
});
