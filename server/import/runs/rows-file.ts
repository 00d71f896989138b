// A preview on disk: a line of JSON for each row, and an index beside it, so that a page of fifty rows of a hundred
// thousand is read without the others.
import { randomBytes } from 'node:crypto';
import { open, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { countEntries, type NewField, type OwnWords, type Prepared } from '../prepare.ts';
import type { Entry } from '../preview.ts';
import { entryKinds } from '../words.ts';
import { removePreviews } from './upload-files.ts';

/** A row as the preview shows it. */
export interface PreviewRow {
  /** Stands for the row in decisions: "row-12", "gone-code-for-tulsa". */
  readonly key: string;
  readonly entry: Entry;
  readonly newFields: readonly NewField[];
  readonly ownWords: OwnWords | null;
}

/** What rows are chosen by. */
export const rowFilters = ['suspicious', 'asked', ...entryKinds] as const;
export type RowFilter = (typeof rowFilters)[number];

interface PreviewIndex {
  readonly file: string;
  /** Of the directory that the file was compared with. */
  readonly revision: number;
  readonly counts: Readonly<Record<string, number>>;
  /** Where each row begins, and where the last one ends. */
  readonly offsets: readonly number[];
  /** Of each row: its kind, and two bits for suspicious and asked. */
  readonly marks: readonly number[];
}

const suspiciousBit = 16;
const askedBit = 32;

/** The file's rows stand in the same places whatever the directory has; what is gone from the list is named. */
export const keyOf = (entry: Entry, at: number): string =>
  entry.kind === 'gone' ? `gone-${entry.slug}` : `row-${at}`;

export const isRowKey = (text: string): boolean =>
  /^(?:row-\d{1,6}|gone-[a-z0-9-]{1,200})$/.test(text);

/** Whether a person has to say if the list's value is taken. */
const isAsked = ({ differences }: Entry): boolean =>
  differences.some(({ keeps }) => keeps !== null && keeps !== 'newer');

const markOf = (entry: Entry): number =>
  entryKinds.indexOf(entry.kind) +
  (entry.suspicions.length > 0 ? suspiciousBit : 0) +
  (isAsked(entry) ? askedBit : 0);

const indexPath = (folder: string, id: string): string => join(folder, `${id}.index`);

/** @returns how many rows of each kind there are */
export async function writePreview(
  folder: string,
  id: string,
  revision: number,
  prepared: Prepared,
): Promise<Readonly<Record<string, number>>> {
  const { entries, newFields, ownWords } = prepared;
  await removePreviews(folder, id);
  const file = `${id}.${randomBytes(6).toString('hex')}`;
  const offsets: number[] = [0];
  const rows = await open(join(folder, file), 'w', 0o600);
  try {
    let lines: Buffer[] = [];
    for (const [at, entry] of entries.entries()) {
      const row: PreviewRow = {
        key: keyOf(entry, at),
        entry,
        newFields: newFields(at),
        ownWords: ownWords(at),
      };
      const line = Buffer.from(`${JSON.stringify(row)}\n`);
      lines.push(line);
      offsets.push((offsets.at(-1) ?? 0) + line.length);
      if (lines.length === 500) {
        await rows.writeFile(Buffer.concat(lines));
        lines = [];
      }
    }
    await rows.writeFile(Buffer.concat(lines));
  } finally {
    await rows.close();
  }
  const counts = countEntries(prepared);
  const index: PreviewIndex = { file, revision, counts, offsets, marks: entries.map(markOf) };
  const path = indexPath(folder, id);
  await writeFile(`${path}.new`, JSON.stringify(index), { mode: 0o600 });
  await rename(`${path}.new`, path);
  return counts;
}

export interface Preview {
  readonly revision: number;
  readonly counts: Readonly<Record<string, number>>;
  /** Places of the rows that fit, in the order of the file; all of them for null. */
  readonly find: (filter: RowFilter | null) => readonly number[];
  readonly read: (places: readonly number[]) => Promise<readonly PreviewRow[]>;
}

/** Undefined where no preview was made, or it is being made anew. */
export async function findPreview(folder: string, id: string): Promise<Preview | undefined> {
  const text = await readFile(indexPath(folder, id), 'utf8').catch(() => null);
  if (text === null) return undefined;
  const { file, revision, counts, offsets, marks } = JSON.parse(text) as PreviewIndex;
  const fits = (mark: number, filter: RowFilter): boolean => {
    if (filter === 'suspicious') return (mark & suspiciousBit) !== 0;
    if (filter === 'asked') return (mark & askedBit) !== 0;
    return entryKinds[mark % suspiciousBit] === filter;
  };
  return {
    revision,
    counts,
    find: (filter) =>
      marks.flatMap((mark, at) => (filter === null || fits(mark, filter) ? [at] : [])),
    async read(places) {
      const rows = await open(join(folder, file), 'r');
      try {
        const found: PreviewRow[] = [];
        for (const at of places) {
          const [from = 0, to = 0] = [offsets[at], offsets[at + 1]];
          const buffer = Buffer.alloc(to - from);
          await rows.read(buffer, 0, buffer.length, from);
          found.push(JSON.parse(buffer.toString('utf8')) as PreviewRow);
        }
        return found;
      } finally {
        await rows.close();
      }
    },
  };
}
