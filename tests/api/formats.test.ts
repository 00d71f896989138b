// JSON, CSV and GeoJSON of one collection give the same records, and no cell of a CSV runs as a formula.
// The counts are those of the starting directory; how a collection is cut into pages is in paging.test.ts.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { toCsv } from '../../server/web/csv-cells.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { aCity, aGroup } from '../support/builders.ts';
import { ask, read, textOf } from './api.ts';

interface CityItem {
  readonly slug: string;
  readonly flag: string;
  readonly lat: number;
  readonly lng: number;
  readonly partners: readonly string[];
}
interface Features {
  readonly type: string;
  readonly features: readonly {
    readonly type: string;
    readonly id: string;
    readonly geometry: { readonly type: string; readonly coordinates: readonly number[] };
    readonly properties: CityItem;
  }[];
}

const rowsOf = (csv: string) =>
  parse(csv, { bom: true, columns: true }) as Record<string, string>[];

describe('the three formats of the starting directory', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ seed: true });
  });
  afterAll(() => app.close());

  it('hold the same cities with the same flags', async () => {
    const { items } = await read<{ items: CityItem[] }>(app, '/api/v1/cities?limit=500');
    const map = await read<Features>(app, '/api/v1/cities.geojson');
    const rows = rowsOf(textOf(await ask(app, '/api/v1/cities.csv')));

    const expected = items.map(({ slug, flag }) => [slug, flag]);
    expect(expected.length).toBeGreaterThan(33);
    expect(map.features.map(({ id, properties }) => [id, properties.flag])).toEqual(expected);
    expect(rows.map((row) => [row['slug'], row['flag']])).toEqual(expected);
  });

  it('count 33 partner cities: 2 without a group, 1 dormant, 30 not reported', async () => {
    const { items, total } = await read<{ items: CityItem[]; total: number }>(
      app,
      '/api/v1/cities?show=partner&limit=500',
    );
    const withFlag = (flag: string) => items.filter((city) => city.flag === flag);

    expect(total).toBe(33);
    expect(withFlag('no-group').map(({ slug }) => slug)).toEqual(['memphis-tn', 'new-haven-ct']);
    expect(withFlag('dormant').map(({ slug }) => slug)).toEqual(['grand-rapids-mi']);
    expect(withFlag('not-reported')).toHaveLength(30);
  });

  it.each(['cities', 'partners', 'groups'])(
    'put %s on the map with longitude first',
    async (name) => {
      const { items } = await read<{ items: CityItem[] }>(app, `/api/v1/${name}?limit=500`);
      const response = await ask(app, `/api/v1/${name}.geojson`);
      const map = JSON.parse(textOf(response)) as Features;

      expect(response.headers['content-type']).toMatch(/^application\/geo\+json/);
      expect(map.type).toBe('FeatureCollection');
      expect(map.features.map(({ id, geometry }) => [id, geometry])).toEqual(
        items.map(({ slug, lat, lng }) => [slug, { type: 'Point', coordinates: [lng, lat] }]),
      );
    },
  );

  it.each(['cities', 'partners', 'groups', 'gaps', 'collaborations', 'convenings', 'waves'])(
    'give %s as a table to save under a name of its own',
    async (name) => {
      const { total } = await read<{ total: number }>(app, `/api/v1/${name}`);
      const response = await ask(app, `/api/v1/${name}.csv`);
      const csv = textOf(response);

      expect(response.headers['content-type']).toBe('text/csv; charset=utf-8');
      expect(response.headers['content-disposition']).toBe(
        `attachment; filename="crosswalk-${name}.csv"`,
      );
      expect(csv.startsWith('\uFEFF')).toBe(true);
      expect(csv.replaceAll('\r\n', '')).not.toMatch(/\r/);
      expect(rowsOf(csv)).toHaveLength(total);
    },
  );

  it('count 33 gaps, each with its nearest group', async () => {
    const { items, total } = await read<{
      items: { city: CityItem; flag: string; partners: string[]; nearestGroup: unknown }[];
      total: number;
    }>(app, '/api/v1/gaps');

    expect([items.length, total]).toEqual([33, 33]);
    for (const { city, flag, partners, nearestGroup } of items) {
      expect([flag, partners]).toEqual([city.flag, city.partners]);
      expect(nearestGroup).toMatchObject({ distanceMiles: expect.any(Number) });
    }
  });
});

describe('a table in CSV', () => {
  const columns = [{ header: 'cell', value: (row: { cell: unknown }) => row.cell }];
  const cellOf = (cell: unknown) => rowsOf(toCsv(columns, [{ cell }]))[0]?.['cell'];

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx'])(
    'does not let a spreadsheet run %j',
    (text) => {
      expect(cellOf(text)).toBe(`'${text}`);
      expect(cellOf([text, 'b'])).toBe(`'${text}; b`);
    },
  );

  it.each([
    [-73.9, '-73.9'],
    [0, '0'],
    [true, 'true'],
    [false, 'false'],
    [null, ''],
    [[], ''],
    [['a', 'b'], 'a; b'],
    ['a "b", c\r\nd', 'a "b", c\r\nd'],
  ])('keeps %j as %j', (value, text) => {
    expect(cellOf(value)).toBe(text);
  });

  it('is safe where a record carries a formula', async () => {
    const name = '=HYPERLINK("http://evil.example","click")';
    const app = await startTestApp({
      records: { cities: [aCity()], groups: [aGroup({ name, slug: 'evil' })] },
    });
    const [row] = rowsOf(textOf(await ask(app, '/api/v1/groups.csv')));
    await app.close();

    expect(row?.['name']).toBe(`'${name}`);
    expect(row?.['lng']).toBe('-95.993');
  });
});
