// Counting and summing what is copied: two collections with the same tally hold the same documents to the byte.
import { createHash } from 'node:crypto';
import type { Snapshot } from './snapshot.ts';

export interface Tally {
  readonly count: number;
  /** SHA-256 over the BSON of all documents in the order of their _id, in hexadecimal digits. */
  readonly sha256: string;
}

/** By the names of collections. One without documents is not among them: no store makes a difference there. */
export type Tallies = Readonly<Record<string, Tally>>;

export interface Tallying {
  add(bytes: Uint8Array): void;
  end(): Tally;
}

export function startTally(): Tallying {
  const hash = createHash('sha256');
  let count = 0;
  return {
    add(bytes) {
      hash.update(bytes);
      count += 1;
    },
    end: () => ({ count, sha256: hash.digest('hex') }),
  };
}

/** The first collection, by name, of which the two do not say the same; undefined where all is equal. */
export function firstDifference(one: Tallies, other: Tallies): string | undefined {
  const names = [...new Set([...Object.keys(one), ...Object.keys(other)])].sort();
  return names.find(
    (name) => one[name]?.count !== other[name]?.count || one[name]?.sha256 !== other[name]?.sha256,
  );
}

export const documentsIn = (tallies: Tallies): number =>
  Object.values(tallies).reduce((sum, { count }) => sum + count, 0);

/** Reads a whole snapshot and says what is in it. */
export async function tallySnapshot(snapshot: Snapshot): Promise<Tallies> {
  const tallies: Record<string, Tally> = {};
  for (const name of snapshot.collections) {
    const tally = startTally();
    for await (const bytes of snapshot.documents(name)) tally.add(bytes);
    const { count, sha256 } = tally.end();
    if (count > 0) tallies[name] = { count, sha256 };
  }
  return tallies;
}

/** How often a store that is being written to is read anew. */
const tries = 5;

/** The store was written to each time while it was read. */
export class KeepsChanging extends Error {}

/**
 * Reads a store as it stands at one moment. Where the store itself cannot promise that, it is read again afterwards:
 * if that says the same, nothing changed between; if not, all is done anew.
 * @param pass reads all of it, begins from nothing each time, and says what it read
 * @throws KeepsChanging
 */
export async function readAtOneMoment(
  open: () => Promise<Snapshot>,
  pass: (snapshot: Snapshot) => Promise<Tallies>,
): Promise<Tallies> {
  for (let left = tries; left > 0; left -= 1) {
    const snapshot = await open();
    try {
      const read = await pass(snapshot);
      if (snapshot.isOneMoment) return read;
      if (firstDifference(read, await tallySnapshot(snapshot)) === undefined) return read;
    } finally {
      await snapshot.close();
    }
  }
  throw new KeepsChanging(
    `The store was written to each of ${tries} times while it was read, and a single MongoDB server cannot hold a moment. Stop Crosswalk for the time of the copy, or make the server a replica set.`,
  );
}
