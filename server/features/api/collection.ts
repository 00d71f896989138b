// What every collection of the API has in common: pages in JSON, the whole in GeoJSON and CSV, one record by slug.
// Which collections there are, and what their filters mean, is collections.ts.
import { z } from 'zod';
import type { Directory } from '../../directory/directory.ts';
import type { Steps } from '../../directory/steps.ts';
import type { Point } from '../../domain/records.ts';
import { notFound } from '../../errors.ts';
import { toCsv } from '../../web/csv-cells.ts';
import { jsonText, mediaTypes } from './answer.ts';
import { columnsOf, csvAnswer } from './csv.ts';
import { featuresOf, geojsonAnswer, toFeaturesText, toFeatureText } from './geojson.ts';
import { type Call, makeOperation, type Operation } from './operation.ts';
import { type Order, takePage } from './paging.ts';
import { text, whole } from './query.ts';
import { named, sampleData } from './records/fields.ts';

export interface Collection<Entry extends object, Item, Row extends object> {
  /** `cities`: in addresses, file names and the description. */
  readonly name: string;
  readonly path: string;
  /** `City`, `Cities`: in the description. */
  readonly one: string;
  readonly many: string;
  readonly description: string;
  readonly filter: z.ZodRawShape;
  /** In the collection's order. @throws Problem (invalid) that names a wrong field */
  readonly select: (directory: Directory, raw: Call['raw']) => readonly Entry[];
  readonly order: Order<Entry>;
  readonly schema: z.ZodType<Item>;
  readonly rowSchema: z.ZodObject;
  /** Has an entry work out what it knows only when it is asked; absent where it knows all of it. */
  readonly workOut?: (entry: Entry) => unknown;
  readonly toItem: (entry: Entry, publicUrl: string) => Item;
  readonly toRow: (item: Item) => Row;
  /** Absent where single records have no address. */
  readonly find?: (directory: Directory, slug: string) => Entry | undefined;
  /** Where a row stands on the map; absent where the collection has no GeoJSON. */
  readonly pointOf?: (row: Row) => Point & { readonly slug: string };
}

export const paging = {
  limit: whole(1, 500).default(100).meta({ description: 'Records on one page.' }),
  cursor: text(4000).optional().meta({
    description: 'Where the page begins, from the `next` of the page before.',
  }),
};

/** Keeps what was made of an entry as long as its snapshot lives. */
function keepPerEntry<Entry extends object, Made>(make: (entry: Entry) => Made) {
  const made = new WeakMap<Entry, Made>();
  return (entry: Entry): Made => {
    let one = made.get(entry);
    if (one === undefined) {
      one = make(entry);
      made.set(entry, one);
    }
    return one;
  };
}

/** Entries of one step: a few milliseconds. */
const entriesAtOnce = 100;

/** What is worked out of an entry when it is first asked for is there afterwards. */
function* eachOf<Entry>(entries: readonly Entry[], make: (entry: Entry) => unknown): Steps<void> {
  for (const [at, entry] of entries.entries()) {
    make(entry);
    if (at % entriesAtOnce === entriesAtOnce - 1) yield;
  }
}

/** What stands of a collection once and for all; its operations are made anew for each site, as records carry its address. */
export interface MadeCollection {
  readonly name: string;
  readonly path: string;
  readonly description: string;
  readonly rowSchema: z.ZodObject;
  readonly operationsOf: (publicUrl: string) => readonly Operation[];
  /** The whole collection as its own addresses give it; no GeoJSON where it has none. */
  readonly itemsOf: (directory: Directory, publicUrl: string) => readonly unknown[];
  readonly csvOf: (directory: Directory, publicUrl: string) => string;
  readonly geojsonOf?: (directory: Directory, publicUrl: string) => string;
}

export function makeCollection<Entry extends object, Item, Row extends object>(
  collection: Collection<Entry, Item, Row>,
): MadeCollection {
  const { one, pointOf } = collection;
  const listSchema = named(
    `${one}List`,
    z.object({
      items: z.array(collection.schema),
      total: z.int().nonnegative().meta({ description: 'Records in the whole selection.' }),
      next: z.url().nullable().meta({ description: 'The next page, null on the last one.' }),
      sampleData,
    }),
  );
  const featuresSchema = pointOf && named(`${one}Features`, featuresOf(collection.rowSchema));

  const operationsOf = (publicUrl: string): readonly Operation[] => {
    const toItem = (entry: Entry) => collection.toItem(entry, publicUrl);
    const toRow = (entry: Entry) => collection.toRow(toItem(entry));
    const textOf = keepPerEntry((entry: Entry) => JSON.stringify(toItem(entry)));
    return [
      listOperation(collection, listSchema, textOf),
      ...(collection.find ? [recordOperation(collection, collection.find, textOf)] : []),
      ...(featuresSchema ? [mapOperation(collection, featuresSchema, toRow, pointOf)] : []),
      tableOperation(collection, toRow),
    ];
  };
  const { name, path, description, rowSchema, select } = collection;
  const itemsOf = (directory: Directory, publicUrl: string): Item[] =>
    select(directory, {}).map((entry) => collection.toItem(entry, publicUrl));
  const rowsOf = (directory: Directory, publicUrl: string): Row[] =>
    itemsOf(directory, publicUrl).map(collection.toRow);
  return {
    name,
    path,
    description,
    rowSchema,
    operationsOf,
    itemsOf,
    csvOf: (directory, publicUrl) => toCsv(columnsOf<Row>(rowSchema), rowsOf(directory, publicUrl)),
    ...(pointOf && {
      geojsonOf: (directory: Directory, publicUrl: string) =>
        toFeaturesText(
          directory,
          rowsOf(directory, publicUrl).map((row) => toFeatureText(pointOf(row), row)),
        ),
    }),
  };
}

/** The address of the page after this one. */
export function nextPage(call: Call, path: string, cursor: string): string {
  const search = new URLSearchParams();
  for (const [name, values] of Object.entries(call.raw)) {
    if (name !== 'cursor') for (const value of values) search.append(name, value);
  }
  search.append('cursor', cursor);
  return `${call.publicUrl}${path}?${search}`;
}

function listOperation<Entry extends object, Item, Row extends object>(
  collection: Collection<Entry, Item, Row>,
  schema: z.ZodType,
  textOf: (entry: Entry) => string,
): Operation {
  const { name, path, many } = collection;
  return makeOperation({
    path,
    id: `list${many}`,
    tag: name,
    summary: `${many} in pages`,
    description: collection.description,
    query: z.object({ ...collection.filter, ...paging }),
    type: mediaTypes.json,
    schema,
    problems: [400],
    answer: ({ limit, cursor }, call) => {
      const selection = collection.select(call.directory, call.raw);
      const page = takePage(selection, collection.order, { limit, cursor });
      const next = page.nextCursor === null ? null : nextPage(call, path, page.nextCursor);
      const items = page.entries.map(textOf).join(',');
      return jsonText(
        `{"items":[${items}],"total":${selection.length},"next":${JSON.stringify(next)}${call.directory.sampleData ? ',"sampleData":true' : ''}}`,
        next === null ? {} : { link: `<${next}>; rel="next"` },
      );
    },
  });
}

function tableOperation<Entry extends object, Item, Row extends object>(
  collection: Collection<Entry, Item, Row>,
  toRow: (entry: Entry) => Row,
): Operation {
  const { name, path, many, description, select, workOut } = collection;
  const columns = columnsOf<Row>(collection.rowSchema);
  return makeOperation({
    path: `${path}.csv`,
    id: `download${many}`,
    tag: name,
    summary: `${many} as one table`,
    description: `${description} The whole selection, UTF-8 with a byte order mark; "; " joins lists.`,
    query: z.object(collection.filter),
    type: mediaTypes.csv,
    schema: null,
    problems: [400],
    ...(workOut && {
      prepare: (call: Call) => eachOf(select(call.directory, call.raw), workOut),
    }),
    answer: (_query, call) =>
      csvAnswer(
        call.directory,
        toCsv(columns, select(call.directory, call.raw).map(toRow)),
        `${name}.csv`,
      ),
  });
}

function mapOperation<Entry extends object, Item, Row extends object>(
  collection: Collection<Entry, Item, Row>,
  schema: z.ZodType,
  toRow: (entry: Entry) => Row,
  pointOf: (row: Row) => Point & { readonly slug: string },
): Operation {
  const { name, path, many, description, select } = collection;
  const featureOf = keepPerEntry((entry: Entry) => {
    const row = toRow(entry);
    return toFeatureText(pointOf(row), row);
  });
  return makeOperation({
    path: `${path}.geojson`,
    id: `map${many}`,
    tag: name,
    summary: `${many} for a map`,
    description: `${description} The whole selection as one RFC 7946 FeatureCollection.`,
    query: z.object(collection.filter),
    type: mediaTypes.geojson,
    schema,
    problems: [400],
    prepare: (call) => eachOf(select(call.directory, call.raw), featureOf),
    answer: (_query, call) =>
      geojsonAnswer(call.directory, select(call.directory, call.raw).map(featureOf)),
  });
}

function recordOperation<Entry extends object, Item, Row extends object>(
  { name, path, one, schema }: Collection<Entry, Item, Row>,
  find: (directory: Directory, slug: string) => Entry | undefined,
  textOf: (entry: Entry) => string,
): Operation {
  return makeOperation({
    path: `${path}/{slug}`,
    id: `get${one}`,
    tag: name,
    summary: `One of the ${name}`,
    description: '404 where the directory has no such record.',
    query: z.object({}),
    type: mediaTypes.json,
    schema,
    problems: [400, 404],
    answer: (_query, call) => {
      const entry = find(call.directory, call.slug);
      if (!entry) throw notFound(`None of the ${name} has the slug “${call.slug.slice(0, 80)}”.`);
      return jsonText(textOf(entry));
    },
  });
}
