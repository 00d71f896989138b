// What the map reads from the GeoJSON of our own API.
import { describe, expect, it } from '@jest/globals';
import { parsePlaces, placeName } from '../../../public/scripts/modules/map/places.ts';

const feature = (properties: object, coordinates: number[] = [-90.05, 35.15]) => ({
  type: 'Feature',
  geometry: { type: 'Point', coordinates },
  properties,
});

const collection = (...features: object[]) => ({ type: 'FeatureCollection', features });

const memphis = {
  slug: 'memphis-tn',
  name: 'Memphis',
  state: 'TN',
  country: 'US',
  flag: 'no-group',
  groups: ['a', 'b'],
  url: 'https://crosswalk.example/cities/memphis-tn',
};

describe('places of a GeoJSON answer', () => {
  it('are read with their link on the visited site', () => {
    expect(parsePlaces(collection(feature(memphis)), 'city')).toEqual([
      {
        kind: 'city',
        slug: 'memphis-tn',
        name: 'Memphis, TN',
        flag: 'no-group',
        groupCount: 2,
        href: '/cities/memphis-tn',
        lat: 35.15,
        lng: -90.05,
      },
    ]);
  });

  it.each([
    ['without a name', feature({ ...memphis, name: '' })],
    ['without an address', feature({ ...memphis, url: undefined })],
    ['with a dangerous address', feature({ ...memphis, url: 'javascript:alert(1)' })],
    ['without a point', { ...feature(memphis), geometry: null }],
  ])('are left out %s', (_, broken) => {
    expect(parsePlaces(collection(broken, feature(memphis)), 'city')).toHaveLength(1);
  });

  it('are refused when the answer is something else', () => {
    expect(() => parsePlaces({ items: [] }, 'city')).toThrow('FeatureCollection');
  });

  it.each([
    ['Tulsa', 'OK', 'US', 'Tulsa, OK'],
    ['Toronto', '', 'CA', 'Toronto, Canada'],
    ['', '', 'CA', 'Canada'],
    ['', 'OK', 'US', 'OK'],
  ])('are called by city and state or country: %s %s %s', (name, state, country, expected) => {
    expect(placeName(name, state, country)).toBe(expected);
  });
});
