// A visitor's form comes in: checked, compared with what the directory has, then taken in. Whatever is wrong or
// doubtful is asked with everything kept as it was typed.
import type { RequestHandler, Response } from 'express';
import type { Directory } from '../../directory/directory.ts';
import { type Candidate, findDoubles } from '../../domain/doubles.ts';
import { diffOf, fieldsOf, type SuggestedTexts } from '../../domain/suggested.ts';
import { notFound } from '../../errors.ts';
import { suggestionPath } from '../../paths.ts';
import type { Services } from '../../services.ts';
import type { SuggestedRecord } from '../../store/suggestions.ts';
import { makeStamp, readStamp } from '../../suggestions/form-stamp.ts';
import { placeCity } from '../../suggestions/make-records.ts';
import { type FieldsRead, readFields } from '../../suggestions/read-fields.ts';
import { sendSuggestion } from '../../suggestions/send-suggestion.ts';
import { findSubject, type Subject } from '../../suggestions/subject.ts';
import { readPoint } from '../../suggestions/texts.ts';
import { sendPage } from '../../web/render.ts';
import { parseSuggestForm, readAbout, readSenderAddress, type SuggestForm } from './form.ts';
import type { FormError } from './inputs.ts';
import { type SuggestState, suggestPage } from './suggest-page.ts';

/** @throws Problem (not found) where the directory has no such record. */
function subjectOf(directory: Directory, about: SuggestedRecord | null): Subject | null {
  if (!about) return null;
  const subject = findSubject(directory, about);
  if (!subject) throw notFound(`The directory has no ${about.record} of this name any more.`);
  return subject;
}

/** Each form has a stamp of its own, so no copy of the page is kept. */
function sendForm(res: Response, state: SuggestState, status: number): void {
  res.set('cache-control', 'private, no-store');
  sendPage(res, 'suggesting/suggest', suggestPage(state), status);
}

export const showForm =
  ({ directory, secret, clock }: Services): RequestHandler =>
  (req, res) => {
    const subject = subjectOf(directory.current(), readAbout(req.query));
    const shown = subject?.texts ?? {};
    const form = { typed: shown, text: '', known: '', sender: '', doubles: [] };
    const stamp = makeStamp(secret, clock());
    sendForm(
      res,
      { subject, form, shown, stamp, errors: [], choices: [], notice: '', doubles: [] },
      200,
    );
  };

export const receiveForm =
  (services: Services): RequestHandler =>
  async (req, res) => {
    const { places, secret, clock } = services;
    const directory = services.directory.current();
    const form = parseSuggestForm(req.query, req.body);
    const subject = subjectOf(directory, form.about);
    const shown = (subject && (form.shown ?? subject.texts)) ?? {};
    const fields = fieldsOf(subject?.record ?? null);
    const read = readFields(places, {
      ...{ fields, shown, typed: form.typed, choice: form.choice, today: directory.today },
    });
    const sender = readSenderAddress(form.sender);
    const errors = errorsIn(form, read, subject ? shown : null, sender);
    const stamp = readStamp(secret, form.stamp, clock());
    const state: SuggestState = {
      ...{ subject, form, shown, errors, choices: read.choices, notice: '', doubles: [] },
      stamp: stamp.kind === 'no-stamp' ? makeStamp(secret, clock()) : form.stamp,
    };
    if (errors.length > 0) return sendForm(res, state, 422);
    const notice = doubtIn(form, stamp.kind);
    if (notice !== '') return sendForm(res, { ...state, notice }, 422);
    const doubles = subject ? [] : findDoubles(candidateOf(directory, read), directory.groups);
    if (doubles.some(({ group }) => !form.doubles.includes(group.slug))) {
      return sendForm(res, { ...state, doubles }, 200);
    }
    const token = await sendSuggestion(services, {
      kind: subject ? 'correction' : 'group',
      about: form.about,
      seen: shown,
      proposed: read.texts,
      text: form.text,
      known: form.known,
      sender: sender ?? null,
      stamp: form.stamp,
    });
    res.redirect(303, suggestionPath(token));
  };

function errorsIn(
  form: SuggestForm,
  read: FieldsRead,
  seen: SuggestedTexts | null,
  sender: string | null | undefined,
): FormError[] {
  const says =
    seen === null || form.text !== '' || diffOf(seen, { seen, proposed: read.texts }).length > 0;
  return [
    ...read.problems,
    ...(says || read.problems.length > 0
      ? []
      : [{ field: 'text', message: 'Change a field above, or say here what is wrong' }]),
    ...(sender === undefined
      ? [{ field: 'sender', message: 'Enter a mail address such as ana@example.org, or none' }]
      : []),
  ];
}

/** Why a person should look once more; '' where nothing is odd. */
function doubtIn(form: SuggestForm, stamp: 'good' | 'too-fast' | 'no-stamp'): string {
  if (form.isTrapped) {
    return 'A field that has to stay empty was filled in, perhaps by your browser. It is empty again: please send it once more.';
  }
  if (stamp === 'too-fast') {
    return 'That was faster than people write. Nothing is lost: please look it over and send it once more.';
  }
  return stamp === 'no-stamp'
    ? 'This form had been open for too long. Nothing is lost: please look it over and send it once more.'
    : '';
}

function candidateOf(directory: Directory, { texts, city }: FieldsRead): Candidate {
  const placed = city && placeCity(directory, city);
  const { website = '', eventsUrl = '', codeUrl = '' } = texts;
  return {
    name: texts.name ?? '',
    point: readPoint(texts.point ?? '') ?? null,
    city: placed && !placed.isNew ? placed.city.slug : null,
    addresses: [website, eventsUrl, codeUrl].filter((address) => address !== ''),
  };
}
