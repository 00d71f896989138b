// What staff send about a wave, read as typed; survey/wave-plan.ts says whether it will do.
import type { Wave } from '../../domain/records.ts';
import type { PlanField } from '../../survey/wave-plan.ts';

/** What Express makes of a form; nothing in it is trusted. */
export type Body = Readonly<Record<string, unknown>> | undefined;

/** A plan as it stands in the fields. */
export type TypedPlan = Readonly<Record<PlanField, string>>;

/** The one text that was sent under a name; '' where there is none. */
export function textIn(body: Body, name: string): string {
  const value = body?.[name];
  return typeof value === 'string' ? value.slice(0, 20_000) : '';
}

export const readPlan = (body: Body): TypedPlan => ({
  name: textIn(body, 'name'),
  opens: textIn(body, 'opens'),
  closes: textIn(body, 'closes'),
  introduction: textIn(body, 'introduction'),
});

export const planOf = (wave: Wave): TypedPlan => ({
  name: wave.name,
  opens: wave.opens,
  closes: wave.closes,
  introduction: wave.introduction,
});
