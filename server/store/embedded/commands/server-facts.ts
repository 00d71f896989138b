// What clients ask about the server itself: hello, ping, buildInfo and mongosh's questions at its start.
import { hostname } from 'node:os';
import { Timestamp } from 'bson';
import { maxDocumentBytes, maxMessageBytes, maxWriteBatch } from '../bson/bson.ts';
import { Failure, unsupported } from '../failure.ts';
import { type Call, type Command, checkOptions, ok } from './command.ts';

/** Drivers decide by these what they may send; MongoDB 7.0's numbers. */
const wireVersion = 21;
const version = '7.0.0';

/** A standalone server: clients neither retry writes nor begin transactions. */
const facts = (call: Call) => ({
  helloOk: true,
  maxBsonObjectSize: maxDocumentBytes,
  maxMessageSizeBytes: maxMessageBytes,
  maxWriteBatchSize: maxWriteBatch,
  localTime: new Date(),
  logicalSessionTimeoutMinutes: 30,
  connectionId: call.connectionId,
  minWireVersion: 0,
  maxWireVersion: wireVersion,
  readOnly: false,
});

/** Whatever else a client says of itself here is for information. */
export const hello: Command = (call) => {
  if (
    call.body['speculativeAuthenticate'] !== undefined ||
    call.body['saslSupportedMechs'] !== undefined
  ) {
    throw unsupported('signing in: its socket is open to its owner alone');
  }
  return ok({ isWritablePrimary: true, ...facts(call) });
};

export const isMaster: Command = (call) => ok({ ...hello(call).fields, ismaster: true });

export const ping: Command = () => ok();

export const buildInfo: Command = () =>
  ok({
    version,
    versionArray: [7, 0, 0, 0],
    gitVersion: 'crosswalk-embedded-store',
    modules: [],
    allocator: 'node',
    javascriptEngine: 'none',
    sysInfo: 'deprecated',
    bits: 64,
    debug: false,
    maxBsonObjectSize: maxDocumentBytes,
    storageEngines: ['sqlite'],
  });

export const connectionStatus: Command = (call) => {
  checkOptions(call, ['showPrivileges']);
  return ok({
    authInfo: {
      authenticatedUsers: [],
      authenticatedUserRoles: [],
      authenticatedUserPrivileges: [],
    },
  });
};

/** The few parameters that mongosh asks for; of any other it is said that there is none. */
export const getParameter: Command = (call) => {
  if (call.body['featureCompatibilityVersion'] !== undefined) {
    return ok({ featureCompatibilityVersion: { version: '7.0' } });
  }
  throw new Failure(72, 'no option found to get');
};

export const hostInfo: Command = () =>
  ok({ system: { currentTime: new Date(), hostname: hostname() }, os: {}, extra: {} });

/** There is no log in memory: the store writes to the log of the program that runs it. */
export const getLog: Command = (call) => {
  if (call.body['getLog'] === '*') return ok({ names: ['global', 'startupWarnings'] });
  return ok({ totalLinesWritten: 0, log: [] });
};

export const getCmdLineOpts: Command = () => ok({ argv: [], parsed: {} });

/** Sessions are accepted and mean nothing here: there are no transactions that they could hold. */
export const endSessions: Command = () => ok();
export const startSession: Command = (call) =>
  ok({ id: call.body['lsid'] ?? {}, timeoutMinutes: 30 });

export const whatsMyUri: Command = () => ok({ you: '127.0.0.1:0' });

export const refuseTransactionCommand: Command = () => {
  throw new Failure(
    263,
    'the embedded store does not support transactions; each write command is one by itself',
  );
};

export const serverStatus: Command = (call) =>
  ok({
    host: hostname(),
    version,
    process: 'crosswalk-embedded-store',
    pid: process.pid,
    uptime: Math.floor(process.uptime()),
    localTime: new Date(),
    metrics: { cursor: { open: { total: call.engine.cursors.size } } },
    operationTime: new Timestamp({ t: Math.floor(Date.now() / 1000), i: 1 }),
  });
