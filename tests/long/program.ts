// The built program as it runs for everybody, in a process and a data folder of its own, and its command line beside it.
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { built } from '../../server/root.ts';

export interface Program {
  readonly origin: string;
  /** A folder that goes when the program does. */
  readonly folder: string;
  /** Runs a command of the command line on the same data; what it answers as JSON. */
  command(...words: string[]): Promise<Record<string, unknown>>;
  /** The Cookie header of staff. */
  signIn(): Promise<string>;
  /** Megabytes that the process has. */
  memory(): Promise<number>;
  /** True while the process lives. */
  isAlive(): boolean;
  stop(): Promise<void>;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Waits until it is ready. What it logs as a warning or worse goes to stderr. */
export async function startProgram(): Promise<Program> {
  const folder = mkdtempSync(join(tmpdir(), 'crosswalk-load-'));
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const env = {
    ...process.env,
    ...{ NODE_ENV: 'production', PORT: String(port), HOST: '127.0.0.1', PUBLIC_URL: origin },
    ...{ DATA_DIR: join(folder, 'data'), LOG_LEVEL: 'error' },
  };
  const child: ChildProcess = spawn(process.execPath, [join(built, 'server', 'main.js')], {
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const isAlive = (): boolean => child.exitCode === null && child.signalCode === null;
  while (!(await isReady(origin))) {
    if (!isAlive()) throw new Error('The program did not start.');
    await wait(100);
  }

  const command = (...words: string[]): Promise<Record<string, unknown>> =>
    new Promise((resolve, reject) => {
      const cli = [join(built, 'server', 'cli.js'), ...words, '--json'];
      execFile(process.execPath, cli, { env, maxBuffer: 1e9 }, (error, stdout, stderr) => {
        if (error) reject(new Error(`${words[0]}: ${stderr || stdout || error.message}`));
        else resolve(JSON.parse(stdout) as Record<string, unknown>);
      });
    });

  return {
    origin,
    folder,
    command,
    isAlive,
    async signIn() {
      const { link } = await command('person', 'add', 'load@crosswalk.example', '--role', 'staff');
      const token = new URL(String(link)).searchParams.get('token') ?? '';
      const answer = await fetch(`${origin}/sign-in/confirm`, {
        method: 'POST',
        redirect: 'manual',
        headers: { origin, 'sec-fetch-site': 'same-origin' },
        body: new URLSearchParams({ token }),
      });
      const cookies = answer.headers.getSetCookie().map((line) => line.split(';', 1)[0] ?? '');
      if (answer.status !== 303) throw new Error(`Signing in was answered with ${answer.status}.`);
      return cookies.join('; ');
    },
    async memory() {
      const text = await readFresh(`${origin}/metrics`);
      const bytes = /^\w*process_resident_memory_bytes(?:\{.*\})? ([\d.e+]+)$/m.exec(text)?.[1];
      return Number(bytes) / 1_048_576;
    },
    async stop() {
      if (isAlive()) {
        child.kill('SIGTERM');
        await once(child, 'exit');
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** On a connection of its own: the one kept from before may have been idle for so long that it is being closed. */
async function readFresh(address: string): Promise<string> {
  const [answer] = (await once(get(address, { agent: false }), 'response')) as [IncomingMessage];
  let text = '';
  for await (const part of answer) text += String(part);
  return text;
}

async function isReady(origin: string): Promise<boolean> {
  try {
    return (await fetch(`${origin}/readyz`)).ok;
  } catch {
    return false;
  }
}
