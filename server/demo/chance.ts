// Chance that is the same each time: the demo of one day looks alike on every machine.

export interface Chance {
  /** From 0 up to, not including, 1. */
  next(): number;
  /** True so often. */
  happens(share: number): boolean;
  /** @throws Error where there is nothing to pick from */
  pick<One>(some: readonly One[]): One;
  /** By their weights, which need not add up to anything. */
  weighed<One extends string>(weights: Readonly<Record<One, number>>): One;
}

/** The generator "mulberry32" of Tommy Ettinger (public domain): 32 bits of state, good enough to invent with. */
export function makeChance(seed: number): Chance {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    next,
    happens: (share) => next() < share,
    pick(some) {
      const one = some[Math.floor(next() * some.length)];
      if (one === undefined) throw new Error('There is nothing to pick from.');
      return one;
    },
    weighed<One extends string>(weights: Readonly<Record<One, number>>): One {
      const entries = Object.entries(weights) as [One, number][];
      let left = next() * entries.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [one, weight] of entries) {
        left -= weight;
        if (left < 0) return one;
      }
      throw new Error('There is nothing to choose from.');
    },
  };
}
