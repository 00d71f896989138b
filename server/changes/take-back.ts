// Taking one change back: the earlier value is written again, if the field still has the one that the change gave it.
// It is a change itself, with an entry of its own. A whole step (batch) is several of these and is not undone here.
import { isDeepStrictEqual } from 'node:util';
import { erasedMark } from '../domain/mentions.ts';
import type { Change } from '../domain/records.ts';
import { changePerson, rolesOf } from '../people/keep-people.ts';
import type { Services } from '../services.ts';
import { wholeRecord } from '../store/changes.ts';
import {
  type AnyRecord,
  type FieldKind,
  findRecord,
  isFieldKind,
  putRecord,
  removeRecord,
} from '../store/find-record.ts';
import { findPerson, type Roles } from '../store/people.ts';
import { readReports } from '../store/reports.ts';
import type { Store } from '../store/store.ts';
import type { Writer } from '../store/writer.ts';
import { inTurn } from '../survey/in-turn.ts';

/** What taking a change back would do now, or why it cannot be. */
export type Judgement =
  | { readonly can: true; readonly does: 'write' | 'remove' | 'restore' }
  | { readonly can: false; readonly reason: string };

const no = (reason: string): Judgement => ({ can: false, reason });

const appended: Readonly<Record<string, string>> = {
  report:
    'A report is never taken away: the newest one counts. File a new report with what is so now.',
  verdict:
    'What a group said of a report is never taken away: the newest word counts. Ask the group to say it anew.',
  invitation: 'An invitation that was made stays as it is.',
  wave: 'The steps of a survey wave cannot be taken back: an answer may rest on each of them.',
};

/** Records that nothing else of the directory is built on, so that they can go again. */
const removable: readonly FieldKind[] = ['collaboration', 'convening'];

/** The log keeps values as plain data; a record has no other. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value ?? null));
export const isSame = (one: unknown, other: unknown): boolean =>
  isDeepStrictEqual(plain(one), plain(other));

/** Tells whether a change can be taken back as things stand. Writes nothing. */
export async function judgeTakingBack(store: Store, change: Change): Promise<Judgement> {
  if (change.record === 'person') return judgePerson(store, change);
  if (JSON.stringify(change.before ?? null).includes(erasedMark)) {
    return no('What was there before was erased, because somebody asked for it.');
  }
  if (!isFieldKind(change.record)) {
    return no(appended[change.record] ?? 'Changes of this kind cannot be taken back.');
  }
  const record = await findRecord(store, change.record, change.slug);
  if (change.field === wholeRecord) return judgeWhole(store, change.record, change, record);
  if (!record) return no('The record is not there any more.');
  if (!Object.hasOwn(record, change.field)) return no('The record has no such field any more.');
  if (!isSame(record[change.field], change.after)) {
    return no('It was changed again since. Take the later change back first.');
  }
  if (change.field === 'city' && typeof change.before === 'string') {
    const city = await findRecord(store, 'city', change.before);
    if (!city) return no('The city that it was in is not in the directory any more.');
  }
  return { can: true, does: 'write' };
}

/** The whole of a record came or went. */
async function judgeWhole(
  store: Store,
  kind: FieldKind,
  change: Change,
  record: AnyRecord | undefined,
): Promise<Judgement> {
  if (change.after === null) {
    return record ? no('There is a record of this name again.') : { can: true, does: 'restore' };
  }
  if (!removable.includes(kind)) {
    return no(
      `A ${kind} that was added cannot be taken out of the directory: others may refer to it. Change its fields instead.`,
    );
  }
  if (!record) return no('The record is not there any more.');
  const { updatedAt: _, ...kept } = record;
  if (!isSame(kept, change.after)) {
    return no('It was changed since it was added. Take the later changes back first.');
  }
  const reports = (await readReports(store)).filter(
    ({ collaboration }) => kind === 'collaboration' && collaboration === change.slug,
  );
  return reports.length > 0
    ? no('A report of a partner rests on it, so it has to stay.')
    : { can: true, does: 'remove' };
}

async function judgePerson(store: Store, { slug, field, after }: Change): Promise<Judgement> {
  if (field === wholeRecord) {
    return no(
      after === null
        ? 'The log does not keep addresses, so a person who was removed has to be invited again.'
        : 'A person is taken out on the page of people.',
    );
  }
  const person = await findPerson(store, slug);
  if (!person) return no('The person is not here any more.');
  const roles: Readonly<Record<string, unknown>> = { ...rolesOf(person) };
  return isSame(roles[field], after)
    ? { can: true, does: 'write' }
    : no('It was changed again since. Take the later change back first.');
}

/** Takes a change back, or says why it cannot be. Judged again at that moment, one at a time. */
export function takeBack(
  { store, directory }: Pick<Services, 'store' | 'directory'>,
  change: Change,
  writer: Writer,
): Promise<Judgement> {
  return inTurn('take back', async () => {
    const judgement = await judgeTakingBack(store, change);
    if (!judgement.can) return judgement;
    if (change.record === 'person') return takeBackRoles(store, change, writer);
    const kind = change.record as FieldKind;
    if (judgement.does === 'remove') await removeRecord(store, kind, change.slug, writer);
    else if (judgement.does === 'restore') {
      await putRecord(store, kind, change.before as AnyRecord, writer);
    } else {
      const record = await findRecord(store, kind, change.slug);
      if (!record) return no('The record is not there any more.');
      await putRecord(store, kind, { ...record, [change.field]: change.before }, writer);
    }
    await directory.refresh();
    return judgement;
  });
}

async function takeBackRoles(store: Store, change: Change, writer: Writer): Promise<Judgement> {
  const person = await findPerson(store, change.slug);
  if (!person) return no('The person is not here any more.');
  const roles = { ...rolesOf(person), [change.field]: change.before } as Roles;
  const outcome = await changePerson(store, person.id, roles, null, writer);
  if (outcome.kind === 'last-staff') {
    return no('Nobody else is staff: the last one has to stay.');
  }
  return { can: true, does: 'write' };
}
