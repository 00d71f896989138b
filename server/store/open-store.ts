// Opens the store: the only place that chooses between a MongoDB server and the embedded store.
// A store that cannot be opened says why in one sentence.
import { relative } from 'node:path';
import mongoose, { type Connection } from 'mongoose';
import type { Logger } from 'pino';
import { changeModel } from '../../models/change.ts';
import { cityModel } from '../../models/city.ts';
import { collaborationModel } from '../../models/collaboration.ts';
import { confirmationModel } from '../../models/confirmation.ts';
import { conveningModel } from '../../models/convening.ts';
import { doNotWriteModel } from '../../models/do-not-write.ts';
import { frozenWaveModel } from '../../models/frozen-wave.ts';
import { groupCheckModel } from '../../models/group-check.ts';
import { groupModel } from '../../models/group.ts';
import { groupReturnModel } from '../../models/group-return.ts';
import { introductionModel } from '../../models/introduction.ts';
import { importBatchModel } from '../../models/import-batch.ts';
import { importChunkModel } from '../../models/import-chunk.ts';
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
import type { Store } from './store.ts';
import { inWords, StoreUnavailable } from './store-unavailable.ts';

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
];

/**
 * Opens the store that the settings name and makes sure that its indexes are there.
 * @throws StoreUnavailable with one sentence for whoever runs Crosswalk.
 */
export async function openStore(config: Config, log: Logger): Promise<Store> {
  return config.mongodbUri === null
    ? openEmbedded(config, log)
    : openServer(config.mongodbUri, config);
}

async function openServer(uri: string, config: Config): Promise<Store> {
  try {
    const connection = await connect(uri);
    return {
      connection,
      description: `MongoDB at ${connection.host}:${connection.port}, database ${connection.name}`,
      embedded: false,
      close: () => connection.close(),
    };
  } catch (error) {
    throw new StoreUnavailable(inWords(error, config), { cause: error });
  }
}

async function openEmbedded(config: Config, log: Logger): Promise<Store> {
  const embedded = await startEmbeddedStore({ folder: config.dataDir, log }).catch(
    (error: unknown) => {
      throw new StoreUnavailable(inWords(error, config), { cause: error });
    },
  );
  try {
    const connection = await connect(embedded.uri);
    const folder = relative(process.cwd(), config.dataDir);
    return {
      connection,
      description: `embedded store in ${folder.startsWith('..') ? config.dataDir : folder || '.'}`,
      embedded: true,
      close: async () => {
        await connection.close();
        await embedded.close();
      },
    };
  } catch (error) {
    await embedded.close();
    throw new StoreUnavailable(inWords(error, config), { cause: error });
  }
}

async function connect(uri: string): Promise<Connection> {
  // Indexes are built here, on purpose, before anything is asked: never behind the back of a request.
  const connection = mongoose.createConnection(uri, {
    autoIndex: false,
    autoCreate: false,
    serverSelectionTimeoutMS: patience,
    connectTimeoutMS: patience,
  });
  try {
    await connection.asPromise();
    await Promise.all(models.map((model) => model(connection).createIndexes()));
    return connection;
  } catch (error) {
    await connection.close(true).catch(() => undefined);
    throw error;
  }
}
