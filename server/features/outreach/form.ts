// What staff send about one city: the plan, an entry of the log, a message. Parsed, or told what is wrong with it.
import { z } from 'zod';
import {
  type ContactKind,
  contactKinds,
  type OutreachStage,
  outreachStages,
} from '../../domain/words.ts';
import { type DraftKind, type DraftMessage, draftKinds } from '../../outreach/draft-messages.ts';
import type { Person } from '../../store/people.ts';
import { type FieldError, formOf, tooLong, typedList, typedText } from '../../web/form-fields.ts';

const longestText = 5_000;
const longestSubject = 200;
const isPresent = (error: FieldError | false): error is FieldError => error !== false;

/** As typed; the version says which state of the item it was typed for. */
export interface PlanForm {
  readonly owner: string;
  readonly stage: string;
  readonly nextDate: string;
  readonly version: number;
}

const planSchema = z.object({
  owner: typedText,
  stage: typedText,
  nextDate: typedText,
  version: z.coerce.number().int().catch(0),
});
export const readPlanForm = (body: unknown): PlanForm => planSchema.parse(formOf(body));

export const isStage = (value: string): value is OutreachStage =>
  (outreachStages as readonly string[]).includes(value);
const isDay = (value: string): boolean => z.iso.date().safeParse(value).success;

export function planErrors(typed: PlanForm, staff: readonly Person[]): readonly FieldError[] {
  return [
    typed.owner !== '' &&
      !staff.some(({ id }) => id === typed.owner) && {
        field: 'owner',
        message: 'Choose somebody of the staff, or nobody',
      },
    !isStage(typed.stage) && { field: 'stage', message: 'Choose a stage' },
    typed.nextDate !== '' &&
      !isDay(typed.nextDate) && {
        field: 'nextDate',
        message:
          'Enter the next date as year, month and day, such as 2026-12-01, or leave it empty',
      },
  ].filter(isPresent);
}

export interface EntryForm {
  readonly kind: string;
  readonly text: string;
  /** Names the form, so that sending it twice makes one entry. */
  readonly key: string;
}

const formKey = z
  .string()
  .regex(/^[0-9a-f-]{36}$/)
  .catch('');
const entrySchema = z.object({ kind: typedText, text: typedText, key: formKey });
export const readEntryForm = (body: unknown): EntryForm => entrySchema.parse(formOf(body));

export const isContactKind = (value: string): value is ContactKind =>
  (contactKinds as readonly string[]).includes(value);

export function entryErrors(typed: EntryForm): readonly FieldError[] {
  return [
    !isContactKind(typed.kind) && { field: 'kind', message: 'Choose what it was' },
    typed.text === '' && { field: 'text', message: 'Write what happened' },
    tooLong('text', 'The entry', typed.text, longestText),
  ].filter(isPresent);
}

export interface MessageForm {
  readonly draft: string;
  /** Addresses. */
  readonly to: readonly string[];
  readonly subject: string;
  readonly body: string;
  readonly key: string;
}

const messageSchema = z.object({
  draft: typedText,
  to: typedList,
  subject: typedText,
  body: typedText,
  key: formKey,
});
export const readMessageForm = (body: unknown): MessageForm => messageSchema.parse(formOf(body));

export const isDraftKind = (value: string): value is DraftKind =>
  (draftKinds as readonly string[]).includes(value);

export interface Recipient {
  readonly name: string;
  readonly address: string;
}

/** The contact addresses of a draft's parties: the only ones that a message may go to. */
export const recipientsOf = (draft: DraftMessage): readonly Recipient[] =>
  draft.parties.flatMap(({ name, contacts }) => contacts.map((address) => ({ name, address })));

/** Ids of inputs end in the draft's kind, because the page has a form for each. */
export function messageErrors(
  typed: MessageForm,
  recipients: readonly Recipient[],
): readonly FieldError[] {
  const id = (name: string): string => `${name}-${typed.draft}`;
  const isKnown = typed.to.every((to) => recipients.some(({ address }) => address === to));
  return [
    (typed.to.length === 0 || !isKnown) && {
      field: id('to'),
      message: 'Choose whom it goes to',
    },
    typed.subject === '' && { field: id('subject'), message: 'Write a subject' },
    tooLong(id('subject'), 'The subject', typed.subject, longestSubject),
    typed.body === '' && { field: id('body'), message: 'Write the message' },
    tooLong(id('body'), 'The message', typed.body, longestText),
  ].filter(isPresent);
}

/** Cities chosen in a list and the owner they get: a person's identifier, or '' for nobody. */
export const readAssignForm = z.object({ city: typedList, owner: typedText, back: typedText });

export const readSnoozeForm = z.object({ key: typedText, until: typedText, back: typedText });

/** A path of our own below a staff list, else the list itself: nobody is sent elsewhere by a form. */
export const backTo = (typed: string, list: string): string =>
  typed === list || typed.startsWith(`${list}?`) ? typed : list;
