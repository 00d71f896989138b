// Near doubles: whether a group that somebody proposes may be in the directory already.
// It only asks; whether they are the same is for people to say.
import { distanceMiles } from './distance.ts';
import { fold } from './fold.ts';
import type { Group } from './records.ts';

/** 100 metres, miles. */
export const doubleMiles = 0.1 / 1.609344;

export const doubleReasons = ['web-address', 'name-and-point', 'name-and-city'] as const;
export type DoubleReason = (typeof doubleReasons)[number];

/** What is known of the proposed group; null where nothing is. */
export interface Candidate {
  readonly name: string;
  readonly point: { readonly lat: number; readonly lng: number } | null;
  /** Slug of its city, null where the directory has none for it. */
  readonly city: string | null;
  /** Its website, events page and code page. */
  readonly addresses: readonly string[];
}

type Comparable = Pick<
  Group,
  'slug' | 'name' | 'previousNames' | 'lat' | 'lng' | 'city' | 'website' | 'eventsUrl' | 'codeUrl'
>;

export interface Double<G extends Comparable> {
  readonly group: G;
  /** At least one, in the order of doubleReasons. */
  readonly reasons: readonly DoubleReason[];
}

/**
 * The groups that the candidate may be: one of its web addresses is theirs, or the name is similar (an old name counts)
 * and it stands within 100 metres or in the same city. Those with most reasons first, then by name and slug.
 */
export function findDoubles<G extends Comparable>(
  candidate: Candidate,
  groups: readonly G[],
): Double<G>[] {
  const isSameAddress = sameAddress(candidate.addresses);
  return groups
    .map((group) => ({ group, reasons: reasonsFor(candidate, isSameAddress, group) }))
    .filter(({ reasons }) => reasons.length > 0)
    .sort(
      (one, other) =>
        other.reasons.length - one.reasons.length ||
        compare(one.group.name, other.group.name) ||
        compare(one.group.slug, other.group.slug),
    );
}

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

function reasonsFor(
  { name, point, city }: Candidate,
  isKnown: (address: string) => boolean,
  group: Comparable,
): DoubleReason[] {
  const own = [group.website, group.eventsUrl, group.codeUrl];
  const isSameAddress = own.some((address) => address !== null && isKnown(address));
  const isNear = point !== null && distanceMiles(point, group) <= doubleMiles;
  const isSameCity = city !== null && city === group.city;
  const isSimilar =
    (isNear || isSameCity) &&
    [group.name, ...group.previousNames].some((known) => areNamesSimilar(name, known));
  return [
    ...(isSameAddress ? (['web-address'] as const) : []),
    ...(isSimilar && isNear ? (['name-and-point'] as const) : []),
    ...(isSimilar && isSameCity ? (['name-and-city'] as const) : []),
  ];
}

/** Sites that many groups use: there, the host alone names nobody. */
const sharedHosts = /^(?:[\w-]+\.)*(?:facebook|meetup|github|twitter|x|linkedin|google)\.com$/;

/**
 * One spelling of a web address: host without `www.`, path without its last slash; scheme, query and fragment aside.
 * Undefined for what names no group: no web address, or the front page of a site that many use.
 */
export function webKey(address: string): string | undefined {
  if (!/^https?:\/\//i.test(address) || !URL.canParse(address)) return undefined;
  const { hostname, pathname } = new URL(address);
  const host = hostname.toLowerCase().replace(/^www\./, '');
  const path = pathname.replace(/\/+$/, '').toLowerCase();
  const isNobodys = host === '' || (path === '' && sharedHosts.test(host));
  return isNobodys ? undefined : host + path;
}

/** An address whose host stands in it as browsers spell it: nothing to decode, no port, no number for a name. */
const plainAddress = /^https?:\/\/(?:www\.)?([a-z0-9.-]*[a-z])(?=[/?#]|$)/i;

/** Whether an address has the key of one of these. Taking an address apart takes long, so hosts are compared first. */
function sameAddress(addresses: readonly string[]): (address: string) => boolean {
  const keys = new Set(addresses.flatMap((address) => webKey(address) ?? []));
  const hosts = new Set([...keys].map((key) => key.split('/', 1)[0]));
  return (address) => {
    const host = plainAddress.exec(address)?.[1];
    if (keys.size === 0 || (host !== undefined && !hosts.has(host.toLowerCase()))) return false;
    const key = webKey(address);
    return key !== undefined && keys.has(key);
  };
}

/** Words that names have or leave out at will. */
const fillers = new Set(['a', 'an', 'and', 'at', 'for', 'in', 'of', 'the']);

/** One slip of spelling for each seven letters. */
const lettersPerSlip = 7;

/** A name made ready to be compared with many others. */
export interface ComparableName {
  readonly words: readonly string[];
  readonly joined: string;
  /** Without the fillers, each once. */
  readonly telling: readonly string[];
}

export function comparableName(name: string): ComparableName {
  const words = wordsOf(name);
  const telling = [...new Set(words)].filter((word) => !fillers.has(word));
  return { words, joined: words.join(''), telling };
}

/**
 * Whether two names may be the same one: folded (see fold.ts; `Code4Tulsa` counts as `Code for Tulsa`), they
 * - are the same without their spaces,
 * - or all words of one (two at least, `for`, `the` and the like aside) are words of the other,
 * - or one becomes the other by one slip of spelling for each seven letters of the longer.
 * The order of the two does not matter.
 */
export const areNamesSimilar = (one: string, other: string): boolean =>
  areSimilar(comparableName(one), comparableName(other));

export function areSimilar(one: ComparableName, other: ComparableName): boolean {
  if (one.joined === '' || other.joined === '') return false;
  if (one.joined === other.joined || isWithin(one, other) || isWithin(other, one)) return true;
  const longer = Math.max(one.joined.length, other.joined.length);
  return isWithinSlips(one.joined, other.joined, Math.floor(longer / lettersPerSlip));
}

const wordsOf = (name: string): string[] =>
  fold(spellOut(name))
    .split(' ')
    .filter((word) => word !== '');

/** `Code4Tulsa` is said as `Code for Tulsa`. */
export const spellOut = (name: string): string =>
  name.includes('4') ? name.replace(/(\p{L})4(?=\p{L})/gu, '$1 for ') : name;

const isWithin = ({ telling }: ComparableName, { words }: ComparableName): boolean =>
  telling.length >= 2 && telling.every((word) => words.includes(word));

/** Names are cut before they are compared: longer ones are not typed by people. */
const longestCompared = 120;

/**
 * Whether the Levenshtein distance (letters left out, put in or changed) is so small. Row by row, and in each only as
 * far from the diagonal as so few slips lead.
 */
function isWithinSlips(one: string, other: string, most: number): boolean {
  const [from, to] = [one.slice(0, longestCompared), other.slice(0, longestCompared)];
  if (most === 0 || Math.abs(from.length - to.length) > most) return false;
  const tooFar = most + 1;
  let above = Array.from({ length: to.length + 2 }, (_, at) => Math.min(at, tooFar));
  let row: number[] = above.map(() => tooFar);
  for (let line = 1; line <= from.length; line += 1) {
    const [first, last] = [Math.max(1, line - most), Math.min(to.length, line + most)];
    const letter = from.charCodeAt(line - 1);
    let before = first === 1 ? Math.min(line, tooFar) : tooFar;
    let least = before;
    row[first - 1] = before;
    for (let at = first; at <= last; at += 1) {
      const change = (above[at - 1] as number) + (letter === to.charCodeAt(at - 1) ? 0 : 1);
      before = Math.min(change, (above[at] as number) + 1, before + 1);
      row[at] = before;
      if (before < least) least = before;
    }
    row[last + 1] = tooFar;
    if (least > most) return false;
    [above, row] = [row, above];
  }
  return (above[to.length] as number) <= most;
}
