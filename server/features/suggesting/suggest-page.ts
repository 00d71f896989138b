// The visitor's form: a new group, or a correction with the values of today filled in.
import type { GroupEntry } from '../../directory/directory.ts';
import type { Double, DoubleReason } from '../../domain/doubles.ts';
import { fieldsOf, type SuggestedTexts } from '../../domain/suggested.ts';
import {
  groupPath,
  partnerPath,
  paths,
  suggestGroupPath,
  suggestPartnerPath,
} from '../../paths.ts';
import type { Subject } from '../../suggestions/subject.ts';
import { groupPlace } from '../../web/place-words.ts';
import type { Page } from '../../web/render.ts';
import { nounOf } from './field-words.ts';
import { type SuggestForm, trapField } from './form.ts';
import { type FormError, fieldInput, type InputView, plainInput } from './inputs.ts';

export interface DoubleView {
  readonly name: string;
  readonly href: string;
  readonly place: string;
  readonly reasons: string;
  readonly correct: string;
}

export interface SuggestPage extends Page {
  readonly title: string;
  readonly lede: string;
  readonly back: { readonly label: string; readonly href: string } | null;
  readonly action: string;
  readonly errors: readonly FormError[];
  /** Asks to send it once more; '' where there is nothing to ask. */
  readonly notice: string;
  readonly doubles: readonly DoubleView[];
  /** Slugs of the doubles shown so far. */
  readonly seenDoubles: string;
  /** The fields of the record, the telling ones first. */
  readonly fields: readonly InputView[];
  readonly rest: readonly InputView[];
  readonly stamp: string;
  readonly shown: string;
  readonly trap: string;
  readonly button: string;
}

export interface SuggestState {
  readonly subject: Subject | null;
  readonly form: Pick<SuggestForm, 'typed' | 'text' | 'known' | 'sender' | 'doubles'>;
  /** What the fields said when the form was made. */
  readonly shown: SuggestedTexts;
  readonly stamp: string;
  readonly errors: readonly FormError[];
  readonly choices: readonly string[];
  readonly notice: string;
  readonly doubles: readonly Double<GroupEntry>[];
}

const reasonWords: Readonly<Record<DoubleReason, string>> = {
  'web-address': 'the same web address',
  'name-and-point': 'a similar name at the same place',
  'name-and-city': 'a similar name in the same city',
};

/** A similar name in the same city says less than at the same place. */
function reasonsText(reasons: readonly DoubleReason[]): string {
  const telling = reasons.filter(
    (reason) => reason !== 'name-and-city' || !reasons.includes('name-and-point'),
  );
  return telling.map((reason) => reasonWords[reason]).join(' and ');
}

export const toDouble = ({ group, reasons }: Double<GroupEntry>): DoubleView => ({
  name: group.name,
  href: groupPath(group.slug),
  place: groupPlace(group),
  reasons: reasonsText(reasons),
  correct: suggestGroupPath(group.slug),
});

export const formPath = (subject: Subject | null): string => {
  if (!subject) return paths.suggest;
  const { record, entry } = subject;
  return record === 'group' ? suggestGroupPath(entry.slug) : suggestPartnerPath(entry.slug);
};

function restInputs({ form, errors, subject }: SuggestState): InputView[] {
  const [text, known] = subject
    ? [
        { label: 'What is wrong?', hint: 'Whatever the fields above have no room for.' },
        { hint: 'A web page, or your own knowledge of it.' },
      ]
    : [
        { label: 'Anything else we should know', hint: '' },
        { hint: 'A web page, or “I organize it”.' },
      ];
  return [
    plainInput({ id: 'text', control: 'lines', value: form.text, ...text }, errors),
    plainInput(
      {
        id: 'known',
        label: 'Where do you know it from?',
        control: 'text',
        value: form.known,
        ...known,
      },
      errors,
    ),
    plainInput(
      {
        id: 'sender',
        label: 'Your mail address',
        hint: 'Only to tell you what becomes of it: nobody sees it, and it is erased then.',
        control: 'text',
        value: form.sender,
        inputmode: 'email',
        autocomplete: 'email',
      },
      errors,
    ),
  ];
}

export function suggestPage(state: SuggestState): SuggestPage {
  const { subject, form, errors, doubles } = state;
  const name = subject?.entry.name ?? '';
  const title = subject ? `Suggest a correction: ${name}` : 'Suggest a group';
  const inputs = fieldsOf(subject?.record ?? null).map((field) =>
    fieldInput(field, form.typed, state),
  );
  const telling = ['name', 'kind', 'place', 'website'];
  return {
    head: {
      title: errors.length > 0 ? `Error: ${title}` : title,
      description: subject
        ? `Tell us what is wrong with what the directory says of ${name}.`
        : 'Tell us of a civic tech group that the directory does not have.',
      canonical: formPath(subject),
      section: null,
      structuredData: null,
      noIndex: subject !== null,
    },
    title,
    lede: subject
      ? `Change what is wrong and leave the rest. NNIP staff look at it before the page of this ${nounOf(subject.record)} changes.`
      : 'Do you know a local civic tech group that is missing here? Tell us. NNIP staff look at it before it is shown.',
    back: subject && {
      label: name,
      href:
        subject.record === 'group'
          ? groupPath(subject.entry.slug)
          : partnerPath(subject.entry.slug),
    },
    action: formPath(subject),
    errors,
    notice: state.notice,
    doubles: doubles.map(toDouble),
    seenDoubles: [...new Set([...form.doubles, ...doubles.map(({ group }) => group.slug)])].join(
      ',',
    ),
    fields: [
      ...inputs.filter(({ id }) => telling.includes(id)),
      ...inputs.filter(({ id }) => !telling.includes(id)),
    ],
    rest: restInputs(state),
    stamp: state.stamp,
    shown: JSON.stringify(state.shown),
    trap: trapField,
    button: doubles.length > 0 ? 'It is none of these: send it' : 'Send the suggestion',
  };
}
