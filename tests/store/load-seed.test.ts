// Loading the starting directory into the real embedded store: once, whole, and never over what is there.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { readConfig } from '../../server/config.ts';
import { readChanges } from '../../server/store/changes.ts';
import { countRecords } from '../../server/store/counts.ts';
import { readDirectoryRecords, readRevision } from '../../server/store/directory-records.ts';
import { openStore } from '../../server/store/open-store.ts';
import { putGroup } from '../../server/store/put-records.ts';
import { loadSeed, type SeedOutcome } from '../../server/store/seed/load-seed.ts';
import type { Store } from '../../server/store/store.ts';
import { programWriter } from '../../server/store/writer.ts';

const now = new Date('2026-03-12T18:30:00.000Z');
let folder: string;
let store: Store;
let outcome: SeedOutcome;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crosswalk-seed-'));
  store = await openStore(
    readConfig({ DATA_DIR: folder, LOG_LEVEL: 'silent' }),
    pino({ level: 'silent' }),
  );
  outcome = await loadSeed(store, now);
});

afterAll(async () => {
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

describe('the first loading of the starting directory', () => {
  it('stores every record and says how many', async () => {
    const expected = {
      city: 204,
      partner: 48,
      group: 229,
      wave: 1,
      collaboration: 23,
      convening: 41,
      report: outcome.created.report,
    };

    expect(outcome).toEqual({ created: expected, anything: true });
    expect(await countRecords(store)).toEqual(expected);
  });

  it('is one step: one revision, and each record in the change log', async () => {
    const changes = await readChanges(store, { limit: 10_000 });
    const records = Object.values(outcome.created).reduce((sum, count) => sum + count, 0);

    expect(await readRevision(store)).toBe(1);
    expect(changes).toHaveLength(records);
    expect(new Set(changes.map(({ batch }) => batch)).size).toBe(1);
    expect(changes[0]).toMatchObject({ by: null, origin: 'seed', at: now.toISOString() });
  });
});

describe('loading it again', () => {
  it('changes nothing', async () => {
    const before = await readDirectoryRecords(store);
    const logged = await readChanges(store, { limit: 10_000 });

    const again = await loadSeed(store, new Date('2027-01-01T00:00:00Z'));

    expect(again.anything).toBe(false);
    expect(await readDirectoryRecords(store)).toEqual(before);
    expect(await readChanges(store, { limit: 10_000 })).toEqual(logged);
  });

  it('leaves what was edited since as it is', async () => {
    const { groups } = await readDirectoryRecords(store);
    const group = groups.find(({ slug }) => slug === 'code-for-pittsburgh');
    if (!group) throw new Error('Code for Pittsburgh is not in the starting directory.');
    await putGroup(store, { ...group, needs: ['space'] }, programWriter('web', now));

    await loadSeed(store, now);

    const after = await readDirectoryRecords(store);
    expect(after.groups.find(({ slug }) => slug === group.slug)?.needs).toEqual(['space']);
  });

  it('brings back a kind of record that the store has none of', async () => {
    await store.connection.collection('convenings').deleteMany({});

    const again = await loadSeed(store, now);

    expect(again.created).toMatchObject({ convening: 41, group: 0, partner: 0 });
  });
});
