// Reads documents for whole collections: from their bytes to what the driver's `lean` gives.
// The documents of a collection are alike, so names of fields are not read again and again, and parts that many
// documents have alike (a source, topics, a country) are read once and shared: several times as fast, in half the memory.
import { deserialize, ObjectId } from 'bson';

/** Parts of one field that are kept for sharing. */
const mostKept = 20_000;
/** After so many documents a field of which most parts differ is no longer compared. */
const trial = 1_000;

// https://bsonspec.org/spec.html
const types = {
  double: 1,
  text: 2,
  document: 3,
  array: 4,
  objectId: 7,
  boolean: 8,
  date: 9,
  null: 10,
  int: 16,
} as const;

interface Field {
  readonly name: string;
  /** The bytes of its name, with the zero that ends it. */
  readonly bytes: Buffer;
  /** What was read of it, by its type and bytes; null where it is of no use. */
  kept: Map<string, unknown> | null;
  asked: number;
}

/** What only the driver's own library reads. */
class Uncommon extends Error {}

function sizeOf(type: number | undefined, bytes: Buffer, at: number): number {
  switch (type) {
    case types.text:
      return 4 + bytes.readInt32LE(at);
    case types.document:
    case types.array:
      return bytes.readInt32LE(at);
    case types.double:
    case types.date:
      return 8;
    case types.objectId:
      return 12;
    case types.int:
      return 4;
    case types.boolean:
      return 1;
    case types.null:
      return 0;
    default:
      throw new Uncommon();
  }
}

function valueAt(type: number | undefined, bytes: Buffer, at: number): unknown {
  switch (type) {
    case types.text:
      return bytes.toString('utf8', at + 4, at + 3 + bytes.readInt32LE(at));
    case types.document:
      return partsAt(bytes, at, {});
    case types.array:
      return partsAt(bytes, at, []);
    case types.double:
      return bytes.readDoubleLE(at);
    case types.date:
      return new Date(bytes.readUInt32LE(at) + bytes.readInt32LE(at + 4) * 2 ** 32);
    case types.objectId:
      return new ObjectId(bytes.subarray(at, at + 12));
    case types.int:
      return bytes.readInt32LE(at);
    case types.boolean:
      return bytes[at] === 1;
    case types.null:
      return null;
    default:
      throw new Uncommon();
  }
}

function nameAt(bytes: Buffer, at: number): string {
  const name = bytes.toString('utf8', at, bytes.indexOf(0, at));
  if (name === '__proto__') throw new Uncommon();
  return name;
}

/** An embedded document or array, frozen, because it may be shared. */
function partsAt(bytes: Buffer, start: number, into: Record<string, unknown> | unknown[]): object {
  const end = start + bytes.readInt32LE(start) - 1;
  let at = start + 4;
  while (at < end) {
    const type = bytes[at];
    const value = bytes.indexOf(0, at + 1) + 1;
    if (Array.isArray(into)) into.push(valueAt(type, bytes, value));
    else into[nameAt(bytes, at + 1)] = valueAt(type, bytes, value);
    at = value + sizeOf(type, bytes, value);
  }
  return Object.freeze(into);
}

const isName = ({ bytes: name }: Field, bytes: Buffer, at: number): boolean => {
  for (let place = 0; place < name.length; place += 1) {
    if (bytes[at + place] !== name[place]) return false;
  }
  return true;
};

/** What the bytes say, from the same bytes in an earlier document where there was one. */
function sharedAt(field: Field, type: number | undefined, bytes: Buffer, at: number, end: number) {
  const { kept } = field;
  if (!kept) return valueAt(type, bytes, at);
  // An empty list and an empty document have the same bytes, and so may numbers and dates.
  const key = `${type} ${bytes.toString('latin1', at, end)}`;
  const known = kept.get(key);
  field.asked += 1;
  if (known !== undefined) return known;
  const value = valueAt(type, bytes, at);
  if (kept.size < mostKept) kept.set(key, value);
  if (field.asked === trial && kept.size > trial / 2) field.kept = null;
  return value;
}

/**
 * Makes a reader for the documents of one collection. It mostly gives the same object, filled anew: whoever wants
 * to keep something takes it out. Embedded documents and arrays are frozen.
 */
export function documentReader(): (bytes: Buffer) => Readonly<Record<string, unknown>> {
  const fields = new Map<string, Field>();
  /** In the order of the document before. */
  const order: Field[] = [];
  const record: Record<string, unknown> = {};

  const fieldAt = (bytes: Buffer, at: number): Field => {
    const name = nameAt(bytes, at);
    let field = fields.get(name);
    if (!field) {
      const { length } = Buffer.from(name);
      field = {
        name,
        bytes: Buffer.from(bytes.subarray(at, at + length + 1)),
        kept: new Map(),
        asked: 0,
      };
      fields.set(name, field);
    }
    return field;
  };

  const fill = (bytes: Buffer): void => {
    const end = bytes.length - 1;
    let place = 0;
    for (let at = 4; at < end; place += 1) {
      const type = bytes[at];
      const expected = order[place];
      const field = expected && isName(expected, bytes, at + 1) ? expected : fieldAt(bytes, at + 1);
      order[place] = field;
      const start = at + 1 + field.bytes.length;
      at = start + sizeOf(type, bytes, start);
      const isSmall = at - start <= 1 || type === types.objectId;
      record[field.name] = isSmall
        ? valueAt(type, bytes, start)
        : sharedAt(field, type, bytes, start, at);
    }
  };

  return (bytes) => {
    for (const name of Object.keys(record)) record[name] = undefined;
    try {
      fill(bytes);
    } catch (error) {
      if (!(error instanceof Uncommon)) throw error;
      return deserialize(bytes);
    }
    return record;
  };
}
