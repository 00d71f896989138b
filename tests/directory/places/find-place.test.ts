// Place search on the gazetteer as it is built from the packages.
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Directory } from '../../../server/directory/directory.ts';
import { loadGazetteer } from '../../../server/directory/places/load-gazetteer.ts';
import type { Gazetteer, Place } from '../../../server/directory/places/places.ts';
import { distanceMiles } from '../../../server/domain/distance.ts';
import { built } from '../../../server/root.ts';
import { seedDirectory } from '../../support/directory.ts';

let gazetteer: Gazetteer;
let directory: Directory;

beforeAll(async () => {
  gazetteer = await loadGazetteer(join(built, 'gazetteer'));
  directory = await seedDirectory();
});

function found(typed: string): Place {
  const answer = gazetteer.find(typed);
  if (answer.kind !== 'found') throw new Error(`${typed} was not found`);
  return answer.place;
}
const suggestionsFor = (typed: string): string[] => {
  const answer = gazetteer.find(typed);
  return answer.kind === 'unknown' ? answer.suggestions.map(({ name }) => name) : ['found'];
};

describe('finding a place', () => {
  it.each([
    ['15213', '15213 Pittsburgh, PA'],
    [' 15213-4002 ', '15213 Pittsburgh, PA'],
    ['Pittsburgh, PA 15213', '15213 Pittsburgh, PA'],
    ['15213, PA', '15213 Pittsburgh, PA'],
    ['15213 Pennsylvania', '15213 Pittsburgh, PA'],
    ['00601', '00601 Adjuntas, PR'],
    ['Paris 75001', 'Paris, France'],
    ['Memphis, TN', 'Memphis, TN'],
    ['memphis tn', 'Memphis, TN'],
    ['Springfield, Missouri', 'Springfield, MO'],
    ['springfield missouri', 'Springfield, MO'],
    ['New Haven, CT', 'New Haven, CT'],
    ['Pittsburgh, Penn', 'Pittsburgh, PA'],
    ['Pittsburgh, P.A.', 'Pittsburgh, PA'],
    ['Pittsburgh, PA, USA', 'Pittsburgh, PA'],
    ['200 Main Street, Pittsburgh, PA', 'Pittsburgh, PA'],
    ['Pittsburgh, Allegheny County, PA', 'Pittsburgh, PA'],
    ['St. Louis', 'St. Louis, MO'],
    ['Saint Louis, MO', 'St. Louis, MO'],
    ['st louis', 'St. Louis, MO'],
    ['Ft Worth', 'Fort Worth, TX'],
    ['NYC', 'New York City, NY'],
    ['New York', 'New York City, NY'],
    ['New York, NY', 'New York City, NY'],
    ['New York City', 'New York City, NY'],
    ['Washington DC', 'Washington, DC'],
    ['Washington, D.C.', 'Washington, DC'],
    ['Winston Salem', 'Winston-Salem, NC'],
    ['Paris', 'Paris, France'],
    ['paris texas', 'Paris, TX'],
    ['San Juan, PR', 'San Juan, PR'],
    ['Toronto', 'Toronto, Canada'],
    ['Toronto, ON', 'Toronto, Canada'],
    ['Toronto, CA', 'Toronto, Canada'],
    ['Toronto, Ontario, Canada', 'Toronto, Canada'],
    ['London, UK', 'London, United Kingdom'],
    ['sao paulo', 'São Paulo, Brazil'],
    ['40.44, -79.99', '40.44, -79.99'],
    ['0,0', '0, 0'],
    ['-33.9 151.2', '-33.9, 151.2'],
  ])('"%s" is %s', (typed, name) => {
    expect(found(typed).name).toBe(name);
  });

  it.each(['nowhere at all', '', '   ', ',', '999, 999', '91, 0', '0, 180.5', '%%%', '-'])(
    '"%s" is no place, and nothing is near it',
    (typed) => {
      expect(gazetteer.find(typed)).toEqual({ kind: 'unknown', suggestions: [] });
    },
  );

  it.each([
    ['Pitsburgh', 'Pittsburgh, PA'],
    ['Sprngfield, MO', 'Springfield, MO'],
    ['Cincinatti', 'Cincinnati, OH'],
    ['chapel hil', 'Chapel Hill, NC'],
    ['New Yrok', 'New York City, NY'],
    ['Pittsburgh Pensylvania', 'Pittsburgh, PA'],
    ['Springfeld, Illinios', 'Springfield, MO'],
    ['Tennessee', 'Memphis, TN'],
    ['N.Y.', 'New York City, NY'],
    ['15200', '15201 Pittsburgh, PA'],
  ])('"%s" offers %s first', (typed, name) => {
    expect(suggestionsFor(typed)[0]).toBe(name);
  });

  it('offers the place itself where the state is wrong', () => {
    expect(suggestionsFor('Cincinnati, TN')).toContain('Cincinnati, OH');
  });

  it('offers every other place of an ambiguous name, biggest first', () => {
    const answer = gazetteer.find('Springfield');
    const all = answer.kind === 'found' ? [answer.place, ...answer.others] : [];

    expect(all.slice(0, 3).map(({ name }) => name)).toEqual([
      'Springfield, MO',
      'Springfield, MA',
      'Springfield, IL',
    ]);
    expect(all.map(({ population }) => population)).toEqual(
      all.map(({ population }) => population).toSorted((one, other) => other - one),
    );
    expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
  });

  it('answers anything that may be typed, within the ranges of the earth', () => {
    const anyTyped = fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc
        .array(fc.constantFrom('St', 'new', ',', 'MO', '15213', '-79.9', 'a', ' ', "'", 'ohio'))
        .map((words) => words.join(' ')),
    );
    fc.assert(
      fc.property(anyTyped, fc.integer({ min: -1, max: 60 }), (typed, limit) => {
        const answer = gazetteer.find(typed);
        const places =
          answer.kind === 'found' ? [answer.place, ...answer.others] : answer.suggestions;

        for (const { lat, lng } of places) {
          expect(Math.abs(lat)).toBeLessThanOrEqual(90);
          expect(Math.abs(lng)).toBeLessThanOrEqual(180);
        }
        expect(gazetteer.complete(typed, limit).length).toBeLessThanOrEqual(Math.max(0, limit));
      }),
      { numRuns: 60 },
    );
  });
});

describe('completing a place', () => {
  const names = (typed: string, limit = 3) =>
    gazetteer.complete(typed, limit).map(({ name }) => name);

  it.each([
    ['springf', ['Springfield, MO', 'Springfield, MA', 'Springfield, IL']],
    ['springfield, m', ['Springfield, MO', 'Springfield, MA', 'Springfield, MI']],
    ['1521', ['15210 Pittsburgh, PA', '15211 Pittsburgh, PA', '15212 Pittsburgh, PA']],
    ['pittsburgh, pa', ['Pittsburgh, PA']],
    ['', []],
    [',', []],
    ['xyzzy', []],
  ])('"%s" gives %j', (typed, expected) => {
    expect(names(typed)).toEqual(expected);
  });

  it('gives the biggest first', () => {
    const populations = gazetteer.complete('san', 20).map(({ population }) => population);

    expect(populations).toEqual(populations.toSorted((one, other) => other - one));
  });
});

describe('the gazetteer and the starting directory', () => {
  it('agree within twenty miles on where each city of the United States is', () => {
    const apart = directory.cities
      .filter((city) => city.country === 'US')
      .map((city) => {
        const centre = gazetteer.centreOf(city.name, city.state, city.country);
        return { slug: city.slug, miles: centre ? distanceMiles(city, centre) : null };
      })
      .filter(({ miles }) => miles === null || miles > 20);

    expect(apart).toEqual([]);
  });

  it('have no group within 25 miles of Memphis', () => {
    expect(directory.nearestGroups(found('Memphis, TN'), { withinMiles: 25 })).toEqual([]);
  });

  it('have Code for Connecticut first, 33.8 miles from New Haven', () => {
    const [first] = directory.nearestGroups(found('New Haven, CT'), { withinMiles: 40 });

    expect(first?.group.name).toBe('Code for Connecticut');
    expect(first?.distanceMiles.toFixed(1)).toBe('33.8');
  });

  it('have Code for Pittsburgh first for the ZIP code 15213', () => {
    const [first] = directory.nearestGroups(found('15213'), { withinMiles: 25 });

    expect(first?.group.name).toBe('Code for Pittsburgh');
  });
});
