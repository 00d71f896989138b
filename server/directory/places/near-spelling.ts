// Near spellings: how many slips lie between two keys, and a quick look that rules most keys out.

/** More slips than this are another name. */
export const mostSlips = 2;

/**
 * The letters that occur in a key as bits: a to z, one for digits, one for the space, one for all else.
 * One slip changes at most two bits, so keys that differ in more than four are never within two slips.
 */
export function lettersOf(key: Uint8Array, start = 0, end = key.length): number {
  let letters = 0;
  for (let at = start; at < end; at += 1) {
    const byte = key[at] as number;
    if (byte >= 97 && byte <= 122) letters |= 1 << (byte - 97);
    else if (byte >= 48 && byte <= 57) letters |= 1 << 26;
    else letters |= byte === 32 ? 1 << 27 : 1 << 28;
  }
  return letters >>> 0;
}

function bitsIn(number: number): number {
  let rest = number - ((number >>> 1) & 0x55555555);
  rest = (rest & 0x33333333) + ((rest >>> 2) & 0x33333333);
  return (((rest + (rest >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
}

/** Whether two keys may be within two slips, by their letters alone. */
export const mayBeNear = (one: number, other: number): boolean =>
  bitsIn(one ^ other) <= 2 * mostSlips;

// Three rows of the table, made once: keys are looked at one at a time.
const longestKey = 96;
const rows = [0, 1, 2].map(() => new Uint8Array(longestKey + 1));

/**
 * Slips between `typed` and the key at `start` to `end`: letters left out, put in, changed or swapped
 * with the next (optimal string alignment). More than two give 3, as do keys over 96 bytes.
 */
export function slipsBetween(
  typed: Uint8Array,
  keys: Uint8Array,
  start: number,
  end: number,
): number {
  const tooMany = mostSlips + 1;
  const length = end - start;
  if (Math.abs(typed.length - length) > mostSlips) return tooMany;
  if (typed.length > longestKey || length > longestKey) return tooMany;
  let [before, last, row] = rows as [Uint8Array, Uint8Array, Uint8Array];
  for (let at = 0; at <= length; at += 1) last[at] = Math.min(at, tooMany);
  for (let line = 1; line <= typed.length; line += 1) {
    // Cells farther than two from the diagonal hold more than two slips: they are not worked out.
    const from = Math.max(1, line - mostSlips);
    const to = Math.min(length, line + mostSlips);
    row[from - 1] = from === 1 ? Math.min(line, tooMany) : tooMany;
    let least: number = row[from - 1] as number;
    for (let at = from; at <= to; at += 1) {
      const same = typed[line - 1] === keys[start + at - 1];
      const above = at === line + mostSlips ? tooMany : (last[at] as number);
      let slips = Math.min(
        (last[at - 1] as number) + (same ? 0 : 1),
        above + 1,
        (row[at - 1] as number) + 1,
      );
      if (
        line > 1 &&
        at > 1 &&
        typed[line - 1] === keys[start + at - 2] &&
        typed[line - 2] === keys[start + at - 1]
      ) {
        slips = Math.min(slips, (before[at - 2] as number) + 1);
      }
      row[at] = slips;
      if (slips < least) least = slips;
    }
    if (least >= tooMany) return tooMany;
    [before, last, row] = [last, row, before];
  }
  return Math.min(last[length] as number, tooMany);
}
