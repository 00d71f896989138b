// Who has something in hand that one process works on at a time: an accepted upload, an import. A hold is kept anew while
// the work goes on, and ends by itself where the process went away.

/** One pair of hands, and until when it is believed. */
export interface Hold {
  readonly heldBy: string;
  readonly heldUntil: Date;
}

/** Milliseconds; a pair of hands keeps it half a minute at a time. */
const longestHold = 10 * 60_000;

/** Fits what is free at that moment, or in these hands already. */
export const isFree = (heldBy: string, now: Date) => [
  { heldUntil: null },
  { heldUntil: { $lte: now } },
  // Noted by a clock that was wrong then, or is now: nobody holds one for so long.
  { heldUntil: { $gt: new Date(now.getTime() + longestHold) } },
  { heldBy },
];
