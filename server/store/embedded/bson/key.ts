// Values as bytes whose order is the order of compare.ts: what SQLite keeps in an index and what sorting compares.
// Every encoding ends itself, so that the fields of a compound index are simply put one after another.
import type { Binary, Code, ObjectId, Timestamp } from 'bson';
import { binaryBytes, type Doc } from './bson.ts';
import { kindOf, kinds, type NumberValue, regexParts, textOf } from './compare.ts';
import { numberKey } from './number-key.ts';

/** Text that may hold zero bytes: they are escaped, and two zero bytes end it. */
function textKey(text: string): Buffer {
  const bytes = Buffer.from(text);
  if (!bytes.includes(0)) return Buffer.concat([bytes, Buffer.from([0, 0])]);
  const escaped: number[] = [];
  for (const byte of bytes) {
    escaped.push(byte);
    if (byte === 0) escaped.push(0xff);
  }
  return Buffer.from([...escaped, 0, 0]);
}

function dateKey(date: Date): Buffer {
  const key = Buffer.alloc(8);
  key.writeBigInt64BE(BigInt(date.getTime()));
  key[0] = (key[0] as number) ^ 0x80;
  return key;
}

function binaryKey(value: Binary | Uint8Array): Buffer {
  const bytes = value instanceof Uint8Array ? value : binaryBytes(value);
  const head = Buffer.alloc(5);
  head.writeUInt32BE(bytes.length);
  head[4] = value instanceof Uint8Array ? 0 : value.sub_type;
  return Buffer.concat([head, bytes]);
}

function timestampKey(value: Timestamp): Buffer {
  const key = Buffer.alloc(8);
  key.writeUInt32BE(value.getHighBitsUnsigned());
  key.writeUInt32BE(value.getLowBitsUnsigned(), 4);
  return key;
}

function bodyKey(kind: number, value: unknown): Buffer[] {
  switch (kind) {
    case kinds.number:
      return [numberKey(value as NumberValue)];
    case kinds.string:
      return [textKey(textOf(value))];
    case kinds.object:
      return [
        ...Object.entries(value as Doc).flatMap(([name, field]) => {
          const fieldKind = kindOf(field);
          return [Buffer.from([fieldKind]), textKey(name), ...bodyKey(fieldKind, field)];
        }),
        Buffer.from([0]),
      ];
    case kinds.array:
      return [...(value as unknown[]).map(valueKey), Buffer.from([0])];
    case kinds.binary:
      return [binaryKey(value as Binary)];
    case kinds.objectId:
      return [Buffer.from((value as ObjectId).id)];
    case kinds.boolean:
      return [Buffer.from([value ? 1 : 0])];
    case kinds.date:
      return [dateKey(value as Date)];
    case kinds.timestamp:
      return [timestampKey(value as Timestamp)];
    case kinds.regex: {
      const { pattern, options } = regexParts(value as RegExp);
      return [textKey(pattern), textKey(options)];
    }
    case kinds.code:
      return [textKey(String((value as Code).code))];
    default:
      return [];
  }
}

/** One value as bytes; its first byte is the kind. */
export function valueKey(value: unknown): Buffer {
  const kind = kindOf(value);
  return Buffer.concat([Buffer.from([kind]), ...bodyKey(kind, value)]);
}

/** The same bytes in the opposite order. */
export function inverted(key: Uint8Array): Buffer {
  const result = Buffer.allocUnsafe(key.length);
  for (let i = 0; i < key.length; i += 1) result[i] = ~(key[i] as number) & 0xff;
  return result;
}

/** The first key after every key that begins with this one. */
export function after(key: Uint8Array): Buffer {
  const result = Buffer.from(key);
  for (let i = result.length - 1; i >= 0; i -= 1) {
    const byte = result[i] as number;
    if (byte < 0xff) {
      result[i] = byte + 1;
      return result.subarray(0, i + 1);
    }
  }
  return Buffer.concat([result, Buffer.from([0xff])]);
}
