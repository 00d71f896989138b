// A group in the API: its schema, the record from the snapshot, and its flat row for GeoJSON and CSV.
// Contact addresses are not here: only fields that visibility.ts makes public.
import { z } from 'zod';
import type { GroupEntry } from '../../../directory/directory.ts';
import { toPublicGroup } from '../../../domain/visibility.ts';
import { groupKinds, listingMarks, livenessStates, signKinds } from '../../../domain/words.ts';
import { groupPath } from '../../../paths.ts';
import { livenessText } from '../../../web/format.ts';
import * as fields from './fields.ts';

const own = {
  slug: fields.slug,
  name: z.string(),
  kind: z.enum(groupKinds),
  city: fields.slug.nullable().meta({
    description: 'Slug of its city; null for a group of a whole state or country.',
  }),
  cityName: z.string().nullable(),
  state: fields.state,
  country: fields.country,
  lat: fields.lat,
  lng: fields.lng,
  website: fields.link,
  eventsUrl: fields.link,
  codeUrl: fields.link,
  feedUrl: fields.link,
  topics: fields.texts,
  needs: fields.texts,
  previousNames: fields.texts,
  tags: fields.texts.meta({ description: 'The words that a published list files it under.' }),
  founded: fields.partialDate.nullable(),
};

const signSchema = fields.named(
  'Sign',
  z
    .object({
      kind: z.enum(signKinds),
      date: fields.partialDate,
      source: z.string(),
      url: fields.link,
    })
    .meta({ description: 'One dated sign that a group is alive, and who or what said so.' }),
);

const listingSchema = fields.named(
  'Listing',
  z
    .object({
      list: z.string(),
      date: fields.partialDate,
      mark: z.enum(listingMarks),
    })
    .meta({ description: 'What a published list said of the group; not a sign of life.' }),
);

export const groupSchema = fields.named(
  'Group',
  z.object({
    ...own,
    liveness: z.object({
      state: z.enum(livenessStates),
      sign: signSchema.nullable().meta({ description: 'The newest sign that counts.' }),
      text: z.string().meta({ description: 'What its page and the lists say of it, in words.' }),
      checkedOn: fields.partialDate.nullable().meta({
        description: 'The last day on which its sources were asked; null where they never were.',
      }),
    }),
    listing: listingSchema.nullable(),
    closed: z.object({ date: fields.partialDate, reason: z.string() }).nullable(),
    partners: fields.slugs.meta({
      description: 'Slugs of the partners that have it in reach, nearest first.',
    }),
    source: fields.sourceSchema,
    updatedAt: fields.moment,
    url: fields.pageUrl,
  }),
);
export type GroupItem = z.infer<typeof groupSchema>;

export const groupRowSchema = fields.named(
  'GroupRow',
  z.object({
    ...own,
    liveness: z.enum(livenessStates),
    livenessText: z.string(),
    checkedOn: fields.partialDate.nullable(),
    signKind: z.enum(signKinds).nullable(),
    signDate: fields.partialDate.nullable(),
    signSource: z.string().nullable(),
    signUrl: fields.link,
    listedIn: z.string().nullable(),
    listedDate: fields.partialDate.nullable(),
    listedAs: z.enum(listingMarks).nullable(),
    closedDate: fields.partialDate.nullable(),
    closedReason: z.string().nullable(),
    partners: fields.slugs,
    ...fields.sourceColumns,
    updatedAt: fields.moment,
    url: fields.pageUrl,
  }),
);

const toSign = ({ sign }: GroupEntry['liveness']): GroupItem['liveness']['sign'] =>
  sign && { kind: sign.kind, date: sign.date, source: sign.source, url: sign.url };

export function toGroupItem(entry: GroupEntry, publicUrl: string): GroupItem {
  const group = toPublicGroup(entry);
  return {
    slug: group.slug,
    name: group.name,
    kind: group.kind,
    city: group.city,
    cityName: entry.cityEntry?.name ?? null,
    state: group.state,
    country: group.country,
    lat: group.lat,
    lng: group.lng,
    website: group.website,
    eventsUrl: group.eventsUrl,
    codeUrl: group.codeUrl,
    feedUrl: group.feedUrl,
    topics: [...group.topics],
    needs: [...group.needs],
    previousNames: [...group.previousNames],
    tags: [...group.tags],
    founded: group.founded,
    liveness: {
      state: entry.liveness.state,
      sign: toSign(entry.liveness),
      text: livenessText(entry, entry.asOf),
      checkedOn: entry.checkedOn,
    },
    listing: group.listing && {
      list: group.listing.list,
      date: group.listing.date,
      mark: group.listing.mark,
    },
    closed: group.closed && { date: group.closed.date, reason: group.closed.reason },
    partners: [...entry.partnersInReach],
    source: fields.toSource(group.source),
    updatedAt: group.updatedAt,
    url: publicUrl + groupPath(group.slug),
  };
}

export function toGroupRow(group: GroupItem): z.infer<typeof groupRowSchema> {
  const { liveness, listing, closed, source, ...item } = group;
  return {
    ...item,
    liveness: liveness.state,
    livenessText: liveness.text,
    checkedOn: liveness.checkedOn,
    signKind: liveness.sign?.kind ?? null,
    signDate: liveness.sign?.date ?? null,
    signSource: liveness.sign?.source ?? null,
    signUrl: liveness.sign?.url ?? null,
    listedIn: listing?.list ?? null,
    listedDate: listing?.date ?? null,
    listedAs: listing?.mark ?? null,
    closedDate: closed?.date ?? null,
    closedReason: closed?.reason ?? null,
    ...fields.toSourceColumns(source),
  };
}
