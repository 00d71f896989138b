// When the snapshot in use is replaced: after writes of this or another process and when a day begins; and that
// the last one stays while the store is away. What a snapshot holds is in build-directory.test.ts.
import { afterEach, describe, expect, it } from '@jest/globals';
import { type DirectorySource, openDirectory } from '../../server/directory/current-directory.ts';
import type { CurrentDirectory, Directory } from '../../server/directory/directory.ts';
import { someRecords } from '../support/builders.ts';

/** A store that counts its readings, fails when told to, and holds a reading back until let go. */
function aSource() {
  const state = {
    revision: 1,
    now: '2026-11-22T23:59:00.000Z',
    failing: false,
    reads: 0,
    held: null as Promise<void> | null,
    warnings: [] as string[],
  };
  const source: DirectorySource = {
    read: async () => {
      state.reads += 1;
      const { revision } = state;
      await state.held;
      if (state.failing) throw new Error('the store is away');
      return someRecords({ revision });
    },
    readRevision: async () => {
      if (state.failing) throw new Error('the store is away');
      return state.revision;
    },
    settings: { reachMiles: 25, freshMonths: 24 },
    clock: () => new Date(state.now),
    log: { warn: (_details, message) => state.warnings.push(message) },
    pollMs: 5,
  };
  return { state, source };
}

let directory: CurrentDirectory | undefined;
afterEach(() => directory?.close());

const open = async (source: DirectorySource): Promise<CurrentDirectory> => {
  directory = await openDirectory(source);
  return directory;
};
const nextChange = (held: CurrentDirectory): Promise<Directory> =>
  new Promise((resolve) => {
    const stop = held.onChange((next) => {
      stop();
      resolve(next);
    });
  });
const pause = () => new Promise((resolve) => setTimeout(resolve, 40));

describe('the current directory', () => {
  it('serves a write of this process when its refresh resolves', async () => {
    const { state, source } = aSource();
    const held = await open({ ...source, pollMs: 0 });
    state.revision = 2;

    const next = await held.refresh();

    expect(next.revision).toBe(2);
    expect(held.current()).toBe(next);
  });

  it('notices the writes of other processes', async () => {
    const { state, source } = aSource();
    const held = await open(source);
    const change = nextChange(held);
    state.revision = 7;

    expect((await change).revision).toBe(7);
  });

  it('applies the rules anew when a day begins', async () => {
    const { state, source } = aSource();
    const held = await open(source);
    const change = nextChange(held);
    state.now = '2026-11-23T00:00:01.000Z';

    expect((await change).today).toBe('2026-11-23');
  });

  it('reads nothing more while nothing changes', async () => {
    const { state, source } = aSource();
    const held = await open(source);
    const first = held.current();

    await pause();

    expect(state.reads).toBe(1);
    expect(held.current()).toBe(first);
  });

  it('joins refreshes that are asked for together, and never answers with an older reading', async () => {
    const { state, source } = aSource();
    const held = await open({ ...source, pollMs: 0 });
    let letGo = () => {};
    state.held = new Promise((resolve) => {
      letGo = resolve;
    });
    const early = held.refresh();
    state.revision = 2;
    const late = [held.refresh(), held.refresh(), held.refresh()];
    letGo();

    await early;
    const revisions = (await Promise.all(late)).map(({ revision }) => revision);

    expect(revisions).toEqual([2, 2, 2]);
    expect(state.reads).toBe(3);
  });

  it('keeps the last snapshot while the store is away, says so once, and recovers', async () => {
    const { state, source } = aSource();
    const held = await open(source);
    state.failing = true;

    await pause();

    expect(held.current().revision).toBe(1);
    expect(state.warnings).toHaveLength(1);

    const change = nextChange(held);
    state.revision = 3;
    state.failing = false;
    expect((await change).revision).toBe(3);
  });

  it('tells the caller when a refresh fails, and works again after that', async () => {
    const { state, source } = aSource();
    const held = await open({ ...source, pollMs: 0 });
    state.failing = true;

    await expect(held.refresh()).rejects.toThrow('the store is away');

    state.failing = false;
    state.revision = 2;
    expect((await held.refresh()).revision).toBe(2);
  });

  it('replaces nothing once closed', async () => {
    const { state, source } = aSource();
    const held = await open(source);
    await held.close();
    state.revision = 9;

    await pause();

    expect(held.current().revision).toBe(1);
  });

  it('does not open on a store that cannot be read', async () => {
    const { state, source } = aSource();
    state.failing = true;

    await expect(openDirectory(source)).rejects.toThrow('the store is away');
  });
});
