// How cost grows with the directory, said in sentences that are computed from the figures: what stays, what is linear,
// what is worse, and where one machine ends.
import { factNames, type Part, print } from './table.ts';

interface Growth {
  readonly name: string;
  /** By which power of the directory's size the cost grows: 0 stays, 1 is linear. */
  readonly power: number;
}

/** Between two sizes; the fixed part of a cost hides what grows, so that the two largest tell most. */
function growths(small: Part, large: Part): Growth[] {
  const powerOf = (from: number, to: number): number =>
    Math.log(to / from) / Math.log(large.groups / small.groups);
  const answers = large.figures.flatMap(({ name, crosswalk }) => {
    const before = small.figures.find((figure) => figure.name === name);
    return before ? [{ name, power: powerOf(1 / before.crosswalk, 1 / crosswalk) }] : [];
  });
  const facts = large.facts.flatMap(({ name, unit, value }) => {
    const before = small.facts.find((fact) => fact.name === name);
    if (!before || (unit !== 'ms' && unit !== 'MB') || !(before.value > 0)) return [];
    return [{ name, power: powerOf(before.value, value) }];
  });
  return [...answers, ...facts];
}

const kinds = [
  { most: 0.15, words: 'Costs the same at any size' },
  { most: 0.85, words: 'Grows more slowly than the directory' },
  { most: 1.15, words: 'Is linear' },
  { most: Number.POSITIVE_INFINITY, words: 'Grows faster than the directory' },
] as const;

/** Beyond these one process on one machine is no longer what its users expect. */
const ends = [
  { name: factNames.memory, most: 4_096, words: 'Node.js gives one process no more memory' },
  { name: factNames.report, most: 1_000, words: 'a report takes a second until it is served' },
  { name: factNames.start, most: 30_000, words: 'a start takes half a minute' },
] as const;

/** Groups at which each end is reached, the nearest first, if cost goes on as between the two sizes. */
function endsOf(small: Part, large: Part): { groups: number; words: string; now: string }[] {
  const found = ends.flatMap(({ name, most, words }) => {
    const [before, after] = [small, large].map((part) => part.facts.find((f) => f.name === name));
    if (!before || !after || after.value <= before.value) return [];
    const each = (after.value - before.value) / (large.groups - small.groups);
    const groups = large.groups + (most - after.value) / each;
    return [{ groups, words, now: print(after.value, after.unit) }];
  });
  return found.sort((one, other) => one.groups - other.groups);
}

const whole = new Intl.NumberFormat('en-US');
/** Two figures are all that such an estimate is worth. */
const roughly = (groups: number): string => whole.format(Number(groups.toPrecision(2)));

function growthOf(store: string, parts: readonly Part[]): string[] {
  const [small, large] = parts.slice(-2);
  if (!small || !large) return [];
  const all = growths(small, large);
  let least = Number.NEGATIVE_INFINITY;
  const lines = kinds.map(({ most, words }) => {
    const these = all.filter(({ power }) => power > least && power <= most);
    least = most;
    const named = these.map(({ name, power }) =>
      most === kinds[0].most ? name : `${name} (power ${power.toFixed(2)})`,
    );
    return named.length > 0 ? `${words}: ${named.join('; ')}.` : undefined;
  });
  const machine = endsOf(small, large).map(({ groups, words, now }, at) =>
    at === 0
      ? `One machine ends at some ${roughly(groups)} groups, where ${words} (${now} at ${whole.format(large.groups)}).`
      : `At some ${roughly(groups)} groups ${words} (${now} at ${whole.format(large.groups)}).`,
  );
  return [
    `## How it grows, ${store} store`,
    '',
    `From ${whole.format(small.groups)} to ${whole.format(large.groups)} groups; a power of 1 is linear.`,
    '',
    ...[...lines, ...machine].flatMap((line) => (line === undefined ? [] : [`- ${line}`])),
    '',
  ];
}

export function howItGrows(parts: readonly Part[]): string[] {
  return [...new Set(parts.map(({ store }) => store))].flatMap((store) =>
    growthOf(
      store,
      parts.filter((part) => part.store === store),
    ),
  );
}
