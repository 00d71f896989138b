// Starting and stopping the built program, as whoever runs it sees it.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { built } from '../../server/root.ts';
import { freePort } from '../support/program.ts';

let folder: string;
const running: ChildProcess[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crosswalk-start-'));
});

afterAll(async () => {
  for (const child of running) child.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

interface Program {
  readonly child: ChildProcess;
  /** Everything it said so far. */
  said(): string;
  ended(): Promise<number | null>;
}

function start(settings: Record<string, string>): Program {
  const { PATH = '' } = process.env;
  const child = spawn(process.execPath, [join(built, 'server', 'main.js')], {
    env: { PATH, DATA_DIR: join(folder, 'data'), ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.push(child);
  let text = '';
  child.stdout?.on('data', (chunk) => {
    text += String(chunk);
  });
  child.stderr?.on('data', (chunk) => {
    text += String(chunk);
  });
  const end = once(child, 'exit').then(([code]) => code as number | null);
  return { child, said: () => text, ended: () => end };
}

async function untilReady(program: Program, port: number): Promise<void> {
  for (let tries = 0; tries < 400; tries += 1) {
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`It did not start:\n${program.said()}`);
}

describe('a start that cannot go on', () => {
  it('names every wrong setting in a sentence', async () => {
    const program = start({ PORT: 'eighty', REACH_MILES: '-3' });

    expect(await program.ended()).toBe(1);
    expect(program.said()).toBe(
      'Crosswalk cannot start.\nPORT must be a number.\nREACH_MILES must be more than 0.\n',
    );
  });

  it('says that the port is taken, and what to do', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };

    const program = start({ PORT: String(port) });

    expect(await program.ended()).toBe(1);
    expect(program.said()).toContain(
      `Port ${port} on 127.0.0.1 is taken by another program. Stop it, or set PORT to a free one.`,
    );
    expect(program.said()).not.toContain('    at ');
    other.close();
  });

  it('says that the MongoDB server does not answer', async () => {
    const port = await freePort();

    const program = start({ MONGODB_URI: `mongodb://127.0.0.1:${port}/crosswalk` });

    expect(await program.ended()).toBe(1);
    expect(program.said()).toMatch(/^Crosswalk cannot start\.\n.*MongoDB/);
    expect(program.said()).not.toContain('    at ');
  });
});

describe.each(['SIGINT', 'SIGTERM'] as const)('stopping with %s', (signal) => {
  it('ends cleanly, even with a connection open, and leaves a store that opens again', async () => {
    const port = await freePort();
    const program = start({ PORT: String(port) });
    await untilReady(program, port);
    await fetch(`http://127.0.0.1:${port}/`).then((answer) => answer.text());

    program.child.kill(signal);

    expect(await program.ended()).toBe(0);
    expect(program.said()).toContain('"msg":"stopped"');

    const again = start({ PORT: String(port) });
    await untilReady(again, port);
    const cities = await fetch(`http://127.0.0.1:${port}/api/v1/cities?show=partner`);
    expect(await cities.json()).toMatchObject({ total: 33 });
    again.child.kill('SIGTERM');
    expect(await again.ended()).toBe(0);
  });
});

describe('a second start on the same data folder', () => {
  it('joins the store that is running', async () => {
    const [one, other] = [await freePort(), await freePort()];
    const first = start({ PORT: String(one) });
    await untilReady(first, one);

    const second = start({ PORT: String(other) });
    await untilReady(second, other);

    const cities = await fetch(`http://127.0.0.1:${other}/api/v1/cities?show=partner`);
    expect(await cities.json()).toMatchObject({ total: 33 });
    second.child.kill('SIGTERM');
    await second.ended();
    first.child.kill('SIGTERM');
    expect(await first.ended()).toBe(0);
  });
});
