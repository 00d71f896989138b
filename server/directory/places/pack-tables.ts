// Packs places and ZIP codes into the tables of gazetteer-file.ts, sorted as the search expects them.
import { degree, type GazetteerTables } from './gazetteer-file.ts';
import type { SourcePlace, SourceZip } from './gazetteer-source.ts';
import { lettersOf } from './near-spelling.ts';
import { otherKeysOf } from './other-names.ts';

/** Texts one after the other, and where each begins. */
function packTexts(texts: readonly Uint8Array[]): { blob: Uint8Array; starts: Uint32Array } {
  const starts = new Uint32Array(texts.length + 1);
  texts.forEach((text, number) => {
    starts[number + 1] = (starts[number] as number) + text.length;
  });
  return { blob: Buffer.concat(texts), starts };
}

/** Every value once, the empty one first, so that a byte can stand for it. */
const listOf = (values: readonly string[]): string[] => {
  const list = ['', ...[...new Set(values)].filter((value) => value !== '').sort()];
  if (list.length > 256) throw new Error('More countries or regions than a byte can count.');
  return list;
};

function numberOf(values: readonly string[], list: readonly string[]): Uint8Array {
  const numbers = new Map(list.map((value, number) => [value, number]));
  return Uint8Array.from(values, (value) => numbers.get(value) as number);
}

const degrees = (values: readonly number[]): Int32Array =>
  Int32Array.from(values, (value) => Math.round(value * degree));

/** Biggest place first, so that equal keys stand biggest first too; the same sources give the same tables. */
export function packTables(
  unsorted: readonly SourcePlace[],
  zips: readonly SourceZip[],
): GazetteerTables {
  const places = unsorted.toSorted((one, other) => other.population - one.population);
  const placeNumbers = new Map(places.map((place, number) => [place, number]));
  const keys = places
    .flatMap((place, number) =>
      [place.key, ...(place.country === 'US' ? otherKeysOf(place.key, place.region) : [])].map(
        (key) => ({ key: Buffer.from(key), number }),
      ),
    )
    .sort((one, other) => Buffer.compare(one.key, other.key) || one.number - other.number);
  const sortedZips = zips.toSorted((one, other) => Number(one.zip) - Number(other.zip));

  const countries = listOf(places.map((place) => place.country));
  const regions = listOf(places.map((place) => place.region));
  const names = packTexts(places.map((place) => Buffer.from(place.name)));
  const packedKeys = packTexts(keys.map(({ key }) => key));
  return {
    countries,
    regions,
    names: names.blob,
    nameStart: names.starts,
    lat: degrees(places.map((place) => place.lat)),
    lng: degrees(places.map((place) => place.lng)),
    population: Uint32Array.from(places, (place) => place.population),
    country: numberOf(
      places.map((place) => place.country),
      countries,
    ),
    region: numberOf(
      places.map((place) => place.region),
      regions,
    ),
    keys: packedKeys.blob,
    keyStart: packedKeys.starts,
    keyPlace: Uint32Array.from(keys, ({ number }) => number),
    keyLetters: Uint32Array.from(keys, ({ key }) => lettersOf(key)),
    zip: Uint32Array.from(sortedZips, ({ zip }) => Number(zip)),
    zipLat: degrees(sortedZips.map((zip) => zip.lat)),
    zipLng: degrees(sortedZips.map((zip) => zip.lng)),
    zipPlace: Uint32Array.from(sortedZips, ({ place }) => placeNumbers.get(place) as number),
  };
}
