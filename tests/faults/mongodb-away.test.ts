// A MongoDB server that goes away and comes back. An embedded store stands for the server, behind a relay that is cut.
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type EmbeddedStore, startEmbeddedStore } from '../../server/store/embedded/start.ts';
import { silentLog } from '../support/document-stores.ts';
import {
  endPrograms,
  postForm,
  type Server,
  type Settings,
  signInStaff,
  startServer,
} from '../support/program.ts';

/** Passes bytes between a port and a socket, until it is told otherwise. */
async function startRelay(socket: string) {
  const open = new Set<Socket>();
  let isHanging = false;
  const listening = createServer((near) => {
    const far = connect(socket);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(one);
      one.on('error', () => one.destroy());
      one.on('close', () => {
        open.delete(one);
        other.destroy();
      });
    }
    if (!isHanging) near.pipe(far).pipe(near);
  });
  const listen = (port: number): Promise<void> =>
    new Promise((resolve) => {
      listening.listen(port, '127.0.0.1', resolve);
    });
  const close = async (): Promise<void> => {
    const closed = new Promise((resolve) => listening.close(resolve));
    for (const one of open) one.destroy();
    await closed;
  };
  await listen(0);
  const { port } = listening.address() as AddressInfo;
  return {
    port,
    /** The server is gone: connections end, new ones are refused. */
    cut: close,
    mend() {
      isHanging = false;
      return listen(port);
    },
    /** The server hangs: connections stay open and nothing comes through. */
    hang() {
      isHanging = true;
      for (const one of open) {
        one.unpipe();
        one.pause();
      }
    },
    close,
  };
}

let folder: string;
let store: EmbeddedStore;
let relay: Awaited<ReturnType<typeof startRelay>>;
let settings: Settings;
let server: Server;
let cookie: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crosswalk-away-'));
  store = await startEmbeddedStore({ folder: join(folder, 'mongod'), log: silentLog });
  relay = await startRelay(join(folder, 'mongod', 'store.sock'));
  settings = {
    DATA_DIR: join(folder, 'data'),
    MONGODB_URI: `mongodb://127.0.0.1:${relay.port}/crosswalk?directConnection=true`,
    AUTH_SECRET: 'a secret of at least thirty-two characters',
  };
  server = await startServer(settings);
  await server.untilReady();
  cookie = await signInStaff(server.url, settings);
}, 120_000);

afterAll(async () => {
  await endPrograms();
  await relay?.close();
  await store?.close();
  await rm(folder, { recursive: true, force: true });
});

const invite = (address: string): Promise<Response> =>
  postForm(`${server.url}/staff/people/new`, { address, staff: 'yes', step: 'save' }, cookie);

async function people(): Promise<string> {
  const answer = await fetch(`${server.url}/staff/people`, { headers: { cookie } });
  return `${answer.status} ${await answer.text()}`;
}

describe.each([
  ['goes away', () => relay.cut(), () => relay.mend()],
  [
    'hangs, and then goes away',
    async () => relay.hang(),
    async () => {
      await relay.cut();
      await relay.mend();
    },
  ],
] as const)('while the MongoDB server %s', (how, fail, mend) => {
  const name = how.split(' ', 1)[0]?.replace(',', '');
  const [before, during, after] = ['before', 'during', 'after'].map(
    (when) => `${when}-it-${name}@people.example`,
  ) as [string, string, string];

  it('reads on, tells whoever writes what to do, says so at /readyz, and is well again by itself', async () => {
    expect((await invite(before)).status).toBe(303);

    await fail();

    // A page that nobody has asked for yet.
    const page = `${server.url}/cities?q=${name}`;
    for (const headers of [{}, { cookie }]) {
      expect((await fetch(page, { headers })).status).toBe(200);
    }
    expect((await fetch(`${server.url}/api/v1/cities?state=OH&q=${name}`)).status).toBe(200);
    const ready = await fetch(`${server.url}/readyz`);
    expect(ready.status).toBe(503);
    expect(await ready.json()).toMatchObject({
      status: 'the store does not answer; pages are served from the last snapshot',
    });
    const answer = await invite(during);
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toBe('30');
    const words = await answer.text();
    expect(words).toContain('The store of this site does not answer at the moment.');
    expect(words).toContain('Send it again in a minute or two');
    expect(await people()).toMatch(/^503 .*This page has to wait for it/s);
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);

    await mend();
    await server.untilReady();

    expect((await invite(during)).status).toBe(303);
    expect((await invite(after)).status).toBe(303);
    const found = await people();
    for (const address of [before, during, after]) {
      expect(found.split(`>${address}<`).length - 1).toBe(1);
    }
    expect(server.child.exitCode).toBeNull();
  }, 180_000);
});
