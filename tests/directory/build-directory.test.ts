// The snapshot built from the records: every partner city under one flag, groups in reach, the last known tie,
// the order of lists and the search for groups. The rules of each flag are in domain/flag.test.ts.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { distanceMiles } from '../../server/domain/distance.ts';
import { flags } from '../../server/domain/words.ts';
import { anyDay, anyRecords } from '../support/arbitraries.ts';
import {
  aCity,
  aCollaboration,
  aConvening,
  aGroup,
  aPartner,
  aReport,
  aWave,
} from '../support/builders.ts';
import { aDirectory } from '../support/directory.ts';

const north = (miles: number) => ({ lat: 36.154 + miles / 69.0936, lng: -95.993 });

describe('the snapshot', () => {
  it('counts every partner city under one flag, and the counts add up', () => {
    fc.assert(
      fc.property(anyRecords, anyDay, (records, today) => {
        const directory = aDirectory(records, { today });

        const counted = flags.map((flag) => directory.flagCounts[flag]);
        const partnerCities = directory.cities.filter((city) => city.isPartnerCity);
        expect(counted.reduce((sum, count) => sum + count, 0)).toBe(directory.partnerCityCount);
        expect(partnerCities).toHaveLength(directory.partnerCityCount);
        for (const city of directory.cities) {
          expect(city.isPartnerCity).toBe(city.flag !== 'no-partner');
          expect(city.isPartnerCity).toBe(city.partners.some(({ status }) => status !== 'former'));
        }
      }),
    );
  });

  it('has in reach of a partner exactly the open groups within its reach', () => {
    fc.assert(
      fc.property(anyRecords, (records) => {
        const directory = aDirectory(records);
        const open = directory.groups.filter(({ liveness }) => liveness.state !== 'closed');

        for (const partner of directory.partners) {
          const within = open.filter(
            (group) => distanceMiles(partner, group) <= partner.effectiveReachMiles,
          );
          const inReach = partner.groupsInReach.map(({ group }) => group.slug);
          expect(inReach.toSorted()).toEqual(within.map(({ slug }) => slug).sort());
          for (const group of open) {
            expect(group.partnersInReach.includes(partner.slug)).toBe(
              partner.status !== 'former' && inReach.includes(group.slug),
            );
          }
        }
      }),
    );
  });

  it('gives a city the strongest level among its partners that are not former', () => {
    const directory = aDirectory({
      partners: [
        aPartner({ slug: 'one' }),
        aPartner({ slug: 'two' }),
        aPartner({ slug: 'gone', status: 'former' }),
      ],
      reports: [
        aReport({ partner: 'one', level: 'none' }),
        aReport({ partner: 'two', level: 'some' }),
        aReport({ partner: 'gone', level: 'leads' }),
      ],
    });

    expect(directory.findCity('tulsa-ok')).toMatchObject({ flag: 'some', level: 'some' });
    expect(directory.findPartner('one')?.flag).toBe('no-contact');
    expect(directory.findPartner('gone')?.flag).toBeNull();
  });

  it('moves a group that goes out of reach out of the flag', () => {
    const flagAt = (miles: number) =>
      aDirectory({ partners: [aPartner()], groups: [aGroup({ ...north(miles), city: null })] })
        .cities[0]?.flag;

    expect([flagAt(24.9), flagAt(25.1)]).toEqual(['not-reported', 'no-group']);
  });

  it('tells what was last known only while nothing fresh is', () => {
    const lastKnownWith = (date: string) =>
      aDirectory({ partners: [aPartner()], reports: [aReport({ date })] }).findCity('tulsa-ok')
        ?.lastKnown;

    expect(lastKnownWith('2017')).toEqual({ level: 'some', date: '2017', collaboration: null });
    expect(lastKnownWith('2026')).toBeNull();
  });

  it('prefers the nearest live group to a nearer one of which nothing is known', () => {
    const signs = [{ kind: 'last-event' as const, date: '2026-11', source: 'said', url: null }];
    const groups = [
      aGroup({ slug: 'near', ...north(3) }),
      aGroup({ slug: 'live', ...north(80), signs }),
    ];
    const nearestIn = (some: typeof groups) =>
      aDirectory({ partners: [aPartner()], groups: some }).findCity('tulsa-ok')?.nearestGroup?.group
        .slug;

    expect(nearestIn(groups)).toBe('live');
    expect(nearestIn(groups.slice(0, 1))).toBe('near');
    expect(nearestIn([])).toBeUndefined();
  });

  it('shows groups near a city without a partner, within the default reach', () => {
    const directory = aDirectory({
      cities: [aCity()],
      groups: [aGroup({ ...north(20), city: null }), aGroup({ slug: 'far', ...north(30) })],
    });

    const city = directory.findCity('tulsa-ok');
    expect(city).toMatchObject({ flag: 'no-partner', isGap: false, isPartnerCity: false });
    expect(city?.groupsInReach.map(({ group }) => group.slug)).toEqual(['code-for-tulsa']);
  });

  it('leaves out drafts, and lists the newest first', () => {
    const directory = aDirectory({
      collaborations: [
        aCollaboration({ title: 'Old', to: '2015' }),
        aCollaboration({ title: 'New', to: '2019' }),
        aCollaboration({ title: 'Draft', state: 'draft' }),
      ],
      convenings: [aConvening({ name: 'First', start: '2014-04-02' }), aConvening()],
      waves: [aWave({ slug: '2025-06' }), aWave(), aWave({ slug: '2027-06', state: 'draft' })],
    });

    expect(directory.collaborations.map(({ slug }) => slug)).toEqual(['new', 'old']);
    expect(directory.findCollaboration('draft')).toBeUndefined();
    expect(directory.findCity('tulsa-ok')?.collaborations).toHaveLength(2);
    expect(directory.convenings.map(({ slug }) => slug)).toEqual(['tulsa-data-day', 'first']);
    expect(directory.waves.map(({ slug }) => slug)).toEqual(['2026-06', '2025-06']);
  });

  it('lists names as people look them up, accents and case aside', () => {
    const names = ['code for Zürich', 'Código Abierto', 'Code for Ames'];
    const directory = aDirectory({ groups: names.map((name) => aGroup({ name })) });

    expect(directory.groups.map(({ name }) => name)).toEqual([
      'Code for Ames',
      'code for Zürich',
      'Código Abierto',
    ]);
  });

  it('does not depend on the order of the records', () => {
    fc.assert(
      fc.property(anyRecords, (records) => {
        const turned = aDirectory({
          ...records,
          partners: records.partners?.toReversed() ?? [],
          groups: records.groups?.toReversed() ?? [],
          reports: records.reports?.toReversed() ?? [],
        });
        const said = (directory: typeof turned) => [
          directory.cities.map(({ slug, flag, level }) => [slug, flag, level]),
          directory.partners.map((partner) => [
            partner.slug,
            partner.flag,
            partner.groupsInReach.map(({ group }) => group.slug),
          ]),
          directory.groups.map((group) => [group.slug, group.partnersInReach]),
        ];

        expect(said(turned)).toEqual(said(aDirectory(records)));
      }),
    );
  });

  it('cannot be changed', () => {
    const directory = aDirectory({ partners: [aPartner()], groups: [aGroup()] });

    const lists = [directory.cities, directory.groups, directory.cities[0]?.groupsInReach];
    for (const part of [directory, ...lists]) expect(Object.isFrozen(part)).toBe(true);
  });

  it('refuses a partner whose city is not there, by name', () => {
    const records = { partners: [aPartner()], cities: [] };

    expect(() => aDirectory({ ...records, partners: [aPartner({ city: '' })] })).toThrow(
      'Partner tulsa-data-center: there is no city',
    );
  });
});

describe('group search', () => {
  const directory = aDirectory({
    groups: [
      aGroup({ name: 'Code for Pittsburgh', city: 'pittsburgh-pa', topics: ['housing'] }),
      aGroup({
        name: 'Open Pittsburgh',
        city: 'pittsburgh-pa',
        previousNames: ['Steel City Data'],
      }),
      aGroup({ name: 'Code for Boston', city: 'boston-ma', topics: ['transit'] }),
    ],
  });

  it.each([
    ['code pittsburgh', ['code-for-pittsburgh']],
    ['pitts', ['open-pittsburgh', 'code-for-pittsburgh']],
    ['pitsburgh code', ['code-for-pittsburgh']],
    ['steel', ['open-pittsburgh']],
    ['HOUSING', ['code-for-pittsburgh']],
    ['boston, ma', ['code-for-boston']],
    ['nothing like it', []],
    ['', []],
  ])('finds by "%s"', (words, slugs) => {
    const found = directory.searchGroups(words).map(({ slug }) => slug);

    expect(found.toSorted()).toEqual(slugs.toSorted());
  });
});
