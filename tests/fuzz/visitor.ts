// A client of the real server that sends what browsers never would, and hears whatever comes back.
import { Agent, createServer, type OutgoingHttpHeaders, request, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { pino } from 'pino';
import type { OpenWave } from '../respond/wave.ts';
import { endsLater } from './cases.ts';

export interface Sent {
  readonly method: string;
  readonly path: string;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: Buffer;
}

export interface Visitor {
  /** The status, or 0 where the server ended the connection. */
  send(sent: Sent): Promise<number>;
  /** Writes these bytes to a connection of their own; what came back until it ended or fell silent. */
  write(bytes: Buffer): Promise<string>;
  close(): Promise<void>;
}

/** A log that keeps what went wrong inside the server. */
export function listenForFaults(): { readonly log: pino.Logger; readonly faults: string[] } {
  const faults: string[] = [];
  const log = pino({ level: 'error', base: null }, { write: (line: string) => faults.push(line) });
  return { log, faults };
}

/** What no address can hold is left out by the client itself. */
const inAddress = (path: string): string => path.replace(/[^\x21-\xff]/g, '') || '/';

let count = 0;
/** Each case comes from an address of its own: how often one may ask is counted. */
const nextAddress = (): string => {
  count += 1;
  return `10.${(count >> 16) & 255}.${(count >> 8) & 255}.${count & 255}`;
};

export async function visit({ app }: Pick<OpenWave, 'app'>): Promise<Visitor> {
  const server: Server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const agent = new Agent({ keepAlive: true });

  const send = ({ method, path, headers = {}, body }: Sent): Promise<number> =>
    endsLater(
      new Promise((resolve) => {
        const length = body ? { 'content-length': body.length } : {};
        const asked = request({
          ...{ host: '127.0.0.1', port, agent, method, path: inAddress(path) },
          headers: { 'x-forwarded-for': nextAddress(), ...length, ...headers },
        });
        asked.on('response', (answer) => {
          answer.on('data', () => {});
          answer.on('end', () => resolve(answer.statusCode ?? 0));
          answer.on('error', () => resolve(0));
        });
        asked.on('error', () => resolve(0));
        asked.end(body);
      }),
      `${method} ${path}`,
    );

  const write = (bytes: Buffer): Promise<string> =>
    endsLater(
      new Promise((resolve) => {
        let heard = '';
        const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
        socket.setTimeout(300, () => socket.destroy());
        socket.on('data', (chunk: Buffer) => {
          heard += chunk.toString('latin1');
        });
        socket.on('error', () => {});
        socket.on('close', () => resolve(heard));
      }),
      'a connection',
    );

  return {
    send,
    write,
    async close() {
      agent.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
