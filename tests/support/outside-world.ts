// Other people's websites on this machine: one real server that answers for every invented name.
// Names that are not among them are not known, and nothing leaves this machine.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { isPublicAddress } from '../../server/outside/judge-address.ts';
import type { Network } from '../../server/outside/network.ts';
import type { OutsideLimits } from '../../server/outside/outside.ts';

/** Bounds that a test reaches soon. */
export const limits: OutsideLimits = {
  bytes: 100_000,
  connectMs: 1_000,
  headMs: 1_000,
  wholeMs: 1_000,
  pauseMs: 1,
};

export type Site = (req: IncomingMessage, res: ServerResponse) => void;

export interface Asked {
  readonly host: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  /** What it was answered; 0 while it is open, and where the connection was cut. */
  status: number;
}

export interface OutsideWorld {
  readonly network: Network;
  /** Every request so far, robots.txt included. */
  readonly asked: Asked[];
  /** The most requests that were open at one moment, by name. */
  readonly mostAtOnce: Map<string, number>;
  close(): Promise<void>;
}

/**
 * @param siteFor what answers under a name; undefined where the name is not known
 * @param addressFor the addresses that a name leads to; this machine unless said otherwise
 */
export async function openOutsideWorld(
  siteFor: (host: string) => Site | undefined,
  addressFor: (host: string) => readonly string[] = () => ['127.0.0.1'],
): Promise<OutsideWorld> {
  const asked: Asked[] = [];
  const mostAtOnce = new Map<string, number>();
  const open = new Map<string, number>();
  const sockets = new Set<Socket>();

  const server = createServer((req, res) => {
    const host = (req.headers.host ?? '').replace(/:\d+$/, '');
    const one: Asked = { host, path: req.url ?? '', headers: req.headers, status: 0 };
    asked.push(one);
    open.set(host, (open.get(host) ?? 0) + 1);
    mostAtOnce.set(host, Math.max(mostAtOnce.get(host) ?? 0, open.get(host) ?? 0));
    res.on('error', () => undefined);
    res.on('finish', () => {
      one.status = res.statusCode;
    });
    res.on('close', () => open.set(host, (open.get(host) ?? 1) - 1));
    const site = siteFor(host);
    if (site) site(req, res);
    else res.writeHead(404).end();
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const port = String((server.address() as AddressInfo).port);

  return {
    asked,
    mostAtOnce,
    network: {
      resolve: async (host) => {
        if (siteFor(host)) return addressFor(host);
        throw Object.assign(new Error(`no such name: ${host}`), { code: 'ENOTFOUND' });
      },
      isAllowed: (address, host) =>
        (address === '127.0.0.1' && siteFor(host) !== undefined) || isPublicAddress(address),
      route: (to) => ({ ...to, port, protocol: 'http:' }),
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((done) => server.close(() => done()));
    },
  };
}

/** Answers each path as the table says, and 404 for the rest. */
export const pages =
  (table: Readonly<Record<string, Site>>): Site =>
  (req, res) => {
    const site = table[(req.url ?? '').split('?')[0] ?? ''];
    if (site) site(req, res);
    else res.writeHead(404).end();
  };

export const says =
  (text: string | Buffer, headers: Record<string, string> = {}): Site =>
  (_req, res) => {
    res.writeHead(200, { 'content-type': 'text/html', ...headers }).end(text);
  };

export const status =
  (code: number, headers: Record<string, string> = {}): Site =>
  (_req, res) => {
    res.writeHead(code, headers).end();
  };

export const leadsTo = (location: string, code = 302): Site => status(code, { location });

/** Sends a byte now and then, and never ends. */
export const drips: Site = (_req, res) => {
  res.writeHead(200, { 'content-type': 'text/calendar' });
  const timer = setInterval(() => res.write('B'), 20);
  res.on('close', () => clearInterval(timer));
};

/** Sends as fast as it can, and never ends. */
export const isEndless: Site = (_req, res) => {
  res.writeHead(200, { 'content-type': 'text/calendar' });
  const chunk = 'X'.repeat(65_536);
  const more = (): void => {
    while (!res.destroyed && res.write(chunk)) {
      /* until it is full */
    }
  };
  res.on('drain', more);
  more();
};

/** Breaks off in the middle of its answer. */
export const breaksOff: Site = (_req, res) => {
  res.writeHead(200, { 'content-type': 'text/calendar', 'content-length': '1000' });
  res.write('BEGIN:VCALENDAR');
  setTimeout(() => res.destroy(), 20);
};

/** With a tag that it knows again. */
export const remembers =
  (text: string, headers: Record<string, string> = {}, etag = '"1"'): Site =>
  (req, res) => {
    if (req.headers['if-none-match'] === etag) res.writeHead(304, { etag }).end();
    else res.writeHead(200, { 'content-type': 'text/html', etag, ...headers }).end(text);
  };
