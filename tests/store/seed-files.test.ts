// The starting directory as it stands in the repository: parsed, counted, and tied together.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { root } from '../../server/root.ts';
import type { RecordsToPut } from '../../server/store/put-records.ts';
import { parseSeed, type SeedFile, seedFiles } from '../../server/store/seed/parse-seed.ts';

let seed: Required<RecordsToPut>;

beforeAll(async () => {
  const texts = await Promise.all(
    seedFiles.map(async (file) => [
      file,
      await readFile(join(root, 'server/store/seed', file), 'utf8'),
    ]),
  );
  seed = parseSeed(Object.fromEntries(texts) as Record<SeedFile, string>);
});

describe('the starting directory', () => {
  it('holds 48 partners, 229 groups, 23 collaborations, 41 convenings and one wave', () => {
    expect(seed.partners).toHaveLength(48);
    expect(seed.groups).toHaveLength(229);
    expect(seed.collaborations).toHaveLength(23);
    expect(seed.convenings).toHaveLength(41);
    expect(seed.waves.map(({ slug }) => slug)).toEqual(['2014-07']);
  });

  it('has 37 partners that are not former, in 33 cities', () => {
    const present = seed.partners.filter(({ status }) => status !== 'former');

    expect(present).toHaveLength(37);
    expect(new Set(present.map(({ city }) => city)).size).toBe(33);
  });

  it('names only cities that something stands in', () => {
    const used = new Set([...seed.partners, ...seed.groups].map(({ city }) => city));

    expect(seed.cities.filter(({ slug }) => !used.has(slug))).toEqual([]);
  });

  it("sets a city's centre where its partner is, else where its first group is", () => {
    const firstPoint = new Map<string, { lat: number; lng: number }>();
    // Listed at the middle of its country (see the README beside the tables).
    const misplaced = new Set(['codeando-mexico']);
    for (const { slug, city, lat, lng } of [...seed.partners, ...seed.groups]) {
      if (misplaced.has(slug)) continue;
      if (city && !firstPoint.has(city)) firstPoint.set(city, { lat, lng });
    }

    expect(seed.cities.map(({ slug, lat, lng }) => [slug, { lat, lng }])).toEqual(
      seed.cities.map(({ slug }) => [slug, firstPoint.get(slug)]),
    );
  });

  it('keeps five groups of a whole state or country without a city', () => {
    expect(seed.groups.filter(({ city }) => city === null)).toHaveLength(5);
  });

  it('says of every record where it comes from', () => {
    const silent = [
      ...seed.partners,
      ...seed.groups,
      ...seed.collaborations,
      ...seed.convenings,
      ...seed.waves,
    ].filter(({ source }) => source.note === '');

    expect(silent).toEqual([]);
  });

  it('calls no record verified whose note says that it is not', () => {
    const contradicting = seed.partners.filter(
      ({ source }) => source.verified && /unverified|general knowledge/.test(source.note),
    );

    expect(contradicting).toEqual([]);
  });

  it('knows no sign of life newer than 2018', () => {
    expect(seed.groups.flatMap(({ signs }) => signs.map(({ date }) => date)).sort()).toEqual([
      '2015-05',
      '2018',
    ]);
  });

  it('derives reports from documented collaborations alone, and none of them answers a wave', () => {
    expect(seed.reports.length).toBeGreaterThan(0);
    for (const report of seed.reports) {
      expect(report).toMatchObject({ origin: 'collaboration', wave: null });
      expect(seed.collaborations.map(({ slug }) => slug)).toContain(report.collaboration);
    }
  });

  it('keeps the survey of 2014 as totals, two of them marked as inferred', () => {
    const aggregate = seed.waves[0]?.aggregate;

    expect(aggregate?.respondents).toBe(25);
    expect(aggregate?.levels.map(({ count, basis }) => [count, basis])).toEqual([
      [5, 'inferred'],
      [11, 'inferred'],
      [3, 'stated'],
      [6, 'stated'],
    ]);
    expect(aggregate?.combined.map(({ count, basis }) => [count, basis])).toEqual([
      [16, 'stated'],
      [19, 'computed'],
    ]);
  });
});
