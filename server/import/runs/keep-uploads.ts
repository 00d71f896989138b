// Removes uploads that nobody accepted within some days, and files that no upload knows of.
import type { Job } from '../../jobs/job.ts';
import type { Services } from '../../services.ts';
import { readUploads, removeUpload } from '../../store/import-uploads.ts';
import { removeFiles, removeStrays, uploadDays, uploadFolder } from './upload-files.ts';

const dayMs = 86_400_000;

export async function keepUploads({
  store,
  config,
  clock,
}: Pick<Services, 'store' | 'config' | 'clock'>): Promise<void> {
  const folder = uploadFolder(config.dataDir);
  const before = new Date(clock().getTime() - uploadDays * dayMs).toISOString();
  for (const { id, at } of await readUploads(store, 'open')) {
    if (at >= before) continue;
    await removeUpload(store, id);
    await removeFiles(folder, id);
  }
  const known = new Set((await readUploads(store)).map(({ id }) => id));
  await removeStrays(folder, known, new Date(clock().getTime() - dayMs));
}

export const keepUploadsJob: Job = {
  name: 'keep-uploads',
  fromHour: 3,
  run: (services) => keepUploads(services),
};
