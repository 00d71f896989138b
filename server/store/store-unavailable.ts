// Why a store could not be opened, in one sentence that names the setting to look at.
// Never says the whole of MONGODB_URI: a password may stand in it.
import type { Config } from '../config.ts';

/** The message is meant for whoever runs Crosswalk. */
export class StoreUnavailable extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StoreUnavailable';
  }
}

/** What the operating system says when a folder cannot be used. */
const folderTroubles: Readonly<Record<string, string>> = {
  EACCES: 'this user may not write there',
  EPERM: 'this user may not write there',
  EROFS: 'it is on a disk that cannot be written',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'it is not a folder',
  EEXIST: 'it is not a folder',
  ENOENT: 'it cannot be made',
};

const authenticationFailed = 18;

/** One sentence for an error that came up while a store was being opened. */
export function inWords(error: unknown, { mongodbUri, dataDir }: Config): string {
  const { name, message, code } = error as Error & { code?: unknown };
  if (mongodbUri === null) {
    const trouble = typeof code === 'string' ? folderTroubles[code] : undefined;
    return trouble
      ? `The data folder ${dataDir} (DATA_DIR) cannot be used: ${trouble}.`
      : sentence(message);
  }
  const host = hostOf(mongodbUri);
  if (name === 'MongoParseError' || name === 'MongoInvalidArgumentError') {
    return `MONGODB_URI is not an address that can be used: ${sentence(message)}`;
  }
  if (code === authenticationFailed || /auth/i.test(message)) {
    return `The MongoDB server at ${host} does not accept the name and password of MONGODB_URI.`;
  }
  if (/ServerSelection|Network|ENOTFOUND|querySrv/.test(`${name} ${message}`)) {
    return `No MongoDB server answers at ${host} (MONGODB_URI): check that it runs and can be reached from here.`;
  }
  return `The MongoDB server at ${host} (MONGODB_URI) cannot be used: ${sentence(message)}`;
}

/** The host and port of an address, without name, password and options. */
const hostOf = (uri: string): string =>
  uri
    .replace(/^mongodb(\+srv)?:\/\//, '')
    .replace(/^.*@/, '')
    .replace(/[/?].*$/, '');

const sentence = (message: string): string => (/[.!?]$/.test(message) ? message : `${message}.`);
