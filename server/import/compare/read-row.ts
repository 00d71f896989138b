// One row by itself: what it says of a group, and which of its values cannot be so. Other rows are not looked at.
import { distanceMiles } from '../../domain/distance.ts';
import { fold } from '../../domain/fold.ts';
import type { Point } from '../../domain/records.ts';
import { cityLabel, countryLabel, formatDistance } from '../../web/format.ts';
import type { NamedPlace, Suspicion } from '../preview.ts';
import type { ListedRow } from '../read/listed-rows.ts';
import type { DoubtField } from '../words.ts';
import type { PlaceReader, PlaceReading } from './read-places.ts';
import { readAddress } from './web-addresses.ts';

/** A row as it is understood. */
export interface RowReading {
  readonly row: ListedRow;
  readonly name: string;
  readonly place: NamedPlace | null;
  readonly state: string;
  readonly country: string;
  /** As the row has it; null where it has none that is on earth. */
  readonly point: Point | null;
  /** Web addresses that a record can hold. Null: there is none. Undefined: no column, or no address. */
  readonly addresses: Readonly<Record<AddressField, string | null | undefined>>;
  readonly founded: string | undefined;
  /** Grows when rows are compared with each other. */
  readonly suspicions: Suspicion[];
  /** Other rows that may be of the same group; grows as the doubts do. */
  readonly alike: RowReading[];
}

export const addressFields = ['website', 'eventsUrl', 'codeUrl', 'feedUrl'] as const;
export type AddressField = (typeof addressFields)[number];

const addressWords: Readonly<Record<AddressField, string>> = {
  website: 'website',
  eventsUrl: 'events page',
  codeUrl: 'code page',
  feedUrl: 'feed',
};

/** A point farther than this from the city that is named is doubtful, miles: the next city begins about there. */
export const farMiles = 8;
/** Two spellings of one point. */
const sameDegrees = 0.0005;

export function readRow(row: ListedRow, places: PlaceReader): RowReading {
  const suspicions: Suspicion[] = [];
  const doubt = (
    kind: Suspicion['kind'],
    field: DoubtField | null,
    says: string,
    proposal: Suspicion['proposal'] = null,
  ): void => {
    suspicions.push({ kind, field, says, proposal });
  };
  const point = readPoint(row, doubt);
  const where = readPlace(row, places, point, doubt);
  checkNested(row, places, point, where, doubt);
  checkPoint(point, where, doubt);
  const addresses = Object.fromEntries(
    addressFields.map((field) => [field, readAddressOf(row, field, doubt)]),
  ) as Record<AddressField, string | null | undefined>;
  const { participants = '', founded = '' } = row.texts;
  if (participants !== '' && !/^\d+$/.test(participants)) {
    doubt(
      'wrong-value',
      null,
      `The number of participants is “${cut(participants)}”, which is no number. It is not kept anyway.`,
    );
  }
  const isDate = /^\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?$/.test(founded);
  if (founded !== '' && !isDate) {
    doubt(
      'wrong-value',
      'founded',
      `It was founded “${cut(founded)}”, which is no date such as 2014 or 2014-07.`,
    );
  }
  return {
    row,
    name: row.texts.name ?? '',
    place: where.place,
    state: where.state,
    country: where.country,
    point,
    addresses,
    founded: isDate ? founded : undefined,
    suspicions,
    alike: [],
  };
}

type Doubt = (
  kind: Suspicion['kind'],
  field: DoubtField | null,
  says: string,
  proposal?: Suspicion['proposal'],
) => void;

export const cut = (text: string): string => (text.length > 80 ? `${text.slice(0, 80)}…` : text);

export const pointWords = ({ lat, lng }: Point): string => `${lat}, ${lng}`;

/** Zero has no sign here. */
const readNumber = (text: string): number | null =>
  /^[+-]?\d+(?:\.\d*)?$/.test(text) ? Number(text) + 0 : null;

function readPoint({ texts }: ListedRow, doubt: Doubt): Point | null {
  const flat = [texts.lat ?? '', texts.lng ?? ''] as const;
  const isBlank = flat.every((text) => text === '');
  const [latText, lngText] = isBlank ? [texts.nestedLat ?? '', texts.nestedLng ?? ''] : flat;
  if (latText === '' && lngText === '') return null;
  const [lat, lng] = [readNumber(latText), readNumber(lngText)];
  if (lat === null || Math.abs(lat) > 90) {
    doubt(
      'wrong-value',
      'point',
      `The latitude is “${cut(latText)}”, which is no number of degrees from -90 to 90.`,
    );
    return null;
  }
  if (lng === null || Math.abs(lng) > 180) {
    doubt(
      'wrong-value',
      'point',
      `The longitude is “${cut(lngText)}”, which is no number of degrees from -180 to 180.`,
    );
    return null;
  }
  return { lat, lng };
}

const isZero = ({ lat, lng }: Point): boolean => lat === 0 && lng === 0;

/** City, state and country may stand in columns of their own. */
function wordsFor(city: string, state: string, country: string): string {
  const more = city.includes(',') ? [] : [state, country];
  return [city, ...more].filter((word) => word !== '').join(', ');
}

function readPlace(
  row: ListedRow,
  places: PlaceReader,
  point: Point | null,
  doubt: Doubt,
): PlaceReading {
  const { place = '', state = '', country = '' } = row.texts;
  const { nestedCity = '', nestedState = '', nestedCountry = '' } = row.texts;
  const hint = point && isZero(point) ? null : point;
  const flat = places.read(wordsFor(place, state, country), hint);
  const nested = places.read(wordsFor(nestedCity, nestedState, nestedCountry), hint);
  const foreign = foreignReading(flat, nested);
  if (foreign) {
    doubt(
      'state-code',
      'place',
      `“${cut(place)}”: ${foreign.code} is a state or territory of the United States, and a part of ${countryLabel(foreign.place.country)} too. ${point ? 'The point lies there.' : 'The list says so elsewhere.'}`,
      { words: cityLabel(foreign.place), value: foreign.place },
    );
    return { ...flat, place: foreign.place, state: '', country: foreign.place.country };
  }
  if (flat.place || flat.country !== '') return flat;
  return nested;
}

function foreignReading(
  flat: PlaceReading,
  nested: PlaceReading,
): { readonly code: string; readonly place: NamedPlace } | null {
  return flat.foreignCode !== null && flat.place
    ? { code: flat.foreignCode, place: nested.place ?? flat.place }
    : null;
}

/** The list of 2023 has city and point twice. */
function checkNested(
  { texts }: ListedRow,
  places: PlaceReader,
  point: Point | null,
  where: PlaceReading,
  doubt: Doubt,
): void {
  const { place = '', nestedCity = '', nestedState = '', nestedCountry = '' } = texts;
  const first = place.split(',')[0] ?? '';
  if (place !== '' && nestedCity !== '' && fold(first) !== fold(nestedCity)) {
    const nested = places.read(wordsFor(nestedCity, nestedState, nestedCountry), point).place;
    const isSame = nested && where.place && cityLabel(nested) === cityLabel(where.place);
    if (!isSame && !(where.place && fold(where.place.name) === fold(nestedCity))) {
      const proposed = nearerTo(point, where.place, nested);
      const far =
        point && nested
          ? ` The point is ${formatDistance(distanceMiles(point, nested), nested.country)} from ${nested.name}.`
          : '';
      doubt(
        'values-disagree',
        'place',
        `The city is “${cut(place)}” in one place and “${cut(nestedCity)}” in another.${far}`,
        proposed && { words: cityLabel(proposed), value: proposed },
      );
    }
  }
  const [lat, lng] = [readNumber(texts.nestedLat ?? ''), readNumber(texts.nestedLng ?? '')];
  if (lat === null || lng === null || point === null) return;
  const other = { lat, lng };
  if (Math.abs(lat - point.lat) < sameDegrees && Math.abs(lng - point.lng) < sameDegrees) return;
  const isNearer =
    where.place && distanceMiles(other, where.place) < distanceMiles(point, where.place);
  const proposed = isNearer ? other : point;
  const far = formatDistance(distanceMiles(other, point), where.country);
  doubt(
    'values-disagree',
    'point',
    `The point is ${pointWords(point)} in one place and ${pointWords(other)} in another, ${far} apart.`,
    {
      words: `${pointWords(proposed)}${where.place ? `, the nearer to ${where.place.name}` : ''}`,
      value: proposed,
    },
  );
}

function nearerTo(
  point: Point | null,
  one: NamedPlace | null,
  other: NamedPlace | null,
): NamedPlace | null {
  if (!one || !other || !point) return one ?? other;
  return distanceMiles(point, other) < distanceMiles(point, one) ? other : one;
}

function checkPoint(point: Point | null, { place }: PlaceReading, doubt: Doubt): void {
  if (point === null) return;
  const centre = place && {
    words: `the middle of ${cityLabel(place)}: ${pointWords(place)}`,
    value: { lat: place.lat, lng: place.lng },
  };
  if (isZero(point)) {
    doubt(
      'zero-point',
      'point',
      'The point is 0, 0, in the sea south of Ghana: no point was known.',
      centre,
    );
    return;
  }
  if (!place || !centre) return;
  const miles = distanceMiles(point, place);
  if (miles <= farMiles) return;
  const named = cityLabel(place);
  const far = formatDistance(miles, place.country);
  const turned = [
    { lat: point.lat, lng: -point.lng },
    { lat: -point.lat, lng: point.lng },
    { lat: -point.lat, lng: -point.lng },
  ].find((one) => distanceMiles(one, place) < Math.min(50, miles / 4));
  if (turned) {
    const which =
      turned.lat === point.lat ? 'longitude' : turned.lng === point.lng ? 'latitude' : 'point';
    doubt(
      'sign-lost',
      'point',
      `The ${which} lost its sign: ${pointWords(point)} is ${far} from ${named}.`,
      {
        words: pointWords(turned),
        value: turned,
      },
    );
    return;
  }
  const swapped = { lat: point.lng, lng: point.lat };
  if (Math.abs(swapped.lat) <= 90 && distanceMiles(swapped, place) < Math.min(50, miles / 4)) {
    doubt(
      'far-from-city',
      'point',
      `Latitude and longitude are swapped: ${pointWords(point)} is ${far} from ${named}.`,
      {
        words: pointWords(swapped),
        value: swapped,
      },
    );
    return;
  }
  doubt(
    'far-from-city',
    'point',
    `The point ${pointWords(point)} is ${far} from ${named}, which the row names.`,
    centre,
  );
}

function readAddressOf(
  { texts }: ListedRow,
  field: AddressField,
  doubt: Doubt,
): string | null | undefined {
  const text = texts[field];
  if (text === undefined) return undefined;
  const reading = readAddress(text);
  if (reading.kind === 'address') return reading.url;
  if (reading.kind === 'none') return null;
  const proposal =
    reading.proposed === null ? null : { words: reading.proposed, value: reading.proposed };
  const isBare = reading.kind === 'no-scheme';
  doubt(
    isBare ? 'no-scheme' : 'wrong-value',
    field,
    isBare
      ? `The ${addressWords[field]} is “${cut(text)}”, without http or https.`
      : `The ${addressWords[field]} is “${cut(text)}”, which is no web address.`,
    proposal,
  );
  return undefined;
}
