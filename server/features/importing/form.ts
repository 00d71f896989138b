// What staff send while they import: what the list is, what its columns hold, and what is decided about its rows.
import { z } from 'zod';
import type { Gazetteer } from '../../directory/places/places.ts';
import type { City } from '../../domain/records.ts';
import type { TypedValues } from '../../import/compare/listed-group.ts';
import { readPlaces } from '../../import/compare/read-places.ts';
import { isWebAddress } from '../../import/compare/web-addresses.ts';
import { typedFields } from '../../import/prepare.ts';
import type { ListName } from '../../import/preview.ts';
import { isRowKey } from '../../import/runs/rows-file.ts';
import { type RowChoice, rowChoices } from '../../import/words.ts';
import type { KeptDecision } from '../../store/import-uploads.ts';
import { type FieldError, formOf, typedList, typedText } from '../../web/form-fields.ts';

type Form = Readonly<Record<string, unknown>>;

export const textOf = (body: unknown, name: string): string =>
  typedText.parse((formOf(body) as Form)[name]);

const isDay = (text: string): boolean =>
  /^\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?$/.test(text);

export const parseList = (body: unknown): ListName => ({
  name: textOf(body, 'list').replace(/\s+/g, ' '),
  date: textOf(body, 'date'),
});

/** What is wrong with the name and the day of a list. */
export const checkList = ({ name, date }: ListName): FieldError[] => [
  ...(name === '' ? [{ field: 'list', message: 'Say what the list is called' }] : []),
  ...(name.length > 120
    ? [{ field: 'list', message: 'Shorten the name of the list to 120 characters' }]
    : []),
  ...(isDay(date)
    ? []
    : [
        {
          field: 'date',
          message: 'Say which day the list is of, such as 2023-02-21, 2023-02 or 2023',
        },
      ]),
];

/** One for each column; '' for one that is passed over. */
export const parseColumns = (body: unknown, count: number): readonly string[] =>
  Array.from({ length: count }, (_, at) => textOf(body, `column-${at}`));

export interface RowsForm {
  readonly decisions: ReadonlyMap<string, KeptDecision | null>;
  readonly errors: readonly FieldError[];
}

const longestTyped = 500;
const mostRows = 60;

/** What was typed in the fields of one row, blanks left out. */
function typedIn(form: Form, key: string): Readonly<Record<string, string>> {
  const typed = typedFields.map((field) => {
    const text = z.string().catch('').parse(form[`${field}.${key}`]);
    return [field, text.replace(/\s+/g, ' ').trim().slice(0, longestTyped)] as const;
  });
  return Object.fromEntries(typed.filter(([, text]) => text !== ''));
}

const toNumber = (text: string | undefined, most: number): number | null =>
  text !== undefined && /^[+-]?\d{1,3}(?:\.\d+)?$/.test(text) && Math.abs(Number(text)) <= most
    ? Number(text) + 0
    : null;

interface Reading {
  readonly values: TypedValues;
  readonly errors: readonly FieldError[];
}

type FindPlace = (words: string) => ReturnType<ReturnType<typeof readPlaces>['read']>['place'];

function readTyped(
  words: Readonly<Record<string, string>>,
  key: string,
  findPlace: FindPlace,
): Reading {
  const errors: FieldError[] = [];
  const wrong = (field: string, message: string): void => {
    errors.push({ field: `${field}.${key}`, message });
  };
  const { name, place: city, lat: latWords, lng: lngWords } = words;
  const values: { -readonly [Field in keyof TypedValues]: TypedValues[Field] } = {};
  if (name !== undefined) {
    if (name.length > 200) wrong('name', 'Shorten the name to 200 characters');
    values.name = name;
  }
  for (const field of ['website', 'eventsUrl', 'codeUrl'] as const) {
    const text = words[field];
    if (text === undefined) continue;
    if (!isWebAddress(text)) wrong(field, 'A web address begins with http:// or https://');
    values[field] = text;
  }
  if (city !== undefined) {
    const place = findPlace(city);
    if (place) values.place = place;
    else wrong('place', `“${city}” is no city that is known. Write it as Tulsa, OK`);
  }
  if (latWords !== undefined || lngWords !== undefined) {
    const [lat, lng] = [toNumber(latWords, 90), toNumber(lngWords, 180)];
    if (lat === null) wrong('lat', 'The latitude is a number from -90 to 90');
    if (lng === null) wrong('lng', 'The longitude is a number from -180 to 180');
    if (lat !== null && lng !== null) values.point = { lat, lng };
  }
  return { values, errors };
}

/** The decisions about the rows of one page. What is as usual needs none. */
export async function parseRows(
  body: unknown,
  usual: RowChoice,
  { places, readCities }: { places: Gazetteer; readCities: () => Promise<readonly City[]> },
): Promise<RowsForm> {
  const form = formOf(body) as Form;
  const keys = typedList.parse(form['row']).filter(isRowKey).slice(0, mostRows);
  const isPlaceTyped = keys.some((key) => typedIn(form, key)['place'] !== undefined);
  const reader = isPlaceTyped ? readPlaces(places, await readCities()) : null;
  const findPlace: FindPlace = (words) => reader?.read(words, null).place ?? null;
  const decisions = new Map<string, KeptDecision | null>();
  const errors: FieldError[] = [];
  for (const key of keys) {
    const choice = z.enum(rowChoices).catch(usual).parse(form[`choice.${key}`]);
    const overwrites = form[`overwrites.${key}`] === 'yes';
    const words = typedIn(form, key);
    const reading = readTyped(words, key, findPlace);
    errors.push(...reading.errors);
    const isUsual = choice === usual && !overwrites && Object.keys(words).length === 0;
    decisions.set(key, isUsual ? null : { choice, overwrites, typed: reading.values, words });
  }
  return { decisions, errors };
}
