// One group in the shape of the Code for America API, so that maps and sites written for that API read it unchanged.
// Absent texts are null there, never empty; `type` is a text that clients search in, so it is never null.
import type { GroupEntry } from '../../directory/directory.ts';
import { brigadeTags } from '../../domain/brigade-tags.ts';
import { toPublicGroup } from '../../domain/visibility.ts';
import { organizationPath } from '../../paths.ts';
import { listedPlace } from './listed-place.ts';
import type { OrganizationNames } from './organization-names.ts';

export interface Organization {
  readonly id: string;
  readonly name: string;
  readonly city: string | null;
  readonly latitude: number;
  readonly longitude: number;
  readonly website: string | null;
  readonly events_url: string | null;
  readonly projects_list_url: string | null;
  readonly rss: string | null;
  /** The tags as one text, as the list had it before it had tags. */
  readonly type: string;
  readonly tags: readonly string[];
  readonly previous_names: readonly string[];
  readonly started_on: string | null;
  /** Seconds since 1970. */
  readonly last_updated: number;
  readonly api_url: string;
  readonly all_events: string;
  readonly upcoming_events: string;
  readonly past_events: string;
  readonly all_projects: string;
  readonly all_issues: string;
  readonly all_stories: string;
}

/** The lists that hung below an organization. They are answered, and empty: a directory of groups holds none of them. */
export const emptyLists = [
  'events',
  'upcoming_events',
  'past_events',
  'projects',
  'issues',
  'stories',
] as const;

export function toOrganization(
  entry: GroupEntry,
  names: OrganizationNames,
  publicUrl: string,
): Organization {
  const group = toPublicGroup(entry);
  const tags = brigadeTags(group);
  const id = names.idOf(entry);
  const url = publicUrl + organizationPath(id);
  return {
    id,
    name: group.name,
    city: listedPlace(entry) || null,
    latitude: group.lat,
    longitude: group.lng,
    website: group.website,
    events_url: group.eventsUrl,
    projects_list_url: group.codeUrl,
    rss: group.feedUrl,
    type: tags.join(', '),
    tags,
    previous_names: group.previousNames,
    started_on: group.founded,
    last_updated: Math.floor(Date.parse(group.updatedAt) / 1000),
    api_url: url,
    all_events: `${url}/events`,
    upcoming_events: `${url}/upcoming_events`,
    past_events: `${url}/past_events`,
    all_projects: `${url}/projects`,
    all_issues: `${url}/issues`,
    all_stories: `${url}/stories`,
  };
}

/** What the API adds to an organization in a page and under its own address. */
export const withExtras = (organization: Organization) => ({
  ...organization,
  current_events: [],
  current_projects: [],
  current_stories: [],
});

/** Longitude first. */
export const toFeature = (organization: Organization) => ({
  type: 'Feature' as const,
  id: organization.id,
  geometry: {
    type: 'Point' as const,
    coordinates: [organization.longitude, organization.latitude] as const,
  },
  properties: organization,
});
