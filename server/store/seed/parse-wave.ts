// Reads a wave that is known by its totals from its JSON file, as strictly as the tables.
import { z } from 'zod';
import type { Wave } from '../../domain/records.ts';
import { countBases, waveStates } from '../../domain/words.ts';

const date = z
  .string()
  .regex(/^\d{4}(-\d\d(-\d\d)?)?$/, 'must be a date such as 2014-07-31, 2014-07 or 2014');
const counts = z.array(
  z.strictObject({
    key: z.string().min(1),
    label: z.string().min(1),
    count: z.int().min(0),
    basis: z.enum(countBases),
    stated: z.string(),
  }),
);

const wave = z.strictObject({
  slug: z.string().regex(/^\d{4}-\d\d$/, 'must be a year and a month such as 2014-07'),
  name: z.string().min(1),
  state: z.enum(waveStates),
  opens: date,
  closes: date,
  introduction: z.string(),
  aggregate: z
    .strictObject({
      respondents: z.int().min(0),
      method: z.string(),
      levels: counts,
      combined: counts,
      alsoStated: z.array(z.string()),
      notes: z.array(z.string()),
    })
    .refine(
      ({ respondents, levels }) =>
        levels.reduce((sum, { count }) => sum + count, 0) === respondents,
      'must have levels that add up to its respondents',
    ),
  source: z.strictObject({
    note: z.string().min(1),
    url: z.url({ protocol: /^https?$/ }).nullable(),
    date: date.nullable(),
    verified: z.boolean(),
  }),
});

/** The wave, or undefined after having told `complain` what is wrong with it. */
export function parseWave(text: string, complain: (words: string) => void): Wave | undefined {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    complain(`is not JSON: ${(error as Error).message}.`);
    return undefined;
  }
  const parsed = wave.safeParse(json);
  for (const issue of parsed.error?.issues ?? []) {
    complain(`${issue.path.join('.') || 'it'}: ${issue.message}.`);
  }
  // Only its totals are known: whom it asked is not.
  return parsed.data && { ...parsed.data, asked: [] };
}
