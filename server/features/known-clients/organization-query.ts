// What a client of the Code for America API may ask: filters that look for a text within a field, tags, and paging.
// Names that it does not know are ignored, as clients add their own against caches.
import type { Directory, GroupEntry } from '../../directory/directory.ts';
import { invalid } from '../../errors.ts';
import { type Organization, toOrganization } from './organization.ts';
import { organizationNames } from './organization-names.ts';

export interface OrganizationQuery {
  readonly page: number;
  readonly perPage: number;
  /** Lower case; found anywhere in the field, as the old API did. */
  readonly within: Readonly<Partial<Record<SearchedField, string>>>;
  /** Lower case; every one of them must be a whole tag. */
  readonly tags: readonly string[];
  /** Words looked for in names and places; '' for none. */
  readonly words: string;
}

const searchedFields = [
  'name',
  'city',
  'type',
  'website',
  'events_url',
  'projects_list_url',
] as const;
type SearchedField = (typeof searchedFields)[number];

export const usualPerPage = 10;
const mostPerPage = 1_000;

/** @throws Problem (invalid) that names the wrong field */
export function parseOrganizationQuery(search: URLSearchParams): OrganizationQuery {
  const within: Partial<Record<SearchedField, string>> = {};
  for (const field of searchedFields) {
    const text = search.get(field)?.trim().toLowerCase();
    if (text) within[field] = text.slice(0, 200);
  }
  return {
    page: wholeNumber(search, 'page', 1, 1_000_000),
    perPage: Math.min(wholeNumber(search, 'per_page', usualPerPage, 1_000_000), mostPerPage),
    within,
    tags: search
      .getAll('tags')
      .flatMap((text) => text.split(','))
      .map((text) => text.trim().toLowerCase())
      .filter((text) => text !== ''),
    words: search.get('q')?.trim().slice(0, 200) ?? '',
  };
}

function wholeNumber(search: URLSearchParams, name: string, usual: number, most: number): number {
  const text = search.get(name)?.trim() ?? '';
  if (text === '') return usual;
  const value = /^\d{1,7}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= 1 && value <= most)) {
    throw invalid(`${name} must be a whole number of 1 or more.`, name);
  }
  return value;
}

/** In the directory's order. */
export function findOrganizations(
  directory: Directory,
  query: OrganizationQuery,
  publicUrl: string,
): Organization[] {
  const names = organizationNames(directory);
  const named = query.words === '' ? null : new Set(directory.searchGroups(query.words));
  const searched = Object.entries(query.within) as [SearchedField, string][];
  const fits = (group: GroupEntry, organization: Organization): boolean =>
    (named === null || named.has(group)) &&
    searched.every(([field, text]) => organization[field]?.toLowerCase().includes(text)) &&
    query.tags.every((wanted) => organization.tags.some((tag) => tag.toLowerCase() === wanted));
  return names.all.flatMap((group) => {
    const organization = toOrganization(group, names, publicUrl);
    return fits(group, organization) ? [organization] : [];
  });
}

/** What changed last comes first; then by name. */
export const latestFirst = (organizations: readonly Organization[]): Organization[] =>
  [...organizations].sort(
    (a, b) => b.last_updated - a.last_updated || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0),
  );
