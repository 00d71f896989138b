// A file that cannot be read is refused whole, in one sentence that says where and what was found there.

export class RefusedFile extends Error {
  /** As an editor counts, from 1; null where no place in the file is meant. */
  readonly line: number | null;
  readonly column: number | null;

  constructor(message: string, line: number | null = null, column: number | null = null) {
    super(message);
    this.name = 'RefusedFile';
    this.line = line;
    this.column = column;
  }
}

/** "Line 12, column 5: the text stops inside quotes." */
export const refusedAt = (line: number, column: number, words: string): RefusedFile =>
  new RefusedFile(`Line ${line}, column ${column}: ${words}`, line, column);

const longestExcerpt = 30;

/** What stands there, short and on one line, in quotes. */
export function excerpt(text: string): string {
  const line = text
    .replace(/\p{C}+/gu, ' ')
    .trim()
    .slice(0, longestExcerpt + 1);
  const short = line.length > longestExcerpt ? `${line.slice(0, longestExcerpt)}…` : line;
  return `“${short}”`;
}
