// To do: a list that was uploaded and not accepted. It leaves when it is accepted or dropped, or by itself.
import { addDays } from '../../domain/dates.ts';
import { uploadDays } from '../../import/runs/upload-files.ts';
import { uploadPath } from '../../paths.ts';
import { readUploads } from '../../store/import-uploads.ts';
import { formatDate } from '../../web/format.ts';
import type { QueueSource } from './source.ts';

/** The directory moves on, and what a list would change with it. */
const patience = 2;

export const importsWaiting: QueueSource = {
  kind: 'import',
  label: 'Import that waits',
  read: async ({ store }) =>
    (await readUploads(store, 'open')).map(({ id, fileName, at, by }) => {
      const day = at.slice(0, 10);
      return {
        key: `import ${id}`,
        title: fileName,
        href: uploadPath(id),
        note: `Nothing of it is written yet. It is removed on ${formatDate(addDays(day, uploadDays))}.`,
        owner: by,
        due: addDays(day, patience),
      };
    }),
};
