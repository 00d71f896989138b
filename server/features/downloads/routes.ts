// Whole downloads: all public tables in one ZIP, the snapshots of earlier days, and for staff everything they may see.
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Response, Router } from 'express';
import type { Directory } from '../../directory/directory.ts';
import { perDirectory } from '../../directory/per-directory.ts';
import { notFound } from '../../errors.ts';
import { archiveFiles, packArchive } from '../../exports/archive.ts';
import type { PublicTables } from '../../exports/public-table.ts';
import { readSnapshot } from '../../exports/snapshots.ts';
import { wholeExport } from '../../exports/whole-export.ts';
import { paths } from '../../paths.ts';
import type { Services } from '../../services.ts';
import { anyone, staffOnly } from '../../web/access.ts';
import { asFile } from '../../web/export-name.ts';

/** @param tablesOf the public tables, for the site's own address */
export function downloadRoutes(services: Services, tablesOf: PublicTables): Router {
  const router = Router();
  const { config, store, log } = services;
  const tables = tablesOf(config.publicUrl);
  /** Packed when first asked for, and kept as long as the snapshot it was made of. */
  const archiveOf = perDirectory(
    (directory: Directory): Promise<Buffer> =>
      packArchive(archiveFiles(directory, tables, config.publicUrl), directory.today),
  );

  router.get(paths.downloads.archive, anyone, async (_req, res) => {
    const directory = services.directory.current();
    const etag = `"${directory.revision}-${directory.today}-zip"`;
    sendZip(res, await archiveOf(directory), etag, asFile(directory, 'data.zip'));
  });

  router.get(paths.downloads.snapshot, anyone, async (req, res) => {
    const day = String(req.params['day'] ?? '');
    const zip = await readSnapshot(config, day);
    if (!zip) {
      throw notFound(
        'There is no snapshot of this day. A snapshot is kept for each day on which something public had changed.',
      );
    }
    const directory = services.directory.current();
    sendZip(res, zip, `"${day}-${zip.length}"`, asFile(directory, `data-${day}.zip`));
  });

  router.get(paths.staff.export, staffOnly, async (_req, res) => {
    const directory = services.directory.current();
    const name = `everything-${directory.today}.json`;
    res.set({ ...asFile(directory, name), 'cache-control': 'private, no-store' });
    res.type('application/json');
    try {
      await pipeline(Readable.from(wholeExport(store)), res);
    } catch (error) {
      // Half a file is on its way: the broken connection tells the browser that it is not the whole.
      if (!res.writableFinished) log.warn({ err: error }, 'the export for staff was cut off');
      res.destroy();
    }
  });

  return router;
}

/** Express answers 304 where the caller has these bytes. */
function sendZip(
  res: Response,
  zip: Buffer,
  etag: string,
  headers: Readonly<Record<string, string>>,
): void {
  res.set({
    ...headers,
    etag,
    'cache-control': 'public, max-age=0, must-revalidate',
    'access-control-allow-origin': '*',
    'cross-origin-resource-policy': 'cross-origin',
  });
  res.type('application/zip').send(zip);
}
