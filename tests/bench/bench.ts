// `npm run bench`: measures Crosswalk's answers against a floor that sends the very same bytes, in one run.
// Crosswalk and the floor each run in a process of their own; the rounds alternate between them.
import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { built, root } from '../../server/root.ts';
import { type FloorAnswer, type FloorPorts, serveFloor } from './floor.ts';
import { type Load, measure, median, type Round } from './measure.ts';
import { type Figure, type Run, toMarkdown, whatGotSlower } from './table.ts';

// `--quick` is for trying a change; the figures that are kept come from the whole run.
const quick = process.argv.includes('--quick');
const rounds = quick ? 2 : 5;
const load: Load = { connections: 16, seconds: quick ? 1 : 2 };
const warmUp: Load = { connections: 16, seconds: 1 };
const compressed = { 'accept-encoding': 'br' };

interface Subject {
  readonly name: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Asks again with the tag of the first answer. */
  readonly again?: boolean;
  readonly budget: Figure['budget'];
}

const subjects: readonly Subject[] = [
  { name: 'home', path: '/', budget: { of: 'http', share: 0.5 } },
  { name: 'city page', path: '/cities/pittsburgh-pa', budget: { of: 'http', share: 0.5 } },
  { name: 'groups list', path: '/groups', budget: { of: 'http', share: 0.5 } },
  {
    name: 'cities.geojson, whole',
    path: '/api/v1/cities.geojson',
    budget: { of: 'http', share: 0.6 },
  },
  {
    name: 'cities.geojson, 304',
    path: '/api/v1/cities.geojson',
    again: true,
    budget: { of: 'http', share: 0.6 },
  },
  { name: 'find', path: '/find?place=15213', budget: null },
  {
    name: 'near, ten groups',
    path: '/api/v1/near?place=15213&limit=10',
    budget: { of: 'express', share: 0.6 },
  },
];

if (process.argv[2] === 'floor') await serveFloor();
else await runBench();

async function runBench(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'crosswalk-bench-'));
  const say = (text: string): void => void process.stderr.write(text);
  const crosswalk = await startCrosswalk(folder);
  const floor = await startFloor();
  try {
    const figures: Figure[] = [];
    for (const [index, subject] of subjects.entries()) {
      say(`${index + 1} of ${subjects.length}: ${subject.name} `);
      figures.push(await measureSubject(subject, crosswalk.origin, floor, () => say('.')));
      say('\n');
    }
    report({
      date: new Date().toISOString().slice(0, 10),
      node: process.versions.node,
      size: 'the real size: 48 partners, 229 groups, embedded store',
      figures,
    });
  } finally {
    crosswalk.child.kill('SIGTERM');
    floor.child.disconnect();
    await once(crosswalk.child, 'exit');
    rmSync(folder, { recursive: true, force: true });
  }
}

function report(run: Run): void {
  const lastFile = join(built, 'bench', 'last.json');
  const before = existsSync(lastFile)
    ? (JSON.parse(readFileSync(lastFile, 'utf8')) as Run)
    : undefined;
  mkdirSync(dirname(lastFile), { recursive: true });
  writeFileSync(lastFile, JSON.stringify(run, null, 2));
  const text = toMarkdown(run);
  if (process.argv.includes('--json')) {
    process.stdout.write(`${JSON.stringify(run)}\n`);
    return;
  }
  if (!quick) writeFileSync(join(root, 'BENCHMARKS.md'), text);
  process.stdout.write(`\n${text}\n`);
  for (const line of whatGotSlower(before, run)) process.stdout.write(`Slower: ${line}\n`);
}

interface Floor {
  readonly child: ChildProcess;
  readonly ports: FloorPorts;
}

async function measureSubject(
  subject: Subject,
  origin: string,
  floor: Floor,
  tick: () => void,
): Promise<Figure> {
  const headers = { ...compressed, ...subject.headers };
  const url = origin + subject.path;
  const first = await fetchRaw(url, headers);
  const tag = first.headers['etag'];
  const asked = subject.again && tag ? { ...headers, 'if-none-match': tag } : headers;
  const answer = subject.again ? await fetchRaw(url, asked) : first;
  floor.child.send(answer);
  await once(floor.child, 'message');

  const contenders = {
    http: `http://127.0.0.1:${floor.ports.http}${subject.path}`,
    express: `http://127.0.0.1:${floor.ports.express}${subject.path}`,
    crosswalk: url,
  };
  const names = Object.keys(contenders) as (keyof typeof contenders)[];
  const results: Record<keyof typeof contenders, Round[]> = {
    http: [],
    express: [],
    crosswalk: [],
  };
  for (const name of names) await measure(contenders[name], asked, warmUp);
  for (let round = 0; round < rounds; round += 1) {
    for (const name of names) results[name].push(await measure(contenders[name], asked, load));
    tick();
  }
  const rate = (name: keyof typeof contenders): number =>
    median(results[name].map((round) => round.rate));
  return {
    name: subject.name,
    bytes: Buffer.from(answer.body, 'base64').length,
    http: rate('http'),
    express: rate('express'),
    crosswalk: rate('crosswalk'),
    p99: median(results.crosswalk.map((round) => round.p99)),
    failures: results.crosswalk.reduce((sum, round) => sum + round.failures, 0),
    budget: subject.budget,
  };
}

/** The answer as it goes over the wire, still compressed. */
async function fetchRaw(url: string, headers: Record<string, string>): Promise<FloorAnswer> {
  const { request } = await import('node:http');
  return new Promise((resolve, reject) => {
    request(url, { headers }, (res) => {
      const chunks: Buffer[] = [];
      res.on('data', (chunk: Buffer) => chunks.push(chunk));
      res.on('end', () => {
        const { date: _, connection: __, 'keep-alive': ___, ...rest } = res.headers;
        resolve({
          status: res.statusCode ?? 0,
          headers: Object.fromEntries(
            Object.entries(rest).map(([name, value]) => [name, String(value)]),
          ),
          body: Buffer.concat(chunks).toString('base64'),
        });
      });
    })
      .on('error', reject)
      .end();
  });
}

async function startFloor(): Promise<Floor> {
  const child = fork(fileURLToPath(import.meta.url), ['floor']);
  const [ports] = (await once(child, 'message')) as [FloorPorts];
  return { child, ports };
}

async function startCrosswalk(folder: string): Promise<{ child: ChildProcess; origin: string }> {
  const port = await freePort();
  const child = spawn(process.execPath, [join(built, 'server', 'main.js')], {
    env: {
      ...process.env,
      NODE_ENV: 'production',
      PUBLIC_URL: `http://127.0.0.1:${port}`,
      PORT: String(port),
      DATA_DIR: folder,
      LOG_LEVEL: 'warn',
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const origin = `http://127.0.0.1:${port}`;
  for (let tries = 0; tries < 300; tries += 1) {
    const ready = await fetch(`${origin}/readyz`).catch(() => undefined);
    if (ready?.ok) return { child, origin };
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  child.kill('SIGKILL');
  throw new Error('Crosswalk did not start within 30 seconds.');
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}
