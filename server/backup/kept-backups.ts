// The backups in DATA_DIR/backups: their names, which there are, and which are older than they may get. A name says when a
// backup was made and what for.
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Config, inDataDir } from '../config.ts';

const reasons = ['nightly', 'asked-for', 'before-restore', 'before-move'] as const;
export type BackupReason = (typeof reasons)[number];

export interface KeptBackup {
  readonly path: string;
  readonly reason: BackupReason;
  readonly madeAt: Date;
  readonly bytes: number;
}

const folderOf = (config: Config): string => inDataDir(config, 'backups');

/** 2026-11-22T03-00-12Z-nightly.jsonl.gz: to the second, without what some file systems refuse in names. */
const namePattern = new RegExp(
  `^(\\d{4}-\\d\\d-\\d\\dT\\d\\d)-(\\d\\d)-(\\d\\d)Z-(${reasons.join('|')})\\.jsonl\\.gz$`,
);

export const pathOfBackup = (config: Config, madeAt: Date, reason: BackupReason): string => {
  const second = madeAt.toISOString().slice(0, 19).replaceAll(':', '-');
  return join(folderOf(config), `${second}Z-${reason}.jsonl.gz`);
};

/** Newest first; none where none was made yet. */
export async function listBackups(config: Config): Promise<KeptBackup[]> {
  const names = await readdir(folderOf(config)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const found = await Promise.all(
    names.map(async (name) => {
      const [, hour, minute, second, reason] = namePattern.exec(name) ?? [];
      if (reason === undefined) return [];
      const path = join(folderOf(config), name);
      const madeAt = new Date(`${hour}:${minute}:${second}Z`);
      const { size } = await stat(path);
      return [{ path, reason: reason as BackupReason, madeAt, bytes: size }];
    }),
  );
  return found.flat().sort((one, other) => other.madeAt.getTime() - one.madeAt.getTime());
}

const day = 24 * 60 * 60_000;

/**
 * Removes the backups that are older than so many days, whatever they were made for: personal data that was erased
 * stands in them until then. The newest one stays.
 * @returns how many went
 */
export async function removeOldBackups(config: Config, now: Date): Promise<number> {
  const limit = now.getTime() - config.backupKeepDays * day;
  const [, ...others] = await listBackups(config);
  const old = others.filter(({ madeAt }) => madeAt.getTime() < limit);
  for (const { path } of old) await rm(path, { force: true });
  return old.length;
}
