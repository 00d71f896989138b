// Who writes, through which door, in which step: the second half of every write's arguments.
import { randomUUID } from 'node:crypto';
import type { ChangeOrigin } from '../domain/words.ts';

export interface Writer {
  /** A person's identifier, or null for the program itself. */
  readonly by: string | null;
  readonly origin: ChangeOrigin;
  /** Ties the changes of one step together, so that it can be undone as one. */
  readonly batch: string;
  readonly now: Date;
}

/** A writer for one step that the program takes by itself. */
export const programWriter = (origin: ChangeOrigin, now: Date): Writer => ({
  by: null,
  origin,
  batch: randomUUID(),
  now,
});
