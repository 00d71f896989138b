// A stored document as something that the driver writes back to the byte. Plain objects nearly always do; JavaScript puts
// number-like names first, so a document that has some elsewhere is given as a Map.
import { BSON } from 'bson';
import { toBytes, toDoc } from '../embedded/bson/bson.ts';

type Ordered = Map<string, unknown>;

const types = { document: 3, array: 4 };

export function exactDocument(bytes: Uint8Array): Record<string, unknown> {
  const plain = toDoc(bytes);
  if (toBytes(plain).equals(bytes)) return plain;
  return orderedOf(bytes) as unknown as Record<string, unknown>;
}

function orderedOf(bytes: Uint8Array): Ordered {
  const names = new TextDecoder();
  return new Map(
    [...BSON.onDemand.parseToElements(bytes)].map(([type, nameAt, nameLength, at, length]) => {
      const name = names.decode(bytes.subarray(nameAt, nameAt + nameLength));
      if (type === types.document) return [name, orderedOf(bytes.subarray(at, at + length))];
      if (type === types.array) {
        return [name, [...orderedOf(bytes.subarray(at, at + length)).values()]];
      }
      return [name, toDoc(alone(bytes.subarray(nameAt - 1, at + length)))[name]];
    }),
  );
}

/** A document of one field. */
function alone(element: Uint8Array): Uint8Array {
  const bytes = Buffer.alloc(element.length + 5);
  bytes.writeInt32LE(bytes.length, 0);
  bytes.set(element, 4);
  return bytes;
}
