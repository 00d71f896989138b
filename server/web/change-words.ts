// The change log in words: kinds of record, fields, origins and values. Addresses of people are not in the log.
import type { Directory } from '../directory/directory.ts';
import {
  cityPath,
  collaborationPath,
  conveningPath,
  groupPath,
  partnerPath,
  staffPersonPath,
  surveyPath,
} from '../paths.ts';
import { formatDate } from './format.ts';
import { partWords } from './group-words.ts';

const kindLabels: Readonly<Record<string, string>> = {
  city: 'City',
  partner: 'NNIP partner',
  group: 'Civic tech group',
  report: 'Report',
  wave: 'Survey wave',
  collaboration: 'Collaboration',
  convening: 'Convening',
  verdict: 'Word of a group on a report',
  person: 'Person',
  invitation: 'Invitation',
  suggestion: 'Suggestion',
  outreach: 'Outreach',
};

export const kindLabel = (kind: string): string => kindLabels[kind] ?? kind;

const originLabels: Readonly<Record<string, string>> = {
  seed: 'starting directory',
  web: 'these pages',
  'command-line': 'command line',
  import: 'import',
  check: 'automatic check',
  demo: 'demonstration',
};

export const originLabel = (origin: string): string => originLabels[origin] ?? origin;

const fieldLabels: Readonly<Record<string, string>> = {
  record: 'the whole record',
  hostInstitution: 'Host institution',
  metro: 'Metropolitan area',
  reachMiles: 'Reach in miles',
  contacts: 'Contact addresses',
  lat: 'Latitude',
  lng: 'Longitude',
  eventsUrl: 'Events page',
  codeUrl: 'Code page',
  feedUrl: 'Feed',
  previousNames: 'Previous names',
  previousSlugs: 'Former addresses',
  partnerName: 'Name of the partner',
  groupName: 'Name of the group',
  publicNote: 'Public note',
  internalNote: 'Internal note',
  wantsTies: 'Wants stronger ties',
  from: 'Began',
  to: 'Ended',
  start: 'Begins',
  end: 'Ends',
  staff: 'NNIP staff',
  partners: 'Partners',
  groups: 'Groups',
};

/** "Reach in miles" for `reachMiles`; a field without words of its own is its name, parted. */
export function fieldLabel(field: string): string {
  const known = fieldLabels[field];
  if (known !== undefined) return known;
  const words = field.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const isDate = /^\d{4}(-\d{2}(-\d{2})?)?$/;
/** Fields whose text is a date; a name may look like one. */
const dateFields = new Set(['from', 'to', 'start', 'end', 'date', 'opens', 'closes', 'founded']);

/** A value of the log as a person reads it. Never empty; a record has a line for each field, one within it has none. */
export function valueWords(value: unknown, field = '', isWithin = false): string {
  if (value === null || value === undefined || value === '') return 'nothing';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'string') {
    return dateFields.has(field) && isDate.test(value) ? formatDate(value) : value;
  }
  if (Array.isArray(value)) {
    return value.length === 0
      ? 'nothing'
      : value.map((one) => partWords(field, one) ?? valueWords(one, '', true)).join('; ');
  }
  if (typeof value === 'object') {
    const words = partWords(field, value);
    if (words !== null) return words;
    return Object.entries(value)
      .map(([name, one]) => `${fieldLabel(name)}: ${valueWords(one, name, true)}`)
      .join(isWithin ? ', ' : '\n');
  }
  return String(value);
}

const longest = 160;

/** At most so much of it that a table stays a table. */
export function shortWords(value: unknown, field: string): string {
  const words = valueWords(value, field).replaceAll('\n', '. ');
  return words.length > longest ? `${words.slice(0, longest - 1)}…` : words;
}

/** A record that came or went is named; its fields are on the page of the change. */
export function nameIn(value: unknown): string {
  if (typeof value !== 'object' || value === null) return '';
  const { name, title } = value as { name?: unknown; title?: unknown };
  return typeof title === 'string' ? title : typeof name === 'string' ? name : '';
}

/** What a record is called now, and its page; the slug where the directory does not have it. */
export function recordLink(
  directory: Directory,
  kind: string,
  slug: string,
): { readonly text: string; readonly href: string | null } {
  const pages: Readonly<Record<string, () => { text: string | undefined; href: string }>> = {
    city: () => ({ text: directory.findCity(slug)?.name, href: cityPath(slug) }),
    partner: () => ({ text: directory.findPartner(slug)?.name, href: partnerPath(slug) }),
    // A record that was merged into another has a name of its own in the log.
    group: () => {
      const group = directory.findGroup(slug);
      return { text: group?.slug === slug ? group.name : undefined, href: groupPath(slug) };
    },
    wave: () => ({ text: directory.findWave(slug)?.name, href: surveyPath(slug) }),
    collaboration: () => ({
      text: directory.findCollaboration(slug)?.title,
      href: collaborationPath(slug),
    }),
    convening: () => ({ text: directory.findConvening(slug)?.name, href: conveningPath(slug) }),
  };
  const found = pages[kind]?.();
  if (found?.text !== undefined) return { text: found.text, href: found.href };
  return { text: slug, href: kind === 'person' ? staffPersonPath(slug) : null };
}
