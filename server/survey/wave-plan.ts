// The plan of a wave as somebody typed it: name, opening and closing day, words of introduction.
// Parsed and checked here for making and editing alike; no clock, today is an argument.
import { z } from 'zod';
import type { Day } from '../domain/dates.ts';
import type { Wave } from '../domain/records.ts';

export interface WavePlan {
  readonly name: string;
  readonly opens: Day;
  readonly closes: Day;
  readonly introduction: string;
}

export type PlanField = keyof WavePlan;

export interface PlanError {
  readonly field: PlanField;
  readonly message: string;
}

export type ParsedPlan =
  | { readonly ok: true; readonly plan: WavePlan }
  | { readonly ok: false; readonly errors: readonly PlanError[] };

const day = (which: string) =>
  z
    .string()
    .trim()
    .refine((text) => isDay(text), `Enter the ${which} day as year, month and day: 2026-07-01`);

const isDay = (text: string): boolean => {
  const moment = new Date(`${text}T00:00:00Z`);
  return (
    /^20\d\d-\d\d-\d\d$/.test(text) &&
    !Number.isNaN(moment.getTime()) &&
    moment.toISOString().startsWith(text)
  );
};

const plan = z.object({
  name: z
    .string()
    .transform((text) => text.replace(/\s+/g, ' ').trim())
    .pipe(
      z
        .string()
        .min(1, 'Give the wave a name, such as “Civic tech survey, July 2026”')
        .max(120, 'The name is longer than 120 characters: shorten it'),
    ),
  opens: day('opening'),
  closes: day('closing'),
  introduction: z
    .string()
    .transform((text) => text.replace(/\r\n?/g, '\n').trim())
    .pipe(z.string().max(4_000, 'The introduction is longer than 4,000 characters: shorten it')),
});

/**
 * Checks a plan that is typed for the first time, or for an existing wave: then only what may still change is
 * taken, see `changeable`.
 */
export function parsePlan(typed: Readonly<Record<PlanField, string>>, today: Day): ParsedPlan {
  const parsed = plan.safeParse(typed);
  const errors: PlanError[] = parsed.success
    ? []
    : parsed.error.issues.map((issue) => ({
        field: issue.path[0] as PlanField,
        message: issue.message,
      }));
  const { opens, closes } = { opens: typed.opens.trim(), closes: typed.closes.trim() };
  if (isDay(closes) && closes < today) {
    errors.push({ field: 'closes', message: 'The closing day is in the past: choose a later one' });
  } else if (isDay(opens) && isDay(closes) && closes < opens) {
    errors.push({ field: 'closes', message: 'The closing day is before the opening day' });
  }
  return parsed.success && errors.length === 0
    ? { ok: true, plan: parsed.data }
    : { ok: false, errors };
}

/** What of a wave may still be changed: everything of a draft, closing day and introduction while it is open. */
export const changeable: Readonly<Record<Wave['state'], readonly PlanField[]>> = {
  draft: ['name', 'opens', 'closes', 'introduction'],
  open: ['closes', 'introduction'],
  closed: [],
};
