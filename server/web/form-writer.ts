// Who writes when a form is sent: the person who is signed in, in one step of their own.
import { randomUUID } from 'node:crypto';
import type { Response } from 'express';
import type { Services } from '../services.ts';
import type { Writer } from '../store/writer.ts';
import { viewerOf } from './access.ts';

export const formWriter = ({ clock }: Pick<Services, 'clock'>, res: Response): Writer => ({
  by: viewerOf(res)?.id ?? null,
  origin: 'web',
  batch: randomUUID(),
  now: clock(),
});
