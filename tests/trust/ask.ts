// Asks the application over one connection that stays: for tests that go through every route many times.
// A path goes out as it is spelt; other clients put it in order first.
import { once } from 'node:events';
import { Agent, createServer, type IncomingHttpHeaders, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestApp } from '../support/app.ts';

export interface Answered {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly text: string;
}

export interface Asker {
  /** A body that is text is sent as a form unless the headers say otherwise. */
  ask(
    method: string,
    path: string,
    headers?: Readonly<Record<string, string>>,
    body?: string | Buffer,
  ): Promise<Answered>;
  close(): void;
}

export async function openAsker(handle: TestApp['app']): Promise<Asker> {
  const server = createServer(handle).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const agent = new Agent({ keepAlive: true });
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  return {
    ask: (method, path, headers = {}, body = '') =>
      new Promise((resolve, reject) => {
        const length =
          body.length > 0 ? { ...form, 'content-length': Buffer.byteLength(body) } : {};
        const sent = request(
          { port, method, path, agent, headers: { ...length, ...headers } },
          (answer) => {
            const chunks: Buffer[] = [];
            answer.on('data', (chunk: Buffer) => chunks.push(chunk));
            answer.on('end', () => {
              const whole = Buffer.concat(chunks);
              const { statusCode: status = 0, headers: got } = answer;
              resolve({ status, headers: got, body: whole, text: whole.toString() });
            });
          },
        );
        sent.on('error', reject).end(body);
      }),
    close() {
      agent.destroy();
      server.closeAllConnections();
      server.close();
    },
  };
}
