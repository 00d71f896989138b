// An import on the real store: one step for readers, resumed after a crash, undone as one, and nothing of others lost.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { readConfig } from '../../server/config.ts';
import type { RecordStep } from '../../server/domain/record-steps.ts';
import { applyImport } from '../../server/import/apply/apply-import.ts';
import { undoImport } from '../../server/import/apply/undo-import.ts';
import { readChanges } from '../../server/store/changes.ts';
import { readDirectoryRecords, readRevision } from '../../server/store/directory-records.ts';
import { addBatch, chunkSize, findTakenOver } from '../../server/store/import-batches.ts';
import { openStore } from '../../server/store/open-store.ts';
import { readPersonFields } from '../../server/store/person-fields.ts';
import { putGroup } from '../../server/store/put-records.ts';
import type { Store } from '../../server/store/store.ts';
import { aCity, aGroup } from '../support/builders.ts';
import { storeRecords } from '../support/store-records.ts';

const early = new Date('2026-11-22T10:00:00Z');
const late = new Date('2026-11-22T12:00:00Z');
const at = late.toISOString();

let folder: string;
let store: Store;
let now: Date;

const known = aGroup({ updatedAt: early.toISOString() });

beforeEach(async () => {
  now = late;
  folder = await mkdtemp(join(tmpdir(), 'crosswalk-import-'));
  const config = readConfig({ DATA_DIR: folder, LOG_LEVEL: 'silent' });
  store = await openStore(config, pino({ level: 'silent' }));
  await storeRecords(store, { cities: [aCity()], groups: [known] }, early);
});

afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

const enid = aCity({ slug: 'enid-ok' });

/** Renames the known group, and adds as many others in a new city. */
function plan(added: number): RecordStep[] {
  const renamed = {
    ...known,
    name: 'Tulsa Civic Lab',
    previousNames: ['Code for Tulsa'],
    updatedAt: at,
  };
  const others = Array.from({ length: added }, (_, number): RecordStep => {
    const slug = `group-${String(number).padStart(6, '0')}`;
    const after = aGroup({ slug, name: `Group ${number}`, city: 'enid-ok', updatedAt: at });
    return { kind: 'group', slug, before: null, after };
  });
  return [
    { kind: 'city', slug: enid.slug, before: null, after: enid },
    { kind: 'group', slug: known.slug, before: known, after: renamed },
    ...others,
  ];
}

const about = { title: 'the list', fileName: 'list.csv', hash: '', by: null, at, counts: {} };
const clock = () => now;
const add = (steps: readonly RecordStep[]) => addBatch(store, { name: 'one', ...about }, steps);

async function dump() {
  const { revision: _, ...records } = await readDirectoryRecords(store);
  return records;
}

const byPerson = {
  by: 'somebody',
  origin: 'web',
  batch: 'theirs',
  now: new Date('2026-11-22T13:00:00Z'),
} as const;

describe('an import', () => {
  it('raises the revision once, and undone leaves everything as it was', async () => {
    const [before, revision] = [await dump(), await readRevision(store)];
    await add(plan(3));

    const applied = await applyImport({ store, clock }, 'one');
    const after = await dump();

    expect(applied.kind).toBe('done');
    expect(await readRevision(store)).toBe(revision + 1);
    expect(after.groups).toHaveLength(4);
    expect(await readChanges(store, { batch: 'one', limit: 50 })).toHaveLength(6);
    expect(await undoImport({ store, clock }, 'one')).toMatchObject({ kind: 'undone', left: [] });
    expect(await dump()).toEqual(before);
    expect(await undoImport({ store, clock }, 'one')).toMatchObject({ kind: 'not-now' });
  });

  it('is not seen before its end, and goes on where it was cut off', async () => {
    const before = await dump();
    await add(plan(chunkSize));
    const crash = async () => {
      const stopping = new AbortController();
      const onStep = () => stopping.abort();
      return applyImport({ store, clock, onStep, signal: stopping.signal }, 'one');
    };

    expect((await crash()).kind).toBe('stopped');
    expect(await dump()).toEqual(before);
    expect((await applyImport({ store, clock }, 'one')).kind).toBe('done');
    expect((await dump()).groups).toHaveLength(chunkSize + 1);
    expect(await readChanges(store, { batch: 'one', limit: 5000 })).toHaveLength(chunkSize + 3);
  });

  it('is known by its file until anything else is written, and not once it is undone', async () => {
    const isKnown = async (inputs: string) => (await findTakenOver(store, inputs))?.name === 'one';
    const revision = await readRevision(store);
    await addBatch(store, { name: 'one', ...about, inputs: 'file', revision }, plan(1));
    expect(await isKnown('file')).toBe(false);

    await applyImport({ store, clock }, 'one');
    expect(await isKnown('file')).toBe(true);
    expect(await isKnown('another')).toBe(false);

    await undoImport({ store, clock }, 'one');
    expect(await isKnown('file')).toBe(false);
  });

  it('leaves what somebody changed after it was planned', async () => {
    const revision = await readRevision(store);
    await addBatch(store, { name: 'one', ...about, inputs: 'file', revision }, plan(1));
    await putGroup(store, { ...known, name: 'Ours' }, byPerson);

    const applied = await applyImport({ store, clock }, 'one');

    expect(applied.batch?.skipped).toEqual(['group code-for-tulsa']);
    expect(await findTakenOver(store, 'file')).toBeUndefined();
    expect((await dump()).groups.map(({ name }) => name)).toEqual(['Ours', 'Group 0']);
  });

  it('undone names the record that somebody changed since, and takes back the others', async () => {
    await add(plan(1));
    await applyImport({ store, clock }, 'one');
    await putGroup(store, { ...known, name: 'Ours' }, byPerson);

    const undone = await undoImport({ store, clock }, 'one');

    expect(undone).toMatchObject({ kind: 'undone', left: ['group code-for-tulsa'] });
    expect((await dump()).groups.map(({ name }) => name)).toEqual(['Ours']);
  });

  it('keeps a later change of another field when it is undone', async () => {
    await add(plan(0));
    await applyImport({ store, clock }, 'one');
    const [renamed] = (await dump()).groups;
    await putGroup(store, { ...known, ...renamed, website: 'https://ours.example/' }, byPerson);

    await undoImport({ store, clock }, 'one');

    expect((await dump()).groups).toMatchObject([
      {
        name: 'Code for Tulsa',
        website: 'https://ours.example/',
        updatedAt: byPerson.now.toISOString(),
      },
    ]);
    expect((await readPersonFields(store)).get(known.slug)).toEqual(new Set(['website']));
  });
});
