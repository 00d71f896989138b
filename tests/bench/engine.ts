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

/** Until here Node still makes the path faster; at three hundred a second, which a busy disk gives, that is long. */
const warmUp = { writes: 3_000, milliseconds: 8_000 };

/**
 * Rounds are short and each is compared with the one beside it: how long a disk takes to flush changes tenfold within
 * a minute, and a share of medians over all of it would compare one moment with another.
 */
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
  const pairs: { readonly alone: number; readonly rate: number }[] = [];
  try {
    const begun = performance.now();
    for (let number = 0; number < warmUp.writes; number += 1) {
      if (performance.now() - begun > warmUp.milliseconds) break;
      await collection.insertOne(row(number));
    }
    for (let round = 0; round < rounds; round += 1) {
      const alone = await rateOf(
        (number) => insert.run([Buffer.from(JSON.stringify(row(number)))]),
        milliseconds,
      );
      const rate = await rateOf((number) => collection.insertOne(row(number)), milliseconds);
      pairs.push({ alone, rate });
    }
  } finally {
    await client.close();
    await store.close();
    bare.close();
    rmSync(folder, { recursive: true, force: true });
  }
  const rate = median(pairs.map((pair) => pair.rate));
  const share = median(pairs.map((pair) => pair.rate / pair.alone));
  const added = median(pairs.map((pair) => 1_000 / pair.rate - 1_000 / pair.alone));
  return [
    {
      name: 'embedded store: single writes a second, each acknowledged when it is on disk',
      value: rate,
      unit: 'count',
      budget: (0.5 * rate) / share,
      better: 'higher',
      // What it does where Crosswalk does as much as the median round says.
      floor: { what: 'libsql alone, just as durable, in the rounds beside', value: rate / share },
    },
    {
      name: 'embedded store: what driver, wire and thread add to a write',
      value: added,
      unit: 'ms',
      budget: null,
      better: 'lower',
    },
  ];
}
