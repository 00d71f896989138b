// Imports the real lists: each is previewed or refused in words, and importing them in order and undoing them again
// ends where it began. See seed-against-lists.test.ts for where the lists are.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { applyImport } from '../../server/import/apply/apply-import.ts';
import { undoImport } from '../../server/import/apply/undo-import.ts';
import { safeDecision } from '../../server/import/compare/plan.ts';
import {
  countEntries,
  guessList,
  type Prepared,
  prepareImport,
} from '../../server/import/prepare.ts';
import { guessColumns } from '../../server/import/read/columns.ts';
import { readFile as readTable } from '../../server/import/read/read-file.ts';
import type { SuspicionKind } from '../../server/import/words.ts';
import { readDirectoryRecords } from '../../server/store/directory-records.ts';
import { addBatch } from '../../server/store/import-batches.ts';
import { startTestApp, type TestApp } from '../support/app.ts';

let folder: string;
let test: TestApp;

beforeAll(async () => {
  const named = process.env['CROSSWALK_RAW'];
  if (!named) {
    throw new Error(
      'Set CROSSWALK_RAW to the folder of the real lists: CROSSWALK_RAW=../lists npm run test:raw',
    );
  }
  folder = named;
  test = await startTestApp();
});

afterAll(() => test.close());

async function prepare(file: string): Promise<Prepared> {
  const table = readTable(await readFile(join(folder, file)));
  const list = guessList(table.format, file);
  const { store, places } = test.services;
  return prepareImport({ store, places, reachMiles: 25 }, table, guessColumns(table), list);
}

async function importList(file: string): Promise<number> {
  const { store, clock } = test.services;
  const prepared = await prepare(file);
  const steps = prepared.plan(() => safeDecision, clock());
  const about = {
    title: file,
    fileName: file,
    hash: '',
    by: null,
    at: clock().toISOString(),
    counts: {},
  };
  await addBatch(store, { name: file, ...about }, steps);
  await applyImport({ store, clock }, file);
  return steps.length;
}

const dump = async (): Promise<string> => {
  const { revision: _, ...records } = await readDirectoryRecords(test.services.store);
  return JSON.stringify(records);
};

const listOf = (day: string): string => `organizations-${day}.json`;

describe('every real file', () => {
  it('is previewed, or refused in words', async () => {
    const outcomes: Record<string, string> = {};
    for (const file of (await readdir(folder)).sort()) {
      outcomes[file] = await prepare(file).then(
        (prepared) => `${prepared.entries.length} rows`,
        (error: Error) => error.message,
      );
    }

    expect(outcomes).toMatchObject({
      'brigades-2014-01-24.json': '59 rows',
      'cti-organizations-fixture.json': '263 rows',
      'open-data-day-events-2014.csv': '200 rows',
      'organizations-2015-12-22.json': '165 rows',
      'organizations-2016-02-01-lattitude.json': '169 rows',
      'organizations-2016-04-07-capital-type.json': '171 rows',
      'organizations-2017-10-22.json': '195 rows',
      'organizations-2019-12-12-invalid.json':
        'Line 3489, column 5: the name of a field was expected, found “{     "name": "Digital Service”.',
      'organizations-2023-02-21.json': '221 rows',
      'organizations.schema.json': expect.stringMatching(/no list of records/),
    });
  });
});

describe('the list of 21 February 2023', () => {
  const told = async (kind: SuspicionKind): Promise<Record<string, string>> =>
    Object.fromEntries(
      (await prepare(listOf('2023-02-21'))).entries.flatMap(({ name, suspicions }) =>
        suspicions.filter((one) => one.kind === kind).map(({ says }) => [name, says]),
      ),
    );

  it('has Springfield turned round the world, with the right point proposed', async () => {
    const { entries } = await prepare(listOf('2023-02-21'));
    const found = entries.find(({ name }) => name === 'Open SGF')?.suspicions;

    expect(found).toMatchObject([
      { kind: 'sign-lost', field: 'point', proposal: { value: { lat: 37.209, lng: -93.2923 } } },
    ]);
  });

  it('has Poplus at 0, 0', async () => {
    expect(Object.keys(await told('zero-point'))).toEqual(['Poplus']);
  });

  it('has points that are not the city named', async () => {
    expect(await told('far-from-city')).toMatchObject({
      'California Civic Lab': expect.stringContaining('161 miles from Oakland, CA'),
      'Code Island': expect.stringContaining('23 miles from Providence, RI'),
      'Open Twin Cities': expect.stringContaining('8.7 miles from Minneapolis, MN'),
    });
  });

  it('has points for several groups, and websites for two', async () => {
    const points = await told('shared-point');
    const websites = await told('same-website');

    expect(Object.keys(points).length).toBeGreaterThan(20);
    expect(websites).toMatchObject({
      'Code for Miami': expect.stringContaining('Code for Fort Lauderdale'),
    });
  });

  it('has three pairs of values that disagree', async () => {
    expect(Object.keys(await told('values-disagree')).sort()).toEqual([
      'Code for NoVA',
      'Open Columbia County',
      'Open NC Collaborative',
    ]);
  });

  it('has three places in Paraná that look like Puerto Rico', async () => {
    expect(Object.keys(await told('state-code')).sort()).toEqual([
      'Code for Brazil',
      'Code for Curitiba',
      'Code for Ponta Grossa',
    ]);
  });

  it('has near doubles', async () => {
    expect(Object.keys(await told('near-double'))).toEqual(
      expect.arrayContaining(['Open Indy', 'Code for Indianapolis', 'Open Syracuse']),
    );
  });
});

describe('importing the lists of 2015, 2016, 2017 and 2023 in order', () => {
  const files = [
    '2015-12-22',
    '2016-02-01-lattitude',
    '2016-04-07-capital-type',
    '2017-10-22',
    '2023-02-21',
  ].map(listOf);

  it('ends at 2023 with renames linked, and undoing each in turn ends at the start', async () => {
    const dumps: string[] = [];
    for (const file of files) {
      dumps.push(await dump());
      expect(await importList(file)).toBeGreaterThan(0);
    }
    const { groups } = await readDirectoryRecords(test.services.store);
    const standing = groups.filter(
      ({ listing }) => listing?.date === '2023-02-21' && listing.mark !== 'gone',
    );
    const previous = Object.fromEntries(
      standing.map(({ name, previousNames }) => [name, previousNames]),
    );
    const official = groups.filter(({ tags }) => tags.includes('Official'));

    // 221 rows less the five that name no place.
    expect(standing).toHaveLength(216);
    expect(official).toHaveLength(93);
    expect(previous).toMatchObject({
      'Code the South': expect.arrayContaining(['Code for Huntsville']),
      'Code for Utah': expect.arrayContaining(['Open Salt Lake']),
      'Milwaukee Data Initiative': expect.arrayContaining(['HackMKE']),
      OpenSTL: expect.arrayContaining(['Open Data STL']),
    });
    const again = await prepare(listOf('2023-02-21'));
    expect(again.plan(() => safeDecision, new Date())).toEqual([]);
    expect(countEntries(again)).toMatchObject({ added: 0, changed: 0, renamed: 0, gone: 0 });

    const { store, clock } = test.services;
    for (const [at, file] of [...files.entries()].reverse()) {
      expect(await undoImport({ store, clock }, file)).toMatchObject({ kind: 'undone', left: [] });
      expect(await dump()).toBe(dumps[at]);
    }
  });
});
