// Puts a backup in the place of all that a store holds. The file is checked to its end first, the new store is built aside
// and read again, and what is there is kept as a backup of its own before anything is replaced.
import type { Config } from '../config.ts';
import type { Replacement } from '../store/whole/replacement.ts';
import { holdsNothing } from '../store/whole/snapshot.ts';
import { fill, holdTo } from './fill.ts';
import { pathOfBackup } from './kept-backups.ts';
import { type CheckedBackup, checkBackup, readBackup } from './read-backup.ts';
import { writeBackup } from './write-backup.ts';

export interface Restoring {
  readonly path: string;
  readonly config: Config;
  readonly now: Date;
  /** Takes the store in hands; asked once the file is known to be good. */
  readonly open: () => Promise<Replacement>;
  /** Whether what is there may be replaced; asked where there is anything. */
  readonly mayReplace: boolean;
  readonly onStart?: (documents: number) => void;
  readonly onStep?: (documents: number) => void;
}

export interface Restored {
  readonly backup: CheckedBackup;
  /** What was there before, as a backup; null where nothing was. */
  readonly keptIn: string | null;
}

/** The store holds something, and it was not said that it may go. */
export class NotEmpty extends Error {
  readonly documents: number;
  constructor(documents: number) {
    super(`The store holds ${documents} documents.`);
    this.documents = documents;
  }
}

/**
 * @throws BackupRefused where the file is not whole, not ours or too new; NotEmpty; NotTheSame. Then nothing was
 *   changed.
 */
export async function restore(restoring: Restoring): Promise<Restored> {
  const { path, open, mayReplace } = restoring;
  const backup = await checkBackup(path);
  const replacement = await open();
  try {
    const isEmpty = await holdsNothing(replacement.current);
    if (!isEmpty && !mayReplace) throw new NotEmpty(await replacement.current.count());
    restoring.onStart?.(backup.documents);
    await replacement.clear();
    await fill(replacement, readBackup(path), restoring.onStep);
    await holdTo(replacement, backup.collections);
    const keptIn = isEmpty ? null : await keep(replacement, restoring, 'before-restore');
    await replacement.takePlace();
    return { backup, keptIn };
  } finally {
    await replacement.close();
  }
}

/** A backup of what is about to be replaced. */
export async function keep(
  { current }: Replacement,
  { config, now }: Pick<Restoring, 'config' | 'now'>,
  reason: 'before-restore' | 'before-move',
): Promise<string> {
  const path = pathOfBackup(config, now, reason);
  // It stays open: whoever opened the replacement closes it.
  const open = async () => ({ ...current, close: async () => undefined });
  await writeBackup({ open, path, madeAt: now });
  return path;
}
