// What a list's word on a group would change in its record, field by field, and which of our values stay unless
// somebody says otherwise.
import { compareDates } from '../../domain/dates.ts';
import { distanceMiles } from '../../domain/distance.ts';
import { doubleMiles } from '../../domain/doubles.ts';
import type { Group, Listing } from '../../domain/records.ts';
import type { GroupKind } from '../../domain/words.ts';
import type { Unstamped } from '../../store/mapping.ts';
import { formatDate } from '../../web/format.ts';
import type { FieldDifference, ListedGroup, ListName } from '../preview.ts';
import { nameKey } from './among-rows.ts';
import type { CityBook } from './city-book.ts';
import { addressFields } from './read-row.ts';

export interface Comparing {
  readonly list: ListName;
  readonly cities: CityBook;
  /** Fields of each group, by slug, that a person wrote. */
  readonly personFields: ReadonlyMap<string, ReadonlySet<string>>;
}

/** A list older than what we know of a group tells of old names and nothing else. */
const isOlder = (group: Group, { date }: ListName): boolean =>
  group.listing !== null && compareDates(date, group.listing.date) < 0;

const isEmpty = (value: unknown): boolean =>
  value === null || value === '' || (Array.isArray(value) && value.length === 0);

const isSameList = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((item, at) => item === other[at]);

/** @param overwrites take the list's values even where ours would stay */
export function groupDifferences(
  group: Group,
  listed: ListedGroup,
  { list, cities, personFields }: Comparing,
  overwrites = false,
): FieldDifference[] {
  const older = isOlder(group, list);
  const written = personFields.get(group.slug);
  const isVouched = group.source.verified || group.signs.some(({ kind }) => kind === 'confirmed');
  const keepsOf = (field: keyof Group): FieldDifference['keeps'] => {
    if (overwrites) return null;
    if (older) return 'newer';
    if (written?.has(field)) return 'confirmed';
    return isVouched && !isEmpty(group[field]) ? 'verified' : null;
  };
  const found: FieldDifference[] = [];
  const differ = (field: keyof Group, after: unknown, keeps = keepsOf(field)): void => {
    found.push({ field, before: group[field], after, keeps });
  };

  const isRenamed = nameKey(group.name) !== nameKey(listed.name);
  if (group.name !== listed.name) differ('name', listed.name);
  if (listed.place && !listed.isPlaceDoubtful) {
    const { slug, state, country } = cities.cityOf(listed.place);
    if (slug !== group.city) {
      differ('city', slug);
      if (state !== group.state) differ('state', state, keepsOf('city'));
      if (country !== group.country) differ('country', country, keepsOf('city'));
    }
  }
  const { point } = listed;
  if (point && !listed.isPointDoubtful && distanceMiles(point, group) > doubleMiles) {
    if (point.lat !== group.lat) differ('lat', point.lat, keepsOf('lng'));
    if (point.lng !== group.lng) differ('lng', point.lng, keepsOf('lng'));
  }
  const isOfThisList = group.listing?.list === list.name && !isVouched;
  for (const field of addressFields) {
    const after = listed[field];
    // A blank takes away only what the same list gave.
    if (after === undefined || after === group[field] || (after === null && !isOfThisList))
      continue;
    differ(field, after);
  }
  if (listed.founded !== undefined && group.founded === null) differ('founded', listed.founded);
  if (listed.tags && !isSameList(listed.tags, group.tags)) {
    differ('tags', listed.tags, older && group.tags.length > 0 ? keepsOf('tags') : null);
  }
  const topics = [...new Set([...group.topics, ...(listed.topics ?? [])])];
  if (topics.length > group.topics.length) differ('topics', topics);

  const takesName = isRenamed && keepsOf('name') === null;
  const names = namesBefore(group, listed, takesName);
  if (!isSameList(names, group.previousNames)) differ('previousNames', names, null);
  const contacts = contactsOf(listed).filter((contact) => !group.contacts.includes(contact));
  if (contacts.length > 0) differ('contacts', [...group.contacts, ...contacts], null);
  if (!older) {
    const listing = listingFor(listed, list, group.listing);
    if (!isSameListing(listing, group.listing)) differ('listing', listing, null);
  }
  return found;
}

/** Every other name that is known of it: of a group that keeps its name the list's own is one. */
function namesBefore(group: Group, listed: ListedGroup, takesName: boolean): readonly string[] {
  const [current, other] = takesName ? [listed.name, group.name] : [group.name, listed.name];
  const known = group.previousNames.filter((name) => name !== current);
  return distinctNames([...listed.previousNames, other], current, known);
}

/** The known names as they are, then each other name once; spellings of the current one are none. */
function distinctNames(
  names: readonly string[],
  current: string,
  known: readonly string[] = [],
): string[] {
  const keys = new Set([current, ...known].map(nameKey));
  const found = [...known];
  for (const name of names) {
    const key = nameKey(name);
    if (keys.has(key)) continue;
    keys.add(key);
    found.push(name);
  }
  return found;
}

const isSameListing = (one: Listing | null, other: Listing | null): boolean =>
  one?.list === other?.list && one?.date === other?.date && one?.mark === other?.mark;

/** The Brigade list calls the active ones official; another mark of the same list stays. */
function listingFor(
  { tags = [] }: ListedGroup,
  { name, date }: ListName,
  known: Listing | null,
): Listing {
  if (tags.includes('Official')) return { list: name, date, mark: 'active' };
  const isKnown = known?.list === name && known.date === date && known.mark !== 'gone';
  return { list: name, date, mark: isKnown ? known.mark : 'unknown' };
}

/** What to write to a group by; a place or a street is none. */
const contactsOf = ({ contact }: ListedGroup): readonly string[] =>
  /^\S+@\S+\.\S+$|^https?:\/\/\S+$/.test(contact) ? [contact] : [];

/** The record of a group that the directory does not have yet; null where no point or no country is known. */
export function newGroup(
  slug: string,
  listed: ListedGroup,
  { list, cities }: Comparing,
): Unstamped<Group> | null {
  if (listed.point === null || listed.country === '') return null;
  const city = listed.place && cities.cityOf(listed.place);
  return {
    slug,
    name: listed.name,
    kind: kindOf(listed),
    city: city?.slug ?? null,
    state: city?.state ?? listed.state,
    country: city?.country ?? listed.country,
    lat: listed.point.lat,
    lng: listed.point.lng,
    website: listed.website ?? null,
    eventsUrl: listed.eventsUrl ?? null,
    codeUrl: listed.codeUrl ?? null,
    feedUrl: listed.feedUrl ?? null,
    topics: [...(listed.topics ?? [])],
    needs: [],
    previousNames: distinctNames(listed.previousNames, listed.name),
    previousSlugs: [],
    tags: [...(listed.tags ?? [])],
    founded: listed.founded ?? null,
    listing: listingFor(listed, list, null),
    signs: [],
    closed: null,
    contacts: [...contactsOf(listed)],
    source: {
      note: `${list.name}, ${formatDate(list.date)}`,
      url: null,
      date: list.date,
      verified: false,
    },
  };
}

function kindOf({ tags = [], name }: ListedGroup): GroupKind {
  const words = tags.join(' ').toLowerCase();
  if (/\bok lab\b/.test(words)) return 'open-data-group';
  if (/\bbrigade\b(?! collaboration)/.test(words)) return 'brigade';
  if (/meetup/i.test(name)) return 'meetup';
  if (/open data/i.test(`${name} ${words}`)) return 'open-data-group';
  return 'other';
}
