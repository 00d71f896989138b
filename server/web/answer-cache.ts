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

/** Names and values in turn, which Node writes faster than an object. */
type HeadList = string[];

interface Kept {
  readonly answer: Answer;
  /** Made when the first caller needs them. */
  whole?: HeadList;
  unchanged?: HeadList;
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

  /** All that an answer says of itself, but for its body's length and encoding. */
  function wholeHead({ headers, etag }: Answer): HeadList {
    return toList({ ...options.headers, ...headers, etag });
  }

  function unchangedHead({ headers, etag }: Answer): HeadList {
    const { 'content-type': _type, 'content-disposition': _name, ...rest } = headers;
    return toList({ ...options.headers, ...rest, etag });
  }

  function sendUnchanged(res: ServerResponse, head: HeadList): void {
    res.writeHead(304, head);
    res.end();
  }

  function sendWhole(
    req: IncomingMessage,
    res: ServerResponse,
    { status, head }: { readonly status: number; readonly head: HeadList },
    encoding: Encoding,
    body: Buffer,
  ): void {
    const length = String(body.length);
    res.writeHead(
      status,
      encoding === 'identity'
        ? [...head, 'content-length', length]
        : [...head, 'content-length', length, 'content-encoding', encoding],
    );
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
      kept.delete(address);
      kept.set(address, entry);
      const { answer } = entry;
      if (isUnchanged(req, answer)) {
        entry.unchanged ??= unchangedHead(answer);
        sendUnchanged(res, entry.unchanged);
        return true;
      }
      const encoding = encodingFor(req, answer);
      entry.whole ??= wholeHead(answer);
      const { status } = answer;
      const head = entry.whole;
      const body = bodyOf(address, entry, encoding);
      if (Buffer.isBuffer(body)) sendWhole(req, res, { status, head }, encoding, body);
      else {
        body.then(
          (made) => sendWhole(req, res, { status, head }, encoding, made),
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
      if (isUnchanged(req, answer)) {
        sendUnchanged(res, unchangedHead(answer));
        return;
      }
      const encoding = encodingFor(req, answer);
      const address = req.url ?? '';
      const entry = kept.get(address);
      const body =
        entry?.answer === answer
          ? bodyOf(address, entry, encoding)
          : compressOnce(answer.body, encoding);
      const bytes = Buffer.isBuffer(body) ? body : await body;
      sendWhole(req, res, { status: answer.status, head: wholeHead(answer) }, encoding, bytes);
    },

    clear() {
      kept.clear();
      total = 0;
    },

    bytes: () => total,
  };
}

function toList(headers: Headers): HeadList {
  const list: HeadList = [];
  for (const name of Object.keys(headers)) list.push(name, headers[name] as string);
  return list;
}

/** Whether the caller has it already, so that neither its body nor how to compress it matters. */
const isUnchanged = (req: IncomingMessage, { status, etag }: Answer): boolean =>
  status === 200 && isFresh(req.headers['if-none-match'], etag);

/** If-None-Match compares weakly: `W/"a"` and `"a"` are the same; `*` fits anything. RFC 9110, 13.1.2. */
export function isFresh(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  if (header === etag) return true;
  if (header.trim() === '*') return true;
  const bare = (tag: string): string => tag.trim().replace(/^W\//, '');
  return header.split(',').some((tag) => bare(tag) === bare(etag));
}
