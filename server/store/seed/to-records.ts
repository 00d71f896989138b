// Rows of the starting directory's tables to records of the domain. What a row may hold is checked before.
import type {
  City,
  Collaboration,
  Convening,
  Group,
  Partner,
  Source,
} from '../../domain/records.ts';
import type { Unstamped } from '../mapping.ts';
import { derivedReportId, type NewReport } from '../reports.ts';
import type { Row } from './csv-table.ts';
import type {
  cityColumns,
  collaborationColumns,
  conveningColumns,
  groupColumns,
  partnerColumns,
} from './tables.ts';

export type CityRow = Row<typeof cityColumns>;
export type PartnerRow = Row<typeof partnerColumns>;
export type GroupRow = Row<typeof groupColumns>;
export type CollaborationRow = Row<typeof collaborationColumns>;
export type ConveningRow = Row<typeof conveningColumns>;

type SourceRow = Pick<PartnerRow, 'source_note' | 'source_url' | 'source_date' | 'verified'>;

const toSource = (row: SourceRow, addition = ''): Source => ({
  note: row.source_note + addition,
  url: row.source_url,
  date: row.source_date,
  verified: row.verified,
});

export const toCity = ({ slug, name, state, country, lat, lng }: CityRow): City => ({
  slug,
  name,
  state,
  country,
  lat,
  lng,
});

const membershipIn2014 = {
  yes: '; in the network in 2014',
  likely: '; likely in the network in 2014',
  no: '; not in the network in 2014',
  unknown: '',
} as const;

export const toPartner = (row: PartnerRow): Unstamped<Partner> => ({
  slug: row.slug,
  name: row.name,
  hostInstitution: row.host_institution,
  city: row.city,
  metro: row.metro,
  lat: row.lat,
  lng: row.lng,
  reachMiles: null,
  website: row.website,
  topics: row.topics,
  offers: row.offers,
  status: row.status,
  since: row.since,
  contacts: [],
  source: toSource(row, membershipIn2014[row.in_2014]),
});

export const toGroup = (row: GroupRow): Unstamped<Group> => ({
  slug: row.slug,
  name: row.name,
  kind: row.kind,
  city: row.city,
  state: row.state,
  country: row.country,
  lat: row.lat,
  lng: row.lng,
  website: row.website,
  eventsUrl: row.events_url,
  codeUrl: row.code_url,
  feedUrl: null,
  topics: row.topics,
  needs: row.needs,
  previousNames: row.previous_names,
  previousSlugs: [],
  tags: [],
  founded: row.founded,
  listing:
    row.listing_list && row.listing_date && row.listing_mark
      ? { list: row.listing_list, date: row.listing_date, mark: row.listing_mark }
      : null,
  signs:
    row.last_event && row.last_event_source
      ? [{ kind: 'last-event', date: row.last_event, source: row.last_event_source, url: null }]
      : [],
  closed: null,
  contacts: [],
  source: toSource(row),
});

export const toCollaboration = (row: CollaborationRow): Unstamped<Collaboration> => ({
  slug: row.slug,
  title: row.title,
  city: row.city,
  partner: row.partner,
  partnerName: row.partner_name,
  group: row.group,
  groupName: row.group_name,
  from: row.from,
  to: row.to,
  summary: row.summary,
  link: row.link,
  state: 'published',
  source: toSource(row),
});

/** The report that a collaboration is evidence for; null where its level or its partner is not known. */
export function toDerivedReport(row: CollaborationRow): NewReport | null {
  if (row.level === null || row.partner === null) return null;
  return {
    id: derivedReportId(row.slug),
    partner: row.partner,
    level: row.level,
    date: row.to,
    groups: row.group ? [row.group] : [],
    wave: null,
    origin: 'collaboration',
    collaboration: row.slug,
    gave: [],
    barriers: [],
    wantsTies: null,
    publicNote: row.title,
    internalNote: '',
  };
}

export const toConvening = (row: ConveningRow): Unstamped<Convening> => ({
  slug: row.slug,
  name: row.name,
  kind: row.kind,
  start: row.start,
  end: row.end,
  city: row.city,
  place: row.place,
  website: row.website,
  partners: row.partners,
  groups: row.groups,
  source: toSource(row),
});
