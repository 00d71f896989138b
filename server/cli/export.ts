// `crosswalk export`: the directory as a file or down a pipe. JSON without a table is everything that staff may see;
// one table, and the ZIP of all of them, hold what is public.
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Command } from 'commander';
import type { Config } from '../config.ts';
import { buildDirectory } from '../directory/build-directory.ts';
import type { Directory } from '../directory/directory.ts';
import { dayOf } from '../domain/dates.ts';
import { archiveFiles, packArchive } from '../exports/archive.ts';
import { toLines } from '../exports/directory-export.ts';
import type { PublicTable } from '../exports/public-table.ts';
import { wholeExport } from '../exports/whole-export.ts';
import { publicTables } from '../features/api/tables.ts';
import { readDirectoryRecords } from '../store/directory-records.ts';
import type { Store } from '../store/store.ts';
import { isOfTheFolder } from './of-the-folder.ts';
import { withStore } from './with-store.ts';
import { WrongInput } from './wrong-input.ts';

const formats = ['json', 'csv', 'geojson', 'zip'] as const;
type Format = (typeof formats)[number];

interface ExportOptions {
  readonly format: string;
  readonly table?: string;
  readonly out?: string;
}

export function addExportCommand(program: Command): void {
  program
    .command('export')
    .description('Write the directory to a file, or to standard output.')
    .option('--format <format>', `one of ${formats.join(', ')}`, 'json')
    .option('--table <name>', 'one public table; CSV and GeoJSON need one')
    .option('--out <file>', 'write here instead of to standard output')
    .addHelpText(
      'after',
      `
JSON without --table is everything that staff may see: private addresses and notes are in it. Keep it as such.
A table, and the ZIP of all tables, hold what is public.

Examples:
  $ npm run -s crosswalk -- export --out everything.json
  $ npm run -s crosswalk -- export --format csv --table groups > groups.csv
  $ npm run -s crosswalk -- export --format geojson --table cities --out cities.geojson
  $ npm run -s crosswalk -- export --format zip --out crosswalk.zip`,
    )
    .action(exportData);
}

async function exportData(options: ExportOptions): Promise<void> {
  const format = parseFormat(options.format);
  const table = parseTable(format, options.table);
  await withStore(async (store, config) => {
    const pieces = await piecesOf(store, config, format, table);
    if (options.out === undefined) await writeToPipe(pieces);
    else await writeToFile(pieces, options.out);
  });
}

function parseFormat(text: string): Format {
  const format = formats.find((one) => one === text);
  if (!format) throw new WrongInput(`--format is one of ${formats.join(', ')}, not “${text}”.`);
  return format;
}

/** The name of a table that has this format, or undefined where none was named. */
function parseTable(format: Format, name: string | undefined): string | undefined {
  const fitting = publicTables('').filter((table) => format !== 'geojson' || table.geojson);
  const names = fitting.map((table) => table.name).join(', ');
  if (name === undefined) {
    if (format === 'json' || format === 'zip') return undefined;
    throw new WrongInput(
      `${format.toUpperCase()} holds one table. Name it with --table: ${names}.`,
    );
  }
  if (format === 'zip') throw new WrongInput('The ZIP holds all tables; leave --table out.');
  if (!fitting.some((table) => table.name === name)) {
    throw new WrongInput(`--table is one of ${names}, not “${name}”.`);
  }
  return name;
}

type Pieces = AsyncIterable<string | Buffer> | Iterable<string | Buffer>;

async function piecesOf(
  store: Store,
  config: Config,
  format: Format,
  name: string | undefined,
): Promise<Pieces> {
  if (format === 'json' && name === undefined) return wholeExport(store);
  const directory = await readDirectory(store, config);
  const tables = publicTables(config.publicUrl);
  if (format === 'zip') {
    return [await packArchive(archiveFiles(directory, tables, config.publicUrl), directory.today)];
  }
  const table = tables.find((one) => one.name === name);
  return table ? [textOf(table, format, directory)] : [];
}

function textOf(table: PublicTable, format: Format, directory: Directory): string {
  if (format === 'csv') return table.csv(directory);
  if (format === 'geojson') return `${table.geojson?.(directory) ?? ''}\n`;
  return `${toLines(table.items(directory))}\n`;
}

async function readDirectory(store: Store, config: Config): Promise<Directory> {
  const now = new Date();
  const { reachMiles, freshMonths } = config;
  const records = await readDirectoryRecords(store);
  return buildDirectory(records, { reachMiles, freshMonths }, dayOf(now), now.toISOString());
}

/** A reader that has enough, such as `head`, closes the pipe: that is no failure. */
async function writeToPipe(pieces: Pieces): Promise<void> {
  try {
    await pipeline(Readable.from(pieces), process.stdout, { end: false });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPIPE') throw error;
  }
}

/** Written aside and moved when it is whole; only the person who runs it may read it. */
async function writeToFile(pieces: Pieces, path: string): Promise<void> {
  const aside = `${path}.${process.pid}.part`;
  try {
    await pipeline(Readable.from(pieces), createWriteStream(aside, { flags: 'wx', mode: 0o600 }));
    await rename(aside, path);
  } catch (error) {
    if (isOfTheFolder(error)) throw new WrongInput(`${path} cannot be written: ${error.message}`);
    throw error;
  } finally {
    await rm(aside, { force: true });
  }
}
