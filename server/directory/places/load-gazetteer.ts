// Loads the gazetteer that build-gazetteer.ts has built.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findPlaces } from './find-place.ts';
import { gazetteerFile, readTables } from './gazetteer-file.ts';
import type { Gazetteer } from './places.ts';

/**
 * Place search from the file in the given folder; the file stays in memory as it is, about 8 MB.
 * @throws Error in words when the file is missing or is not a gazetteer of this version
 */
export async function loadGazetteer(folder: string): Promise<Gazetteer> {
  const file = join(folder, gazetteerFile);
  let bytes: Buffer;
  try {
    bytes = await readFile(file);
  } catch (error) {
    throw new Error(`There is no gazetteer at ${file}: run \`npm run build\`.`, { cause: error });
  }
  return findPlaces(readTables(bytes));
}
