// Who writes when staff press a button: the person who is signed in, for the change log.
import { randomUUID } from 'node:crypto';
import type { Response } from 'express';
import type { Services } from '../../services.ts';
import type { Writer } from '../../store/writer.ts';
import { viewerOf } from '../../web/access.ts';

export const writerOf = (res: Response, { clock }: Pick<Services, 'clock'>): Writer => ({
  by: viewerOf(res)?.id ?? null,
  origin: 'web',
  batch: randomUUID(),
  now: clock(),
});
