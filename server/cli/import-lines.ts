// A preview as lines for people: the counts first, then each row that comes to something.
import type { Entry, FieldDifference, ListName } from '../import/preview.ts';
import { formatDate } from '../web/format.ts';
import { countLines } from './print.ts';

interface About {
  readonly file: string;
  readonly readAs: string;
  readonly list: ListName;
  readonly columns: Readonly<Record<string, string | null>>;
  readonly counts: Readonly<Record<string, number>>;
}

const keepWords = {
  confirmed: 'a person wrote ours, so it stays',
  verified: 'ours is checked, so it stays',
  newer: 'ours is newer, so it stays',
} as const;

export function summaryLines(
  { file, readAs, list, columns, counts }: About,
  notes: readonly string[],
): string[] {
  const held = Object.entries(columns).map(
    ([column, field]) => `${column} → ${field ?? 'passed over'}`,
  );
  return [
    `${file}: ${list.name}, ${formatDate(list.date)} (${readAs})`,
    `Columns: ${held.join('; ')}`,
    ...notes,
    ...countLines(counts),
    '',
  ];
}

/** Rows without any change or doubt are counted above, and not listed. */
export const entryLines = (entries: readonly Entry[]): string[] =>
  entries
    .filter((entry) => entry.kind !== 'unchanged' || entry.suspicions.length > 0)
    .flatMap(linesOf);

function linesOf(entry: Entry): string[] {
  const { line, kind, name, slug, differences, suspicions, leftOutBecause } = entry;
  const place = line === 0 ? 'not in the list' : `line ${line}`;
  return [
    `${kind.padEnd(9)} ${name}${slug ? ` [${slug}]` : ''} (${place})`,
    ...differences.map(differenceLine),
    ...(leftOutBecause === '' ? [] : [`    ${leftOutBecause}`]),
    ...suspicions
      .filter(({ says }) => says !== leftOutBecause)
      .map(
        ({ kind: why, says, proposal }) =>
          `    ? ${why}: ${says}${proposal ? ` Proposed: ${proposal.words}.` : ''}`,
      ),
  ];
}

const differenceLine = ({ field, before, after, keeps }: FieldDifference): string =>
  `    ${field}: ${valueWords(before)} → ${valueWords(after)}${keeps ? ` (${keepWords[keeps]})` : ''}`;

function valueWords(value: unknown): string {
  if (value === null || value === '') return 'none';
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.join(', ');
  if (typeof value === 'object') return Object.values(value as object).join(', ');
  return String(value);
}
