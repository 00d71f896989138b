// A gap in the API: a partner city without a known working tie, and what stands nearest to closing it.
import { z } from 'zod';
import type { CityEntry } from '../../../directory/directory.ts';
import { sharedTopics } from '../../../directory/shared-topics.ts';
import { gapFlags } from '../../../domain/words.ts';
import { citySchema, toCityItem } from './city.ts';
import * as fields from './fields.ts';

const flag = z.enum(gapFlags);
const since = z.iso.date().meta({
  description: 'The day on which the gap began, or the first on which it is known.',
});
const isSinceExact = z
  .boolean()
  .meta({ description: 'False where the gap may be older than `since`.' });

export const gapSchema = fields.named(
  'Gap',
  z
    .object({
      city: citySchema,
      flag,
      since,
      isSinceExact,
      partners: fields.slugs.meta({ description: 'Slugs of its partners, without former ones.' }),
      nearestGroup: z
        .object({ slug: fields.slug, name: z.string(), distanceMiles: fields.miles })
        .nullable()
        .meta({
          description:
            'The nearest live group wherever it is, else the nearest one not closed; distance to a tenth of a mile.',
        }),
      sharedTopics: fields.texts.meta({
        description: 'Topics that a partner of the city and the nearest group both have.',
      }),
    })
    .meta({ description: 'A partner city where no working tie is known.' }),
);
export type GapItem = z.infer<typeof gapSchema>;

export const gapRowSchema = z.object({
  city: fields.slug,
  name: z.string(),
  state: fields.state,
  country: fields.country,
  lat: fields.lat,
  lng: fields.lng,
  flag,
  since,
  isSinceExact,
  partners: fields.slugs,
  nearestGroup: z.string().nullable(),
  nearestGroupName: z.string().nullable(),
  nearestGroupMiles: fields.miles.nullable(),
  sharedTopics: fields.texts,
  url: fields.pageUrl,
});

const isGapFlag = (value: string): value is GapItem['flag'] =>
  (gapFlags as readonly string[]).includes(value);

/** @throws RangeError for a city that has no gap: select the gaps first. */
export function toGapItem(entry: CityEntry, publicUrl: string): GapItem {
  const { gapSince } = entry;
  if (!isGapFlag(entry.flag) || gapSince === null) {
    throw new RangeError(`${entry.slug} has no gap`);
  }
  const city = toCityItem(entry, publicUrl);
  return {
    city,
    flag: entry.flag,
    since: gapSince.day,
    isSinceExact: gapSince.isExact,
    partners: city.partners,
    nearestGroup: entry.nearestGroup && {
      slug: entry.nearestGroup.group.slug,
      name: entry.nearestGroup.group.name,
      distanceMiles: fields.roundMiles(entry.nearestGroup.distanceMiles),
    },
    sharedTopics: entry.nearestGroup
      ? [...sharedTopics(entry.partners, entry.nearestGroup.group)]
      : [],
  };
}

export const toGapRow = (gap: GapItem): z.infer<typeof gapRowSchema> => ({
  city: gap.city.slug,
  name: gap.city.name,
  state: gap.city.state,
  country: gap.city.country,
  lat: gap.city.lat,
  lng: gap.city.lng,
  flag: gap.flag,
  since: gap.since,
  isSinceExact: gap.isSinceExact,
  partners: gap.partners,
  nearestGroup: gap.nearestGroup?.slug ?? null,
  nearestGroupName: gap.nearestGroup?.name ?? null,
  nearestGroupMiles: gap.nearestGroup?.distanceMiles ?? null,
  sharedTopics: gap.sharedTopics,
  url: gap.city.url,
});
