// Stopping lets answers go out whole, and an error that nobody caught ends one request alone.
// The built program runs as it is; what is slow or broken is put under it before it starts.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { Agent, get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { endPrograms, type Server, startServer, until } from '../support/program.ts';
import { startSmtpReceiver } from '../support/smtp.ts';

/** Loaded before the program: an address can ask for an answer that is slow, or that fails in each of the ways in which code does. */
const meddling = `
import { ServerResponse } from 'node:http';
const { writeHead, end } = ServerResponse.prototype;
const wanted = (res) => /[?&]q=meddle-(\\w+)/.exec(res.req?.url ?? '')?.[1];
const silently = (res, then) => {
  res.isSilent = true;
  setTimeout(() => { res.isSilent = false; then(); }, 10);
};
ServerResponse.prototype.writeHead = function (...given) {
  const how = wanted(this);
  if (how && how !== 'slow' && !this.isMeddled) {
    this.isMeddled = true;
    if (how === 'throw') throw new Error('meddled: thrown');
    if (how === 'later') silently(this, () => { throw new Error('meddled: thrown later'); });
    if (how === 'reject') silently(this, () => { Promise.reject(new Error('meddled: rejected')); });
  }
  return this.isSilent ? this : writeHead.apply(this, given);
};
ServerResponse.prototype.end = function (...given) {
  if (wanted(this) === 'slow' && !this.isMeddled) {
    this.isMeddled = true;
    console.log('slow begins');
    setTimeout(() => end.apply(this, given), 1500);
    return this;
  }
  return this.isSilent ? this : end.apply(this, given);
};
`;

let folder: string;
let preload: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crosswalk-stopping-'));
  preload = join(folder, 'meddling.mjs');
  await writeFile(preload, meddling);
});

afterAll(async () => {
  await endPrograms();
  await rm(folder, { recursive: true, force: true });
});

async function start(settings: Record<string, string> = {}): Promise<Server> {
  const server = await startServer(
    { DATA_DIR: join(folder, 'data'), ...settings },
    { node: ['--import', preload] },
  );
  await server.untilReady();
  return server;
}

interface Answer {
  readonly status: number;
  readonly text: string;
  /** What the server says of the connection. */
  readonly connection: string | undefined;
}

/** Asks on a connection that is kept open. */
const ask = (agent: Agent, url: string): Promise<Answer> =>
  new Promise((resolve, reject) => {
    get(url, { agent }, (res) => {
      let text = '';
      res.setEncoding('utf8');
      res.on('data', (chunk: string) => {
        text += chunk;
      });
      res.on('end', () =>
        resolve({ status: res.statusCode ?? 0, text, connection: res.headers.connection }),
      );
      res.on('error', reject);
    }).on('error', reject);
  });

describe('stopping', () => {
  it('answers whole what was asked before, takes nothing new, and ends with 0', async () => {
    const hanging = await startSmtpReceiver({ hang: 'greeting' });
    const server = await start({
      SMTP_URL: hanging.url,
      MAIL_FROM: 'Crosswalk <crosswalk@crosswalk.example>',
    });
    const agent = new Agent({ keepAlive: true });
    await ask(agent, `${server.url}/cities`);
    const slow = ask(agent, `${server.url}/cities?q=meddle-slow`);
    await until(() => server.said().includes('slow begins'));

    server.child.kill('SIGTERM');
    await until(() => server.said().includes('"msg":"stopping"'));
    const refused = await fetch(`${server.url}/healthz`).catch(() => 'refused');

    const answer = await slow;
    expect(answer.status).toBe(200);
    expect(answer.text).toMatch(/<\/html>\s*$/);
    expect(refused).toBe('refused');
    expect(await server.ended()).toBe(0);
    expect(server.said()).toContain('"msg":"stopped"');
    expect(server.errors()).toEqual([]);
    agent.destroy();
    await hanging.close();
  }, 120_000);
});

describe('an error that nobody caught', () => {
  it.each([
    ['is thrown', 'throw'],
    ['is thrown later', 'later'],
    ['is a promise that nobody waited for', 'reject'],
  ])(
    'ends its own request and no other, when it %s',
    async (_, how) => {
      const server = await start();
      const agent = new Agent({ keepAlive: true });
      const slow = ask(agent, `${server.url}/cities?q=meddle-slow`);
      await until(() => server.said().includes('slow begins'));

      const broken = await fetch(`${server.url}/cities?q=meddle-${how}`);

      expect(broken.status).toBe(500);
      expect(await broken.text()).toContain('Something went wrong on our side.');
      expect((await slow).status).toBe(200);
      expect((await fetch(`${server.url}/cities`)).status).toBe(200);
      expect(server.errors().join('\n')).toContain('meddled');
      expect(server.child.exitCode).toBeNull();
      server.child.kill('SIGTERM');
      expect(await server.ended()).toBe(0);
      agent.destroy();
    },
    120_000,
  );

  it('stops the program in order, for a new start, where such errors do not end', async () => {
    const server = await start();

    await Promise.all(
      Array.from({ length: 30 }, () =>
        fetch(`${server.url}/cities?q=meddle-reject`).catch(() => undefined),
      ),
    );

    expect(await server.ended()).toBe(1);
    expect(server.said()).toContain('too many errors that nobody caught: stopping');
    expect(server.said()).toContain('"msg":"stopped"');
  }, 120_000);
});
