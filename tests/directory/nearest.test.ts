// The nearest groups by the index are those that measuring every group gives, across the antimeridian too.
// The distance between two points is in domain/distance.test.ts.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { countsFrom } from '../../server/directory/count-around.ts';
import { distanceMiles } from '../../server/domain/distance.ts';
import { anyPoint, nearTulsa } from '../support/arbitraries.ts';
import { aGroup } from '../support/builders.ts';
import { aDirectory } from '../support/directory.ts';

const named = fc.constantFrom('Code for Tulsa', 'Open Tulsa', 'Hack Tulsa');
const groupsAt = (point: typeof anyPoint) =>
  fc
    .array(fc.tuple(named, point), { maxLength: 90 })
    .map((places) =>
      places.map(([name, at], number) => aGroup({ ...at, name, city: null, slug: `g-${number}` })),
    );
const anywhere = fc.oneof(
  fc.tuple(groupsAt(nearTulsa), nearTulsa, fc.integer({ min: 0, max: 60 })),
  fc.tuple(groupsAt(anyPoint), anyPoint, fc.integer({ min: 0, max: 13_000 })),
);

describe('the nearest groups', () => {
  it('are what measuring every group gives: same groups, same distances, same order', () => {
    fc.assert(
      fc.property(
        anywhere,
        fc.option(fc.integer({ min: 1, max: 12 }), { nil: undefined }),
        ([groups, point, withinMiles], limit) => {
          const measured = groups
            .map((group) => ({
              slug: group.slug,
              name: group.name,
              miles: distanceMiles(point, group),
            }))
            .filter((group) => group.miles <= withinMiles)
            .sort(
              (one, other) =>
                one.miles - other.miles ||
                (one.name < other.name ? -1 : one.name > other.name ? 1 : 0) ||
                (one.slug < other.slug ? -1 : 1),
            )
            .slice(0, limit);

          const found = aDirectory({ groups }).nearestGroups(point, {
            withinMiles,
            ...(limit === undefined ? {} : { limit }),
          });

          expect(found.map(({ group, distanceMiles: miles }) => [group.slug, miles])).toEqual(
            measured.map(({ slug, miles }) => [slug, miles]),
          );
        },
      ),
      { numRuns: 300 },
    );
  });

  it('are as many as measuring every group counts', () => {
    fc.assert(
      fc.property(anywhere, ([groups, point, withinMiles]) => {
        const miles = groups.map((group) => distanceMiles(point, group));
        const directory = aDirectory({ groups });

        expect(directory.countGroups(point, withinMiles)).toBe(
          miles.filter((distance) => distance <= withinMiles).length,
        );
        // A group at the very edge of the circle is counted.
        for (const edge of miles.slice(0, 3)) {
          expect(directory.countGroups(point, edge)).toBe(
            miles.filter((distance) => distance <= edge).length,
          );
        }
      }),
    );
  });

  it('are as many as measuring counts where they are crowds, too', () => {
    const crowd = (point: typeof anyPoint) => fc.array(point, { minLength: 50, maxLength: 300 });
    const crowds = fc.oneof(
      fc.tuple(crowd(nearTulsa), nearTulsa, fc.integer({ min: 0, max: 60 })),
      fc.tuple(crowd(anyPoint), anyPoint, fc.integer({ min: 0, max: 13_000 })),
    );
    fc.assert(
      fc.property(crowds, ([points, from, miles]) => {
        // By longitude alone, which is a poor order: the answer must not hang on a good one.
        const order = points.map((_, number) => number);
        order.sort((one, other) => (points[one]?.lng ?? 0) - (points[other]?.lng ?? 0));

        expect(countsFrom(points, order)(from, miles)).toBe(
          points.filter((point) => distanceMiles(from, point) <= miles).length,
        );
      }),
      { numRuns: 300 },
    );
  });

  it('are those that match, however far the first of them is', () => {
    fc.assert(
      fc.property(groupsAt(anyPoint), anyPoint, (groups, point) => {
        const wanted = (group: { name: string }) => group.name === 'Open Tulsa';

        const [first] = aDirectory({ groups }).nearestGroups(point, {
          withinMiles: Number.POSITIVE_INFINITY,
          limit: 1,
          matching: wanted,
        });

        const distances = groups.filter(wanted).map((group) => distanceMiles(point, group));
        expect(first?.distanceMiles).toBe(distances.length ? Math.min(...distances) : undefined);
      }),
    );
  });

  it('are found across the antimeridian', () => {
    const directory = aDirectory({ groups: [aGroup({ lat: -17, lng: -179.9, city: null })] });

    const found = directory.nearestGroups({ lat: -17, lng: 179.9 }, { withinMiles: 20 });

    expect(found).toHaveLength(1);
  });

  it('leave out closed groups', () => {
    const closed = { date: '2025', reason: 'its organizer said so' };
    const directory = aDirectory({ groups: [aGroup({ closed })] });

    expect(directory.nearestGroups(aGroup(), { withinMiles: 10 })).toEqual([]);
  });

  it.each([
    ['a negative distance', { withinMiles: -1 }],
    ['no distance', { withinMiles: Number.NaN }],
    ['none wanted', { withinMiles: 10, limit: 0 }],
  ])('are none for %s', (_name, query) => {
    const directory = aDirectory({ groups: [aGroup()] });

    expect(directory.nearestGroups(aGroup(), query)).toEqual([]);
  });
});
