// A collaboration in the API: its schema, the record from the snapshot, and its flat row for CSV.
import { z } from 'zod';
import type { Collaboration } from '../../../domain/records.ts';
import { collaborationPath } from '../../../paths.ts';
import * as fields from './fields.ts';

const own = {
  slug: fields.slug,
  title: z.string(),
  city: fields.slug.meta({ description: 'Slug of its city.' }),
  partner: fields.slug.nullable().meta({ description: 'Null where only the name is known.' }),
  partnerName: z.string(),
  group: fields.slug.nullable().meta({ description: 'Null where only the name is known.' }),
  groupName: z.string(),
  from: fields.partialDate,
  to: fields.partialDate,
  summary: z.string(),
  link: fields.link,
};

export const collaborationSchema = fields.named(
  'Collaboration',
  z
    .object({
      ...own,
      source: fields.sourceSchema,
      updatedAt: fields.moment,
      url: fields.pageUrl,
    })
    .meta({ description: 'A documented example of a partner and a group working together.' }),
);
export type CollaborationItem = z.infer<typeof collaborationSchema>;

export const collaborationRowSchema = z.object({
  ...own,
  ...fields.sourceColumns,
  updatedAt: fields.moment,
  url: fields.pageUrl,
});

export const toCollaborationItem = (
  collaboration: Collaboration,
  publicUrl: string,
): CollaborationItem => ({
  slug: collaboration.slug,
  title: collaboration.title,
  city: collaboration.city,
  partner: collaboration.partner,
  partnerName: collaboration.partnerName,
  group: collaboration.group,
  groupName: collaboration.groupName,
  from: collaboration.from,
  to: collaboration.to,
  summary: collaboration.summary,
  link: collaboration.link,
  source: fields.toSource(collaboration.source),
  updatedAt: collaboration.updatedAt,
  url: publicUrl + collaborationPath(collaboration.slug),
});

export const toCollaborationRow = ({
  source,
  ...item
}: CollaborationItem): z.infer<typeof collaborationRowSchema> => ({
  ...item,
  ...fields.toSourceColumns(source),
});
