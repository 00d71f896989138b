// The view of a map in the address.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  formatView,
  parsePoint,
  parseView,
  withView,
} from '../../../public/scripts/modules/map/view.ts';

describe('the view in the address', () => {
  it('is read back as it was written', () => {
    fc.assert(
      fc.property(
        fc.record({
          lat: fc.double({ min: -85, max: 85, noNaN: true }),
          lng: fc.double({ min: -179.9, max: 179.9, noNaN: true }),
          zoom: fc.integer({ min: 0, max: 18 }),
        }),
        (view) => {
          const read = parseView(formatView(view));

          expect(read?.lat).toBeCloseTo(view.lat, 1);
          expect(read?.lng).toBeCloseTo(view.lng, 1);
          expect(read?.zoom).toBe(view.zoom);
        },
      ),
    );
  });

  it.each(['', '1,2', 'a,b,c', '91,0,4', '0,181,4', '0,0,-1', '0,0,99', '1,,3', '1,2,3,4'])(
    'is ignored when it is "%s"',
    (text) => {
      expect(parseView(text)).toBeUndefined();
    },
  );

  it('brings a longitude home that went round the world', () => {
    expect(formatView({ lat: 10, lng: -190, zoom: 3 })).toBe('10,170,3');
  });

  it.each([
    ['/', '/?map=38.5,-90,6'],
    ['/?flag=dormant', '/?flag=dormant&map=38.5,-90,6'],
    ['/?map=1,2,3&flag=dormant#list', '/?flag=dormant&map=38.5,-90,6#list'],
  ])('joins the rest of the address %s', (address, expected) => {
    expect(withView(address, { lat: 38.5, lng: -90, zoom: 6 })).toBe(expected);
  });

  it('leaves the address without a trace', () => {
    expect(withView('/?map=1,2,3', null)).toBe('/');
  });
});

describe('a point that the page names', () => {
  it.each([
    ['40.444,-79.9552', { lat: 40.444, lng: -79.9552 }],
    ['91,0', undefined],
    ['40.444', undefined],
    ['40.444,', undefined],
    ['1,2,3', undefined],
    [undefined, undefined],
  ])('%s is read as %j', (text, point) => {
    expect(parsePoint(text)).toEqual(point);
  });
});
