// Snapshots for tests of rules and of what reads them: straight from records, without a store.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildDirectory } from '../../server/directory/build-directory.ts';
import type { Directory } from '../../server/directory/directory.ts';
import type { RuleSettings } from '../../server/domain/reach.ts';
import type { DirectoryRecords } from '../../server/domain/records.ts';
import { root } from '../../server/root.ts';
import { parseSeed, type SeedFile, seedFiles } from '../../server/store/seed/parse-seed.ts';
import { aReport, someRecords } from './builders.ts';

/** The day on which tests take place. */
export const testDay = '2026-11-22';

/** A snapshot of the given records on the day of the tests; missing cities are added. */
export function aDirectory(
  records: Partial<DirectoryRecords> = {},
  { today = testDay, ...settings }: Partial<RuleSettings> & { today?: string } = {},
): Directory {
  return buildDirectory(
    someRecords(records),
    { reachMiles: 25, freshMonths: 24, ...settings },
    today,
    `${today}T12:00:00.000Z`,
  );
}

/** The starting directory as its first load leaves it. */
export async function seedDirectory(): Promise<Directory> {
  const texts = await Promise.all(
    seedFiles.map(async (file) => [
      file,
      await readFile(join(root, 'server/store/seed', file), 'utf8'),
    ]),
  );
  const seed = parseSeed(Object.fromEntries(texts) as Record<SeedFile, string>);
  const stamp = <Kind extends object>(records: readonly Kind[]) =>
    records.map((record) => ({
      ...record,
      createdAt: `${testDay}T00:00:00.000Z`,
      updatedAt: `${testDay}T00:00:00.000Z`,
    }));
  return aDirectory({
    ...seed,
    partners: stamp(seed.partners),
    groups: stamp(seed.groups),
    reports: seed.reports.map((report) => aReport(report)),
    collaborations: stamp(seed.collaborations),
    convenings: stamp(seed.convenings),
  });
}
