// Random values for property tests: points, dates, signs, and whole directories.
import fc from 'fast-check';
import type { DirectoryRecords, Group, Partner, Point, Sign } from '../../server/domain/records.ts';
import { levels, partnerStatuses, signKinds } from '../../server/domain/words.ts';
import { aCity, aGroup, aPartner, aReport, aWave } from './builders.ts';

const degrees = (most: number) =>
  fc.oneof(
    fc.integer({ min: -most * 100, max: most * 100 }).map((hundredths) => hundredths / 100),
    fc.constantFrom(-most, 0, most),
  );

/** Anywhere on earth; the poles and the antimeridian come often. */
export const anyPoint: fc.Arbitrary<Point> = fc.record({ lat: degrees(90), lng: degrees(180) });

/** Within some forty miles of Tulsa, on a coarse grid, so that equal distances come often. */
export const nearTulsa: fc.Arbitrary<Point> = fc.record({
  lat: fc.integer({ min: -5, max: 5 }).map((step) => 36 + step / 10),
  lng: fc.integer({ min: -5, max: 5 }).map((step) => -96 + step / 10),
});

/** A day between 2020 and 2029. */
export const anyDay: fc.Arbitrary<string> = fc
  .integer({ min: Date.UTC(2020, 0, 1) / 864e5, max: Date.UTC(2029, 11, 31) / 864e5 })
  .map((day) => new Date(day * 864e5).toISOString().slice(0, 10));

/** A day, a month or a year. */
export const anyDate: fc.Arbitrary<string> = fc
  .tuple(anyDay, fc.constantFrom(4, 7, 10))
  .map(([day, length]) => day.slice(0, length));

export const anySign: fc.Arbitrary<Sign> = fc.record({
  kind: fc.constantFrom(...signKinds),
  date: anyDate,
  source: fc.constant('its calendar'),
  url: fc.constant(null),
});

const cities = ['tulsa-ok', 'norman-ok', 'moore-ok', 'enid-ok'].map((slug) => aCity({ slug }));
const anyCity = fc.constantFrom(...cities.map((city) => city.slug));

/** A group near Tulsa in any state of life. */
export const anyGroup: fc.Arbitrary<Group> = fc
  .record({
    name: fc.constantFrom('Code for Tulsa', 'Open Tulsa', 'Tulsa Data Meetup'),
    city: fc.option(anyCity),
    signs: fc.array(anySign, { maxLength: 3 }),
    closed: fc.option(anyDate.map((date) => ({ date, reason: 'said so' }))),
    listing: fc.option(
      fc.record({
        list: fc.constant('the list'),
        date: anyDate,
        mark: fc.constantFrom('active' as const, 'inactive' as const, 'unknown' as const),
      }),
    ),
    point: nearTulsa,
  })
  .map(({ point, ...over }) => aGroup({ ...over, ...point }));

const anyPartner: fc.Arbitrary<Partner> = fc
  .record({
    city: anyCity,
    status: fc.constantFrom(...partnerStatuses),
    reachMiles: fc.option(fc.integer({ min: 1, max: 60 })),
    point: nearTulsa,
  })
  .map(({ point, ...over }) => aPartner({ ...over, ...point }));

/** Gives each record a slug of its own. */
const numbered = <Kind extends { slug: string }>(records: Kind[], word: string): Kind[] =>
  records.map((record, number) => ({ ...record, slug: `${word}-${number}` }));

/** A small directory with everything that the rules look at. */
export const anyRecords: fc.Arbitrary<Partial<DirectoryRecords>> = fc
  .record({
    partners: fc.array(anyPartner, { maxLength: 8 }),
    groups: fc.array(anyGroup, { maxLength: 12 }),
    reports: fc.array(
      fc.record({
        partner: fc.integer({ min: 0, max: 8 }).map((number) => `partner-${number}`),
        level: fc.constantFrom(...levels),
        date: anyDate,
        wave: fc.constantFrom(null, '2025-06', '2026-06'),
      }),
      { maxLength: 12 },
    ),
  })
  .map(({ partners, groups, reports }) => ({
    cities,
    partners: numbered(partners, 'partner'),
    groups: numbered(groups, 'group'),
    reports: reports.map((report) => aReport(report)),
    waves: [aWave({ slug: '2025-06' }), aWave({ slug: '2026-06', state: 'open' })],
  }));
