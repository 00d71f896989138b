// The fields that several records of the API share, as Zod schemas, and the table that names every schema
// in the API's description. What a field is called here is what every format calls it.
import { z } from 'zod';
import type { Source } from '../../../domain/records.ts';
import { levels } from '../../../domain/words.ts';

/** Names become `#/components/schemas/<id>` in openapi.json. */
export const components = z.registry<{ id: string }>();

/** Gives a schema its name in the description. */
export function named<T extends z.ZodType>(id: string, schema: T): T {
  components.add(schema, { id });
  return schema;
}

export const slug = z
  .string()
  .meta({ description: 'Names the record for good; stands in its address.' });
export const lat = z.number().min(-90).max(90).meta({ description: 'Degrees north, WGS 84.' });
export const lng = z.number().min(-180).max(180).meta({ description: 'Degrees east, WGS 84.' });
export const state = z
  .string()
  .meta({ description: 'Two-letter state or territory in the United States, else empty.' });
export const country = z
  .string()
  .regex(/^[A-Z]{2}$/)
  .meta({ description: 'ISO 3166-1 alpha-2.' });
export const texts = z.array(z.string());
export const slugs = z.array(z.string());
export const link = z.url().nullable();
export const pageUrl = z.url().meta({ description: 'Its page for people.' });
export const moment = z.iso.datetime().meta({ description: 'When its record last changed.' });
export const miles = z.number().nonnegative();
export const partialDate = z
  .string()
  .regex(/^\d{4}(-\d{2}(-\d{2})?)?$/)
  .meta({ description: 'A day, or a month or a year where no more is known; ISO 8601.' });

export const sourceSchema = named(
  'Source',
  z
    .object({
      note: z.string(),
      url: link,
      date: partialDate.nullable(),
      verified: z.boolean().meta({ description: 'Whether a person has checked the record.' }),
    })
    .meta({ description: 'Where the facts of a record come from.' }),
);

export const lastKnownSchema = named(
  'LastKnownTie',
  z
    .object({
      level: z.enum(levels),
      date: partialDate,
      collaboration: z
        .string()
        .nullable()
        .meta({ description: 'Slug of the collaboration that shows it.' }),
    })
    .meta({
      description:
        'The strongest tie known from a time that no longer counts; it does not change a flag.',
    }),
);

export const toSource = ({ note, url, date, verified }: Source): z.infer<typeof sourceSchema> => ({
  note,
  url,
  date,
  verified,
});

/** The columns of a source in the flat formats. */
export const sourceColumns = {
  sourceNote: z.string(),
  sourceUrl: link,
  sourceDate: partialDate.nullable(),
  verified: z.boolean(),
};

export const toSourceColumns = ({ note, url, date, verified }: z.infer<typeof sourceSchema>) => ({
  sourceNote: note,
  sourceUrl: url,
  sourceDate: date,
  verified,
});

/** Distances are given to a tenth of a mile. */
export const roundMiles = (distance: number): number => Math.round(distance * 10) / 10;

/** Stands in what is read as a whole where the data is invented; else absent. */
export const sampleData = z
  .literal(true)
  .optional()
  .meta({ description: 'Here, and true, where the data is invented; see Crosswalk-Sample-Data.' });

export const sampleMember = ({ sampleData: isSample }: { readonly sampleData: boolean }) =>
  isSample ? { sampleData: true as const } : {};
