// Everything the read side is built from, read as one consistent whole.
import type { DirectoryRecords } from '../domain/records.ts';
import { readCities } from './cities.ts';
import { readCollaborations } from './collaborations.ts';
import { readConvenings } from './convenings.ts';
import { readFrozenWaves } from './frozen-waves.ts';
import { readGroupChecks } from './group-checks.ts';
import { readGroups } from './groups.ts';
import { readPartners } from './partners.ts';
import { readReports } from './reports.ts';
import { readRevision } from './revision.ts';
import { isSampleData } from './sample-data.ts';
import type { Store } from './store.ts';
import { hideUnfinished, unfinishedStates } from './unfinished-imports.ts';
import { readVerdicts } from './verdicts.ts';
import { readWaves } from './waves.ts';

export { readRevision };

const mostTries = 5;

/**
 * Reads all records together with their revision; of an import that is half done nothing is seen. If the revision
 * moved while reading, or an import began or ended, reads again; under writes
 * that never pause it gives the last reading under the revision before it, so that its reader looks again soon.
 */
export async function readDirectoryRecords(store: Store): Promise<DirectoryRecords> {
  for (let left = mostTries; ; left -= 1) {
    const revision = await readRevision(store);
    const imports = await unfinishedStates(store);
    const records = await hideUnfinished(store, await readAll(store));
    const isWhole =
      (await readRevision(store)) === revision && (await unfinishedStates(store)) === imports;
    if (left <= 1 || isWhole) return { revision, ...records };
  }
}

async function readAll(store: Store): Promise<Omit<DirectoryRecords, 'revision'>> {
  const [
    sampleData,
    cities,
    partners,
    groups,
    checks,
    reports,
    verdicts,
    waves,
    frozenWaves,
    collaborations,
    convenings,
  ] = await Promise.all([
    isSampleData(store),
    readCities(store),
    readPartners(store),
    readGroups(store),
    readGroupChecks(store),
    readReports(store),
    readVerdicts(store),
    readWaves(store),
    readFrozenWaves(store),
    readCollaborations(store),
    readConvenings(store),
  ]);
  return {
    sampleData,
    cities,
    partners,
    groups,
    checks,
    reports,
    verdicts,
    waves,
    frozenWaves,
    collaborations,
    convenings,
  };
}
