// The gazetteer as it lies on disk and in memory: numbers in typed arrays, text in blobs of UTF-8.
// One file is read in one go and used where it lies, so that 150,000 places cost milliseconds and few megabytes.

/** Places by number; the arrays run side by side. */
export interface GazetteerTables {
  /** ISO 3166-1 alpha-2 codes that `country` counts. */
  readonly countries: readonly string[];
  /** State and province codes that `region` counts; the first is ''. */
  readonly regions: readonly string[];
  readonly names: Uint8Array;
  /** Where each place's name begins; one more than there are places. */
  readonly nameStart: Uint32Array;
  /** Hundred-thousandths of a degree. */
  readonly lat: Int32Array;
  readonly lng: Int32Array;
  readonly population: Uint32Array;
  readonly country: Uint8Array;
  readonly region: Uint8Array;
  /** The keys of place-key.ts in the order of their bytes; a place may have several. */
  readonly keys: Uint8Array;
  readonly keyStart: Uint32Array;
  readonly keyPlace: Uint32Array;
  /** The letters of each key (see near-spelling.ts). */
  readonly keyLetters: Uint32Array;
  /** ZIP codes as numbers, ascending. */
  readonly zip: Uint32Array;
  readonly zipLat: Int32Array;
  readonly zipLng: Int32Array;
  /** The place whose name the ZIP code carries. */
  readonly zipPlace: Uint32Array;
}

/** Degrees are kept as whole hundred-thousandths: about a metre. */
export const degree = 1e5;

/** The name of the one file in the gazetteer's folder. */
export const gazetteerFile = 'gazetteer.bin';

const magic = 'crosswalk gazetteer 1\n';

const columns = {
  names: Uint8Array,
  nameStart: Uint32Array,
  lat: Int32Array,
  lng: Int32Array,
  population: Uint32Array,
  country: Uint8Array,
  region: Uint8Array,
  keys: Uint8Array,
  keyStart: Uint32Array,
  keyPlace: Uint32Array,
  keyLetters: Uint32Array,
  zip: Uint32Array,
  zipLat: Int32Array,
  zipLng: Int32Array,
  zipPlace: Uint32Array,
} as const;
type Column = keyof typeof columns;
const columnNames = Object.keys(columns) as Column[];

interface Header {
  readonly countries: readonly string[];
  readonly regions: readonly string[];
  /** How many numbers each column holds. */
  readonly lengths: Readonly<Record<Column, number>>;
}

function lengthOf(header: Uint8Array): Uint8Array {
  const length = Buffer.alloc(4);
  length.writeUInt32LE(header.length);
  return length;
}

const aligned = (bytes: number): number => Math.ceil(bytes / 4) * 4;

/** The file's bytes: the magic line, the header's length, the header as JSON, the columns on multiples of 4. */
export function writeTables(tables: GazetteerTables): Buffer {
  const lengths = Object.fromEntries(columnNames.map((name) => [name, tables[name].length]));
  const header = Buffer.from(
    JSON.stringify({ countries: tables.countries, regions: tables.regions, lengths }),
  );
  const parts: Uint8Array[] = [Buffer.from(magic), lengthOf(header), header];
  let written = magic.length + 4 + header.length;
  for (const name of columnNames) {
    const { buffer, byteOffset, byteLength } = tables[name];
    parts.push(
      Buffer.alloc(aligned(written) - written),
      Buffer.from(buffer, byteOffset, byteLength),
    );
    written = aligned(written) + byteLength;
  }
  return Buffer.concat(parts);
}

/**
 * The tables over the file's bytes, which are not copied.
 * @throws Error when the bytes are not a gazetteer of this version, or cut short
 */
export function readTables(file: Uint8Array): GazetteerTables {
  // Typed arrays need a start that is a multiple of 4.
  const bytes = file.byteOffset % 4 === 0 ? file : Uint8Array.from(file);
  const memory = bytes.buffer as ArrayBuffer;
  const text = Buffer.from(memory, bytes.byteOffset, bytes.byteLength);
  if (text.toString('latin1', 0, magic.length) !== magic) {
    throw new Error('This is not a gazetteer of this version.');
  }
  const headerStart = magic.length + 4;
  const headerEnd = headerStart + text.readUInt32LE(magic.length);
  const header = JSON.parse(text.toString('utf8', headerStart, headerEnd)) as Header;
  let read = headerEnd;
  const tables: Partial<Record<Column, unknown>> = {};
  for (const name of columnNames) {
    const start = aligned(read);
    const length = header.lengths[name];
    read = start + length * columns[name].BYTES_PER_ELEMENT;
    if (read > bytes.byteLength) throw new Error('The gazetteer is cut short.');
    tables[name] = new columns[name](memory, bytes.byteOffset + start, length);
  }
  return {
    ...(tables as Record<Column, never>),
    countries: header.countries,
    regions: header.regions,
  };
}
