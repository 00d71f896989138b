// One index: what it is made of and which entries a document has in it. Where they are kept is collection.ts.
import { type Doc, isDoc } from '../bson/bson.ts';
import { inverted } from '../bson/key.ts';
import { Failure } from '../failure.ts';
import { compileFilter, type Matcher } from '../meaning/filter.ts';
import { arrayOn, pathKey, type SortField, valuesAt } from '../meaning/paths.ts';

export interface IndexSpec {
  readonly v: 2;
  readonly key: Doc;
  readonly name: string;
  readonly unique?: boolean;
  readonly sparse?: boolean;
  readonly partialFilterExpression?: Doc;
  readonly expireAfterSeconds?: number;
}

export interface Index {
  readonly id: number;
  readonly spec: IndexSpec;
  readonly table: string;
  readonly fields: readonly SortField[];
  readonly unique: boolean;
  /** What a document must fulfil to be in a partial index. */
  readonly covers: Matcher | undefined;
  /** True as soon as one document had an array on a path of this index. */
  multikey: boolean;
}

export function toIndex(id: number, spec: IndexSpec, multikey: boolean): Index {
  return {
    id,
    spec,
    table: `index_${id}`,
    fields: Object.entries(spec.key).map(([path, direction]) => ({
      path,
      parts: path.split('.'),
      direction: Number(direction) < 0 ? -1 : 1,
    })),
    unique: spec.unique === true || spec.name === '_id_',
    covers: spec.partialFilterExpression ? compileFilter(spec.partialFilterExpression) : undefined,
    multikey,
  };
}

/** Keys of one document in one index, and whether arrays made them. */
export interface Entries {
  readonly keys: readonly Buffer[];
  readonly multikey: boolean;
}

const none: Entries = { keys: [], multikey: false };

function refuseParallel(index: Index, doc: Doc): void {
  const arrays = index.fields
    .map(({ parts }) => arrayOn(doc, parts))
    .filter((path) => path !== undefined);
  if (arrays.length < 2) return;
  if (new Set(arrays).size > 1) {
    throw new Failure(
      171,
      `cannot index parallel arrays [${arrays[1]?.split('.').at(-1)}] [${arrays[0]?.split('.').at(-1)}]`,
    );
  }
  if (index.unique) {
    throw new Failure(
      115,
      'the embedded store does not support a unique index over two fields of the documents in one array',
    );
  }
}

/** Entries of a document: one for each combination of the values on its paths. */
export function entriesOf(index: Index, doc: Doc): Entries {
  if (index.covers && !index.covers(doc)) return none;
  const columns = index.fields.map(({ parts }) => valuesAt(doc, parts));
  if (
    index.spec.sparse &&
    columns.every((values) => values.every((value) => value === undefined))
  ) {
    return none;
  }
  const multikey = index.fields.some(({ parts }) => arrayOn(doc, parts) !== undefined);
  if (multikey && index.fields.length > 1) refuseParallel(index, doc);
  let keys: Buffer[] = [Buffer.alloc(0)];
  columns.forEach((values, column) => {
    const up = index.fields[column]?.direction === 1;
    const parts = values.map((value) => (up ? pathKey(value) : inverted(pathKey(value))));
    keys = keys.flatMap((key) => parts.map((part) => Buffer.concat([key, part])));
  });
  if (keys.length > 1) {
    const seen = new Map(keys.map((key) => [key.toString('latin1'), key]));
    keys = [...seen.values()];
  }
  return { keys, multikey };
}

/** The values of the first entry, for the message about a duplicate. */
export function keyValueOf(index: Index, doc: Doc, key: Buffer): Doc {
  const result: Doc = {};
  for (const { path, parts, direction } of index.fields) {
    const values = valuesAt(doc, parts);
    const value = values.find((item) => {
      const part = direction === 1 ? pathKey(item) : inverted(pathKey(item));
      return key.includes(part);
    });
    result[path] = value === undefined || typeof value === 'symbol' ? null : value;
  }
  return result;
}

export const isSameKey = (a: unknown, b: unknown): boolean =>
  isDoc(a) &&
  isDoc(b) &&
  JSON.stringify(Object.entries(a).map(([path, way]) => [path, Number(way)])) ===
    JSON.stringify(Object.entries(b).map(([path, way]) => [path, Number(way)]));
