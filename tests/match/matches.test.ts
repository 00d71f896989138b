// Which groups fit a partner, which partners a group and what a city, over a snapshot: candidates, order, ties.
// The points of each part are in domain/match.test.ts, the sentences in words.test.ts.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type {
  CityEntry,
  Directory,
  GroupEntry,
  PartnerEntry,
} from '../../server/directory/directory.ts';
import {
  findMatch,
  type MatchEntry,
  matchesOfCity,
  matchesOfGroup,
  matchesOfPartner,
} from '../../server/directory/matches.ts';
import { distanceMiles } from '../../server/domain/distance.ts';
import type { DirectoryRecords, Sign } from '../../server/domain/records.ts';
import { anyRecords } from '../support/arbitraries.ts';
import {
  aCollaboration,
  aConvening,
  aGroup,
  aPartner,
  aReport,
  aVerdict,
} from '../support/builders.ts';
import { aDirectory, seedDirectory } from '../support/directory.ts';

const there = <Entry>(entry: Entry | undefined): Entry => {
  if (!entry) throw new Error('not in the directory');
  return entry;
};
const partnerIn = (directory: Directory): PartnerEntry => there(directory.partners[0]);
const namesOf = (items: readonly MatchEntry[]): string[] => items.map(({ group }) => group.name);
const live: Sign = { kind: 'last-event', date: '2026-11-01', source: 'its calendar', url: null };

/** North of Tulsa; a degree of latitude is 69 miles. */
const milesNorth = (miles: number) => ({ lat: 36.154 + miles / 69.1, city: 'norman-ok' });

describe('the groups that fit a partner', () => {
  const directory = aDirectory({
    partners: [aPartner({ topics: ['housing'] })],
    groups: [
      aGroup({ name: 'Here and silent' }),
      aGroup({ name: 'Here and live', signs: [live] }),
      aGroup({ name: 'Near and live', ...milesNorth(20), signs: [live] }),
      aGroup({ name: 'Far with a topic', ...milesNorth(45), topics: ['homes'] }),
      aGroup({ name: 'Too far', ...milesNorth(55), signs: [live] }),
      aGroup({ name: 'Of the city, and far out', lat: 38 }),
      aGroup({ name: 'Closed', closed: { date: '2026-01-01', reason: 'said so' } }),
    ],
  });

  it('stand best first, to twice the reach, without closed ones', () => {
    const { items, total } = matchesOfPartner(directory, partnerIn(directory));

    expect(namesOf(items)).toEqual([
      'Here and live',
      'Here and silent',
      'Of the city, and far out',
      'Near and live',
      'Far with a topic',
    ]);
    expect(total).toBe(5);
    expect(items.map(({ isInReach }) => isInReach)).toEqual([true, true, false, true, false]);
  });

  it('are cut at the limit, and counted without it', () => {
    const { items, total } = matchesOfPartner(directory, partnerIn(directory), { limit: 2 });

    expect([items.length, total]).toEqual([2, 5]);
    const inReach = matchesOfPartner(directory, partnerIn(directory), { inReach: true });
    expect(namesOf(inReach.items)).toEqual(['Here and live', 'Here and silent', 'Near and live']);
  });

  it('are none for a former partner', () => {
    const past = aDirectory({ partners: [aPartner({ status: 'former' })], groups: [aGroup()] });

    expect(matchesOfPartner(past, partnerIn(past)).total).toBe(0);
    expect(matchesOfGroup(past, there(past.groups[0])).total).toBe(0);
    expect(findMatch(past, partnerIn(past), there(past.groups[0]))).toBeNull();
  });
});

describe('known ties', () => {
  const pointsOf = (over: Partial<DirectoryRecords>): number | undefined => {
    const directory = aDirectory({ partners: [aPartner()], groups: [aGroup()], ...over });
    const match = findMatch(directory, partnerIn(directory), there(directory.groups[0]));
    return match?.parts.find(({ name }) => name === 'known-ties')?.points;
  };
  const groups = ['code-for-tulsa'];
  const said = aReport({ groups });

  it.each([
    ['none', {}, 0],
    ['a report about the group', { reports: [said] }, 3],
    ['a report about another group', { reports: [aReport({ groups: ['open-tulsa'] })] }, 0],
    ['a report of no contact', { reports: [aReport({ groups, level: 'none' })] }, 0],
    [
      'a report that the group disputes',
      { reports: [said], verdicts: [aVerdict({ report: said.id, verdict: 'disputed' })] },
      0,
    ],
    ['a collaboration', { collaborations: [aCollaboration()] }, 3],
    [
      'a collaboration and the report that it was read as',
      {
        collaborations: [aCollaboration()],
        reports: [aReport({ groups, collaboration: 'a-map-of-vacant-lots' })],
      },
      3,
    ],
    [
      'a shared convening',
      { convenings: [aConvening({ partners: ['tulsa-data-center'], groups })] },
      2,
    ],
    ['a convening where only one of them was', { convenings: [aConvening({ groups })] }, 0],
  ] as const)('%s', (_name, over, expected) => {
    expect(pointsOf(over as unknown as Partial<DirectoryRecords>)).toBe(expected);
  });
});

describe('the matches of a city', () => {
  it('name each group once, with the partner of the city that it fits best', () => {
    const directory = aDirectory({
      partners: [aPartner(), aPartner({ name: 'Tulsa Homes', topics: ['housing'] })],
      groups: [aGroup({ topics: ['housing'] })],
    });

    const { items } = matchesOfCity(directory, there(directory.findCity('tulsa-ok')));

    expect(items.map(({ partner, group }) => [partner.name, group.name])).toEqual([
      ['Tulsa Homes', 'Code for Tulsa'],
    ]);
  });

  it('of a city without a partner are those of its groups with the partners around', () => {
    const directory = aDirectory({
      partners: [aPartner()],
      groups: [aGroup({ name: 'Code for Norman', ...milesNorth(30) })],
    });

    const { items } = matchesOfCity(directory, there(directory.findCity('norman-ok')));

    expect(items.map(({ partner }) => partner.name)).toEqual(['Tulsa Data Center']);
  });
});

describe('whatever the directory holds', () => {
  const sides = (entries: readonly MatchEntry[]): string[] =>
    entries.map(({ partner, group, score }) => `${partner.slug} ${group.slug} ${score}`);
  const isCandidate = (partner: PartnerEntry, group: GroupEntry): boolean =>
    partner.status !== 'former' &&
    group.liveness.state !== 'closed' &&
    (group.city === partner.city ||
      distanceMiles(partner, group) <= 2 * partner.effectiveReachMiles);

  it('both sides see the same matches, and all that there are', () => {
    fc.assert(
      fc.property(anyRecords, (records) => {
        const directory = aDirectory(records);
        const ofPartners = directory.partners.flatMap(
          (partner) => matchesOfPartner(directory, partner).items,
        );
        const ofGroups = directory.groups.flatMap(
          (group) => matchesOfGroup(directory, group).items,
        );
        expect(sides(ofPartners).sort()).toEqual(sides(ofGroups).sort());
        const expected = directory.partners.flatMap((partner) =>
          directory.groups.filter((group) => isCandidate(partner, group)),
        );
        expect(ofPartners.length).toBe(expected.length);
      }),
      { numRuns: 60 },
    );
  });

  it('the order does not depend on the order of the records', () => {
    fc.assert(
      fc.property(anyRecords, (records) => {
        const order = (given: Partial<DirectoryRecords>): string[] => {
          const directory = aDirectory(given);
          return directory.partners.flatMap((partner) =>
            sides(matchesOfPartner(directory, partner).items),
          );
        };
        const turned = { ...records, groups: [...(records.groups ?? [])].reverse() };
        expect(order(turned)).toEqual(order(records));
      }),
      { numRuns: 60 },
    );
  });
});

describe('the starting directory', () => {
  it('matches every group in reach of each partner city, with parts that add up', async () => {
    const directory = await seedDirectory();
    const cities: readonly CityEntry[] = directory.cities.filter(
      ({ isPartnerCity }) => isPartnerCity,
    );

    for (const city of cities) {
      const { items, total } = matchesOfCity(directory, city, { inReach: true });
      expect([city.slug, total]).toEqual([city.slug, city.groupsInReach.length]);
      for (const { score, parts } of items) {
        expect(parts.reduce((all, { points }) => all + points, 0)).toBe(score);
      }
    }
  });
});
