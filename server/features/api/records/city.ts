// A city in the API: its schema, the record from the snapshot, and its flat row for GeoJSON and CSV.
import { z } from 'zod';
import type { CityEntry } from '../../../directory/directory.ts';
import { flags, levels } from '../../../domain/words.ts';
import { cityPath } from '../../../paths.ts';
import * as fields from './fields.ts';

const own = {
  slug: fields.slug,
  name: z.string(),
  state: fields.state,
  country: fields.country,
  lat: fields.lat,
  lng: fields.lng,
  flag: z.enum(flags),
  isGap: z.boolean(),
  level: z
    .enum(levels)
    .nullable()
    .meta({ description: 'The strongest fresh level of its partners.' }),
};

const groupsInReach = z
  .int()
  .nonnegative()
  .meta({ description: 'How many groups in reach are not closed.' });

export const citySchema = fields.named(
  'City',
  z.object({
    ...own,
    lastKnown: fields.lastKnownSchema.nullable(),
    partners: fields.slugs.meta({ description: 'Slugs of its partners, without former ones.' }),
    groupsInReach,
    groups: fields.slugs.meta({
      description: 'Slugs of the nearest of these, nearest first, 25 at most.',
    }),
    url: fields.pageUrl,
  }),
);
export type CityItem = z.infer<typeof citySchema>;

export const cityRowSchema = fields.named(
  'CityRow',
  z.object({
    ...own,
    lastKnownLevel: z.enum(levels).nullable(),
    lastKnownDate: fields.partialDate.nullable(),
    partners: fields.slugs,
    groupsInReach,
    groups: fields.slugs,
    url: fields.pageUrl,
  }),
);

export const toCityItem = (city: CityEntry, publicUrl: string): CityItem => ({
  slug: city.slug,
  name: city.name,
  state: city.state,
  country: city.country,
  lat: city.lat,
  lng: city.lng,
  flag: city.flag,
  isGap: city.isGap,
  level: city.level,
  lastKnown: city.lastKnown && {
    level: city.lastKnown.level,
    date: city.lastKnown.date,
    collaboration: city.lastKnown.collaboration,
  },
  partners: city.partners
    .filter(({ status }) => status !== 'former')
    .map((partner) => partner.slug),
  groupsInReach: city.countInReach,
  groups: city.nearestInReach.map(({ group }) => group.slug),
  url: publicUrl + cityPath(city.slug),
});

export function toCityRow({ lastKnown, ...item }: CityItem): z.infer<typeof cityRowSchema> {
  return {
    ...item,
    lastKnownLevel: lastKnown?.level ?? null,
    lastKnownDate: lastKnown?.date ?? null,
  };
}
