// Answers that are the same for everybody: made and compressed once per revision of the directory, and sent
// before the Express pipeline runs. Kept within a bound; never used for, or filled by, someone signed in.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { compress, compressOnce, type Encoding, preferredEncoding } from './encoding.ts';
import type { Headers } from './security.ts';

/** An answer whole: what the address and the revision alone decide. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Buffer;
  readonly etag: string;
}

interface Kept {
  readonly answer: Answer;
  /** Ready, or in the making: whoever asks meanwhile waits for the same bytes. */
  readonly bodies: Map<Encoding, Buffer | Promise<Buffer>>;
  size: number;
}

export interface AnswerCache {
  /** Sends the kept answer to a GET or HEAD; false when there is none for this address and caller. */
  send(req: IncomingMessage, res: ServerResponse): boolean;
  /** Keeps an answer for its address until the next revision or until room is needed. */
  keep(address: string, answer: Answer): void;
  /** Sends an answer, kept or not: 304 where the caller has it, compressed as the caller can read. */
  deliver(req: IncomingMessage, res: ServerResponse, answer: Answer): Promise<void>;
  /** Forgets everything; called with each new revision. */
  clear(): void;
  readonly bytes: () => number;
}

/** Below this a compressed body is no smaller in packets. */
const worthCompressing = 1_000;

/**
 * @param limit bytes of bodies kept at most; the least recently used go first
 * @param isPersonal tells a request whose answer may depend on who asks
 */
export function createAnswerCache(options: {
  readonly limit: number;
  readonly headers: Headers;
  readonly isPersonal: (req: IncomingMessage) => boolean;
}): AnswerCache {
  const kept = new Map<string, Kept>();
  let total = 0;

  function forget(address: string): void {
    total -= kept.get(address)?.size ?? 0;
    kept.delete(address);
  }

  function makeRoom(): void {
    for (const address of kept.keys()) {
      if (total <= options.limit) return;
      forget(address);
    }
  }

  function write(
    req: IncomingMessage,
    res: ServerResponse,
    answer: Answer,
    encoding: Encoding,
    body: Buffer,
  ) {
    if (isFresh(req.headers['if-none-match'], answer.etag) && answer.status === 200) {
      const { 'content-type': _type, 'content-disposition': _name, ...rest } = answer.headers;
      res.writeHead(304, { ...options.headers, ...rest, etag: answer.etag });
      res.end();
      return;
    }
    res.writeHead(answer.status, {
      ...options.headers,
      ...answer.headers,
      etag: answer.etag,
      'content-length': body.length,
      ...(encoding === 'identity' ? {} : { 'content-encoding': encoding }),
    });
    res.end(req.method === 'HEAD' ? undefined : body);
  }

  function bodyOf(address: string, entry: Kept, encoding: Encoding): Buffer | Promise<Buffer> {
    const known = entry.bodies.get(encoding);
    if (known !== undefined) return known;
    const making = compress(entry.answer.body, encoding).then((body) => {
      entry.bodies.set(encoding, body);
      // Meanwhile a new revision may have come.
      if (kept.get(address) === entry) {
        entry.size += body.length;
        total += body.length;
        makeRoom();
      }
      return body;
    });
    entry.bodies.set(encoding, making);
    // A failure is told to whoever waits, and the next caller tries again.
    making.catch(() => entry.bodies.delete(encoding));
    return making;
  }

  const encodingFor = (req: IncomingMessage, answer: Answer): Encoding =>
    answer.body.length < worthCompressing
      ? 'identity'
      : preferredEncoding(req.headers['accept-encoding']);

  return {
    send(req, res) {
      if (req.method !== 'GET' && req.method !== 'HEAD') return false;
      const address = req.url ?? '';
      const entry = kept.get(address);
      if (entry === undefined || options.isPersonal(req)) return false;
      const encoding = encodingFor(req, entry.answer);
      kept.delete(address);
      kept.set(address, entry);
      const body = bodyOf(address, entry, encoding);
      if (Buffer.isBuffer(body)) write(req, res, entry.answer, encoding, body);
      else {
        body.then(
          (made) => write(req, res, entry.answer, encoding, made),
          () => res.destroy(),
        );
      }
      return true;
    },

    keep(address, answer) {
      forget(address);
      const size = answer.body.length + 2 * address.length;
      if (size > options.limit / 2) return;
      kept.set(address, { answer, bodies: new Map([['identity', answer.body]]), size });
      total += size;
      makeRoom();
    },

    async deliver(req, res, answer) {
      const encoding = encodingFor(req, answer);
      const address = req.url ?? '';
      const entry = kept.get(address);
      const body =
        entry?.answer === answer
          ? await bodyOf(address, entry, encoding)
          : await compressOnce(answer.body, encoding);
      write(req, res, answer, encoding, body);
    },

    clear() {
      kept.clear();
      total = 0;
    },

    bytes: () => total,
  };
}

/** If-None-Match compares weakly: `W/"a"` and `"a"` are the same; `*` fits anything. RFC 9110, 13.1.2. */
export function isFresh(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  if (header.trim() === '*') return true;
  const bare = (tag: string): string => tag.trim().replace(/^W\//, '');
  return header.split(',').some((tag) => bare(tag) === bare(etag));
}
