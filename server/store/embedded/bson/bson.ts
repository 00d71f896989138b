// Documents to bytes and back. Numbers keep their BSON type (Int32, Double, Long, Decimal128), so that
// what is read and written again is the same to the byte. Comparing and ordering are in compare.ts and key.ts.
import { type Binary, BSON, deserialize, serialize } from 'bson';

/** A document as this store handles it: BSON classes for everything that plain JavaScript has no type for. */
export type Doc = Record<string, unknown>;

/** MongoDB's own limits, announced in the hello. */
export const maxDocumentBytes = 16 * 1024 * 1024;
export const maxMessageBytes = 48_000_000;
export const maxWriteBatch = 100_000;

const exact = {
  promoteValues: false,
  promoteBuffers: false,
  promoteLongs: false,
  bsonRegExp: true,
} as const;

/** Bytes to a document, every type kept. */
export const toDoc = (bytes: Uint8Array): Doc => deserialize(bytes, exact) as Doc;

/** A document to bytes. */
export const toBytes = (doc: Doc): Buffer => {
  const bytes = serialize(doc, { ignoreUndefined: true });
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
};

/** True for what BSON calls an embedded document: not an array, not a value class. */
export const isDoc = (value: unknown): value is Doc => {
  if (typeof value !== 'object' || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
};

/** The own field of a document; never something inherited. */
export const fieldOf = (doc: Doc, name: string): unknown =>
  Object.hasOwn(doc, name) ? doc[name] : undefined;

/** Sets an own field, also one with an unlucky name. */
export function setField(doc: Doc, name: string, value: unknown): void {
  if (name === '__proto__') {
    Object.defineProperty(doc, name, {
      value,
      enumerable: true,
      writable: true,
      configurable: true,
    });
  } else doc[name] = value;
}

/** Copies arrays and embedded documents; values are immutable and shared. */
export function copyOf<T>(value: T): T {
  if (Array.isArray(value)) return value.map(copyOf) as T;
  if (!isDoc(value)) return value;
  const copy: Doc = {};
  for (const name of Object.keys(value)) setField(copy, name, copyOf(value[name]));
  return copy as T;
}

/** The names of a document's fields, in the order of the bytes (JavaScript moves number-like names). */
interface RawField {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

function rawFields(bytes: Uint8Array): RawField[] {
  const text = new TextDecoder();
  return [...BSON.onDemand.parseToElements(bytes)].map(
    ([, nameOffset, nameLength, offset, length]) => ({
      name: text.decode(bytes.subarray(nameOffset, nameOffset + nameLength)),
      start: nameOffset - 1,
      end: offset + length,
    }),
  );
}

const idAtFirst = Buffer.from('_id\0');

/** Behind its length and the type of its first field stands that field's name. */
const hasIdFirst = (bytes: Buffer): boolean => bytes.subarray(5, 9).equals(idAtFirst);

/** The same document with _id as its first field, as MongoDB stores it. `id` is used where there is none. */
export function withIdFirst(bytes: Buffer, doc: Doc, id: unknown): Buffer {
  if (hasIdFirst(bytes)) return bytes;
  if (Object.hasOwn(doc, '_id')) {
    const fields = rawFields(bytes);
    const place = fields.findIndex((field) => field.name === '_id');
    const found = fields[place];
    if (place <= 0 || !found) return bytes;
    const moved = Buffer.concat([
      bytes.subarray(0, 4),
      bytes.subarray(found.start, found.end),
      bytes.subarray(4, found.start),
      bytes.subarray(found.end),
    ]);
    return moved;
  }
  const head = toBytes({ _id: id });
  const joined = Buffer.concat([head.subarray(0, -1), bytes.subarray(4)]);
  joined.writeInt32LE(joined.length, 0);
  return joined;
}

/** The bytes of a Binary without the spare room behind them. */
export const binaryBytes = (binary: Binary): Uint8Array =>
  binary.buffer.subarray(0, binary.position);
