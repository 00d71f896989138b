// The upload that an address names.
import type { Request, Response } from 'express';
import { notFound } from '../../errors.ts';
import { isUploadId } from '../../import/runs/upload-files.ts';
import { importBatchPath } from '../../paths.ts';
import type { Services } from '../../services.ts';
import { findUpload, type ImportUpload } from '../../store/import-uploads.ts';

/** Undefined where it was accepted: then the answer leads to the import that it became. */
export async function openUploadOf(
  { store }: Pick<Services, 'store'>,
  req: Request,
  res: Response,
): Promise<ImportUpload | undefined> {
  const id = String(req.params['upload']);
  const upload = isUploadId(id) ? await findUpload(store, id) : undefined;
  if (!upload) {
    throw notFound(
      'There is no list at this address. It was accepted, dropped, or removed after some days.',
    );
  }
  if (upload.state === 'open') return upload;
  res.redirect(303, importBatchPath(String(upload.batch)));
  return undefined;
}
