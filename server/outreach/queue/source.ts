// What a source of the work queue is given and gives: one file of this folder for each kind of thing to do.
// A source derives its items from the facts, so that an item leaves when its fact is dealt with.
import type { Store } from '../../store/store.ts';
import type { GapRow, OutreachBoard } from '../gap-rows.ts';

export interface QueueContext {
  readonly store: Store;
  readonly board: OutreachBoard;
  /** The day. */
  readonly today: string;
}

export interface QueueItem {
  /** Says which item this is, for ever: snoozes remember it. */
  readonly key: string;
  readonly title: string;
  readonly href: string;
  /** Why it is here, in a sentence. */
  readonly note: string;
  /** Identifier of the person who is on it, null where nobody is. */
  readonly owner: string | null;
  /** The day by which it should be dealt with. */
  readonly due: string;
}

export interface QueueSource {
  /** In the address. */
  readonly kind: string;
  readonly label: string;
  /** At most one read of the store for each source, however many items there are. */
  readonly read: (context: QueueContext) => readonly QueueItem[] | Promise<readonly QueueItem[]>;
}

/** Whoever is on the gap of a city is on all that concerns it. */
export const ownerOf = (row: GapRow | undefined): string | null => row?.owner?.id ?? null;
