// The groups as maps draw them: every one that is on the map, once; and where they are many, the marks of one view.
// The browser's side is in browser/modules.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { toMarks } from '../../public/scripts/modules/map/gathered-groups.ts';
import { parseGroupList } from '../../public/scripts/modules/map/places.ts';
import { listForMap, marksForMap, parseMapView } from '../../server/features/finder/map-groups.ts';
import { anyPoint } from '../support/arbitraries.ts';
import { aGroup } from '../support/builders.ts';
import { aDirectory } from '../support/directory.ts';

const world = [-180, -85, 180, 85] as const;
const many = (count: number, at: (number: number) => { lat: number; lng: number }) =>
  aDirectory({
    groups: Array.from({ length: count }, (_, number) =>
      aGroup({ ...at(number), slug: `group-${number}`, name: `Group ${number}`, city: null }),
    ),
  });
const scattered = many(1_200, (number) => ({
  lat: 25 + ((number * 37) % 240) / 10,
  lng: -124 + ((number * 61) % 560) / 10,
}));

const marksOf = marksForMap(10);

describe('the list of groups for the map', () => {
  it('has each group that is not closed, with its name, its page and its point', () => {
    const points = fc.array(anyPoint, { maxLength: 30 });
    fc.assert(
      fc.property(points, (at) => {
        const directory = many(at.length, (number) => at[number] ?? { lat: 0, lng: 0 });

        const read = parseGroupList(JSON.parse(listForMap(directory, marksOf)));

        const shown = directory.groups.filter(({ lat, lng }) => lat !== 0 || lng !== 0);
        expect(read.map(({ slug, name, href }) => [slug, name, href])).toEqual(
          shown.map(({ slug, name }) => [slug, name, `/groups/${slug}`]),
        );
        for (const [index, { lat, lng }] of read.entries()) {
          expect(lat).toBeCloseTo(shown[index]?.lat ?? Number.NaN, 4);
          expect(lng).toBeCloseTo(shown[index]?.lng ?? Number.NaN, 4);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('leaves closed groups out', () => {
    const closed = { date: '2025', reason: 'its organizer said so' };
    const directory = aDirectory({ groups: [aGroup({ closed })] });

    expect(parseGroupList(JSON.parse(listForMap(directory, marksOf)))).toEqual([]);
  });

  it('is, of a big directory, the marks of the view that most maps show first', () => {
    const { box, zoom, marks } = JSON.parse(listForMap(scattered, marksOf));

    expect(JSON.stringify(marks)).toBe(marksOf(scattered, { box, zoom }));
    expect(marks.clusters.length).toBeGreaterThan(0);
  });
});

describe('the marks of a view', () => {
  it.each([2, 4, 6, 8, 10])('stand for every group of the view, at zoom %i', (zoom) => {
    const marks = toMarks(JSON.parse(marksOf(scattered, { box: world, zoom })));

    const counts = marks.map((mark) =>
      mark.kind === 'cluster' ? mark.count : mark.kind === 'stack' ? mark.places.length : 1,
    );
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(scattered.groups.length);
  });

  it.each([2, 4, 6, 8, 10])('are at most three hundred, at zoom %i', (zoom) => {
    const marks = toMarks(JSON.parse(marksOf(scattered, { box: world, zoom })));

    expect(marks.length).toBeLessThanOrEqual(300);
  });

  it('list the groups of one spot, which no zoom tells apart', () => {
    const together = many(3, () => ({ lat: 40, lng: -80 }));

    const [mark, ...others] = toMarks(JSON.parse(marksOf(together, { box: world, zoom: 4 })));

    expect(others).toEqual([]);
    expect(mark).toMatchObject({ kind: 'stack', places: [{}, {}, {}] });
  });
});

describe('the view in an address', () => {
  it('is read', () => {
    expect(parseMapView({ box: '-125,24.5,-66,49', zoom: '4' })).toEqual({
      box: [-125, 24.5, -66, 49],
      zoom: 4,
    });
  });

  it('is none where nothing is said of it', () => {
    expect(parseMapView({})).toBeNull();
  });

  it.each([
    [{ box: '1,2,3', zoom: '4' }],
    [{ box: 'a,b,c,d', zoom: '4' }],
    [{ box: '10,0,-10,5', zoom: '4' }],
    [{ box: '-10,5,10,0', zoom: '4' }],
    [{ box: '-10,0,10,5', zoom: '99' }],
    [{ zoom: '4' }],
    [{ box: ['1', '2'] }],
  ])('is a problem in words where it makes no sense: %j', (raw) => {
    expect(() => parseMapView(raw)).toThrow(/must be/);
  });
});
