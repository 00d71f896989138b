// Everything that staff may see in one JSON file, for a safe place or another program: the directory with its private
// fields, and the work around it, of each record what the pages for staff show. Tokens, sessions, drafts of answers and
// the addresses of those who wrote in or asked to be told are in no export; nor is what was erased.

import { eachChange } from '../store/changes.ts';
import { eachConfirmation } from '../store/confirmations.ts';
import { readDirectoryRecords } from '../store/directory-records.ts';
import { eachGroupCheck } from '../store/group-checks.ts';
import { eachReturn } from '../store/group-returns.ts';
import { eachBatch } from '../store/import-batches.ts';
import { eachIntroduction } from '../store/introductions.ts';
import { readInvitations } from '../store/invitations.ts';
import { eachMail } from '../store/mails.ts';
import { readAllOutreach } from '../store/outreach.ts';
import { readPeople } from '../store/people.ts';
import { eachSnooze } from '../store/snoozes.ts';
import type { Store } from '../store/store.ts';
import { readSuggestions } from '../store/suggestions.ts';
import { readWaves } from '../store/waves.ts';
import { directoryPieces, linePieces } from './directory-export.ts';

/** Goes up when a reader of the file has to know of a change. */
export const exportVersion = 1;

const about =
  'Everything that the staff of this directory may see, private addresses and notes among it. Keep it as such. ' +
  '"directory" holds the records; the rest is the work around them.';

/** Text of the file, piece by piece: the log of changes may be longer than memory. */
export async function* wholeExport(store: Store): AsyncGenerator<string> {
  const records = await readDirectoryRecords(store);
  yield `{\n"crosswalk": "export",\n"version": ${exportVersion},\n"sampleData": ${records.sampleData},\n`;
  yield `"about": ${JSON.stringify(about)},\n"directory": `;
  yield* directoryPieces(records);
  for (const [name, read] of workSections) {
    yield `,\n"${name}": `;
    yield* linePieces(read(store));
  }
  yield '\n}\n';
}

/** What there is beside the directory, in the order of the file. */
const workSections: readonly (readonly [
  name: string,
  read: (store: Store) => AsyncIterable<unknown>,
])[] = [
  ['people', eachOf(readPeople)],
  ['invitations', eachInvitation],
  ['suggestions', eachOf(readSuggestions)],
  ['outreach', eachOf(readAllOutreach)],
  ['snoozes', eachSnooze],
  ['introductions', eachAsked],
  ['confirmations', eachConfirmation],
  ['returns', eachUsedReturn],
  ['checks', eachGroupCheck],
  ['mails', eachPosted],
  ['batches', eachBatch],
  ['changes', eachChange],
];

function eachOf<Whole>(read: (store: Store) => Promise<readonly Whole[]>) {
  return async function* (store: Store): AsyncGenerator<Whole> {
    yield* await read(store);
  };
}

/** Whom each wave asked and where the mail went; what a partner has begun to answer is its own. */
async function* eachInvitation(store: Store): AsyncGenerator<unknown> {
  for (const { slug } of await readWaves(store)) {
    for (const { draft: _own, ...invitation } of await readInvitations(store, slug)) {
      yield invitation;
    }
  }
}

/** Who asked for whom, what was said and what became of it: organizations and words, neither side's people. */
async function* eachAsked(store: Store): AsyncGenerator<unknown> {
  for await (const one of eachIntroduction(store)) {
    const { id, partner, group, from, state, by, onBehalf, word, reasons, round, problem } = one;
    const { askedAt, remindedOn, endedAt, answer } = one;
    yield {
      ...{ id, partner, group, from, state, by, onBehalf, word, reasons, round, problem },
      ...{ askedAt, remindedOn, endedAt, answer: answer?.word ?? null },
    };
  }
}

/** Those whose link was used: that somebody asked for one is not for staff. */
async function* eachUsedReturn(store: Store): AsyncGenerator<unknown> {
  for await (const one of eachReturn(store)) {
    if (one.usedAt !== null) yield one;
  }
}

/** What was mailed about what, and how it fared. Where it went stands with partners, groups and people. */
async function* eachPosted(store: Store): AsyncGenerator<unknown> {
  for await (const mail of eachMail(store)) {
    const { id, purpose, about, wave, state, tries, queuedAt, sentAt } = mail;
    const isOfSubscriber = purpose === 'subscription';
    yield {
      id,
      purpose,
      about: isOfSubscriber ? null : about,
      wave,
      state,
      tries,
      queuedAt,
      sentAt,
    };
  }
}
