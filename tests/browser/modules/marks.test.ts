// Which marks stand for the places in view.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  type Box,
  gatherMarks,
  type Mark,
  nameOf,
} from '../../../public/scripts/modules/map/marks.ts';
import type { CityPlace, GroupPlace } from '../../../public/scripts/modules/map/places.ts';

const world: Box = [-180, -85, 180, 85];
const words = (flag: string): string => (flag === 'no-group' ? 'No group in reach' : flag);

const aGroup = (slug: string, lat: number, lng: number): GroupPlace => ({
  kind: 'group',
  slug,
  name: slug,
  where: 'Tulsa, OK',
  href: `/groups/${slug}`,
  lat,
  lng,
});

const aCity = (slug: string, lat: number, lng: number, flag = 'no-group'): CityPlace => ({
  kind: 'city',
  slug,
  name: 'Memphis, TN',
  flag,
  groupCount: 0,
  href: `/cities/${slug}`,
  lat,
  lng,
});

const standingFor = (mark: Mark): number => {
  if (mark.kind === 'cluster') return mark.count;
  return mark.kind === 'stack' ? mark.places.length : 1;
};

describe('gathering marks', () => {
  it('loses no place at any zoom', () => {
    const point = fc.record({
      lat: fc.double({ min: -70, max: 70, noNaN: true }),
      lng: fc.double({ min: -170, max: 170, noNaN: true }),
    });

    fc.assert(
      fc.property(
        fc.array(point, { maxLength: 60 }),
        fc.integer({ min: 2, max: 10 }),
        (points, zoom) => {
          const places = points.map(({ lat, lng }, index) => aGroup(`g${index}`, lat, lng));
          const marks = gatherMarks(places, 10).within(world, zoom);

          expect(marks.reduce((sum, mark) => sum + standingFor(mark), 0)).toBe(points.length);
        },
      ),
    );
  });

  it('lists places on one spot together at the closest zoom', () => {
    const places = ['a', 'b', 'c'].map((slug) => aGroup(slug, 41.85, -87.65));
    const [mark, ...others] = gatherMarks(places, 10).within(world, 10);

    expect(others).toEqual([]);
    expect(mark).toMatchObject({ kind: 'stack' });
    expect(mark && nameOf(mark, words)).toBe('3 groups here');
  });

  it('opens a cluster by coming closer', () => {
    const places = [aGroup('a', 40, -80), aGroup('b', 40.2, -80.2)];
    const [mark] = gatherMarks(places, 10).within(world, 3);

    expect(mark).toMatchObject({ kind: 'cluster', count: 2 });
    expect(mark && nameOf(mark, words)).toBe('2 groups, zoom in');
    expect(
      gatherMarks(places, 10).within(world, mark?.kind === 'cluster' ? mark.opensAt : 0),
    ).toHaveLength(2);
  });

  it('shows the flag of every partner city, however close they stand', () => {
    const places = [aCity('baltimore-md', 39.3, -76.6), aCity('washington-dc', 38.9, -77)];

    expect(
      gatherMarks(places, 10)
        .within(world, 4)
        .map(({ kind }) => kind),
    ).toEqual(['city', 'city']);
  });

  it('holds fewer than 500 marks for ten thousand groups', () => {
    const places = Array.from({ length: 10_000 }, (_, index) =>
      aGroup(`g${index}`, 25 + (index % 100) * 0.24, -124 + Math.floor(index / 100) * 0.56),
    );
    const marks = gatherMarks(places, 10);

    for (const zoom of [2, 3, 4, 5])
      expect(marks.within([-125, 24, -66, 50], zoom).length).toBeLessThan(500);
  });

  it('names a city with its flag in words', () => {
    const [mark] = gatherMarks([aCity('memphis-tn', 35.1, -90)], 10).within(world, 4);

    expect(mark && nameOf(mark, words)).toBe('Memphis, TN: no group in reach');
  });
});
