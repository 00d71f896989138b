// A wave of the survey in the API: its schema, the record from the snapshot, and its flat row for CSV.
// A count that the source only implies is marked `inferred` in every format.
import { z } from 'zod';
import type { AggregateCount, Wave } from '../../../domain/records.ts';
import { waveStates } from '../../../domain/words.ts';
import { surveyPath } from '../../../paths.ts';
import * as fields from './fields.ts';

const own = {
  slug: fields.slug,
  name: z.string(),
  state: z.enum(waveStates),
  opens: fields.partialDate,
  closes: fields.partialDate,
  introduction: z.string(),
};

const countSchema = fields.named(
  'Count',
  z.object({
    key: z.string(),
    label: z.string(),
    count: z.int().nonnegative(),
    basis: z.enum(['stated', 'inferred', 'computed']).meta({
      description: 'Whether the source states the number, implies it, or we added it up.',
    }),
    stated: z.string().meta({ description: "The source's own words, or the keys added up." }),
  }),
);

const aggregateSchema = fields.named(
  'WaveAggregate',
  z
    .object({
      respondents: z.int().nonnegative(),
      method: z.string(),
      levels: z.array(countSchema),
      combined: z.array(countSchema),
      alsoStated: fields.texts,
      notes: fields.texts,
    })
    .meta({ description: 'The totals of a wave of which no single answers are known.' }),
);

export const waveSchema = fields.named(
  'Wave',
  z
    .object({
      ...own,
      aggregate: aggregateSchema.nullable(),
      source: fields.sourceSchema,
      url: fields.pageUrl,
    })
    .meta({ description: 'One round of the survey of NNIP partners.' }),
);
export type WaveItem = z.infer<typeof waveSchema>;

export const waveRowSchema = z.object({
  ...own,
  respondents: z.int().nullable(),
  answers: fields.texts,
  ...fields.sourceColumns,
  url: fields.pageUrl,
});

const toCount = ({ key, label, count, basis, stated }: AggregateCount) => ({
  key,
  label,
  count,
  basis,
  stated,
});

export const toWaveItem = (wave: Wave, publicUrl: string): WaveItem => ({
  slug: wave.slug,
  name: wave.name,
  state: wave.state,
  opens: wave.opens,
  closes: wave.closes,
  introduction: wave.introduction,
  aggregate: wave.aggregate && {
    respondents: wave.aggregate.respondents,
    method: wave.aggregate.method,
    levels: wave.aggregate.levels.map(toCount),
    combined: wave.aggregate.combined.map(toCount),
    alsoStated: [...wave.aggregate.alsoStated],
    notes: [...wave.aggregate.notes],
  },
  source: fields.toSource(wave.source),
  url: publicUrl + surveyPath(wave.slug),
});

export const toWaveRow = ({
  aggregate,
  source,
  ...item
}: WaveItem): z.infer<typeof waveRowSchema> => ({
  ...item,
  respondents: aggregate?.respondents ?? null,
  answers: (aggregate?.levels ?? []).map(
    ({ label, count, basis }) => `${label}: ${count}${basis === 'inferred' ? ' (inferred)' : ''}`,
  ),
  ...fields.toSourceColumns(source),
});
