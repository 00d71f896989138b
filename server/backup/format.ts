// What stands in a backup: gzipped lines of JSON, the same for both kinds of store. A head; then each collection, one line
// with its name and one for each document; an end with counts and sums. Indexes are left to models/.
import { EJSON } from 'bson';
import { toBytes, toDoc } from '../store/embedded/bson/bson.ts';
import type { StoreKind } from '../store/whole/snapshot.ts';
import type { Tallies } from '../store/whole/tally.ts';

/** Raised with every change that older programs would misread. */
export const formatVersion = 1;

export interface Head {
  /** Says what the file is. */
  readonly crosswalk: 'backup';
  readonly format: number;
  /** Of the stored documents: see store/migrate. */
  readonly schema: number;
  readonly madeAt: string;
  readonly store: StoreKind;
}

export interface End {
  readonly end: { readonly documents: number; readonly collections: Tallies };
}

export type Entry =
  | { readonly kind: 'collection'; readonly name: string }
  | { readonly kind: 'document'; readonly bytes: Uint8Array };

export const lineOf = (line: Head | End): string => `${JSON.stringify(line)}\n`;

export const collectionLine = (name: string): string => `${JSON.stringify({ collection: name })}\n`;

/** Canonical EJSON where that says all there is; else the BSON itself, so that every document comes back to the byte. */
export function documentLine(bytes: Uint8Array): string {
  const text = extendedJson(bytes);
  if (text !== undefined) return `{"document":${text}}\n`;
  return `${JSON.stringify({ bson: Buffer.from(bytes).toString('base64') })}\n`;
}

function extendedJson(bytes: Uint8Array): string | undefined {
  try {
    const text = EJSON.stringify(toDoc(bytes), { relaxed: false });
    return toBytes(parse(text)).equals(bytes) ? text : undefined;
  } catch {
    return undefined;
  }
}

const parse = (text: string): Record<string, unknown> => EJSON.parse(text, { relaxed: false });

const documentOpens = '{"document":';

/** @throws SyntaxError and the like, where a line is none of a backup */
export function parseEntry(line: string): Entry | End {
  if (line.startsWith(documentOpens)) {
    return { kind: 'document', bytes: toBytes(parse(line.slice(documentOpens.length, -1))) };
  }
  const value: unknown = JSON.parse(line);
  if (typeof value === 'object' && value !== null) {
    if ('collection' in value && typeof value.collection === 'string') {
      return { kind: 'collection', name: value.collection };
    }
    if ('bson' in value && typeof value.bson === 'string') {
      return { kind: 'document', bytes: Buffer.from(value.bson, 'base64') };
    }
    if ('end' in value) return value as End;
  }
  throw new SyntaxError('It is neither a collection nor a document.');
}
