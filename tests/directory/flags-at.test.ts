// The flags of an earlier day, and what closed and opened between two: on records of our own.
import { describe, expect, it } from '@jest/globals';
import { buildDirectory } from '../../server/directory/build-directory.ts';
import { keepFlags } from '../../server/directory/flags-at.ts';
import { findGapChanges } from '../../server/domain/gap-changes.ts';
import { recordsAt } from '../../server/domain/records-at.ts';
import { aGroup, aPartner, aReport, aWave, someRecords } from '../support/builders.ts';
import { aDirectory, seedDirectory, testDay } from '../support/directory.ts';

const partnerIn = (name: string, lat: number) =>
  aPartner({ slug: name, city: `${name}-oh`, lat, lng: -83 });

/** Three cities far from each other: a group comes to the first, leaves the second and stays in the third. */
const records = someRecords({
  partners: [partnerIn('arrives', 40), partnerIn('leaves', 42), partnerIn('stays', 44)],
  groups: [
    aGroup({ slug: 'new', city: null, lat: 40, lng: -83, founded: '2017' }),
    aGroup({
      slug: 'gone',
      city: null,
      lat: 42,
      lng: -83,
      closed: { date: '2018-05-01', reason: 'Its organizers moved.' },
    }),
    aGroup({ slug: 'same', city: null, lat: 44, lng: -83 }),
  ],
});

describe('flagsAt', () => {
  it('shows a gap that closed and one that opened, where the difference alone shows nothing', () => {
    const { flagsAt } = aDirectory(records);
    const counts = (flag: string) => flag === 'no-group';

    const found = findGapChanges(flagsAt('2015-12-22'), flagsAt('2023-02-21'), counts);

    expect(found.closed.map(({ city }) => city)).toEqual(['arrives-oh']);
    expect(found.opened.map(({ city }) => city)).toEqual(['leaves-oh']);
    expect(found.gapsBefore - found.gapsAfter).toBe(found.closed.length - found.opened.length);
  });

  it('gives what a snapshot of that day gives', async () => {
    const wave = aWave({
      slug: '2016-01',
      opens: '2016-01-01',
      closes: '2016-02-01',
      state: 'closed',
    });
    const reports = [
      aReport({ partner: 'arrives', level: 'some', date: '2016-01-10', wave: wave.slug }),
      aReport({ partner: 'stays', level: 'unaware', date: '2019' }),
    ];
    const all = { ...records, waves: [wave], reports };
    const { flagsAt } = aDirectory(all);
    const settings = { reachMiles: 25, freshMonths: 24 };

    for (const day of ['2014-01-01', '2016-01-10', '2018-06-30', '2020-01-01', '2021-12-31']) {
      const then = buildDirectory(recordsAt(all, day), settings, day, `${day}T12:00:00.000Z`);
      const flags = then.cities
        .filter(({ isPartnerCity }) => isPartnerCity)
        .map(({ slug, flag }) => [slug, flag] as const);

      expect(flagsAt(day)).toEqual(new Map(flags));
    }
  });

  it('gives the flags of now from today on', async () => {
    const seed = await seedDirectory();

    expect(seed.flagsAt(testDay).size).toBe(33);
    expect(seed.flagsAt('2999-01-01')).toBe(seed.flagsAt(testDay));
  });

  it('keeps a bounded number of days, the ones asked for last', () => {
    const worked: string[] = [];
    const flagsOf = keepFlags(
      (day) => {
        worked.push(day);
        return new Map();
      },
      { day: '2026-01-01', flags: () => new Map() },
      2,
    );

    for (const day of ['2001', '2002', '2001', '2003', '2001', '2002']) flagsOf(`${day}-01-01`);

    expect(worked).toEqual(['2001-01-01', '2002-01-01', '2003-01-01', '2002-01-01']);
  });
});
