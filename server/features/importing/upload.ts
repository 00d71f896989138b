// Taking a file from a form: to disk under a name of our own, bounded, one at a time. What the browser calls it is for
// people to read and for nothing else.
import { randomBytes } from 'node:crypto';
import type { Request, RequestHandler } from 'express';
import multer from 'multer';
import { makeUploadFolder, mostUploaded } from '../../import/runs/upload-files.ts';
import { cleanBody } from '../../web/form-body.ts';

export interface TakenFile {
  /** Its name on disk. */
  readonly id: string;
  readonly fileName: string;
}

const longestName = 120;

/** Puts the file on disk, and what was wrong with the form, if anything was, where `takenOf` finds it. */
export function takeFile(folder: string): RequestHandler {
  const storage = multer.diskStorage({
    destination: (_req, _file, done) => {
      makeUploadFolder(folder).then(
        () => done(null, folder),
        (error: Error) => done(error, folder),
      );
    },
    filename: (_req, _file, done) => done(null, randomBytes(12).toString('hex')),
  });
  const limits = {
    fileSize: mostUploaded,
    files: 1,
    fields: 4,
    fieldSize: 2_000,
    parts: 5,
    // No field of ours holds others.
    fieldNestingDepth: 0,
  };
  const take = multer({ storage, limits, defParamCharset: 'utf8' }).single('file');
  return (req, res, next) => {
    take(req, res, (error: unknown) => {
      cleanBody(req);
      if (!error || isOfTheDisk(error)) return next(error);
      res.locals['refusedUpload'] =
        error instanceof multer.MulterError && error.code === 'LIMIT_FILE_SIZE'
          ? `The file has more than ${mostUploaded / 1_048_576} megabytes, which is the most. Part it, or use the command line: import FILE.`
          : 'The form could not be read. Choose one file, and send it again.';
      next();
    });
  };
}

/** What is wrong with a form has no code of the system's, whoever noticed it. */
const isOfTheDisk = (error: unknown): boolean =>
  !(error instanceof multer.MulterError) && (error as { code?: unknown }).code !== undefined;

/** Undefined where no file was chosen. */
export function takenOf({ file }: Request): TakenFile | undefined {
  if (!file) return undefined;
  const last = file.originalname.split(/[/\\]/).at(-1) ?? '';
  const name = last
    .replace(/[\p{C}\s]+/gu, ' ')
    .trim()
    .slice(-longestName);
  return { id: file.filename, fileName: name || 'a file without a name' };
}
