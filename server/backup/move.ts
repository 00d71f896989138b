// Copies all that one store holds into another of either kind. The first one is left as it is; the copy takes its place
// only when it says the same, collection by collection, by count and checksum.
import type { Config } from '../config.ts';
import type { Replacement } from '../store/whole/replacement.ts';
import { holdsNothing, type Snapshot } from '../store/whole/snapshot.ts';
import { readAtOneMoment, startTally, type Tallies, type Tally } from '../store/whole/tally.ts';
import { fill, holdTo } from './fill.ts';
import type { StoredDocument } from './read-backup.ts';
import { keep, NotEmpty } from './restore.ts';

export interface Moving {
  readonly config: Config;
  readonly now: Date;
  readonly from: () => Promise<Snapshot>;
  readonly to: () => Promise<Replacement>;
  /** Whether what the other store holds may be replaced; asked where there is anything. */
  readonly mayReplace: boolean;
  readonly onStart?: (documents: number) => void;
  readonly onStep?: (documents: number) => void;
}

export interface Moved {
  readonly collections: Tallies;
  /** What the other store held before, as a backup; null where nothing was. */
  readonly keptIn: string | null;
}

/** @throws NotEmpty, NotTheSame, KeepsChanging. Then neither store was changed. */
export async function move(moving: Moving): Promise<Moved> {
  const replacement = await moving.to();
  try {
    const isEmpty = await holdsNothing(replacement.current);
    if (!isEmpty && !moving.mayReplace) throw new NotEmpty(await replacement.current.count());
    const collections = await readAtOneMoment(moving.from, async (snapshot) => {
      moving.onStart?.(await snapshot.count());
      await replacement.clear();
      return fill(replacement, documentsOf(snapshot), moving.onStep);
    });
    await holdTo(replacement, collections);
    const keptIn = isEmpty ? null : await keep(replacement, moving, 'before-move');
    await replacement.takePlace();
    return { collections, keptIn };
  } finally {
    await replacement.close();
  }
}

/** Everything in a snapshot, and at the end what that was. */
async function* documentsOf(snapshot: Snapshot): AsyncGenerator<StoredDocument, Tallies> {
  const tallies: Record<string, Tally> = {};
  for (const collection of snapshot.collections) {
    const tally = startTally();
    for await (const bytes of snapshot.documents(collection)) {
      tally.add(bytes);
      yield { collection, bytes };
    }
    const ended = tally.end();
    if (ended.count > 0) tallies[collection] = ended;
  }
  return tallies;
}
