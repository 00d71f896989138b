// The form in which a partner's profile is changed, with what somebody else changed meanwhile beside it.
import type { PartnerEntry } from '../../directory/directory.ts';
import { helpKinds } from '../../domain/help-kinds.ts';
import { topics } from '../../domain/topics.ts';
import { partnerEditPath, partnerPath } from '../../paths.ts';
import { cityLabel, formatDistance } from '../../web/format.ts';
import type { Page } from '../../web/render.ts';
import { toWordChoices, type WordChoices } from '../../web/word-choices.ts';
import type { FieldError } from './form.ts';
import type { TypedField } from './form-page.ts';
import { type Profile, type TypedProfile, toTyped } from './profile-form.ts';

export interface ProfilePage extends Page {
  readonly title: string;
  readonly who: string;
  readonly errors: readonly FieldError[];
  /** What the fields hold now, where somebody changed them since the form was made. */
  readonly conflict: readonly { readonly name: string; readonly value: string }[];
  readonly action: string;
  readonly back: string;
  readonly updatedAt: string;
  readonly website: TypedField;
  readonly reach: TypedField;
  readonly pickedTopics: WordChoices;
  readonly topics: TypedField;
  readonly pickedOffers: WordChoices;
  readonly offers: TypedField;
  /** For staff, who may change them; null for a partner, which sees them. */
  readonly contacts: TypedField | null;
  readonly ownContacts: readonly string[];
}

type TextName = Exclude<keyof TypedProfile, 'pickedTopics' | 'pickedOffers'>;

const labels: Readonly<Record<TextName, string>> = {
  website: 'Website',
  reachMiles: 'How far you reach, in miles',
  topics: 'Other topics',
  offers: 'Other things that you offer',
  contacts: 'Contact addresses',
};

export function profilePage(form: {
  readonly partner: PartnerEntry;
  readonly typed: TypedProfile;
  readonly errors: readonly FieldError[];
  readonly madeFrom: string;
  readonly isStaff: boolean;
  readonly usualReach: number;
  readonly current: Profile | null;
}): ProfilePage {
  const { partner, typed, errors, current } = form;
  const title = `The profile of ${partner.name}`;
  const isWrong = errors.length > 0 || current !== null;
  const field = (id: TextName, hint: string): TypedField => ({
    id,
    label: labels[id],
    hint,
    value: typed[id],
    error: errors.find((error) => error.field === id)?.message ?? '',
  });
  const usual = formatDistance(form.usualReach, 'US');
  return {
    head: {
      title: isWrong ? `Error: ${title}` : title,
      description: 'What a partner says of itself.',
      canonical: partnerEditPath(partner.slug),
      section: 'partners',
      structuredData: null,
      noIndex: true,
    },
    title,
    who: cityLabel(partner.cityEntry),
    errors,
    conflict: current ? differences(current, typed, form.isStaff) : [],
    action: partnerEditPath(partner.slug),
    back: partnerPath(partner.slug),
    updatedAt: form.madeFrom,
    website: field('website', 'Such as https://www.example.org'),
    reach: field('reachMiles', `Groups within it count as near you. Empty means ${usual}.`),
    pickedTopics: toWordChoices(topics, typed.pickedTopics, {
      name: 'pickedTopics',
      legend: 'Topics',
      noun: 'topics',
    }),
    topics: field(
      'topics',
      'In your own words, one per line. A group that writes the same shares it.',
    ),
    pickedOffers: toWordChoices(helpKinds, typed.pickedOffers, {
      name: 'pickedOffers',
      legend: 'What you offer to groups',
      noun: 'kinds of data and help',
    }),
    offers: field(
      'offers',
      'In your own words, one per line, such as: geocoded parcel data since 2010',
    ),
    contacts: form.isStaff
      ? field('contacts', 'One per line. Surveys are sent here. Never public.')
      : null,
    ownContacts: partner.contacts,
  };
}

const conflictLabels = { ...labels, topics: 'Topics', offers: 'What you offer to groups' };

/** Each field as one line, what is ticked and what is typed together. */
function allWords(typed: TypedProfile): Readonly<Record<TextName, string>> {
  const { pickedTopics, pickedOffers, ...texts } = typed;
  const line = (...words: readonly string[]): string =>
    words
      .flatMap((text) => text.split('\n'))
      .filter((text) => text !== '')
      .join('; ');
  return {
    website: texts.website,
    reachMiles: texts.reachMiles,
    topics: line(...pickedTopics, texts.topics),
    offers: line(...pickedOffers, texts.offers),
    contacts: line(texts.contacts),
  };
}

/** Contacts are told to staff alone. */
function differences(
  current: Profile,
  typed: TypedProfile,
  isStaff: boolean,
): ProfilePage['conflict'] {
  const now = allWords(toTyped(current));
  const sent = allWords(typed);
  return (Object.keys(now) as TextName[])
    .filter((name) => (name !== 'contacts' || isStaff) && now[name] !== sent[name])
    .map((name) => ({ name: conflictLabels[name], value: now[name] || 'empty' }));
}
