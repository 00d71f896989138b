// The columns of the starting directory's tables, in the order in which they stand in the files.
import { groupKinds, levels, listingMarks, partnerStatuses } from '../../domain/words.ts';
import {
  country,
  date,
  latitude,
  listOf,
  longitude,
  oneOf,
  optional,
  slug,
  state,
  text,
  textOrNone,
  webAddress,
  yesOrNo,
} from './cells.ts';
import type { Line } from './csv-table.ts';

const sourceColumns = {
  source_note: text,
  source_url: optional(webAddress),
  source_date: optional(date),
  verified: yesOrNo,
};

export const cityColumns = {
  slug,
  name: text,
  state,
  country,
  lat: latitude,
  lng: longitude,
};

export const partnerColumns = {
  slug,
  name: text,
  host_institution: textOrNone,
  city: slug,
  metro: textOrNone,
  lat: latitude,
  lng: longitude,
  website: optional(webAddress),
  status: oneOf(partnerStatuses),
  since: optional(text),
  in_2014: oneOf(['yes', 'likely', 'no', 'unknown']),
  topics: listOf(text),
  offers: listOf(text),
  ...sourceColumns,
};

export const groupColumns = {
  slug,
  name: text,
  kind: oneOf(groupKinds),
  city: optional(slug),
  state,
  country,
  lat: latitude,
  lng: longitude,
  website: optional(webAddress),
  events_url: optional(webAddress),
  code_url: optional(webAddress),
  topics: listOf(text),
  needs: listOf(text),
  previous_names: listOf(text),
  founded: optional(date),
  listing_list: optional(text),
  listing_date: optional(date),
  listing_mark: optional(oneOf(listingMarks)),
  last_event: optional(date),
  last_event_source: optional(text),
  ...sourceColumns,
};

export const collaborationColumns = {
  slug,
  title: text,
  city: slug,
  partner: optional(slug),
  partner_name: text,
  group: optional(slug),
  group_name: text,
  from: date,
  to: date,
  level: optional(oneOf(levels)),
  summary: text,
  link: optional(webAddress),
  ...sourceColumns,
};

export const conveningColumns = {
  slug,
  name: text,
  kind: text,
  start: date,
  end: optional(date),
  city: optional(slug),
  place: textOrNone,
  website: optional(webAddress),
  partners: listOf(slug),
  groups: listOf(slug),
  ...sourceColumns,
};

/** The tables as they were read: only the rows whose cells are right. */
export interface Tables {
  readonly cities: readonly Line<typeof cityColumns>[];
  readonly partners: readonly Line<typeof partnerColumns>[];
  readonly groups: readonly Line<typeof groupColumns>[];
  readonly collaborations: readonly Line<typeof collaborationColumns>[];
  readonly convenings: readonly Line<typeof conveningColumns>[];
}
