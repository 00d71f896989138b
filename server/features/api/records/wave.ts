// A wave of the survey in the API: its schema, the record from the snapshot, and its flat row for CSV.
// A count that the source only implies is marked `inferred` in every format. Single answers are wave-answer.ts.
import { z } from 'zod';
import type { Directory } from '../../../directory/directory.ts';
import type { AggregateCount, Report, Wave, WaveAggregate } from '../../../domain/records.ts';
import { type Level, levels, waveStates } from '../../../domain/words.ts';
import { apiWaveAnswersPath, surveyExportPath, surveyPath } from '../../../paths.ts';
import * as fields from './fields.ts';
import { toTransitions, transitionsSchema } from './transitions.ts';

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

const count = z.int().nonnegative();

const levelCountsSchema = fields.named(
  'LevelCounts',
  z
    .object({
      leads: count,
      led: count,
      extensive: count,
      some: count,
      none: count,
      unaware: count,
    } satisfies Record<Level, typeof count>)
    .meta({
      description: 'Partners by the level of the answer that counts, none folded together.',
    }),
);

const turnout = {
  respondents: count.meta({ description: 'Partners that answered.' }),
  invited: count
    .nullable()
    .meta({ description: 'Partners that were asked; null where the source does not say.' }),
  notAnswered: count
    .nullable()
    .meta({ description: 'Asked, and not answered; with the respondents it makes the invited.' }),
};

const exportSchema = fields.named(
  'WaveExport',
  z
    .object({ json: z.url(), csv: z.url(), frozenAt: z.iso.datetime() })
    .meta({ description: 'What the closing froze: the same bytes for ever.' }),
);

export const waveSchema = fields.named(
  'Wave',
  z
    .object({
      ...own,
      ...turnout,
      levels: levelCountsSchema
        .nullable()
        .meta({ description: 'Null where only totals are known: see `aggregate`.' }),
      answersUrl: z
        .url()
        .nullable()
        .meta({ description: 'The answers, partner by partner; null where they are not known.' }),
      transitions: transitionsSchema.nullable().meta({
        description:
          'How levels moved since the newest earlier wave that is known partner by partner; null on the first.',
      }),
      export: exportSchema.nullable().meta({ description: 'Null until the wave is closed.' }),
      aggregate: aggregateSchema.nullable(),
      source: fields.sourceSchema,
      url: fields.pageUrl,
    })
    .meta({ description: 'One round of the survey of NNIP partners; provisional while open.' }),
);
export type WaveItem = z.infer<typeof waveSchema>;

/** Empty where only totals are known. */
const nullableCounts = Object.fromEntries(levels.map((level) => [level, count.nullable()])) as {
  readonly [One in Level]: z.ZodNullable<typeof count>;
};

export const waveRowSchema = z.object({
  ...own,
  respondents: z.int().nullable(),
  answers: fields.texts,
  invited: z.int().nullable(),
  notAnswered: z.int().nullable(),
  ...nullableCounts,
  exportUrl: fields.link,
  ...fields.sourceColumns,
  url: fields.pageUrl,
});

/** A wave with the snapshot that knows its answers. */
export interface WaveEntry {
  readonly slug: string;
  readonly opens: string;
  readonly wave: Wave;
  readonly directory: Directory;
}

const entries = new WeakMap<Directory, readonly WaveEntry[]>();

/** The waves of a snapshot, newest first; the same entries whenever it is asked. */
export function waveEntries(directory: Directory): readonly WaveEntry[] {
  const known = entries.get(directory);
  if (known) return known;
  const made = directory.waves.map((wave) => ({
    slug: wave.slug,
    opens: wave.opens,
    wave,
    directory,
  }));
  entries.set(directory, made);
  return made;
}

const toCount = ({ key, label, count, basis, stated }: AggregateCount) => ({
  key,
  label,
  count,
  basis,
  stated,
});

const toAggregate = (aggregate: WaveAggregate): z.infer<typeof aggregateSchema> => ({
  respondents: aggregate.respondents,
  method: aggregate.method,
  levels: aggregate.levels.map(toCount),
  combined: aggregate.combined.map(toCount),
  alsoStated: [...aggregate.alsoStated],
  notes: [...aggregate.notes],
});

function countLevels(answers: Iterable<Report>): z.infer<typeof levelCountsSchema> {
  const counts = { leads: 0, led: 0, extensive: 0, some: 0, none: 0, unaware: 0 };
  for (const { level } of answers) counts[level] += 1;
  return counts;
}

/** What is counted, and where single answers are known. */
function toResults({ wave, directory }: WaveEntry, publicUrl: string) {
  if (wave.aggregate) {
    const { respondents } = wave.aggregate;
    return { respondents, invited: null, notAnswered: null, levels: null, answersUrl: null };
  }
  const { asked, final } = directory.answersIn(wave.slug);
  return {
    respondents: final.size,
    invited: asked.length,
    notAnswered: asked.length - final.size,
    levels: countLevels(final.values()),
    answersUrl: publicUrl + apiWaveAnswersPath(wave.slug),
  };
}

function toExport({ wave, directory }: WaveEntry, publicUrl: string): WaveItem['export'] {
  const frozen = directory.frozenWave(wave.slug);
  if (!frozen) return null;
  return {
    json: publicUrl + surveyExportPath(wave.slug, 'json'),
    csv: publicUrl + surveyExportPath(wave.slug, 'csv'),
    frozenAt: frozen.at,
  };
}

export function toWaveItem(entry: WaveEntry, publicUrl: string): WaveItem {
  const { wave, directory } = entry;
  return {
    slug: wave.slug,
    name: wave.name,
    state: wave.state,
    opens: wave.opens,
    closes: wave.closes,
    introduction: wave.introduction,
    ...toResults(entry, publicUrl),
    transitions: toTransitions(directory, wave),
    export: toExport(entry, publicUrl),
    aggregate: wave.aggregate && toAggregate(wave.aggregate),
    source: fields.toSource(wave.source),
    url: publicUrl + surveyPath(wave.slug),
  };
}

const noCounts = Object.fromEntries(levels.map((level) => [level, null])) as Record<Level, null>;

export const toWaveRow = ({
  aggregate,
  source,
  levels: counts,
  answersUrl: _answers,
  transitions: _transitions,
  export: frozen,
  ...item
}: WaveItem): z.infer<typeof waveRowSchema> => ({
  ...item,
  answers: (aggregate?.levels ?? []).map(
    ({ label, count, basis }) => `${label}: ${count}${basis === 'inferred' ? ' (inferred)' : ''}`,
  ),
  ...(counts ?? noCounts),
  exportUrl: frozen?.csv ?? null,
  ...fields.toSourceColumns(source),
});
