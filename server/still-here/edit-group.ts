// Changes what a group says of itself, field by field. Nobody writes over what somebody else changed meanwhile
// without seeing it: the form carries what it showed, and is held against how the group stands.

import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Directory, GroupEntry } from '../directory/directory.ts';
import { dayOf } from '../domain/dates.ts';
import type { Group } from '../domain/records.ts';
import { groupFields, type SuggestedField, type SuggestedTexts } from '../domain/suggested.ts';
import type { Services } from '../services.ts';
import { putCity } from '../store/put-records.ts';
import { correctGroup, placeCity } from '../suggestions/make-records.ts';
import type { NamedCity } from '../suggestions/read-place.ts';
import { groupTexts } from '../suggestions/texts.ts';
import { formatDate } from '../web/format.ts';
import { type Answerer, answerOnce } from './answer.ts';
import { changeGroup, withConfirmation } from './change-group.ts';

/** What the form shows of a group. */
export function formTexts(group: GroupEntry): SuggestedTexts {
  const texts = groupTexts(group);
  return Object.fromEntries(groupFields.map((field) => [field, texts[field] ?? '']));
}

export interface GroupEdit {
  readonly slug: string;
  /** What the form showed. */
  readonly shown: SuggestedTexts;
  /** What it says now, in one spelling. */
  readonly texts: SuggestedTexts;
  /** The city that was named; null where the place stays. */
  readonly city: NamedCity | null;
  /** The contact addresses; null leaves them: only staff change them. */
  readonly contacts: readonly string[] | null;
  /** True where saving says that the group is active: its own people's does, that of staff does not. */
  readonly confirms: boolean;
  readonly answerer: Answerer;
}

export type EditOutcome =
  | { readonly kind: 'saved' }
  /** Somebody changed it since the form was made: nothing was written. */
  | { readonly kind: 'conflict'; readonly current: GroupEntry }
  /** The link was used before: nothing was written. */
  | { readonly kind: 'answered' }
  | { readonly kind: 'missing' };

/** The fields in which the form says something else than it showed. */
export const changedFields = (shown: SuggestedTexts, texts: SuggestedTexts): SuggestedField[] =>
  groupFields.filter((field) => (texts[field] ?? '') !== (shown[field] ?? ''));

type Editing = Pick<Services, 'store' | 'directory' | 'clock'>;

export async function editGroup(services: Editing, edit: GroupEdit): Promise<EditOutcome> {
  const { directory } = services;
  const current = (await directory.refresh()).findGroup(edit.slug);
  if (!current) return { kind: 'missing' };
  // What somebody else has made the same by now is no conflict.
  const now = formTexts(current);
  const isOld = groupFields.some(
    (field) => now[field] !== edit.shown[field] && now[field] !== edit.texts[field],
  );
  if (isOld) return { kind: 'conflict', current };
  const taken = changedFields(now, edit.texts);
  const state = taken.length > 0 ? 'changed' : 'confirmed';
  const save = () => write(services, directory.current(), edit, taken);
  if (!edit.confirms) {
    await save();
    return { kind: 'saved' };
  }
  const saved = await answerOnce(services, edit.slug, edit.answerer, state, save);
  return { kind: saved ? 'saved' : 'answered' };
}

async function write(
  services: Editing,
  directory: Directory,
  edit: GroupEdit,
  taken: readonly SuggestedField[],
): Promise<void> {
  const { store, clock } = services;
  const { texts, answerer } = edit;
  const day = dayOf(clock());
  const placed = edit.city && taken.includes('place') ? placeCity(directory, edit.city) : null;
  if (placed?.isNew) {
    const writer = { by: answerer.by, origin: 'web', batch: randomUUID(), now: clock() } as const;
    await putCity(store, placed.city, writer);
  }
  await changeGroup(
    services,
    edit.slug,
    (group) => {
      const corrected = {
        ...correctGroup(group, { texts, taken, city: placed?.city ?? null, day, isChecked: true }),
        source: taken.length > 0 ? editedSource(group.source, day, answerer) : group.source,
        contacts: edit.contacts ?? group.contacts,
      };
      const after = edit.confirms
        ? withConfirmation({ ...group, ...corrected }, answerer.confirmer, day)
        : corrected;
      return isDeepStrictEqual({ ...group, ...after }, group) ? null : after;
    },
    { by: answerer.by, origin: 'web' },
  );
}

const edited = '; brought up to date by ';

/** The latest one is named. What its own people or staff brought up to date counts as checked. */
const editedSource = (
  source: Group['source'],
  day: string,
  { confirmer }: Answerer,
): Group['source'] => ({
  ...source,
  note: `${source.note.split(edited, 1)[0]}${edited}${confirmer === 'staff' ? 'NNIP staff' : 'the group'}, ${formatDate(day)}`,
  verified: true,
});
