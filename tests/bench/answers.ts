// Answers beside the floor: each address is asked of Crosswalk, of a bare node:http server and of a bare Express app
// that send the very same bytes, in rounds that alternate between them.
import { request } from 'node:http';
import { join } from 'node:path';
import { loadGazetteer } from '../../server/directory/places/load-gazetteer.ts';
import { built } from '../../server/root.ts';
import type { FloorAnswer, FloorReady } from './floor.ts';
import { type Load, measure, median, type Round } from './measure.ts';
import { startRole } from './roles.ts';
import type { Fact, Figure } from './table.ts';

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
/** Letters of base64. */
const largeBody = 1_000_000;
const ofHttp = (share: number) => ({ of: 'http', share }) as const;

/** ZIP codes all over the country, those that the gazetteer knows. No answer about a place is kept. */
const gazetteer = await loadGazetteer(join(built, 'gazetteer'));
const zips = Array.from({ length: 900 }, (_, index) =>
  String(1_000 + index * 109).padStart(5, '0'),
).filter((zip) => gazetteer.find(zip).kind === 'found');

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
  readonly ports: FloorReady['ports'];
  prepare(answer: FloorAnswer): Promise<void>;
  /** What a bare Express app takes to start, and what it holds in memory. */
  start(): NonNullable<Fact['floor']>;
  memory(): NonNullable<Fact['floor']>;
  stop(): Promise<void>;
}

export async function startFloor(): Promise<Floor> {
  const { ready, ask, stop } = await startRole<FloorReady>('floor');
  const what = 'a bare Express app';
  return {
    ports: ready.ports,
    prepare: (answer) => ask(answer),
    start: () => ({ what, value: ready.startMs }),
    memory: () => ({ what, value: ready.megabytes }),
    stop,
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

export async function measureSubject(
  subject: Subject,
  origin: string,
  floor: Floor,
  how: { readonly rounds: number; readonly load: Load; readonly tick: () => void },
): Promise<Figure> {
  const { paths } = subject;
  const first = await fetchRaw(origin + (paths[0] ?? '/'));
  const tag = first.headers['etag'];
  const headers = subject.again && tag ? { ...compressed, 'if-none-match': tag } : compressed;
  const answer = subject.again ? await fetchRaw(origin + (paths[0] ?? '/'), headers) : first;
  await floor.prepare(answer);
  // Megabytes for each of many callers at once would measure the memory, and for minutes.
  const isLarge = answer.body.length > largeBody;
  const load = isLarge ? { ...how.load, connections: 2 } : how.load;

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
  const warmUp = { ...load, seconds: 0.5 };
  for (const name of names) await measure(contenders[name], paths, headers, warmUp);
  for (let round = 0; round < how.rounds; round += 1) {
    for (const name of names) {
      results[name].push(await measure(contenders[name], paths, headers, load));
    }
    how.tick();
  }
  // How long one caller waits is asked of a server that others don't keep busy on every core.
  const alone: Round[] = [];
  for (let round = 0; subject.p99Budget !== undefined && round < how.rounds; round += 1) {
    alone.push(await measure(origin, paths, headers, { ...load, connections: 1 }));
  }
  const waited = alone.length > 0 ? alone : results.crosswalk;
  const rate = (name: keyof typeof contenders): number =>
    median(results[name].map((round) => round.rate));
  return {
    name: subject.name,
    bytes: Buffer.from(answer.body, 'base64').length,
    http: rate('http'),
    express: rate('express'),
    crosswalk: rate('crosswalk'),
    p99: median(waited.map((round) => round.p99)),
    failures: results.crosswalk.reduce((sum, round) => sum + round.failures, 0),
    budget: subject.budget,
    p99Budget: subject.p99Budget ?? null,
  };
}
