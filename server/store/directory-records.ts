// Everything the read side is built from, read as one consistent whole.
import { dayOf } from '../domain/dates.ts';
import type { DirectoryRecords } from '../domain/records.ts';
import { readCities } from './cities.ts';
import { readCollaborations } from './collaborations.ts';
import { readConvenings } from './convenings.ts';
import { readFrozenWaves } from './frozen-waves.ts';
import { readGroupChecks } from './group-checks.ts';
import { readGroups } from './groups.ts';
import { readPartners } from './partners.ts';
import { readReports } from './reports.ts';
import { type DirectoryPart, readRevision, readRevisionParts } from './revision.ts';
import { isSampleData } from './sample-data.ts';
import type { Store } from './store.ts';
import { hideUnfinished, unfinishedStates } from './unfinished-imports.ts';
import { readVerdicts } from './verdicts.ts';
import { readWaves } from './waves.ts';

export { readRevision };

const mostTries = 5;

type Parts = Omit<DirectoryRecords, 'revision'>;

const readers: { readonly [Part in DirectoryPart]: (store: Store) => Promise<Parts[Part]> } = {
  sampleData: isSampleData,
  cities: readCities,
  partners: readPartners,
  groups: readGroups,
  checks: readGroupChecks,
  reports: readReports,
  verdicts: readVerdicts,
  waves: readWaves,
  frozenWaves: readFrozenWaves,
  collaborations: readCollaborations,
  convenings: readConvenings,
};
const parts = Object.keys(readers) as DirectoryPart[];

interface Kept {
  readonly mark: string;
  readonly records: unknown;
}

/**
 * Reads all records together with their revision; of an import that is half done nothing is seen. If the revision
 * moved while reading, or an import began or ended, reads again; under writes
 * that never pause it gives the last reading under the revision before it, so that its reader looks again soon.
 * What a write did not touch is kept from the reading before, in the same lists: a report in a directory of a
 * hundred thousand groups reads the reports. On a new day everything is read anew.
 */
export function keepReading(store: Store, clock: () => Date): () => Promise<DirectoryRecords> {
  const kept = new Map<DirectoryPart, Kept>();
  let day = '';
  const readPart = async (part: DirectoryPart, mark: string): Promise<void> => {
    if (kept.get(part)?.mark === mark) return;
    kept.set(part, { mark, records: await readers[part](store) });
  };
  return async () => {
    const today = dayOf(clock());
    if (today !== day) kept.clear();
    day = today;
    for (let left = mostTries; ; left -= 1) {
      const { revision, markOf } = await readRevisionParts(store);
      const imports = await unfinishedStates(store);
      await Promise.all(parts.map((part) => readPart(part, markOf(part))));
      const all = Object.fromEntries(parts.map((part) => [part, kept.get(part)?.records]));
      const records = await hideUnfinished(store, all as unknown as Parts);
      const isWhole =
        (await readRevision(store)) === revision && (await unfinishedStates(store)) === imports;
      if (left <= 1 || isWhole) return { revision, ...records };
    }
  };
}

/** The same, read once. */
export const readDirectoryRecords = (store: Store): Promise<DirectoryRecords> =>
  keepReading(store, () => new Date(0))();
