// What the disk under the store refuses, told apart by SQLite's codes: https://www.sqlite.org/rescode.html
// Clients hear it by MongoDB's codes, whoever starts the program in words.
import { Failure } from './failure.ts';

interface Trouble {
  readonly codes: RegExp;
  /** MongoDB's: OutOfDiskSpace, FileStreamFailed, DataCorruptionDetected. */
  readonly failure: number;
  readonly what: string;
  readonly toDo: string;
}

const troubles: readonly Trouble[] = [
  {
    codes: /^SQLITE_FULL/,
    failure: 14031,
    what: 'the disk is full',
    toDo: 'Make room on it',
  },
  {
    codes: /^SQLITE_READONLY/,
    failure: 39,
    what: 'the disk cannot be written to',
    toDo: 'Make it writable for this user',
  },
  {
    codes: /^SQLITE_(IOERR|CANTOPEN|PERM)/,
    failure: 39,
    what: 'the disk refuses to read or write it',
    toDo: 'Look at the disk and at the rights of this user',
  },
  {
    codes: /^SQLITE_(CORRUPT|NOTADB)/,
    failure: 387,
    what: 'the file is damaged',
    toDo: 'Put back the newest backup',
  },
];

const troubleOf = (error: unknown): Trouble | undefined => {
  const code = String((error as { code?: unknown } | null)?.code);
  return troubles.find(({ codes }) => codes.test(code));
};

/** The answer to a command at which the disk failed; undefined for other errors. Nothing of the command was kept. */
export function diskFailure(error: unknown): Failure | undefined {
  const trouble = troubleOf(error);
  if (!trouble) return undefined;
  return new Failure(
    trouble.failure,
    `the embedded store cannot use its file: ${trouble.what} (${(error as Error).message})`,
  );
}

/** Why the file could not be opened, and what to do; undefined where it is the file itself that is wrong. */
export function diskTroubleInWords(error: unknown, path: string): string | undefined {
  const trouble = troubleOf(error);
  if (!trouble || trouble.failure === 387) return undefined;
  return `The store file ${path} cannot be used: ${trouble.what}. Nothing was changed. ${trouble.toDo}, and start again.`;
}
