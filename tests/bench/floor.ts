// The floor that answers are measured against: the very same bytes from memory, sent by a bare node:http server
// and by a bare Express app. It runs in a process of its own, as Crosswalk does.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';

export interface FloorAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** base64 */
  readonly body: string;
}

export interface FloorReady {
  readonly ports: { readonly http: number; readonly express: number };
  /** Milliseconds from the start of the process until it answers. */
  readonly startMs: number;
  readonly megabytes: number;
}

/** Serves what the parent process sends over, on two ports that it sends back. */
export async function serveFloor(): Promise<void> {
  let answer: { status: number; headers: Record<string, string>; body: Buffer } | undefined;

  const bare = createServer((_req, res) => {
    res.writeHead(answer?.status ?? 404, answer?.headers ?? {});
    res.end(answer?.body);
  });

  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use((_req, res) => {
    res.writeHead(answer?.status ?? 404, answer?.headers ?? {});
    res.end(answer?.body);
  });

  process.on('message', (message: FloorAnswer) => {
    answer = {
      status: message.status,
      headers: { ...message.headers },
      body: Buffer.from(message.body, 'base64'),
    };
    process.send?.('ready');
  });
  process.on('disconnect', () => process.exit(0));

  const ports = { http: await listen(bare), express: await listen(createServer(app)) };
  const megabytes = process.memoryUsage.rss() / 1_048_576;
  process.send?.({ ports, startMs: performance.now(), megabytes } satisfies FloorReady);
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}
