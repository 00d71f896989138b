// kill -9 at any moment loses nothing that was acknowledged and tears no document.
// A child process runs the store and writes one document after another; it is killed again and again, on one folder.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { build } from 'esbuild';
import { MongoClient } from 'mongodb';
import { built, root } from '../../../server/root.ts';
import { startEmbeddedStore } from '../../../server/store/embedded/start.ts';
import { silentLog, temporaryFolder } from '../../support/document-stores.ts';

const kills = 50;
const folder = temporaryFolder();
const program = join(built, 'test-tools', `crash-writer-${process.pid}.mjs`);

beforeAll(async () => {
  mkdirSync(join(built, 'test-tools'), { recursive: true });
  await build({
    entryPoints: [join(root, 'tests/store/embedded/crash-writer.ts')],
    outfile: program,
    bundle: true,
    // All but the native part in one file: fifty starts are quicker so.
    external: ['libsql'],
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
    platform: 'node',
    format: 'esm',
    target: 'node20',
  });
}, 30_000);

afterAll(() => {
  folder.remove();
  rmSync(program, { force: true });
});

/** Lets a writer run, kills it so many milliseconds after its first acknowledgement, and gives what was acknowledged. */
function writeUntilKilled(round: number, afterMs: number): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const child: ChildProcess = spawn(process.execPath, [program, folder.path, String(round)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const acknowledged: string[] = [];
    if (!child.stdout) throw new Error('The writer has no output.');
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (acknowledged.length === 0) setTimeout(() => child.kill('SIGKILL'), afterMs);
      acknowledged.push(line);
    });
    child.on('error', reject);
    // Streams are read to their end before "close".
    child.on('close', (_, signal) => {
      if (signal === 'SIGKILL') resolve(acknowledged);
      else reject(new Error('The writer ended by itself.'));
    });
  });
}

/** Every document that is there, by its _id; throws for one that is not whole. */
async function readAll(): Promise<Set<string>> {
  const store = await startEmbeddedStore({ folder: folder.path, log: silentLog });
  const client = await new MongoClient(store.uri).connect();
  const writings = client
    .db('crash')
    .collection<{ _id: string; length: number; text: string }>('writings');
  const found = new Set<string>();
  for await (const { _id, length, text } of writings.find()) {
    if (text !== `${_id} `.repeat(length)) throw new Error(`${_id} is torn.`);
    found.add(_id);
  }
  // The index tells the same as the documents.
  expect(await writings.countDocuments({ key: { $gte: '' } })).toBe(found.size);
  await client.close();
  await store.close();
  return found;
}

it(`keeps every acknowledged document over ${kills} kills`, async () => {
  const acknowledged: string[] = [];
  for (let round = 0; round < kills; round += 1) {
    acknowledged.push(...(await writeUntilKilled(round, Math.random() * 60)));

    const found = await readAll();
    const lost = acknowledged.filter((id) => !found.has(id));
    expect(lost).toEqual([]);
  }
  expect(acknowledged.length).toBeGreaterThan(kills);
}, 180_000);
