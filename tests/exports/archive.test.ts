// The ZIP of all public tables, the snapshots of earlier days, and the bytes of the records that staff take along.
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { unzipSync } from 'fflate';
import { readConfig } from '../../server/config.ts';
import type { DirectoryRecords } from '../../server/domain/records.ts';
import { archiveFiles, packArchive } from '../../server/exports/archive.ts';
import { directoryPieces } from '../../server/exports/directory-export.ts';
import { keepSnapshot, listSnapshots, readSnapshot } from '../../server/exports/snapshots.ts';
import { publicTables } from '../../server/features/api/tables.ts';
import { aGroup, aPartner, aReport, aWave, someRecords } from '../support/builders.ts';
import { aDirectory } from '../support/directory.ts';

const site = 'https://crosswalk.example';
const tables = publicTables(site);
const records = {
  partners: [aPartner({ contacts: ['hidden@partner.example'] })],
  groups: [
    aGroup({ name: '=1+1, "Łódź"\nand more' }),
    aGroup({ name: 'Code for Tulsa', contacts: ['hidden@group.example'] }),
  ],
  waves: [aWave()],
  reports: [aReport({ wave: '2026-06', internalNote: 'hidden', barriers: ['no-time'] })],
};
const directory = aDirectory(records);
const filesOf = (of = directory) => archiveFiles(of, tables, site);

describe('the public tables', () => {
  it.each(tables.map((table) => [table.name, table] as const))(
    'say of every column of %s what stands in it',
    (_name, { columns }) => {
      expect(columns.filter(({ about }) => !/^\S.*\.$/s.test(about))).toEqual([]);
    },
  );

  it.each(tables.map((table) => [table.name, table] as const))(
    'have the columns of %s that they describe',
    (_name, { columns, csv }) => {
      const [heads] = parse(csv(directory), { bom: true }) as string[][];

      expect(heads).toEqual(columns.map(({ name }) => name));
    },
  );
});

describe('the ZIP of all tables', () => {
  it('has a README, every table, and a map file of those that have points', async () => {
    const zip = unzipSync(await packArchive(filesOf(), directory.today));

    expect(Object.keys(zip)).toEqual([
      'README.txt',
      ...tables.flatMap(({ name, geojson }) =>
        geojson ? [`${name}.csv`, `${name}.geojson`] : [`${name}.csv`],
      ),
    ]);
    expect(Buffer.from(zip['groups.csv'] ?? []).toString()).toBe(
      tables.find(({ name }) => name === 'groups')?.csv(directory),
    );
    expect(Buffer.from(zip['answers.csv'] ?? []).toString()).toContain('2026-06');
  });

  it('names revision, day and licence in its README', () => {
    const [readme] = filesOf();

    expect(readme?.text).toMatch(/As of 22 November 2026, revision \d+\./);
    expect(readme?.text).toContain('Creative Commons Attribution 4.0');
    expect(readme?.text).not.toContain('SAMPLE DATA');
  });

  it('says so where the data is invented', () => {
    const [readme] = filesOf(aDirectory({ ...records, sampleData: true }));

    expect(readme?.text).toContain('SAMPLE DATA');
  });

  it('is the same bytes for the same revision and day', async () => {
    const first = await packArchive(filesOf(), directory.today);
    const second = await packArchive(filesOf(aDirectory(records)), directory.today);

    expect(first.equals(second)).toBe(true);
  });

  it('holds nothing private', () => {
    const all = filesOf()
      .map(({ text }) => text)
      .join('\n');

    expect(all).not.toMatch(/hidden|no-time/);
  });
});

describe('the records in the export for staff', () => {
  const textOf = async (of: DirectoryRecords): Promise<string> => {
    let text = '';
    for await (const piece of directoryPieces(of)) text += piece;
    return text;
  };

  it('are the same bytes whatever order they come in and whenever they were written', async () => {
    const one = someRecords(records);
    const other = {
      ...one,
      revision: one.revision + 7,
      groups: [...one.groups]
        .reverse()
        .map((group) => ({ ...group, updatedAt: '2026-11-20T00:00:00.000Z' })),
    };

    expect(await textOf(other)).toBe(await textOf(one));
    expect(JSON.parse(await textOf(one)).partners[0].contacts).toEqual(['hidden@partner.example']);
  });
});

describe('a snapshot of a day', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'crosswalk-snapshots-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('is kept on days on which something public had changed, and on no other', async () => {
    const config = readConfig({ DATA_DIR: folder });
    const changed = aDirectory({ ...records, groups: [aGroup({ name: 'New here' })] });
    const hidden = aDirectory({
      ...records,
      partners: [aPartner({ contacts: ['another@partner.example'] })],
    });

    expect(await listSnapshots(config)).toEqual([]);
    expect(await keepSnapshot(config, '2026-11-22', filesOf())).toBe(true);
    expect(await keepSnapshot(config, '2026-11-23', filesOf())).toBe(false);
    expect(await keepSnapshot(config, '2026-11-24', filesOf(hidden))).toBe(false);
    expect(await keepSnapshot(config, '2026-11-25', filesOf(changed))).toBe(true);
    expect((await listSnapshots(config)).map(({ day }) => day)).toEqual([
      '2026-11-25',
      '2026-11-22',
    ]);
    expect(await readdir(join(folder, 'snapshots'))).toHaveLength(2);
  });

  it('is found by its day alone', async () => {
    const config = readConfig({ DATA_DIR: folder });

    expect(await readSnapshot(config, '2026-11-22')).toBeDefined();
    expect(await readSnapshot(config, '2026-11-23')).toBeUndefined();
    expect(await readSnapshot(config, '../snapshots/2026-11-22')).toBeUndefined();
  });
});
