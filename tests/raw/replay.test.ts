// Replays the real Brigade lists against the partner cities of 2014: where a group came into reach and where the last
// one went are told apart. The figures are facts of these lists; see seed-against-lists.test.ts for where they are.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import type { Directory } from '../../server/directory/directory.ts';
import { findGapChanges } from '../../server/domain/gap-changes.ts';
import type { Group } from '../../server/domain/records.ts';
import { root } from '../../server/root.ts';
import { aCity, aGroup, aPartner } from '../support/builders.ts';
import { aDirectory } from '../support/directory.ts';

interface Listed {
  readonly name: string;
  readonly city?: string;
  readonly latitude?: string | null;
  readonly longitude?: string | null;
  readonly type?: string;
  readonly tags?: readonly string[];
}

interface PartnerRow {
  readonly slug: string;
  readonly city: string;
  readonly lat: string;
  readonly lng: string;
  readonly in_2014: string;
}

const days = ['2015-12-22', '2017-10-22', '2023-02-21'] as const;
type Day = (typeof days)[number];

const lists = new Map<Day, readonly Listed[]>();
let partnerRows: readonly PartnerRow[];

beforeAll(async () => {
  const folder = process.env['CROSSWALK_RAW'];
  if (!folder) {
    throw new Error(
      'Set CROSSWALK_RAW to the folder of the real lists: CROSSWALK_RAW=../lists npm run test:raw',
    );
  }
  for (const day of days) {
    lists.set(day, JSON.parse(await readFile(join(folder, `organizations-${day}.json`), 'utf8')));
  }
  const table = await readFile(join(root, 'server/store/seed/partners.csv'), 'utf8');
  partnerRows = parse<PartnerRow>(table, { columns: true }).filter(({ in_2014 }) =>
    ['yes', 'likely'].includes(in_2014),
  );
});

const isBrigade = ({ type = '', tags = [] }: Listed): boolean =>
  /brigade/i.test(`${type} ${tags.join(' ')}`);

/** Degrees, undefined where the list gives none. */
function pointOf({ latitude, longitude }: Listed): { lat: number; lng: number } | undefined {
  const [lat, lng] = [latitude, longitude].map((text) => Number.parseFloat(text ?? ''));
  return lat === undefined || lng === undefined || Number.isNaN(lat + lng)
    ? undefined
    : { lat, lng };
}

const isInStates = ({ lat, lng }: { lat: number; lng: number }): boolean =>
  lat > 17 && lat < 72 && lng > -180 && lng < -64;

/** Rows of cities in the United States whose longitude lost its sign. */
const turnedRound = (day: Day): readonly string[] =>
  (lists.get(day) ?? [])
    .filter((row) => {
      const point = pointOf(row);
      return (
        point !== undefined &&
        point.lng > 0 &&
        /, (?:[A-Z]{2})$/.test(row.city ?? '') &&
        isInStates({ lat: point.lat, lng: -point.lng })
      );
    })
    .map(({ name }) => name);

function groupsOf(day: Day): readonly Group[] {
  return (lists.get(day) ?? []).filter(isBrigade).flatMap((row, index) => {
    const point = pointOf(row);
    if (!point || !isInStates(point)) return [];
    return [aGroup({ ...point, slug: `group-${index}`, name: row.name, city: null, signs: [] })];
  });
}

function directoryOf(day: Day): Directory {
  const partners = partnerRows.map(({ slug, city, lat, lng }) =>
    aPartner({ slug, city, lat: Number(lat), lng: Number(lng), status: 'unknown' }),
  );
  const cities = partners.map(({ city: slug, lat, lng }) => aCity({ slug, lat, lng }));
  const unique = [...new Map(cities.map((city) => [city.slug, city])).values()];
  return aDirectory({ cities: unique, partners, groups: groupsOf(day) }, { today: day });
}

/** No group in reach: the one cause of a gap that a list of groups alone can open and close. */
function replay(from: Day, to: Day) {
  const flagsOf = (day: Day) => directoryOf(day).flagsAt(day);
  const found = findGapChanges(flagsOf(from), flagsOf(to), (flag) => flag === 'no-group');
  const slugs = (changes: typeof found.closed) => changes.map(({ city }) => city);
  return {
    closed: slugs(found.closed),
    opened: slugs(found.opened),
    before: found.gapsBefore,
    after: found.gapsAfter,
    of: [found.citiesBefore, found.citiesAfter],
  };
}

describe('the lists of Brigades, replayed against the partner cities of 2014', () => {
  it('have so many usable rows in the United States', () => {
    expect(days.map((day) => groupsOf(day).length)).toEqual([79, 102, 126]);
  });

  it('turn two cities round the world, and those rows are left out', () => {
    expect(days.map(turnedRound)).toEqual([[], ['HackMKE'], ['Open SGF']]);
  });

  it('show closed and opened gaps separately from 2015 to 2017', () => {
    expect(replay('2015-12-22', '2017-10-22')).toEqual({
      closed: ['baltimore-md', 'milwaukee-wi', 'new-orleans-la'],
      opened: [],
      before: 9,
      after: 6,
      of: [37, 37],
    });
  });

  it('show closed and opened gaps separately from 2017 to 2023', () => {
    expect(replay('2017-10-22', '2023-02-21')).toEqual({
      closed: ['columbus-oh', 'dallas-tx', 'hartford-ct'],
      opened: ['grand-rapids-mi'],
      before: 6,
      after: 4,
      of: [37, 37],
    });
  });

  it('show more than their difference: it equals closed less opened', () => {
    for (const [from, to] of [
      ['2015-12-22', '2017-10-22'],
      ['2017-10-22', '2023-02-21'],
      ['2015-12-22', '2023-02-21'],
    ] as const) {
      const { closed, opened, before, after } = replay(from, to);

      expect(before - after).toBe(closed.length - opened.length);
    }
  });
});
