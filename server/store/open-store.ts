// Opens the store: the only place that chooses between a MongoDB server and the embedded store.
// A store that cannot be opened says why in one sentence.
import { relative } from 'node:path';
import mongoose, { type Connection } from 'mongoose';
import type { Logger } from 'pino';
import { addressLinkModel } from '../../models/address-link.ts';
import { changeModel } from '../../models/change.ts';
import { cityModel } from '../../models/city.ts';
import { collaborationModel } from '../../models/collaboration.ts';
import { confirmationModel } from '../../models/confirmation.ts';
import { conveningModel } from '../../models/convening.ts';
import { doNotWriteModel } from '../../models/do-not-write.ts';
import { frozenWaveModel } from '../../models/frozen-wave.ts';
import { groupModel } from '../../models/group.ts';
import { groupCheckModel } from '../../models/group-check.ts';
import { groupReturnModel } from '../../models/group-return.ts';
import { importBatchModel } from '../../models/import-batch.ts';
import { importChunkModel } from '../../models/import-chunk.ts';
import { importDecisionModel } from '../../models/import-decision.ts';
import { importUploadModel } from '../../models/import-upload.ts';
import { introductionModel } from '../../models/introduction.ts';
import { invitationModel } from '../../models/invitation.ts';
import { jobModel } from '../../models/job.ts';
import { mailModel } from '../../models/mail.ts';
import { markModel } from '../../models/mark.ts';
import { outreachModel } from '../../models/outreach.ts';
import { partnerModel } from '../../models/partner.ts';
import { personModel } from '../../models/person.ts';
import { reportModel } from '../../models/report.ts';
import { revisionModel } from '../../models/revision.ts';
import { sessionModel } from '../../models/session.ts';
import { snoozeModel } from '../../models/snooze.ts';
import { subscriptionModel } from '../../models/subscription.ts';
import { suggestionModel } from '../../models/suggestion.ts';
import { verdictModel } from '../../models/verdict.ts';
import { verificationModel } from '../../models/verification.ts';
import { waveModel } from '../../models/wave.ts';
import type { Config } from '../config.ts';
import { startEmbeddedStore } from './embedded/start.ts';
import { mendDriver } from './mend-driver.ts';
import { migrateStore } from './migrate/migrate-store.ts';
import type { Store } from './store.ts';
import { inWords, StoreUnavailable } from './store-unavailable.ts';
import { againAfterTakeover } from './trouble.ts';
import { finishReplacement } from './whole/finish-replacement.ts';

/** How long a MongoDB server may take to answer before it counts as not reachable, milliseconds. */
const patience = 5_000;

const models = [
  cityModel,
  partnerModel,
  groupModel,
  groupCheckModel,
  reportModel,
  waveModel,
  collaborationModel,
  conveningModel,
  changeModel,
  revisionModel,
  mailModel,
  personModel,
  invitationModel,
  suggestionModel,
  verdictModel,
  frozenWaveModel,
  sessionModel,
  verificationModel,
  outreachModel,
  snoozeModel,
  subscriptionModel,
  markModel,
  introductionModel,
  doNotWriteModel,
  jobModel,
  confirmationModel,
  groupReturnModel,
  importBatchModel,
  importChunkModel,
  importUploadModel,
  importDecisionModel,
  addressLinkModel,
];

/** How a store is made ready before anybody asks it. */
type Prepare = (connection: Connection) => Promise<void>;

/** Its documents are brought to the shape of models/, and its indexes are there. */
const inTodaysShape =
  (log: Logger): Prepare =>
  async (connection) => {
    await finishReplacement(connection);
    for (const { to, brings } of await migrateStore(connection)) {
      log.info({ shape: to, brings }, 'stored documents are brought forward');
    }
    await Promise.all(models.map((model) => model(connection).createIndexes()));
  };

/**
 * Opens the store that the settings name, brings its documents forward and makes sure that its indexes are there.
 * @throws StoreUnavailable with one sentence for whoever runs Crosswalk.
 */
export const openStore = (config: Config, log: Logger): Promise<Store> =>
  open(config, log, inTodaysShape(log));

/** Opens the store for copying what is in it, whichever shape that has: nothing in it is changed. */
export const openStoreAsItIs = (config: Config, log: Logger): Promise<Store> =>
  open(config, log, finishReplacement);

/** One more connection to a store that this process has open already. */
export async function joinStore({ uri, description, embedded }: JoinedStore): Promise<Store> {
  const connection = await connect(uri, async () => undefined);
  return { connection, uri, description, embedded, close: () => connection.close() };
}
export type JoinedStore = Pick<Store, 'uri' | 'description' | 'embedded'>;

const open = (config: Config, log: Logger, prepare: Prepare): Promise<Store> =>
  config.mongodbUri === null
    ? openEmbedded(config, log, prepare)
    : openServer(config.mongodbUri, config, prepare);

async function openServer(uri: string, config: Config, prepare: Prepare): Promise<Store> {
  try {
    const connection = await connect(uri, prepare);
    return {
      connection,
      uri,
      description: `MongoDB at ${connection.host}:${connection.port}, database ${connection.name}`,
      embedded: false,
      close: () => connection.close(),
    };
  } catch (error) {
    if (error instanceof StoreUnavailable) throw error;
    throw new StoreUnavailable(inWords(error, config), { cause: error });
  }
}

async function openEmbedded(config: Config, log: Logger, prepare: Prepare): Promise<Store> {
  const embedded = await startEmbeddedStore({ folder: config.dataDir, log }).catch(
    (error: unknown) => {
      throw new StoreUnavailable(inWords(error, config), { cause: error });
    },
  );
  try {
    const connection = await againAfterTakeover(() => connect(embedded.uri, prepare));
    const folder = relative(process.cwd(), config.dataDir);
    return {
      connection,
      uri: embedded.uri,
      description: `embedded store in ${folder.startsWith('..') ? config.dataDir : folder || '.'}`,
      embedded: true,
      close: async () => {
        await connection.close();
        await embedded.close();
      },
    };
  } catch (error) {
    await embedded.close();
    if (error instanceof StoreUnavailable) throw error;
    throw new StoreUnavailable(inWords(error, config), { cause: error });
  }
}

async function connect(uri: string, prepare: Prepare): Promise<Connection> {
  mendDriver();
  // Indexes are built here, on purpose, before anything is asked: never behind the back of a request.
  const connection = mongoose.createConnection(uri, {
    autoIndex: false,
    autoCreate: false,
    // A store that went away is told at once, not after a wait of mongoose's own.
    bufferCommands: false,
    serverSelectionTimeoutMS: patience,
    // How soon a server that hangs is noticed, with connectTimeoutMS; commands that wait for it then fail.
    heartbeatFrequencyMS: 3_000,
    connectTimeoutMS: patience,
  });
  try {
    await connection.asPromise();
    await prepare(connection);
    return connection;
  } catch (error) {
    await connection.close(true).catch(() => undefined);
    throw error;
  }
}
