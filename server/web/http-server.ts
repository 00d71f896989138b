// The server that listens, with the time that a sender may take: whoever is slow on purpose holds a connection, no more.
import { createServer, type RequestListener, type Server } from 'node:http';

export interface Patience {
  /** From the first byte to the end of the headers, milliseconds. */
  readonly headMs: number;
  /** To the end of the body: the largest file that may be sent fits, over a slow line. */
  readonly wholeMs: number;
  /** Between two requests of one connection. */
  readonly idleMs: number;
  /** Without a byte in either direction, so that a reader who stops reading is let go. */
  readonly silentMs: number;
  /** How often slow ones are looked for. */
  readonly lookMs: number;
}

const usual: Patience = {
  headMs: 15_000,
  wholeMs: 120_000,
  idleMs: 10_000,
  silentMs: 300_000,
  lookMs: 5_000,
};

/** Bytes of all headers and of the address together. */
const longestHead = 16_384;

/** Answers 408 to whoever takes longer, and 431 to whoever sends more headers. */
export function createHttpServer(handle: RequestListener, patience: Patience = usual): Server {
  const server = createServer(
    {
      headersTimeout: patience.headMs,
      requestTimeout: patience.wholeMs,
      keepAliveTimeout: patience.idleMs,
      connectionsCheckingInterval: patience.lookMs,
      maxHeaderSize: longestHead,
      requireHostHeader: true,
    },
    handle,
  );
  server.timeout = patience.silentMs;
  return server;
}
