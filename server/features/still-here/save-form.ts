// The form of a group comes in: read, held against how the group stands, saved; or shown again with everything typed.
import type { Request, Response } from 'express';
import type { GroupEntry } from '../../directory/directory.ts';
import { groupFields } from '../../domain/suggested.ts';
import { notFound } from '../../errors.ts';
import type { Services } from '../../services.ts';
import type { Answerer } from '../../still-here/answer.ts';
import { editGroup, formTexts } from '../../still-here/edit-group.ts';
import { readFields } from '../../suggestions/read-fields.ts';
import { sendPage } from '../../web/render.ts';
import { type EditState, editPage } from './edit-page.ts';
import { parseTypedGroup, readContacts } from './form.ts';

export interface Saving extends Pick<EditState, 'action' | 'by' | 'own'> {
  readonly group: GroupEntry;
  readonly answerer: Answerer;
}

/** True when it was saved (or the link had been used): the caller leads on. Else the form was sent again. */
export async function saveForm(
  services: Services,
  req: Request,
  res: Response,
  { group, answerer, ...form }: Saving,
): Promise<boolean> {
  const { today } = services.directory.current();
  const sent = parseTypedGroup(req.body);
  const shown = sent.shown ?? formTexts(group);
  const { typed, choice } = sent;
  const read = readFields(services.places, {
    fields: groupFields,
    typed,
    shown,
    choice,
    today,
  });
  const contacts = form.by === 'staff' ? readContacts(sent.contacts) : { contacts: null };
  const errors = [...read.problems, ...('error' in contacts ? [contacts.error] : [])];
  const state: EditState = {
    ...form,
    ...{ group, typed, shown, errors, choices: read.choices, today },
    current: null,
    contacts: sent.contacts,
  };
  if (errors.length > 0 || 'error' in contacts) {
    sendPage(res, 'still-here/edit', editPage(state), 422);
    return false;
  }
  const outcome = await editGroup(services, {
    slug: group.slug,
    shown,
    texts: read.texts,
    city: read.city,
    contacts: contacts.contacts,
    confirms: form.by !== 'staff',
    answerer,
  });
  if (outcome.kind === 'missing') throw notFound('This group is no longer in the directory.');
  if (outcome.kind !== 'conflict') return true;
  const { current } = outcome;
  const again = { ...state, group: current, current, shown: formTexts(current) };
  sendPage(res, 'still-here/edit', editPage(again), 409);
  return false;
}
