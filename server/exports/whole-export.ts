// Everything that staff may see in one JSON file, for a safe place or another program: the directory with its private
// fields, and the work around it. Tokens, sessions, passwords of any kind and drafts of answers are in no export.

import { eachChange } from '../store/changes.ts';
import { readDirectoryRecords } from '../store/directory-records.ts';
import { readInvitations } from '../store/invitations.ts';
import { readAllOutreach } from '../store/outreach.ts';
import { readPeople } from '../store/people.ts';
import type { Store } from '../store/store.ts';
import { readSuggestions } from '../store/suggestions.ts';
import { readWaves } from '../store/waves.ts';
import { directoryText, toLines } from './directory-export.ts';

/** Goes up when a reader of the file has to know of a change. */
export const exportVersion = 1;

const about =
  'Everything that the staff of this directory may see, private addresses and notes among it. Keep it as such. ' +
  '"directory" holds the records; the rest is the work around them.';

/** Text of the file, piece by piece: the log of changes may be longer than memory. */
export async function* wholeExport(store: Store): AsyncGenerator<string> {
  const records = await readDirectoryRecords(store);
  yield `{\n"crosswalk": "export",\n"version": ${exportVersion},\n"sampleData": ${records.sampleData},\n`;
  yield `"about": ${JSON.stringify(about)},\n`;
  yield `"directory": ${directoryText(records)},\n`;
  for (const [name, read] of workSections) yield `"${name}": ${toLines(await read(store))},\n`;
  yield '"changes": ';
  yield* linesOf(eachChange(store));
  yield '\n}\n';
}

/** What there is beside the directory, in the order of the file. */
const workSections: readonly (readonly [
  name: string,
  read: (store: Store) => Promise<readonly unknown[]>,
])[] = [
  ['people', readPeople],
  ['invitations', readAllInvitations],
  ['suggestions', readSuggestions],
  ['outreach', readAllOutreach],
];

/** Whom each wave asked and where the mail went; what a partner has begun to answer is its own. */
async function readAllInvitations(store: Store): Promise<readonly unknown[]> {
  const all: unknown[] = [];
  for (const { slug } of await readWaves(store)) {
    for (const { draft: _own, ...invitation } of await readInvitations(store, slug)) {
      all.push(invitation);
    }
  }
  return all;
}

async function* linesOf(records: AsyncIterable<unknown>): AsyncGenerator<string> {
  let before = '[\n';
  for await (const record of records) {
    yield before + JSON.stringify(record);
    before = ',\n';
  }
  yield before === '[\n' ? '[]' : '\n]';
}
