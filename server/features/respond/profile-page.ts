// The form in which a partner's profile is changed, with what somebody else changed meanwhile beside it.
import type { PartnerEntry } from '../../directory/directory.ts';
import { partnerEditPath, partnerPath } from '../../paths.ts';
import { cityLabel, formatDistance } from '../../web/format.ts';
import type { Page } from '../../web/render.ts';
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
  readonly topics: TypedField;
  readonly offers: TypedField;
  /** For staff, who may change them; null for a partner, which sees them. */
  readonly contacts: TypedField | null;
  readonly ownContacts: readonly string[];
}

const labels: Readonly<Record<keyof TypedProfile, string>> = {
  website: 'Website',
  reachMiles: 'How far you reach, in miles',
  topics: 'Topics',
  offers: 'What you offer to groups',
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
  const field = (id: keyof TypedProfile, hint: string): TypedField => ({
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
    topics: field('topics', 'One per line. Shared topics are shown between you and a group.'),
    offers: field('offers', 'One per line: data, training, a room, help with maps …'),
    contacts: form.isStaff
      ? field('contacts', 'One per line. Surveys are sent here. Never public.')
      : null,
    ownContacts: partner.contacts,
  };
}

/** Contacts are told to staff alone. */
function differences(
  current: Profile,
  typed: TypedProfile,
  isStaff: boolean,
): ProfilePage['conflict'] {
  const now = toTyped(current);
  return (Object.keys(labels) as (keyof TypedProfile)[])
    .filter((name) => (name !== 'contacts' || isStaff) && now[name] !== typed[name])
    .map((name) => ({
      name: labels[name],
      value: now[name].replaceAll('\n', '; ') || 'empty',
    }));
}
