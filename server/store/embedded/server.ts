// The socket: takes connections, cuts their bytes into requests and sends the replies, one after another.
import { chmodSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { runCommand } from './commands/run-command.ts';
import type { Engine } from './engine/engine.ts';
import { formatReply, messageReader, parseMessage } from './wire.ts';

/** Where it listens: a Unix socket, or a port of this machine alone. */
export type Address = { readonly socket: string } | { readonly port: number };

export interface StoreServer {
  readonly address: Address;
  /** Takes no new connections, lets running commands end, and goes. */
  close(): Promise<void>;
}

/** What the store tells the program that runs it. */
export interface StoreLog {
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}

function serve(socket: Socket, engine: Engine, connectionId: number, log: StoreLog): void {
  const reportFault = (error: unknown, command: string): void => {
    log.error({ err: error, command }, 'A command failed inside the embedded store');
  };
  const read = messageReader((message) => {
    const request = parseMessage(message);
    const reply = runCommand(engine, request, connectionId, reportFault);
    if (request.wantsReply && !socket.destroyed) {
      // A client that does not read its replies is not read either, so that they do not pile up.
      if (!socket.write(formatReply(request, reply))) socket.pause();
    }
  });
  socket.setNoDelay(true);
  socket.on('drain', () => socket.resume());
  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk: Buffer) => {
    try {
      read(chunk);
    } catch (error) {
      log.warn(
        { reason: (error as Error).message },
        'Closed a connection that sent no MongoDB messages',
      );
      socket.destroy();
    }
  });
}

/** Listens; a socket file is readable and writable by its owner alone. */
export async function listen(engine: Engine, wanted: Address, log: StoreLog): Promise<StoreServer> {
  const open = new Set<Socket>();
  let connections = 0;
  const server = createServer((socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    connections += 1;
    serve(socket, engine, connections, log);
  });
  if ('socket' in wanted) rmSync(wanted.socket, { force: true });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    if ('socket' in wanted) server.listen(wanted.socket, resolve);
    else server.listen(wanted.port, '127.0.0.1', resolve);
  });
  if ('socket' in wanted) chmodSync(wanted.socket, 0o600);
  const address = 'socket' in wanted ? wanted : { port: (server.address() as AddressInfo).port };

  const close = async (): Promise<void> => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    // Commands run to their end without a pause, so what is left are replies on their way.
    for (const socket of open) socket.end();
    const timer = setTimeout(() => {
      for (const socket of open) socket.destroy();
    }, 500);
    await closed;
    clearTimeout(timer);
    if ('socket' in address) rmSync(address.socket, { force: true });
  };
  return { address, close };
}
