// Makes the records that an accepted suggestion stands for: a new group, a corrected group or partner, a new city.
// Whether it may be accepted is decided before; writing is left to the store.
import type { Directory } from '../directory/directory.ts';
import type { Day } from '../domain/dates.ts';
import { fold } from '../domain/fold.ts';
import type { City, Group, Partner, Point } from '../domain/records.ts';
import type { SuggestedField, SuggestedTexts } from '../domain/suggested.ts';
import { type GroupKind, groupKinds } from '../domain/words.ts';
import type { Unstamped } from '../store/mapping.ts';
import { cityLabel, countryLabel } from '../web/format.ts';
import type { NamedCity } from './read-place.ts';
import { correctedSource, suggestedSource } from './source-words.ts';
import { readList, readPoint } from './texts.ts';

export interface AcceptedChange {
  /** In one spelling, as read-fields.ts gives them. */
  readonly texts: SuggestedTexts;
  readonly taken: readonly SuggestedField[];
  /** The city that the place names, null where the place stays. */
  readonly city: City | null;
  readonly day: Day;
  readonly isChecked: boolean;
}

const longestSlug = 80;

const toSlug = (text: string): string =>
  fold(text)
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, longestSlug)
    .replace(/^-+|-+$/g, '');

/** The slug of a name that none of the records has: `code-for-tulsa`, else `code-for-tulsa-2` and so on. */
export function freeSlug(
  name: string,
  records: readonly { readonly slug: string; readonly previousSlugs?: readonly string[] }[],
): string {
  const taken = new Set(
    records.flatMap(({ slug, previousSlugs = [] }) => [slug, ...previousSlugs]),
  );
  const plain = toSlug(name) || 'group';
  for (let count = 1; ; count += 1) {
    const slug = count === 1 ? plain : `${plain}-${count}`;
    if (!taken.has(slug)) return slug;
  }
}

/** The city of the directory that is meant, or a new one: `tulsa-ok`, `toronto-canada`. */
export function placeCity(
  directory: Directory,
  named: NamedCity,
): { readonly city: City; readonly isNew: boolean } {
  const label = fold(cityLabel(named));
  const known = directory.cities.find((city) => fold(cityLabel(city)) === label);
  if (known) {
    const { slug, name, state, country, lat, lng } = known;
    return { city: { slug, name, state, country, lat, lng }, isNew: false };
  }
  const region = named.country === 'US' ? named.state : countryLabel(named.country);
  const slug = freeSlug(`${named.name} ${region}`, directory.cities);
  return { city: { slug, ...named }, isNew: true };
}

const orNull = (text: string | undefined): string | null =>
  text === undefined || text === '' ? null : text;

/** @throws when the texts name no city or no point: read-fields.ts lets none through without. */
export function newGroup(
  slug: string,
  { texts, taken, city, day }: AcceptedChange,
): Unstamped<Group> {
  const point = readPoint(texts.point ?? '');
  if (!city || !point) throw new Error(`The suggested group ${slug} has no place.`);
  const of = (field: SuggestedField): string => (taken.includes(field) ? (texts[field] ?? '') : '');
  return {
    slug,
    name: texts.name ?? '',
    kind: toKind(texts.kind),
    city: city.slug,
    state: city.state,
    country: city.country,
    ...point,
    website: orNull(of('website')),
    eventsUrl: orNull(of('eventsUrl')),
    codeUrl: orNull(of('codeUrl')),
    feedUrl: null,
    topics: readList(of('topics')),
    needs: readList(of('needs')),
    previousNames: [],
    previousSlugs: [],
    tags: [],
    founded: null,
    listing: null,
    signs: [],
    closed: null,
    contacts: [],
    source: suggestedSource(day),
  };
}

const toKind = (text: string | undefined): GroupKind =>
  groupKinds.find((kind) => kind === text) ?? 'other';

/** The fields that were taken, as the record has them; a group that got another name keeps the old one as such. */
export function correctGroup(group: Group, change: AcceptedChange): Unstamped<Group> {
  const { texts, taken, city, day, isChecked } = change;
  const { updatedAt: _, ...before } = group;
  const has = (field: SuggestedField): boolean => taken.includes(field);
  const name = texts.name ?? group.name;
  const isRenamed = has('name') && fold(name) !== fold(group.name);
  const address = (field: 'website' | 'eventsUrl' | 'codeUrl'): string | null =>
    has(field) ? orNull(texts[field]) : group[field];
  return {
    ...before,
    ...(has('place') && city ? { city: city.slug, state: city.state, country: city.country } : {}),
    ...pointOf(change, group),
    name: has('name') ? name : group.name,
    previousNames: isRenamed ? [...group.previousNames, group.name] : group.previousNames,
    kind: has('kind') ? toKind(texts.kind) : group.kind,
    website: address('website'),
    eventsUrl: address('eventsUrl'),
    codeUrl: address('codeUrl'),
    topics: has('topics') ? readList(texts.topics ?? '') : group.topics,
    needs: has('needs') ? readList(texts.needs ?? '') : group.needs,
    closed: has('closed') ? toClosed(texts.closed ?? '', group) : group.closed,
    source: correctedSource(group.source, day, isChecked),
  };
}

const pointOf = ({ taken, texts }: AcceptedChange, now: Point): Point => {
  const point = taken.includes('point') ? readPoint(texts.point ?? '') : undefined;
  return { lat: point?.lat ?? now.lat, lng: point?.lng ?? now.lng };
};

const toClosed = (date: string, { closed }: Group): Group['closed'] => {
  if (date === '') return null;
  return { date, reason: closed?.reason || 'A visitor told us, and NNIP staff checked it.' };
};

export function correctPartner(partner: Partner, change: AcceptedChange): Unstamped<Partner> {
  const { texts, taken, city, day, isChecked } = change;
  const { createdAt: _, updatedAt: __, ...before } = partner;
  const has = (field: SuggestedField): boolean => taken.includes(field);
  return {
    ...before,
    ...(has('place') && city ? { city: city.slug } : {}),
    ...pointOf(change, partner),
    name: has('name') ? (texts.name ?? partner.name) : partner.name,
    website: has('website') ? orNull(texts.website) : partner.website,
    topics: has('topics') ? readList(texts.topics ?? '') : partner.topics,
    offers: has('offers') ? readList(texts.offers ?? '') : partner.offers,
    source: correctedSource(partner.source, day, isChecked),
  };
}
