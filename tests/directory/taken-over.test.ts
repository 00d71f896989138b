// What a snapshot takes over from the one before it, and that it says the same as one that took over nothing.
import { describe, expect, it } from '@jest/globals';
import { buildDirectory, buildInSteps } from '../../server/directory/build-directory.ts';
import type { CityEntry, Directory } from '../../server/directory/directory.ts';
import type { DirectoryRecords } from '../../server/domain/records.ts';
import { aCity, aConvening, aGroup, aPartner, aReport } from '../support/builders.ts';

const settings = { reachMiles: 25, freshMonths: 24 };
const today = '2026-11-22';
const now = `${today}T12:00:00.000Z`;

const records: DirectoryRecords = {
  revision: 1,
  sampleData: false,
  cities: [
    aCity({ slug: 'with', name: 'With', lat: 40, lng: -80 }),
    aCity({ slug: 'without', name: 'Without', lat: 40.1, lng: -80 }),
  ],
  partners: [aPartner({ slug: 'partner', city: 'with', lat: 40, lng: -80 })],
  groups: [
    aGroup({ slug: 'one', city: 'with', lat: 40, lng: -80 }),
    aGroup({ slug: 'two', city: 'without', lat: 40.1, lng: -80 }),
  ],
  checks: [],
  reports: [],
  verdicts: [],
  waves: [],
  frozenWaves: [],
  collaborations: [],
  convenings: [],
};

function buildAfter(before: Directory, next: DirectoryRecords, day = today): Directory {
  const steps = buildInSteps(next, settings, day, now, before);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** What pages read of it, without who refers to whom. */
const told = (directory: Directory) => ({
  groups: directory.groups,
  partners: directory.partners.map(({ cityEntry, ...rest }) => ({ ...rest, at: cityEntry.flag })),
  cities: directory.cities.map((city: CityEntry) => ({
    ...city,
    partners: city.partners.map(({ slug, flag }) => ({ slug, flag })),
  })),
  counts: directory.flagCounts,
});

const first = buildDirectory(records, settings, today, now);
const report = aReport({ partner: 'partner', level: 'extensive', date: '2026-11-01' });

describe('A snapshot after another', () => {
  it('takes the groups and the cities without a partner over when a report came in', () => {
    const next = buildAfter(first, { ...records, revision: 2, reports: [report] });
    expect(next.groups).toBe(first.groups);
    expect(next.findCity('without')).toBe(first.findCity('without'));
    expect(next.findCity('with')).not.toBe(first.findCity('with'));
    expect(next.findCity('with')?.flag).toBe('extensive');
    expect(first.findCity('with')?.flag).not.toBe('extensive');
    expect(next.findPartner('partner')?.cityEntry).toBe(next.findCity('with'));
  });

  const city = { ...records.cities[1], name: 'Renamed' } as (typeof records.cities)[number];
  it.each<[string, Partial<DirectoryRecords>, string]>([
    ['a report came in', { reports: [report] }, today],
    [
      'a group was added',
      {
        groups: [...records.groups, aGroup({ slug: 'new', city: 'without', lat: 40.1, lng: -80 })],
      },
      today,
    ],
    ['a group is gone', { groups: records.groups.slice(1) }, today],
    ['a city was renamed', { cities: [records.cities[0] as typeof city, city] }, today],
    [
      'a partner came to a city without one',
      {
        partners: [
          ...records.partners,
          aPartner({ slug: 'new', city: 'without', lat: 40.1, lng: -80 }),
        ],
      },
      today,
    ],
    ['a partner left', { partners: [] }, today],
    ['a convening was added', { convenings: [aConvening({ city: 'without' })] }, today],
    ['a year went by', {}, '2027-11-23'],
  ])('says what one made anew says after %s', (_, change, day) => {
    const changed = { ...records, ...change, revision: 2 };
    expect(told(buildAfter(first, changed, day))).toEqual(
      told(buildDirectory(changed, settings, day, now)),
    );
  });
});
