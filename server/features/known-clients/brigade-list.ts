// The Brigade list, `organizations.json`, in the shape of the list's own JSON Schema: all values are texts,
// coordinates too, and a name holds no dash, slash or question mark, because the list's readers take it as an address.
import type { Directory, GroupEntry } from '../../directory/directory.ts';
import { brigadeTags } from '../../domain/brigade-tags.ts';
import { toPublicGroup } from '../../domain/visibility.ts';
import { countryLabel } from '../../web/format.ts';
import { stateLabel } from '../../web/place-words.ts';
import { listedPlace } from './listed-place.ts';
import { organizationNames } from './organization-names.ts';

export interface ListedOrganization {
  readonly name: string;
  readonly website: string;
  readonly events_url: string;
  readonly rss: string;
  readonly projects_list_url: string;
  readonly previous_names: readonly string[];
  readonly city: string;
  readonly latitude: string;
  readonly longitude: string;
  readonly type: string;
  readonly tags: readonly string[];
  readonly location: {
    readonly city: string;
    readonly state: string;
    readonly country: string;
    readonly coordinates: { readonly latitude: string; readonly longitude: string };
  };
}

/** Degrees with a decimal point always, and never an exponent: 40 → "40.0". */
export function toListedDegrees(degrees: number): string {
  const text = String(degrees);
  if (/^-?\d+\.\d+$/.test(text)) return text;
  return Number.isInteger(degrees) && !text.includes('e') ? `${text}.0` : degrees.toFixed(6);
}

/** Dashes become the one sign that looks like them and is allowed; a name of nothing else stays readable. */
export const toListedName = (name: string): string =>
  name.replace(/-/g, '\u2010').replace(/\//g, ' ').replace(/\?/g, '').replace(/ +/g, ' ').trim() ||
  'Unnamed';

/** The country as the list writes it. */
const listedCountry = (country: string): string =>
  country === 'US' ? 'USA' : countryLabel(country);

export function toListedOrganization(entry: GroupEntry): ListedOrganization {
  const group = toPublicGroup(entry);
  const tags = brigadeTags(group);
  const coordinates = {
    latitude: toListedDegrees(group.lat),
    longitude: toListedDegrees(group.lng),
  };
  return {
    name: toListedName(group.name),
    website: group.website ?? '',
    events_url: group.eventsUrl ?? '',
    rss: group.feedUrl ?? '',
    projects_list_url: group.codeUrl ?? '',
    previous_names: group.previousNames,
    city: listedPlace(entry),
    ...coordinates,
    type: tags.join(', '),
    tags,
    location: {
      city: entry.cityEntry?.name ?? '',
      state: group.country === 'US' ? stateLabel(group.state) : group.state,
      country: listedCountry(group.country),
      coordinates,
    },
  };
}

/** One record to a few lines, as the list is kept, so that two days can be compared line by line. */
export const toBrigadeList = (directory: Directory): string =>
  `${JSON.stringify(organizationNames(directory).all.map(toListedOrganization), null, 4)}\n`;
