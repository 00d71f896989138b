// Reads the fields of a suggestion as somebody typed them: one spelling for each, or words on what is wrong.
// The visitor's form and the staff's page read through here alike.
import type { Gazetteer } from '../directory/places/places.ts';
import { type Day, firstDay } from '../domain/dates.ts';
import type { SuggestedField, SuggestedTexts } from '../domain/suggested.ts';
import { groupKinds } from '../domain/words.ts';
import { cityLabel } from '../web/format.ts';
import { type NamedCity, readPlace } from './read-place.ts';
import { listText, pointText, readList, readPoint } from './texts.ts';

export interface FieldsToRead {
  readonly fields: readonly SuggestedField[];
  /** What was typed into each field. */
  readonly typed: SuggestedTexts;
  /** What the fields said when the form was made; a place and a point that stay need no reading. */
  readonly shown: SuggestedTexts;
  /** One of the places offered before, or ''. */
  readonly choice: string;
  readonly today: Day;
}

export interface FieldsRead {
  readonly texts: SuggestedTexts;
  /** The city that was named; null where the place stays what it was. */
  readonly city: NamedCity | null;
  readonly problems: readonly { readonly field: SuggestedField; readonly message: string }[];
  /** The places to choose from. */
  readonly choices: readonly string[];
}

/** A text in one spelling, or what is wrong with it. */
type Reading = { readonly text: string } | { readonly wrong: string };

const longest = { name: 120, address: 300, item: 60, items: 20 };

const plain = (text: string): string => text.replace(/\s+/g, ' ').trim();

function readName(typed: string): Reading {
  const text = plain(typed);
  if (text === '') return { wrong: 'Enter the name of the group' };
  return text.length > longest.name
    ? { wrong: `The name can have ${longest.name} letters at most` }
    : { text };
}

function readAddress(typed: string): Reading {
  const bare = typed.trim();
  if (bare === '') return { text: '' };
  const text = /^[a-z][a-z0-9+.-]*:/i.test(bare) ? bare : `https://${bare}`;
  const isWeb = /^https?:\/\/[^\s/]+\.[^\s/]+/i.test(text) && /^[^\s<>"']+$/.test(text);
  if (!isWeb || !URL.canParse(text) || text.length > longest.address) {
    return { wrong: 'Enter a web address, such as https://codefortulsa.org' };
  }
  return { text };
}

function readItems(typed: string): Reading {
  const items = readList(typed);
  if (items.length > longest.items) return { wrong: `Name ${longest.items} at most` };
  return items.some((item) => item.length > longest.item)
    ? { wrong: `Each one can have ${longest.item} letters at most; part them by commas` }
    : { text: listText(items) };
}

function readClosed(typed: string, today: Day): Reading {
  const text = typed.trim();
  if (text === '') return { text };
  const isDate =
    /^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/.test(text) &&
    new Date(`${firstDay(text)}T00:00:00Z`).toISOString().startsWith(firstDay(text));
  return isDate && firstDay(text) <= today
    ? { text }
    : { wrong: 'Enter a year or a day that is past, such as 2024 or 2024-05-31' };
}

const readKind = (typed: string): Reading =>
  (groupKinds as readonly string[]).includes(typed)
    ? { text: typed }
    : { wrong: 'Choose what kind of group it is' };

interface PlaceRead {
  readonly reading: Reading;
  readonly city: NamedCity | null;
  readonly choices: readonly string[];
}

function readTypedPlace(places: Gazetteer, { typed, shown, choice }: FieldsToRead): PlaceRead {
  const text = plain(typed.place ?? '').slice(0, 120);
  if (text !== '' && text === shown.place) return { reading: { text }, city: null, choices: [] };
  const wrong = (message: string, choices: readonly string[] = []): PlaceRead => ({
    reading: { wrong: message },
    city: null,
    choices,
  });
  if (text === '') return wrong('Enter the city and state, or a ZIP code');
  const found = readPlace(places, text, choice);
  if (found.kind === 'choice') return wrong(`Choose which ${text} is meant`, found.choices);
  if (found.kind === 'unknown') {
    return wrong(
      `We know no city “${text}”. Enter city and state, such as Tulsa, OK`,
      found.choices,
    );
  }
  return { reading: { text: cityLabel(found.city) }, city: found.city, choices: [] };
}

/** The point as typed; where none was, or the place moved and the point did not, the middle of the city. */
function readTypedPoint({ typed, shown }: FieldsToRead, city: NamedCity | null): Reading {
  const text = (typed.point ?? '').trim();
  if (city && (text === '' || text === shown.point)) return { text: pointText(city) };
  if (text === '') return { text: shown.point ?? '' };
  const point = readPoint(text);
  return point
    ? { text: pointText(point) }
    : { wrong: 'Enter latitude and longitude, such as 36.154, -95.993' };
}

export function readFields(places: Gazetteer, asked: FieldsToRead): FieldsRead {
  const { fields, typed, today } = asked;
  const place = readTypedPlace(places, asked);
  const readers: Readonly<Record<SuggestedField, (text: string) => Reading>> = {
    name: readName,
    kind: readKind,
    place: () => place.reading,
    point: () => readTypedPoint(asked, place.city),
    website: readAddress,
    eventsUrl: readAddress,
    codeUrl: readAddress,
    topics: readItems,
    needs: readItems,
    offers: readItems,
    closed: (text) => readClosed(text, today),
  };
  const readings = fields.map((field) => ({ field, reading: readers[field](typed[field] ?? '') }));
  return {
    texts: Object.fromEntries(
      readings.flatMap(({ field, reading }) => ('text' in reading ? [[field, reading.text]] : [])),
    ),
    city: place.city,
    problems: readings.flatMap(({ field, reading }) =>
      'wrong' in reading ? [{ field, message: reading.wrong }] : [],
    ),
    choices: place.choices,
  };
}
