// All public tables in one ZIP, with a README that says what they are. The same revision on the same day gives the
// same bytes: the files stand in a fixed order and carry the day, not the time of packing.
import { promisify } from 'node:util';
import { deflateRaw } from 'node:zlib';
import { Zip, ZipPassThrough } from 'fflate';
import type { Directory } from '../directory/directory.ts';
import type { PublicTable } from './public-table.ts';
import { readmeText } from './readme.ts';

export interface ArchiveFile {
  readonly name: string;
  readonly text: string;
}

/** The README first, then each table as CSV and, where it has points, as GeoJSON. */
export function archiveFiles(
  directory: Directory,
  tables: readonly PublicTable[],
  publicUrl: string,
): readonly ArchiveFile[] {
  return [
    { name: 'README.txt', text: readmeText(directory, tables, publicUrl) },
    ...tables.flatMap(({ name, csv, geojson }) => [
      { name: `${name}.csv`, text: csv(directory) },
      ...(geojson ? [{ name: `${name}.geojson`, text: geojson(directory) }] : []),
    ]),
  ];
}

const deflate = promisify(deflateRaw);

/** A file whose packed bytes are known: fflate counts and checks the plain ones as they are pushed. */
class Deflated extends ZipPassThrough {
  readonly #packed: Uint8Array<ArrayBuffer>;

  constructor(name: string, packed: Uint8Array<ArrayBuffer>) {
    super(name);
    this.compression = 8;
    this.#packed = packed;
  }

  protected override process(_chunk: Uint8Array, final: boolean): void {
    this.ondata(null, this.#packed, final);
  }
}

/** @param day that every file is dated with, `2026-11-22` */
export async function packArchive(files: readonly ArchiveFile[], day: string): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  const zip = new Zip((error, part) => {
    if (error) throw error;
    parts.push(part);
  });
  // ZIP knows no time zones: midnight of the day wherever this runs.
  const mtime = new Date(`${day}T00:00:00`);
  for (const { name, text } of files) {
    const bytes = Buffer.from(text);
    // zlib packs on another thread; fflate writes the container around it.
    const packed = await deflate(bytes, { level: 9 });
    const file = new Deflated(name, packed);
    file.mtime = mtime;
    zip.add(file);
    file.push(bytes, true);
  }
  zip.end();
  return Buffer.concat(parts);
}
