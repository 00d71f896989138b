// The records of the directory as the staff's export holds them: every field, private ones too.
// The same records give the same bytes, so neither the revision nor the time of a write is among them.
import type { DirectoryRecords } from '../domain/records.ts';

/** In this order in the file. */
export const exportedKinds = [
  'cities',
  'partners',
  'groups',
  'reports',
  'verdicts',
  'waves',
  'frozenWaves',
  'collaborations',
  'convenings',
] as const satisfies readonly (keyof DirectoryRecords)[];
export type ExportedKind = (typeof exportedKinds)[number];

/** Each record on a line of its own, so that two exports can be compared line by line. */
export const toLines = (records: readonly unknown[]): string =>
  records.length === 0
    ? '[]'
    : `[\n${records.map((record) => JSON.stringify(record)).join(',\n')}\n]`;

/** What a record says, without when it was last written: an undone change leaves no trace in it. */
const withoutTimeOfWrite = (record: object): object => {
  const { updatedAt: _when, ...rest } = record as { readonly updatedAt?: string };
  return rest;
};

const idOf = (record: object): string => {
  const { slug, id, wave } = record as { slug?: string; id?: string; wave?: string };
  return slug ?? id ?? wave ?? '';
};

/** By slug or identifier, whatever order the store gives them in. */
const inOrder = (records: readonly object[]): object[] =>
  [...records].sort((a, b) => (idOf(a) < idOf(b) ? -1 : idOf(a) > idOf(b) ? 1 : 0));

/** One JSON object: the kinds in their order, the records of each by slug or identifier. */
export async function* directoryPieces(records: DirectoryRecords): AsyncGenerator<string> {
  for (const [index, kind] of exportedKinds.entries()) {
    yield `${index === 0 ? '{' : ','}\n"${kind}": `;
    yield* linePieces(inOrder(records[kind]).map(withoutTimeOfWrite));
  }
  yield '\n}';
}

/** Characters in a piece of text on its way out. */
const pieceLength = 65_536;

/** What toLines gives, piece by piece: there may be more records than memory holds. */
export async function* linePieces(
  records: AsyncIterable<unknown> | Iterable<unknown>,
): AsyncGenerator<string> {
  let piece = '';
  let before = '[\n';
  for await (const record of records) {
    piece += before + JSON.stringify(record);
    before = ',\n';
    if (piece.length < pieceLength) continue;
    yield piece;
    piece = '';
  }
  yield before === '[\n' ? '[]' : `${piece}\n]`;
}
