// Two processes on one data folder: when the one that runs the store is killed or stopped, the other goes on with it.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import {
  endPrograms,
  freePort,
  postForm,
  type Server,
  type Settings,
  signInStaff,
  startServer,
  until,
} from '../support/program.ts';

let folder: string;
let settings: Settings;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crosswalk-joined-'));
  settings = { DATA_DIR: folder };
});

afterAll(async () => {
  await endPrograms();
  await rm(folder, { recursive: true, force: true });
});

async function startOne(): Promise<Server> {
  const server = await startServer({ ...settings, PORT: String(await freePort()) });
  await server.untilReady();
  return server;
}

const invite = (server: Server, cookie: string, address: string): Promise<Response> =>
  postForm(`${server.url}/staff/people/new`, { address, staff: 'yes', step: 'save' }, cookie);

it('goes on with the store of a process that was killed, loses nothing and shares it with the next', async () => {
  const first = await startOne();
  const second = await startOne();
  const cookie = await signInStaff(first.url, settings);
  expect((await invite(first, cookie, 'before@people.example')).status).toBe(303);

  first.child.kill('SIGKILL');
  await first.ended();
  // Reading goes on at once, from the snapshot.
  expect((await fetch(`${second.url}/cities`)).status).toBe(200);
  await until(() => second.said().includes('Took over the store'));
  await second.untilReady();

  expect((await invite(second, cookie, 'after@people.example')).status).toBe(303);
  const third = await startOne();
  const people = await (await fetch(`${third.url}/staff/people`, { headers: { cookie } })).text();
  expect(people).toContain('before@people.example');
  expect(people).toContain('after@people.example');

  // The same when it is stopped in order.
  second.child.kill('SIGTERM');
  expect(await second.ended()).toBe(0);
  await until(() => third.said().includes('Took over the store'));
  await third.untilReady();
  expect((await invite(third, cookie, 'last@people.example')).status).toBe(303);
}, 180_000);
