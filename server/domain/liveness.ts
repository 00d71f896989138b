// What is known of a group being alive (the row "liveness" of the words in the design).
// Gathering signs is left to others; how it is said is left to web/format.ts.
import { addMonths, compareDates, type Day, lastDay } from './dates.ts';
import type { Group, Sign } from './records.ts';
import { type LivenessState, signKinds } from './words.ts';

/** A sign of life counts as recent for a year. */
export const liveMonths = 12;

export interface Liveness {
  readonly state: LivenessState;
  /** The newest sign that counts, null where there is none. */
  readonly sign: Sign | null;
}

/** Only the next event may lie ahead: any other sign of a later day has not happened. */
const hasShown = (sign: Sign, today: Day): boolean =>
  sign.kind === 'next-event' || firstDayIsPast(sign, today);

// `2026` and `2026-11` are dates of today's year and month as well as of days to come.
const firstDayIsPast = (sign: Sign, today: Day): boolean =>
  sign.date <= today.slice(0, sign.date.length);

/** The newest sign; of several on one day the strongest kind. */
function newestSign(signs: readonly Sign[], today: Day): Sign | null {
  let newest: Sign | null = null;
  for (const sign of signs) {
    if (!hasShown(sign, today)) continue;
    const later = newest === null ? 1 : compareDates(sign.date, newest.date);
    if (
      newest === null ||
      later > 0 ||
      (later === 0 && signKinds.indexOf(sign.kind) < signKinds.indexOf(newest.kind))
    ) {
      newest = sign;
    }
  }
  return newest;
}

/**
 * The first that fits:
 * `closed`: a person or missed confirmations closed it, and no sign is dated after that;
 * `live`: a sign within 12 months, a next event ahead included;
 * `quiet`: only older signs, or its list marks it inactive, or no longer has it;
 * `no-signal`: nothing known. Standing in a list is not a sign of life.
 * One more sign never makes a group less alive.
 */
export function livenessOf(
  group: Pick<Group, 'signs' | 'listing' | 'closed'>,
  today: Day,
): Liveness {
  const sign = newestSign(group.signs, today);
  if (group.closed && !(sign && lastDay(sign.date) > lastDay(group.closed.date))) {
    return { state: 'closed', sign };
  }
  if (sign && addMonths(lastDay(sign.date), liveMonths) >= today) return { state: 'live', sign };
  const mark = group.listing?.mark;
  if (sign || mark === 'inactive' || mark === 'gone') return { state: 'quiet', sign };
  return { state: 'no-signal', sign: null };
}
