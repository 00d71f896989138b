// The two days, the cause and the kind of change that an address asks for. Never fails: wrong days fall back.
import type { Directory } from '../../directory/directory.ts';
import { addDays, addMonths, type Day, firstDay } from '../../domain/dates.ts';
import { type GapFlag, gapFlags } from '../../domain/words.ts';
import { firstText, type RawQuery } from '../../web/list.ts';

export const changeKinds = ['closed', 'opened', 'still-open', 'still-closed', 'left'] as const;
export type ChangeKind = (typeof changeKinds)[number];

export interface ChangesQuery {
  readonly from: Day;
  readonly to: Day;
  /** One cause alone, or any gap. */
  readonly cause: GapFlag | null;
  readonly change: ChangeKind | null;
  /** As they stand in the address, without defaults. */
  readonly values: Readonly<Record<'from' | 'to' | 'cause' | 'change', string>>;
}

/** Nothing in the directory was dated before. */
const earliest: Day = '1996-01-01';

/** A day that the calendar has, or undefined. */
export function parseDay(text: string): Day | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  const moment = new Date(`${text}T00:00:00Z`);
  return Number.isNaN(moment.getTime()) || moment.toISOString().slice(0, 10) !== text
    ? undefined
    : text;
}

/** The day before the last closed wave opened, so that what it changed is in; without a wave, a year ago. */
export function defaultFrom({ waves, today }: Directory): Day {
  const closed = waves.find(({ state }) => state === 'closed');
  const before = closed ? addDays(firstDay(closed.opens), -1) : addMonths(today, -12);
  return before < today ? before : addDays(today, -1);
}

const oneOf = <Value extends string>(values: readonly Value[], text: string): Value | null =>
  values.find((value) => value === text) ?? null;

/** @returns days with `earliest <= from < to <= today` */
export function parseChanges(directory: Directory, raw: RawQuery): ChangesQuery {
  const { today } = directory;
  const start = defaultFrom(directory);
  const day = (name: string): Day | undefined => {
    const asked = parseDay(firstText(raw, name));
    return asked && asked >= earliest && asked <= today ? asked : undefined;
  };
  const askedTo = day('to');
  const askedFrom = day('from');
  const isWrong = (askedFrom ?? start) >= (askedTo ?? today);
  const from = isWrong ? start : (askedFrom ?? start);
  const to = isWrong ? today : (askedTo ?? today);
  const cause = oneOf(gapFlags, firstText(raw, 'cause'));
  const change = oneOf(changeKinds, firstText(raw, 'change'));
  return {
    from,
    to,
    cause,
    change,
    values: {
      from: from === start ? '' : from,
      to: to === today ? '' : to,
      cause: cause ?? '',
      change: change ?? '',
    },
  };
}
