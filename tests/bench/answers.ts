// Answers beside the floor: each address is asked of Crosswalk, of a bare node:http server and of a bare Express app
// that send the very same bytes, in rounds that alternate between them.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { request } from 'node:http';
import { fileURLToPath } from 'node:url';
import type { FloorAnswer, FloorPorts } from './floor.ts';
import { type Load, measure, median, type Round } from './measure.ts';
import type { Figure } from './table.ts';

export interface Subject {
  readonly name: string;
  /** Several are asked in turn: places never asked before. */
  readonly paths: readonly string[];
  /** Asks again with the tag of the first answer. */
  readonly again?: boolean;
  readonly budget: Figure['budget'];
  /** Milliseconds that the latest hundredth may take. */
  readonly p99Budget?: number;
}

const compressed = { 'accept-encoding': 'br' };
const ofHttp = (share: number) => ({ of: 'http', share }) as const;

/** ZIP codes all over the country, each asked once in a round and no two alike. */
const zips = Array.from({ length: 900 }, (_, index) =>
  String(1_000 + index * 109).padStart(5, '0'),
);

export const subjects = (isReal: boolean): readonly Subject[] => [
  { name: 'home', paths: ['/'], budget: ofHttp(0.5) },
  { name: 'city page', paths: ['/cities/pittsburgh-pa'], budget: ofHttp(0.5) },
  { name: 'groups list', paths: ['/groups'], budget: ofHttp(0.5) },
  {
    name: 'cities.geojson, whole',
    paths: ['/api/v1/cities.geojson'],
    budget: isReal ? ofHttp(0.6) : null,
  },
  {
    name: 'cities.geojson, 304',
    paths: ['/api/v1/cities.geojson'],
    again: true,
    budget: isReal ? ofHttp(0.6) : null,
  },
  {
    name: 'find, a place never asked before',
    paths: zips.map((zip) => `/find?place=${zip}`),
    budget: null,
  },
  {
    name: 'near, ten groups, a place never asked before',
    paths: zips.map((zip) => `/api/v1/near?place=${zip}&within=300&limit=10`),
    budget: { of: 'express', share: 0.6 },
    ...(isReal ? {} : { p99Budget: 5 }),
  },
];

export interface Floor {
  readonly ports: FloorPorts;
  prepare(answer: FloorAnswer): Promise<void>;
  stop(): void;
}

export async function startFloor(): Promise<Floor> {
  const child: ChildProcess = fork(fileURLToPath(import.meta.url), ['floor']);
  const [ports] = (await once(child, 'message')) as [FloorPorts];
  return {
    ports,
    async prepare(answer) {
      child.send(answer);
      await once(child, 'message');
    },
    stop: () => child.disconnect(),
  };
}

/** The answer as it goes over the wire, still compressed. */
export async function fetchRaw(
  url: string,
  headers: Readonly<Record<string, string>> = compressed,
): Promise<FloorAnswer> {
  return new Promise((resolve, reject) => {
    request(url, { headers }, (res) => {
      const chunks: Buffer[] = [];
      res.on('data', (chunk: Buffer) => chunks.push(chunk));
      res.on('end', () => {
        const { date: _, connection: __, 'keep-alive': ___, ...rest } = res.headers;
        const all = Object.entries(rest).map(([name, value]) => [name, String(value)]);
        const body = Buffer.concat(chunks).toString('base64');
        resolve({ status: res.statusCode ?? 0, headers: Object.fromEntries(all), body });
      });
    })
      .on('error', reject)
      .end();
  });
}

/** A ZIP code that the gazetteer does not know is a 404, which says nothing of speed. */
async function known(origin: string, paths: readonly string[]): Promise<string[]> {
  if (paths.length === 1) return [...paths];
  const good: string[] = [];
  for (const path of paths) {
    if ((await fetchRaw(origin + path)).status === 200) good.push(path);
  }
  return good;
}

export async function measureSubject(
  subject: Subject,
  origin: string,
  floor: Floor,
  how: { readonly rounds: number; readonly load: Load; readonly tick: () => void },
): Promise<Figure> {
  const paths = await known(origin, subject.paths);
  const first = await fetchRaw(origin + (paths[0] ?? '/'));
  const tag = first.headers['etag'];
  const headers = subject.again && tag ? { ...compressed, 'if-none-match': tag } : compressed;
  const answer = subject.again ? await fetchRaw(origin + (paths[0] ?? '/'), headers) : first;
  await floor.prepare(answer);

  const contenders = {
    http: `http://127.0.0.1:${floor.ports.http}`,
    express: `http://127.0.0.1:${floor.ports.express}`,
    crosswalk: origin,
  };
  const names = Object.keys(contenders) as (keyof typeof contenders)[];
  const results: Record<keyof typeof contenders, Round[]> = {
    http: [],
    express: [],
    crosswalk: [],
  };
  const warmUp = { ...how.load, seconds: 1 };
  for (const name of names) await measure(contenders[name], paths, headers, warmUp);
  for (let round = 0; round < how.rounds; round += 1) {
    for (const name of names) {
      results[name].push(await measure(contenders[name], paths, headers, how.load));
    }
    how.tick();
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
    p99Budget: subject.p99Budget ?? null,
  };
}
