// The built program as a child process, as whoever runs it has it: started, asked over HTTP, stopped or killed.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { built } from '../../server/root.ts';

export type Settings = Readonly<Record<string, string>>;

export interface Program {
  readonly child: ChildProcess;
  /** Everything it said so far, on both outputs. */
  said(): string;
  /** The lines of its log that tell of an error. */
  errors(): string[];
  /** Its exit code; null where a signal ended it. */
  ended(): Promise<number | null>;
}

export interface Server extends Program {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  /** Resolves when /readyz says so; throws what it said where it ends first. */
  untilReady(): Promise<void>;
}

const running = new Set<ChildProcess>();

/** For afterAll: nothing outlives its tests. */
export async function endPrograms(): Promise<void> {
  await Promise.all(
    [...running].map(async (child) => {
      const end = once(child, 'close');
      child.kill('SIGKILL');
      await end;
    }),
  );
}

/** @param command what runs; Node itself, with the arguments, where nothing is said */
export function startProgram(
  args: readonly string[],
  settings: Settings,
  command: readonly string[] = [process.execPath],
): Program {
  const { PATH = '' } = process.env;
  const [file = process.execPath, ...before] = command;
  const child = spawn(file, [...before, ...args], {
    env: { PATH, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk) => {
      text += String(chunk);
    });
  }
  // Streams are read to their end before "close".
  const end = once(child, 'close').then(([code]) => {
    running.delete(child);
    return code as number | null;
  });
  return {
    child,
    said: () => text,
    errors: () => text.split('\n').filter((line) => /^\{"level":[56]0/.test(line)),
    ended: () => end,
  };
}

/** `crosswalk …` as its own process. */
export const startCommand = (
  args: readonly string[],
  settings: Settings,
  command?: readonly string[],
): Program => startProgram([join(built, 'server', 'cli.js'), ...args], settings, command);

export async function startServer(
  settings: Settings,
  how: { readonly command?: readonly string[]; readonly node?: readonly string[] } = {},
): Promise<Server> {
  const port = settings['PORT'] ?? String(await freePort());
  const program = startProgram(
    [...(how.node ?? []), join(built, 'server', 'main.js')],
    { PORT: port, ...settings },
    how.command,
  );
  let isOver = false;
  program.ended().then(() => {
    isOver = true;
  });
  const url = `http://127.0.0.1:${port}`;
  return {
    ...program,
    url,
    async untilReady() {
      await until(async () => {
        if (isOver) throw new Error(`It ended:\n${program.said()}`);
        const answer = await fetch(`${url}/readyz`).catch(() => undefined);
        return answer?.ok === true;
      });
    },
  };
}

/** Waits until it holds; tries again every 50 ms, for two minutes. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 2_400; tries += 1) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('It never came to be.');
}

/** Below those that the system gives out by itself, each process of the tests with some of its own: nobody else takes it. */
let nextPort = 20_000 + (process.pid % 600) * 20;

export async function freePort(): Promise<number> {
  for (;;) {
    const port = nextPort;
    nextPort += 1;
    const server = createServer().listen(port, '127.0.0.1');
    const isFree = await Promise.race([
      once(server, 'listening').then(() => true),
      once(server, 'error').then(() => false),
    ]).catch(() => false);
    if (!isFree) continue;
    server.close();
    await once(server, 'close');
    return port;
  }
}

/** Posts a form as a browser would, without following where it leads. */
export const postForm = (
  url: string,
  values: Readonly<Record<string, string>>,
  cookie = '',
): Promise<Response> =>
  fetch(url, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...(cookie ? { cookie } : {}) },
    body: new URLSearchParams(values).toString(),
  });

/** Adds somebody on the command line, beside the running server, and presses the button of their link. */
export async function signInStaff(
  url: string,
  settings: Settings,
  runBy?: readonly string[],
): Promise<string> {
  const command = startCommand(
    ['person', 'add', 'staff@crosswalk.example', '--role', 'staff', '--json'],
    settings,
    runBy,
  );
  if ((await command.ended()) !== 0) throw new Error(command.said());
  const { link } = JSON.parse(command.said()) as { link: string };
  const token = new URL(link).searchParams.get('token') ?? '';
  const answer = await postForm(`${url}/sign-in/confirm`, { token });
  if (answer.status !== 303) throw new Error(`signing in was answered with ${answer.status}`);
  return answer.headers
    .getSetCookie()
    .map((line) => line.split(';', 1)[0])
    .join('; ');
}
