// The embedded store beside what it stands on: acknowledged single writes through the whole path that Crosswalk
// takes, and through libsql alone with the same durability.
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import { pino } from 'pino';
import { startEmbeddedStore } from '../../server/store/embedded/start.ts';
import { median } from './measure.ts';
import type { Fact } from './table.ts';

interface Statement {
  run(...values: unknown[]): unknown;
}
interface Database {
  exec(sql: string): void;
  prepare(sql: string): Statement;
  close(): void;
}
type OpenDatabase = new (file: string) => Database;

const row = (number: number) => ({ n: number, name: `group ${number}`, note: 'x'.repeat(200) });

/** Writes a second over a round. */
async function rateOf(write: (number: number) => unknown, milliseconds: number): Promise<number> {
  const begun = performance.now();
  let count = 0;
  while (performance.now() - begun < milliseconds) await write(count++);
  return (count * 1_000) / (performance.now() - begun);
}

export async function measureEngine(rounds: number, milliseconds: number): Promise<Fact[]> {
  const folder = mkdtempSync(join(tmpdir(), 'crosswalk-engine-'));
  const Database = createRequire(import.meta.url)('libsql') as OpenDatabase;
  const bare = new Database(join(folder, 'bare.db'));
  bare.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
  bare.exec('CREATE TABLE writes (id INTEGER PRIMARY KEY, body BLOB NOT NULL)');
  // A single Buffer would be taken for a set of named parameters.
  const insert = bare.prepare('INSERT INTO writes (body) VALUES (?)');
  const log = pino({ level: 'warn', base: null });
  const store = await startEmbeddedStore({ folder: join(folder, 'store'), log });
  const client = await MongoClient.connect(store.uri);
  const collection = client.db().collection('writes');
  const [floors, ours]: [number[], number[]] = [[], []];
  try {
    for (let round = 0; round <= rounds; round += 1) {
      const floor = await rateOf(
        (number) => insert.run([Buffer.from(JSON.stringify(row(number)))]),
        milliseconds,
      );
      const rate = await rateOf((number) => collection.insertOne(row(number)), milliseconds);
      // The first round warms up.
      if (round > 0) floors.push(floor) && ours.push(rate);
    }
  } finally {
    await client.close();
    await store.close();
    bare.close();
    rmSync(folder, { recursive: true, force: true });
  }
  const [rate, alone] = [median(ours), median(floors)];
  return [
    {
      name: 'embedded store: single writes a second, each acknowledged when it is on disk',
      value: rate,
      unit: 'count',
      budget: 0.5 * alone,
      better: 'higher',
      floor: { what: 'libsql alone, just as durable', value: alone },
    },
  ];
}
