// The words of the import pages: kinds of rows, choices, states, formats and what a column holds.
import type { BatchState } from '../../domain/words.ts';
import type { FieldDifference } from '../../import/preview.ts';
import type { ColumnField } from '../../import/read/columns.ts';
import type { FileFormat } from '../../import/read/table.ts';
import type { RowFilter } from '../../import/runs/rows-file.ts';
import type { EntryKind, RowChoice } from '../../import/words.ts';
import type { PageHead } from '../../web/render.ts';

export const importHead = (title: string, canonical: string, hasErrors = false): PageHead => ({
  title: hasErrors ? `Error: ${title}` : title,
  description: 'For NNIP staff.',
  canonical,
  section: null,
  structuredData: null,
  noIndex: true,
});

export interface Crumb {
  readonly label: string;
  readonly href?: string;
}

export const filterLabels: Readonly<Record<RowFilter, string>> = {
  suspicious: 'Suspicious',
  asked: 'Ours is confirmed',
  added: 'New',
  changed: 'Changed',
  renamed: 'Renamed',
  gone: 'Gone from the list',
  unchanged: 'Unchanged',
  'left-out': 'Left out',
};

export const kindLabels: Readonly<Record<EntryKind, string>> = {
  added: 'New',
  changed: 'Changed',
  renamed: 'Renamed',
  gone: 'Gone from the list',
  unchanged: 'Unchanged',
  'left-out': 'Left out',
};

export const choiceLabels: Readonly<Record<RowChoice, string>> = {
  safe: 'Take, but leave out what is doubtful',
  proposed: 'Take with what is proposed',
  'as-it-is': 'Take as the list has it, with what is doubtful',
  left: 'Leave',
};

export const keepWords: Readonly<Record<NonNullable<FieldDifference['keeps']>, string>> = {
  confirmed: 'a person wrote ours, so it stays',
  verified: 'ours is checked, so it stays',
  newer: 'ours is newer, so it stays',
};

export const stateLabels: Readonly<Record<BatchState, string>> = {
  planned: 'Planned',
  applying: 'Being written',
  settling: 'Being written',
  done: 'Done',
  undoing: 'Being undone',
  undone: 'Undone',
};

export const formatLabels: Readonly<Record<FileFormat, string>> = {
  'brigade-list': 'The Brigade list',
  'brigade-list-2014': 'The Brigade list as it was in 2014',
  'civic-tech-index': 'The Civic Tech Index',
  geojson: 'GeoJSON',
  json: 'JSON',
  csv: 'A table',
  'our-groups': 'Our own export of groups',
  'our-partners': 'Our own export of partners',
};

export const columnLabels: Readonly<Record<ColumnField, string>> = {
  name: 'Name',
  website: 'Website',
  eventsUrl: 'Events page',
  codeUrl: 'Code page',
  feedUrl: 'Feed',
  place: 'City',
  state: 'State',
  country: 'Country',
  lat: 'Latitude',
  lng: 'Longitude',
  tags: 'Tags',
  topics: 'Topics',
  previousNames: 'Previous names',
  contact: 'Contact',
  founded: 'Founded',
  participants: 'Number of participants',
  nestedCity: 'City, a second time',
  nestedState: 'State, a second time',
  nestedCountry: 'Country, a second time',
  nestedLat: 'Latitude, a second time',
  nestedLng: 'Longitude, a second time',
};
