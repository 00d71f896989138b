// Writes into the change log what was done with a personal link. Never the link itself.
import { logChanges } from '../store/changes.ts';
import type { Invitation } from '../store/invitations.ts';
import type { Store } from '../store/store.ts';
import type { Writer } from '../store/writer.ts';

/** One entry about the invitation `<wave>/<partner>`; its field says what was done, its value with which issue. */
export const logLinkStep = (
  store: Store,
  { wave, partner, issue }: Pick<Invitation, 'wave' | 'partner' | 'issue'>,
  step: 'link shown' | 'link taken back' | 'link replaced',
  writer: Writer,
): Promise<void> =>
  logChanges(
    store,
    [
      {
        record: 'invitation',
        slug: `${wave}/${partner}`,
        field: step,
        before: null,
        after: { issue },
      },
    ],
    writer,
  );
