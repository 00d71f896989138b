// Loads the starting directory into a store that has none yet: on the first start, or by `crosswalk seed`.
// It never overwrites: a kind of record that the store already has is left as it is.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RecordKind } from '../../domain/words.ts';
import { root } from '../../root.ts';
import { countRecords } from '../counts.ts';
import { putRecords, type RecordsToPut } from '../put-records.ts';
import { readRevision } from '../revision.ts';
import type { Store } from '../store.ts';
import { programWriter } from '../writer.ts';
import { parseSeed, type SeedFile, seedFiles } from './parse-seed.ts';

export interface SeedOutcome {
  /** How many records of each kind came into being. */
  readonly created: Readonly<Record<RecordKind, number>>;
  /** False where the store had records of every kind already. */
  readonly anything: boolean;
}

const kindOf: Readonly<Record<keyof RecordsToPut, RecordKind>> = {
  cities: 'city',
  partners: 'partner',
  groups: 'group',
  reports: 'report',
  waves: 'wave',
  collaborations: 'collaboration',
  convenings: 'convening',
};

const nothing: SeedOutcome = {
  created: { city: 0, partner: 0, group: 0, report: 0, wave: 0, collaboration: 0, convening: 0 },
  anything: false,
};

/**
 * Loads each kind of record that the store has none of. A store whose revision is 0 never finished a first load:
 * there every kind is completed.
 * @throws SeedComplaints if the files are wrong; then nothing is written.
 */
export async function loadSeed(
  store: Store,
  now: Date,
  folder = join(root, 'server/store/seed'),
): Promise<SeedOutcome> {
  const [counts, revision] = await Promise.all([countRecords(store), readRevision(store)]);
  const kinds = (Object.keys(kindOf) as (keyof RecordsToPut)[]).filter(
    (kind) => revision === 0 || counts[kindOf[kind]] === 0,
  );
  if (kinds.length === 0) return nothing;
  const seed = parseSeed(await readSeedFiles(folder));
  const missing: RecordsToPut = Object.fromEntries(kinds.map((kind) => [kind, seed[kind]]));
  const { created, anything } = await putRecords(store, missing, programWriter('seed', now));
  return { created, anything };
}

async function readSeedFiles(folder: string): Promise<Record<SeedFile, string>> {
  const texts = await Promise.all(
    seedFiles.map(async (file) => [file, await readFile(join(folder, file), 'utf8')]),
  );
  return Object.fromEntries(texts);
}
