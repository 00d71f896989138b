// A partner in the API: its schema, the record from the snapshot, and its flat row for GeoJSON and CSV.
// Contact addresses, barriers and internal notes are not here: only fields that visibility.ts makes public.
import { z } from 'zod';
import type { PartnerEntry } from '../../../directory/directory.ts';
import { toPublicPartner, toPublicReport } from '../../../domain/visibility.ts';
import { flags, gifts, levels, partnerStatuses, reportOrigins } from '../../../domain/words.ts';
import { partnerPath } from '../../../paths.ts';
import * as fields from './fields.ts';

const own = {
  slug: fields.slug,
  name: z.string(),
  hostInstitution: z.string(),
  city: fields.slug.meta({ description: 'Slug of its city.' }),
  cityName: z.string(),
  state: fields.state,
  country: fields.country,
  metro: z.string(),
  lat: fields.lat,
  lng: fields.lng,
  status: z.enum(partnerStatuses),
  since: z
    .string()
    .nullable()
    .meta({ description: 'When it joined NNIP, as its source words it.' }),
  website: fields.link,
  topics: fields.texts,
  offers: fields.texts,
  reachMiles: fields.miles.meta({ description: 'Its own reach, or the usual one.' }),
  flag: z.enum(flags).nullable().meta({ description: 'Null for a former partner.' }),
  level: z.enum(levels).nullable().meta({ description: 'Its newest level, while it is fresh.' }),
};

const reportSchema = fields.named(
  'Report',
  z
    .object({
      level: z.enum(levels),
      date: fields.partialDate,
      origin: z.enum(reportOrigins),
      wave: z.string().nullable(),
      collaboration: z.string().nullable(),
      groups: fields.slugs,
      gave: z.array(z.enum(gifts)),
      wantsTies: z.boolean().nullable(),
      publicNote: z.string(),
    })
    .meta({ description: 'One dated statement of how far a partner is involved.' }),
);

export const partnerSchema = fields.named(
  'Partner',
  z.object({
    ...own,
    lastReport: reportSchema.nullable().meta({ description: 'Its newest report, fresh or not.' }),
    lastKnown: fields.lastKnownSchema.nullable(),
    groups: fields.slugs.meta({
      description: 'Slugs of the groups in reach that are not closed, nearest first.',
    }),
    source: fields.sourceSchema,
    updatedAt: fields.moment,
    url: fields.pageUrl,
  }),
);
export type PartnerItem = z.infer<typeof partnerSchema>;

export const partnerRowSchema = fields.named(
  'PartnerRow',
  z.object({
    ...own,
    reportedLevel: z.enum(levels).nullable(),
    reportedDate: fields.partialDate.nullable(),
    lastKnownLevel: z.enum(levels).nullable(),
    lastKnownDate: fields.partialDate.nullable(),
    groups: fields.slugs,
    ...fields.sourceColumns,
    updatedAt: fields.moment,
    url: fields.pageUrl,
  }),
);

function toReport(entry: PartnerEntry): PartnerItem['lastReport'] {
  if (!entry.lastReport) return null;
  const report = toPublicReport(entry.lastReport);
  return {
    level: report.level,
    date: report.date,
    origin: report.origin,
    wave: report.wave,
    collaboration: report.collaboration,
    groups: [...report.groups],
    gave: [...report.gave],
    wantsTies: report.wantsTies,
    publicNote: report.publicNote,
  };
}

export function toPartnerItem(entry: PartnerEntry, publicUrl: string): PartnerItem {
  const partner = toPublicPartner(entry);
  return {
    slug: partner.slug,
    name: partner.name,
    hostInstitution: partner.hostInstitution,
    city: partner.city,
    cityName: entry.cityEntry.name,
    state: entry.cityEntry.state,
    country: entry.cityEntry.country,
    metro: partner.metro,
    lat: partner.lat,
    lng: partner.lng,
    status: partner.status,
    since: partner.since,
    website: partner.website,
    topics: [...partner.topics],
    offers: [...partner.offers],
    reachMiles: entry.effectiveReachMiles,
    flag: entry.flag,
    level: entry.level,
    lastReport: toReport(entry),
    lastKnown: entry.lastKnown && {
      level: entry.lastKnown.level,
      date: entry.lastKnown.date,
      collaboration: entry.lastKnown.collaboration,
    },
    groups: entry.groupsInReach.map(({ group }) => group.slug),
    source: fields.toSource(partner.source),
    updatedAt: partner.updatedAt,
    url: publicUrl + partnerPath(partner.slug),
  };
}

export function toPartnerRow({
  lastReport,
  lastKnown,
  source,
  ...item
}: PartnerItem): z.infer<typeof partnerRowSchema> {
  return {
    ...item,
    reportedLevel: lastReport?.level ?? null,
    reportedDate: lastReport?.date ?? null,
    lastKnownLevel: lastKnown?.level ?? null,
    lastKnownDate: lastKnown?.date ?? null,
    ...fields.toSourceColumns(source),
  };
}
