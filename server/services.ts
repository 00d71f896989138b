// What every feature is handed when its routes are made. There is no container: this is the whole list.
import type { Logger } from 'pino';
import type { SignIn } from './accounts/sign-in.ts';
import type { Config } from './config.ts';
import type { CurrentDirectory } from './directory/directory.ts';
import type { Gazetteer } from './directory/places/places.ts';
import type { ImportRuns } from './import/runs/import-runs.ts';
import type { Mailer } from './mail/mailer.ts';
import type { OutreachKeeper } from './outreach/keep-outreach.ts';
import type { Store } from './store/store.ts';

export interface Services {
  readonly config: Config;
  readonly store: Store;
  readonly directory: CurrentDirectory;
  readonly places: Gazetteer;
  /** The present moment; tests hand in their own. */
  readonly clock: () => Date;
  readonly log: Logger;
  readonly mail: Mailer;
  readonly signIn: SignIn;
  readonly outreach: OutreachKeeper;
  readonly imports: ImportRuns;
  /** Personal links follow from it; see survey/personal-link.ts. */
  readonly secret: string;
}
