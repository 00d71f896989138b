// What got slower since the last run, by name. The last figures are kept beside the build, each until it is measured anew.
import { type Fact, type Figure, print, type Run, share } from './table.ts';

/** A share of the floor that fell by more than a tenth; a time or a size beside its floor that rose by a fifth. */
const [leastOfShare, mostOfFact] = [0.9, 1.2];

/** Milliseconds: less is noise. */
const noise = 2;

export function whatGotSlower(before: Run | undefined, now: Run): string[] {
  return now.parts.flatMap((part) => {
    const old = before?.parts.find(({ size }) => size === part.size);
    if (!old) return [];
    const lines = [
      ...part.figures.map((figure) => compareFigures(find(old.figures, figure), figure)),
      ...part.facts.map((fact) => compareFacts(find(old.facts, fact), fact)),
    ];
    return lines.flatMap((line) => (line === undefined ? [] : [`${part.size}, ${line}`]));
  });
}

const find = <Named extends { readonly name: string }>(
  all: readonly Named[],
  { name }: Named,
): Named | undefined => all.find((one) => one.name === name);

function compareFigures(was: Figure | undefined, is: Figure): string | undefined {
  if (!was) return undefined;
  const of = is.budget?.of ?? 'http';
  const [then, now] = [share(was, of), share(is, of)];
  if (now >= leastOfShare * then) return undefined;
  return `${is.name}: ${then.toFixed(2)} of ${of} before, ${now.toFixed(2)} now`;
}

/** A faster machine is no news: where there is a floor, what counts is the share of it. */
const weigh = ({ value, floor }: Fact): number => (floor ? value / floor.value : value);

function compareFacts(was: Fact | undefined, is: Fact): string | undefined {
  if (!was) return undefined;
  const isWorse =
    is.better === 'lower'
      ? weigh(is) > mostOfFact * weigh(was)
      : weigh(is) < weigh(was) / mostOfFact;
  if (!isWorse || (is.unit === 'ms' && is.value - was.value < noise)) return undefined;
  return `${is.name}: ${print(was.value, is.unit)} before, ${print(is.value, is.unit)} now`;
}

/** The run with what an earlier one measured and this one did not. */
export function remember(before: Run | undefined, now: Run): Run {
  const older = before?.parts ?? [];
  const merge = <Named extends { readonly name: string }>(
    old: readonly Named[] = [],
    fresh: readonly Named[],
  ): Named[] => [...fresh, ...old.filter((one) => !find(fresh, one))];
  const parts = now.parts.map((part) => {
    const old = older.find(({ size }) => size === part.size);
    return {
      ...part,
      figures: merge(old?.figures, part.figures),
      facts: merge(old?.facts, part.facts),
    };
  });
  const others = older.filter(({ size }) => !parts.some((part) => part.size === size));
  const all = [...parts, ...others].sort(
    (one, other) => one.store.localeCompare(other.store) || one.groups - other.groups,
  );
  return { ...now, parts: all };
}
