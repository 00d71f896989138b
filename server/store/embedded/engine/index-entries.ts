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

/** What a document has at one path: its bytes in an index, and whether an array is on the way. */
interface Column {
  readonly keys: readonly Buffer[];
  readonly hasArray: boolean;
}

/** The columns of one document by path and direction: most of its indexes share some. */
export type Columns = Map<string, Column>;

function columnOf({ path, parts, direction }: SortField, doc: Doc, known: Columns): Column {
  const name = `${direction} ${path}`;
  const found = known.get(name);
  if (found) return found;
  const keys = valuesAt(doc, parts).map(pathKey);
  const column = {
    keys: direction === 1 ? keys : keys.map(inverted),
    hasArray: arrayOn(doc, parts) !== undefined,
  };
  known.set(name, column);
  return column;
}

const isMissing = (doc: Doc, { parts }: SortField): boolean =>
  valuesAt(doc, parts).every((value) => value === undefined);

/**
 * Entries of a document: one for each combination of the values on its paths.
 * @param known what other indexes of the same document needed already
 */
export function entriesOf(index: Index, doc: Doc, known: Columns = new Map()): Entries {
  const { fields } = index;
  if (index.covers && !index.covers(doc)) return none;
  if (index.spec.sparse && fields.every((field) => isMissing(doc, field))) return none;
  const columns = fields.map((field) => columnOf(field, doc, known));
  const multikey = columns.some(({ hasArray }) => hasArray);
  if (multikey && fields.length > 1) refuseParallel(index, doc);
  if (columns.every(({ keys }) => keys.length === 1)) {
    const parts = columns.map(({ keys }) => keys[0] as Buffer);
    return { keys: [parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts)], multikey };
  }
  let keys: Buffer[] = [Buffer.alloc(0)];
  for (const column of columns) {
    keys = keys.flatMap((key) => column.keys.map((part) => Buffer.concat([key, part])));
  }
  const seen = new Map(keys.map((key) => [key.toString('latin1'), key]));
  return { keys: [...seen.values()], multikey };
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
