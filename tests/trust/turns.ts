// How many of the tricks each route is tried with: all of them in the long run, a few in turn in the short one, so that
// every route and every trick has its turn.
const isLong = process.env['TRUST_WHOLE'] === 'yes';

/** `few` of the tricks from this route's turn on; all of them in the long run. */
export function inTurn<Trick>(tricks: readonly Trick[], turn: number, few: number): Trick[] {
  if (isLong) return [...tricks];
  const start = (turn * few) % tricks.length;
  return [...tricks, ...tricks].slice(start, start + few);
}
