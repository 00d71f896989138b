// A convening in the API: its schema, the record from the snapshot, and its flat row for CSV.
import { z } from 'zod';
import type { Convening } from '../../../domain/records.ts';
import { conveningPath } from '../../../paths.ts';
import * as fields from './fields.ts';

const own = {
  slug: fields.slug,
  name: z.string(),
  kind: z.string(),
  start: fields.partialDate,
  end: fields.partialDate.nullable(),
  city: fields.slug
    .nullable()
    .meta({ description: 'Slug of its city where the directory has it.' }),
  place: z.string().meta({ description: 'Empty where it was in many cities or online.' }),
  website: fields.link,
  partners: fields.slugs.meta({ description: 'Slugs of the partners that go.' }),
  groups: fields.slugs.meta({ description: 'Slugs of the groups that go.' }),
};

export const conveningSchema = fields.named(
  'Convening',
  z
    .object({
      ...own,
      source: fields.sourceSchema,
      updatedAt: fields.moment,
      url: fields.pageUrl,
    })
    .meta({ description: 'An event where partners and groups can meet.' }),
);
export type ConveningItem = z.infer<typeof conveningSchema>;

export const conveningRowSchema = z.object({
  ...own,
  ...fields.sourceColumns,
  updatedAt: fields.moment,
  url: fields.pageUrl,
});

export const toConveningItem = (convening: Convening, publicUrl: string): ConveningItem => ({
  slug: convening.slug,
  name: convening.name,
  kind: convening.kind,
  start: convening.start,
  end: convening.end,
  city: convening.city,
  place: convening.place,
  website: convening.website,
  partners: [...convening.partners],
  groups: [...convening.groups],
  source: fields.toSource(convening.source),
  updatedAt: convening.updatedAt,
  url: publicUrl + conveningPath(convening.slug),
});

export const toConveningRow = ({
  source,
  ...item
}: ConveningItem): z.infer<typeof conveningRowSchema> => ({
  ...item,
  ...fields.toSourceColumns(source),
});
