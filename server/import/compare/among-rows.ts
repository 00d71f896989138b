// Doubts that only the other rows show: one point for several, one website twice, names that are nearly the same.
// Everything goes through maps and small blocks, so that a hundred thousand rows take a hundred thousand steps.
import { areSimilar, comparableName, spellOut, webKey } from '../../domain/doubles.ts';
import { fold } from '../../domain/fold.ts';
import { cityLabel } from '../../web/format.ts';
import type { RowReading } from './read-row.ts';

/** Names are compared in pairs within a block of so many; a bigger block is of people who list one city only. */
const mostInBlock = 40;
const mostNamed = 4;

/** One key for the spellings of a name: `Beta NYC` and `BetaNYC`; `Code4Tulsa` and `Code for Tulsa`. */
export function nameKey(name: string): string {
  const key = fold(spellOut(name)).replaceAll(' ', '');
  return key === '' ? name.trim().toLowerCase() : key;
}

export function doubtAmong(readings: readonly RowReading[]): void {
  twiceInFile(readings);
  sharedPoints(readings);
  sameAddresses(readings);
  nearDoubles(readings);
}

const push = <Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void => {
  const known = map.get(key);
  if (known) known.push(value);
  else map.set(key, [value]);
};

function namesOf(others: readonly RowReading[]): string {
  const shown = others.slice(0, mostNamed).map(({ name, row }) => `${name} (line ${row.line})`);
  const more = others.length - shown.length;
  return `${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** Each group of two or more, and for each member the others of it. */
function eachShared(
  groups: Iterable<readonly RowReading[]>,
  tell: (one: RowReading, others: readonly RowReading[]) => void,
): void {
  for (const members of groups) {
    if (members.length < 2) continue;
    // In a group of thousands nobody is told of all others.
    for (const one of members) {
      tell(
        one,
        members.length > 100 ? members.slice(0, 100) : members.filter((other) => other !== one),
      );
    }
  }
}

const placeKeyOf = ({ place, state, country }: RowReading): string =>
  place ? fold(cityLabel(place)) : `${state} ${country}`;

function twiceInFile(readings: readonly RowReading[]): void {
  const first = new Map<string, RowReading>();
  for (const reading of readings) {
    const key = `${nameKey(reading.name)}\n${placeKeyOf(reading)}`;
    const known = first.get(key);
    if (known === undefined) first.set(key, reading);
    else {
      reading.suspicions.push({
        kind: 'twice-in-file',
        field: null,
        says: `A group of this name and place stands on line ${known.row.line} already.`,
        proposal: null,
      });
    }
  }
}

function sharedPoints(readings: readonly RowReading[]): void {
  const points = new Map<string, RowReading[]>();
  for (const reading of readings) {
    const { point } = reading;
    if (point && !(point.lat === 0 && point.lng === 0)) {
      push(points, `${point.lat.toFixed(4)} ${point.lng.toFixed(4)}`, reading);
    }
  }
  eachShared(points.values(), (one, others) => {
    one.suspicions.push({
      kind: 'shared-point',
      field: null,
      says: `The same point as ${namesOf(others)}: on a map they lie on each other.`,
      proposal: null,
    });
  });
}

const addressWords = { website: 'website', eventsUrl: 'events page' } as const;

function sameAddresses(readings: readonly RowReading[]): void {
  for (const field of ['website', 'eventsUrl'] as const) {
    const addresses = new Map<string, RowReading[]>();
    for (const reading of readings) {
      const key = webKey(reading.addresses[field] ?? '');
      if (key !== undefined) push(addresses, key, reading);
    }
    eachShared(addresses.values(), (one, others) => {
      one.alike.push(...others.slice(0, mostNamed));
      one.suspicions.push({
        kind: 'same-website',
        field: null,
        says: `The same ${addressWords[field]} as ${namesOf(others)}.`,
        proposal: null,
      });
    });
  }
}

/** Words that many groups have in their names, and that tell none apart. */
const common = new Set([
  ...[
    'a',
    'an',
    'and',
    'at',
    'for',
    'in',
    'of',
    'the',
    'code',
    'open',
    'hack',
    'hacks',
    'hacking',
    'data',
  ],
  ...[
    'civic',
    'tech',
    'brigade',
    'lab',
    'ok',
    'group',
    'meetup',
    'america',
    'city',
    'collaborative',
  ],
]);

const tellingWords = (name: string): readonly string[] =>
  fold(name.replace(/\([^)]*\)/g, ' '))
    .split(' ')
    .filter((word) => word !== '' && !common.has(word));

/** What tells a group from others, as one text, and in how many words. */
interface Telling {
  readonly joined: string;
  readonly words: number;
}

function tellingOf(name: string): Telling {
  const words = tellingWords(name);
  return { joined: words.join(''), words: words.length };
}

/** `Open Indy` and `Code for Indianapolis`: what tells them apart from others begins alike. */
function areNearlyOne(one: Telling, other: Telling): boolean {
  if (one.joined === '' || other.joined === '') return false;
  if (one.joined === other.joined) return true;
  if (one.words !== 1 || other.words !== 1) return false;
  const length = Math.min(one.joined.length, other.joined.length);
  return length >= 4 && one.joined.slice(0, length - 1) === other.joined.slice(0, length - 1);
}

function nearDoubles(readings: readonly RowReading[]): void {
  const isTold = ({ suspicions }: RowReading): boolean =>
    suspicions.some(({ kind }) => kind === 'near-double' || kind === 'twice-in-file');
  const tell = (one: RowReading, other: RowReading): void => {
    if (isTold(one)) return;
    one.alike.push(other);
    one.suspicions.push({
      kind: 'near-double',
      field: null,
      says: `Nearly the same name as ${other.name} (line ${other.row.line}). They may be one group.`,
      proposal: null,
    });
  };
  const inPlaces = new Map<string, RowReading[]>();
  const stems = new Map<string, RowReading[]>();
  for (const reading of readings) {
    if (reading.place) push(inPlaces, placeKeyOf(reading), reading);
    const stem = nameKey(reading.name.replace(/\([^)]*\)/g, ' '));
    push(stems, stem, reading);
  }
  for (const members of inPlaces.values()) {
    const block = members.slice(0, mostInBlock).map((reading) => ({
      reading,
      name: comparableName(reading.name),
      telling: tellingOf(reading.name),
    }));
    for (const [at, one] of block.entries()) {
      for (const other of block.slice(at + 1)) {
        // Each row is told of one other.
        if (isTold(one.reading) && isTold(other.reading)) continue;
        const isNear = areNearlyOne(one.telling, other.telling) || areSimilar(one.name, other.name);
        if (!isNear) continue;
        tell(one.reading, other.reading);
        tell(other.reading, one.reading);
      }
    }
  }
  eachShared(stems.values(), (one, [other]) => {
    if (other && other.name !== one.name) tell(one, other);
  });
}
