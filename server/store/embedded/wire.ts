// MongoDB's wire protocol: OP_MSG with document sequences, and OP_QUERY for a client's first hello.
// Bytes in and out; what the commands mean is in commands/. https://www.mongodb.com/docs/manual/reference/mongodb-wire-protocol/
import { type Doc, maxMessageBytes, toBytes, toDoc } from './bson/bson.ts';
import type { Batch } from './engine/cursors.ts';
import { Failure } from './failure.ts';

const headerBytes = 16;
const opReply = 1;
const opQuery = 2004;
const opMessage = 2013;

const checksumPresent = 1;
const moreToCome = 2;
const knownRequiredFlags = checksumPresent | moreToCome;

/** One request: the command document, and the documents that came beside it, not yet read. */
export interface Request {
  readonly id: number;
  /** Asked by OP_QUERY: answered by OP_REPLY. */
  readonly legacy: boolean;
  readonly body: Doc;
  readonly sequences: ReadonlyMap<string, readonly Buffer[]>;
  /** False where the client does not want to hear about it (write concern 0). */
  readonly wantsReply: boolean;
}

/** A reply: fields, and a cursor batch whose documents go out as they are stored. */
export interface Reply {
  readonly fields: Doc;
  readonly batch?: Batch & { readonly name: 'firstBatch' | 'nextBatch' };
}

/** What is wrong with the bytes themselves: the connection is closed. */
export class BrokenMessage extends Error {}

/** Cuts a stream of bytes into messages. */
export function messageReader(onMessage: (message: Buffer) => void): (chunk: Buffer) => void {
  let chunks: Buffer[] = [];
  let waiting = 0;
  let needed = headerBytes;
  return (chunk) => {
    chunks.push(chunk);
    waiting += chunk.length;
    while (waiting >= needed) {
      let bytes = chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks);
      const length = bytes.readInt32LE(0);
      if (length < headerBytes || length > maxMessageBytes) {
        throw new BrokenMessage(`a message of ${length} bytes`);
      }
      chunks = [bytes];
      needed = length;
      if (waiting < length) return;
      onMessage(bytes.subarray(0, length));
      bytes = bytes.subarray(length);
      chunks = bytes.length > 0 ? [bytes] : [];
      waiting = bytes.length;
      needed = headerBytes;
    }
  };
}

/** A document that begins at a place; its length is within the end. */
function documentAt(message: Buffer, at: number, end: number): Buffer {
  const length = at + 4 <= end ? message.readInt32LE(at) : -1;
  if (length < 5 || at + length > end) throw new BrokenMessage('a document beyond its message');
  return message.subarray(at, at + length);
}

function nameEnd(message: Buffer, at: number, end: number): number {
  const zero = message.indexOf(0, at);
  if (zero < 0 || zero >= end) throw new BrokenMessage('a name without an end');
  return zero;
}

/** A section of kind 1: a name and documents one after another. */
function readSequence(message: Buffer, at: number, limit: number): [string, Buffer[], number] {
  const size = at + 4 <= limit ? message.readInt32LE(at) : -1;
  const end = at + size;
  if (size < 5 || end > limit) throw new BrokenMessage('a sequence beyond its message');
  const zero = nameEnd(message, at + 4, end);
  const documents: Buffer[] = [];
  let place = zero + 1;
  while (place < end) {
    const document = documentAt(message, place, end);
    documents.push(document);
    place += document.length;
  }
  return [message.toString('utf8', at + 4, zero), documents, end];
}

function readMessage(message: Buffer, id: number): Request {
  const flags = message.readUInt32LE(headerBytes);
  if ((flags & 0xffff & ~knownRequiredFlags) !== 0) throw new BrokenMessage(`the flags ${flags}`);
  const end = message.length - (flags & checksumPresent ? 4 : 0);
  const sequences = new Map<string, readonly Buffer[]>();
  let body: Doc | undefined;
  let at = headerBytes + 4;
  while (at < end) {
    const kind = message[at];
    at += 1;
    if (kind === 0) {
      const document = documentAt(message, at, end);
      body = toDoc(document);
      at += document.length;
    } else if (kind === 1) {
      const [name, documents, next] = readSequence(message, at, end);
      sequences.set(name, documents);
      at = next;
    } else throw new BrokenMessage(`a section of kind ${kind}`);
  }
  if (!body) throw new BrokenMessage('a message without a body');
  return { id, legacy: false, body, sequences, wantsReply: (flags & moreToCome) === 0 };
}

function readQuery(message: Buffer, id: number): Request {
  const zero = nameEnd(message, headerBytes + 4, message.length);
  const query = toDoc(documentAt(message, zero + 9, message.length));
  const inner = (query['$query'] ?? query['query'] ?? query) as Doc;
  const [db = 'admin'] = message.toString('utf8', headerBytes + 4, zero).split('.$cmd');
  return {
    id,
    legacy: true,
    body: { ...inner, $db: db },
    sequences: new Map(),
    wantsReply: true,
  };
}

/** @throws BrokenMessage for bytes that are no message, Failure for messages of another kind. */
export function parseMessage(message: Buffer): Request {
  const id = message.readInt32LE(4);
  const operation = message.readInt32LE(12);
  if (operation === opMessage) return readMessage(message, id);
  if (operation === opQuery) return readQuery(message, id);
  throw new BrokenMessage(`the operation ${operation}`);
}

/** The array of a cursor's documents, put together from stored bytes. */
function arrayBytes(documents: readonly Uint8Array[]): Buffer {
  const parts: Uint8Array[] = [Buffer.alloc(4)];
  documents.forEach((document, i) => {
    parts.push(Buffer.from(`\x03${i}\0`), document);
  });
  parts.push(Buffer.alloc(1));
  const bytes = Buffer.concat(parts);
  bytes.writeInt32LE(bytes.length);
  return bytes;
}

/** A document with one more field in front of its others. */
function withField(type: number, name: string, value: Uint8Array, rest: Buffer): Buffer {
  const bytes = Buffer.concat([
    rest.subarray(0, 4),
    Buffer.from([type]),
    Buffer.from(`${name}\0`),
    value,
    rest.subarray(4),
  ]);
  bytes.writeInt32LE(bytes.length);
  return bytes;
}

function replyBytes({ fields, batch }: Reply): Buffer {
  const rest = toBytes(fields);
  if (!batch) return rest;
  const cursor = toBytes({ id: batch.id, ns: batch.namespace });
  return withField(
    3,
    'cursor',
    withField(4, batch.name, arrayBytes(batch.documents), cursor),
    rest,
  );
}

let lastId = 0;

function framed(operation: number, responseTo: number, ...parts: Buffer[]): Buffer {
  const header = Buffer.alloc(headerBytes);
  const bytes = Buffer.concat([header, ...parts]);
  lastId = (lastId + 1) & 0x7fffffff;
  bytes.writeInt32LE(bytes.length, 0);
  bytes.writeInt32LE(lastId, 4);
  bytes.writeInt32LE(responseTo, 8);
  bytes.writeInt32LE(operation, 12);
  return bytes;
}

/** A reply to a request, ready to send. */
export function formatReply(request: Pick<Request, 'id' | 'legacy'>, reply: Reply): Buffer {
  const body = replyBytes(reply);
  if (!request.legacy) return framed(opMessage, request.id, Buffer.alloc(5), body);
  // Response flags 8 (await capable), no cursor, first document 0, one document.
  const head = Buffer.alloc(20);
  head.writeInt32LE(8, 0);
  head.writeInt32LE(1, 16);
  return framed(opReply, request.id, head, body);
}

export const failureOf = (error: unknown): Failure =>
  error instanceof Failure
    ? error
    : new Failure(1, error instanceof Error ? error.message : String(error));
