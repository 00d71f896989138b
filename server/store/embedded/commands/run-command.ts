// The table of commands, and the way from a request to its reply. Whatever a command throws becomes an error reply.

import { withinTime } from '../bounds.ts';
import { diskFailure } from '../disk-trouble.ts';
import type { Engine } from '../engine/engine.ts';
import { Failure, failureFields } from '../failure.ts';
import type { Reply, Request } from '../wire.ts';
import { aggregate } from './aggregate.ts';
import {
  create,
  drop,
  dropDatabase,
  listCollections,
  listDatabases,
  renameCollection,
} from './collections.ts';
import { type Command, patienceOf, readPatience } from './command.ts';
import { findAndModify } from './find-and-modify.ts';
import { createIndexes, dropIndexes, listIndexes } from './indexes.ts';
import { count, distinct, explain, find, getMore, killCursors } from './read.ts';
import * as facts from './server-facts.ts';
import { snapshot } from './snapshot.ts';
import { together } from './together.ts';
import { insert, remove, update } from './write.ts';

/** By their names in small letters: some are known in two spellings. */
const commands: ReadonlyMap<string, Command> = new Map(
  Object.entries({
    hello: facts.hello,
    ismaster: facts.isMaster,
    ping: facts.ping,
    buildinfo: facts.buildInfo,
    connectionstatus: facts.connectionStatus,
    getparameter: facts.getParameter,
    hostinfo: facts.hostInfo,
    getlog: facts.getLog,
    getcmdlineopts: facts.getCmdLineOpts,
    endsessions: facts.endSessions,
    killsessions: facts.endSessions,
    refreshsessions: facts.endSessions,
    startsession: facts.startSession,
    whatsmyuri: facts.whatsMyUri,
    serverstatus: facts.serverStatus,
    committransaction: facts.refuseTransactionCommand,
    aborttransaction: facts.refuseTransactionCommand,
    create,
    drop,
    dropdatabase: dropDatabase,
    renamecollection: renameCollection,
    listcollections: listCollections,
    listdatabases: listDatabases,
    createindexes: createIndexes,
    listindexes: listIndexes,
    dropindexes: dropIndexes,
    deleteindexes: dropIndexes,
    insert,
    update,
    delete: remove,
    findandmodify: findAndModify,
    find,
    getmore: getMore,
    killcursors: killCursors,
    count,
    distinct,
    aggregate,
    explain,
    crosswalksnapshot: snapshot,
    crosswalktogether: together,
  } satisfies Record<string, Command>),
);

const reading: ReadonlySet<Command> = new Set([find, getMore, count, distinct, aggregate, explain]);

/** What an error in the program itself is told to: never to the client. */
export type ReportFault = (error: unknown, command: string) => void;

/** @returns always a reply; errors are replies with ok: 0. */
export function runCommand(
  engine: Engine,
  request: Request,
  connectionId: number,
  reportFault: ReportFault,
): Reply {
  const [name = ''] = Object.keys(request.body);
  try {
    const command = commands.get(name.toLowerCase());
    if (!command) throw new Failure(59, `no such command: '${name}'`);
    const db = request.body['$db'];
    if (typeof db !== 'string') throw new Failure(40571, 'OP_MSG requests require a $db argument');
    const { body, sequences } = request;
    const patience =
      patienceOf(body) ?? (reading.has(command) ? readPatience : Number.POSITIVE_INFINITY);
    return withinTime(patience, () => command({ engine, db, name, body, sequences, connectionId }));
  } catch (error) {
    if (!(error instanceof Failure)) reportFault(error, name);
    const failure =
      error instanceof Failure
        ? error
        : (diskFailure(error) ??
          new Failure(1, `the embedded store failed at ${name}: ${(error as Error).message}`));
    return { fields: { ok: 0, ...failureFields(failure) } };
  }
}
