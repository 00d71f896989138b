// A program: builds the gazetteer file that load-gazetteer.ts reads. `node dist/server/build-gazetteer.js <folder>`
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gazetteerFile, writeTables } from './gazetteer-file.ts';
import { readSources } from './gazetteer-source.ts';
import { packTables } from './pack-tables.ts';

const [folder] = process.argv.slice(2);
if (!folder) {
  console.error('Say where the gazetteer goes: build-gazetteer.js <folder>');
  process.exit(1);
}
const { places, zips } = readSources();
await mkdir(folder, { recursive: true });
// Written beside and moved into place: a running server never reads half a file.
const file = join(folder, gazetteerFile);
await writeFile(`${file}.next`, writeTables(packTables(places, zips)));
await rename(`${file}.next`, file);
