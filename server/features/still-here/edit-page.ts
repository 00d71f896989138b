// The form in which a group's own people, and staff, bring up to date what is known of it.
import type { GroupEntry } from '../../directory/directory.ts';
import { helpKinds } from '../../domain/help-kinds.ts';
import type { SuggestedField, SuggestedTexts } from '../../domain/suggested.ts';
import { topics } from '../../domain/topics.ts';
import { type GroupKind, groupKinds } from '../../domain/words.ts';
import { groupPath, paths } from '../../paths.ts';
import { changedFields, formTexts } from '../../still-here/edit-group.ts';
import { readList } from '../../suggestions/texts.ts';
import { type FieldError, messageOf, type OptionGroup } from '../../web/form-fields.ts';
import { groupKindLabel, livenessText } from '../../web/format.ts';
import { groupPlace } from '../../web/place-words.ts';
import type { Page } from '../../web/render.ts';
import { splitWords, toWordChoices, type WordChoices } from '../../web/word-choices.ts';
import { privateHead } from './head.ts';
import type { OwnView } from './own-view.ts';

export interface FieldView {
  readonly id: string;
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  readonly error: string | null;
  readonly required: boolean;
  readonly inputmode: 'text' | 'url';
}

export interface EditPage extends Page {
  readonly title: string;
  readonly who: string;
  readonly lede: string;
  readonly errors: readonly FieldError[];
  /** What the fields hold now, where somebody changed them since the form was made. */
  readonly conflict: readonly { readonly name: string; readonly value: string }[];
  readonly action: string;
  readonly back: string;
  /** What the form shows, as JSON. */
  readonly shown: string;
  readonly fields: readonly FieldView[];
  /** Words to tick before the field of one's own words. */
  readonly picked: { readonly topics: WordChoices; readonly needs: WordChoices };
  readonly kind: { readonly error: string | null; readonly groups: readonly OptionGroup[] };
  /** Places to choose one of, where what was typed names several. */
  readonly choices: readonly string[];
  /** For staff, who may change them; null for others. */
  readonly contacts: FieldView | null;
  /** The group's own addresses, for its organizers to see; null for others. */
  readonly ownContacts: readonly string[] | null;
  readonly button: string;
  /** What stands beside the form for whoever is signed in; null behind a mailed link. */
  readonly own: OwnView | null;
}

type FormField = Exclude<SuggestedField, 'kind' | 'offers' | 'closed'>;

const words: Readonly<Record<FormField, { readonly label: string; readonly hint: string }>> = {
  name: { label: 'Name', hint: '' },
  place: { label: 'Where you meet', hint: 'City and state, or ZIP code' },
  point: {
    label: 'Latitude and longitude of the meeting place',
    hint: 'Leave it as it is, or empty for the middle of the city.',
  },
  website: { label: 'Website', hint: 'Such as https://codefortulsa.org' },
  eventsUrl: { label: 'Page with your meetings', hint: '' },
  codeUrl: { label: 'Page with your code', hint: '' },
  topics: { label: 'Other topics', hint: 'In your own words, with commas between them' },
  needs: {
    label: 'Other things that you need',
    hint: 'In your own words, with commas between them',
  },
};
const order = Object.keys(words) as FormField[];
const required: readonly FormField[] = ['name', 'place'];
const addresses: readonly FormField[] = ['website', 'eventsUrl', 'codeUrl'];

export interface EditState {
  readonly group: GroupEntry;
  readonly typed: SuggestedTexts;
  readonly shown: SuggestedTexts;
  readonly errors: readonly FieldError[];
  readonly choices: readonly string[];
  /** How the group stands, where that is not what the form showed. */
  readonly current: GroupEntry | null;
  readonly action: string;
  /** `link`: behind a mailed link. */
  readonly by: 'link' | 'organizer' | 'staff';
  /** As typed, for staff. */
  readonly contacts: string;
  readonly own: OwnView | null;
  readonly today: string;
}

export function editPage(state: EditState): EditPage {
  const { group, typed, errors, by } = state;
  const isOwn = by !== 'staff';
  const title = isOwn ? `Bring ${group.name} up to date` : `Edit ${group.name}`;
  return {
    head: privateHead(title, paths.groups, errors.length > 0 || state.current !== null),
    title,
    who: groupPlace(group),
    lede: `Everybody reads this. People read now: ${livenessText(group, state.today)}.${isOwn ? ' Saving also says that the group is active.' : ''}`,
    errors,
    conflict: state.current ? differences(state.current, typed) : [],
    action: state.action,
    back: groupPath(group.slug),
    shown: JSON.stringify(state.shown),
    fields: order.map((field) => toField(field, freeText(field, typed), errors)),
    picked: pickedIn(typed),
    kind: { error: messageOf(errors, 'kind'), groups: kindsWith(typed.kind) },
    choices: state.choices,
    contacts:
      by === 'staff'
        ? {
            id: 'contacts',
            label: 'Contact addresses',
            hint: 'One per line. The group is asked here once a year whether it is still there. Never public.',
            value: state.contacts,
            error: messageOf(errors, 'contacts'),
            required: false,
            inputmode: 'text',
          }
        : null,
    ownContacts: by === 'organizer' ? group.contacts : null,
    button: isOwn ? 'Save: we are active' : 'Save',
    own: state.own,
  };
}

const vocabularies = { topics, needs: helpKinds } as const;

/** What is typed in a field; of topics and needs, what the lists do not have. */
function freeText(field: FormField, typed: SuggestedTexts): string {
  const text = typed[field] ?? '';
  if (field !== 'topics' && field !== 'needs') return text;
  return splitWords(vocabularies[field], readList(text)).free.join(', ');
}

const pickedIn = (typed: SuggestedTexts): EditPage['picked'] => ({
  topics: toWordChoices(topics, splitWords(topics, readList(typed.topics ?? '')).picked, {
    name: 'pickedTopics',
    legend: 'Topics',
    noun: 'topics',
  }),
  needs: toWordChoices(helpKinds, splitWords(helpKinds, readList(typed.needs ?? '')).picked, {
    name: 'pickedNeeds',
    legend: 'What you need',
    noun: 'kinds of data and help',
  }),
});

const toField = (id: FormField, value: string, errors: readonly FieldError[]): FieldView => ({
  id,
  ...words[id],
  value,
  error: messageOf(errors, id),
  required: required.includes(id),
  inputmode: addresses.includes(id) ? 'url' : 'text',
});

const kindsWith = (chosen: string | undefined): readonly OptionGroup[] => [
  {
    label: null,
    options: groupKinds.map((value) => ({
      value,
      label: groupKindLabel(value),
      selected: value === chosen,
    })),
  },
];

const isKind = (text: string): text is GroupKind =>
  (groupKinds as readonly string[]).includes(text);

const wholeLabel = (field: FormField): string =>
  field === 'topics' ? 'Topics' : field === 'needs' ? 'What you need' : words[field].label;

function differences(current: GroupEntry, typed: SuggestedTexts): EditPage['conflict'] {
  const now = formTexts(current);
  return changedFields(now, typed).map((field) => {
    const value = now[field] ?? '';
    const isOfKind = field === 'kind';
    return {
      name: isOfKind ? 'Kind' : wholeLabel(field as FormField),
      value: (isOfKind && isKind(value) ? groupKindLabel(value) : value) || 'empty',
    };
  });
}
