// Makes what every feature is handed, in the order in which one needs the other; the program and the tests alike.
import type { Logger } from 'pino';
import { openSignIn } from './accounts/sign-in.ts';
import type { Config } from './config.ts';
import { openDirectory } from './directory/current-directory.ts';
import type { Gazetteer } from './directory/places/places.ts';
import { openImportRuns } from './import/runs/import-runs.ts';
import { openMailer } from './mail/mailer.ts';
import { keepOutreach } from './outreach/keep-outreach.ts';
import { openSecret } from './secret.ts';
import type { Services } from './services.ts';
import { keepReading, readRevision } from './store/directory-records.ts';
import type { Store } from './store/store.ts';

export interface OpenServices {
  readonly services: Services;
  /** Ends what runs beside the requests, and closes the store. */
  close(): Promise<void>;
}

/** @param mailPollMs how often to look for mails that became due; 0 leaves it to whoever posts and drains */
export async function openServices(given: {
  readonly config: Config;
  readonly store: Store;
  readonly places: Gazetteer;
  readonly clock: () => Date;
  readonly log: Logger;
  readonly mailPollMs?: number;
}): Promise<OpenServices> {
  const { config, store, places, clock, log, mailPollMs } = given;
  const directory = await openDirectory({
    read: keepReading(store, clock),
    readRevision: () => readRevision(store),
    settings: { reachMiles: config.reachMiles, freshMonths: config.freshMonths },
    clock,
    log,
  });
  const secret = await openSecret(config);
  const pollMs = mailPollMs === undefined ? {} : { pollMs: mailPollMs };
  const mail = openMailer({ store, config, secret, clock, log, ...pollMs });
  const outreach = keepOutreach({ store, directory, clock, log });
  const imports = openImportRuns({ config, store, places, directory, clock, log });
  const signIn = openSignIn(store, { secret, publicUrl: config.publicUrl });
  return {
    services: {
      ...{ config, store, directory, places, clock, log },
      ...{ mail, signIn, outreach, imports, secret },
    },
    async close() {
      await imports.close();
      await Promise.all([mail.close(), outreach.close(), directory.close()]);
      await store.close();
    },
  };
}
