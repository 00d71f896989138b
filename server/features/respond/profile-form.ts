// What people edit of a partner's own profile, parsed. Empty means unknown, and for the reach the usual one.
import { z } from 'zod';
import { fold } from '../../domain/fold.ts';
import { helpKinds } from '../../domain/help-kinds.ts';
import type { Partner } from '../../domain/records.ts';
import { topics } from '../../domain/topics.ts';
import { mailAddress } from '../../mail/outbox.ts';
import { typedList } from '../../web/form-fields.ts';
import { splitWords } from '../../web/word-choices.ts';
import type { FieldError } from './form.ts';

/** As typed, lists one per line. */
export interface TypedProfile {
  readonly website: string;
  /** Words of one's own. */
  readonly topics: string;
  /** Ticked in the list. */
  readonly pickedTopics: readonly string[];
  readonly offers: string;
  readonly pickedOffers: readonly string[];
  readonly reachMiles: string;
  readonly contacts: string;
}

export type Profile = Pick<Partner, 'website' | 'topics' | 'offers' | 'reachMiles' | 'contacts'>;

const text = z
  .string()
  .catch('')
  .transform((typed) => typed.replaceAll('\r\n', '\n').slice(0, 20_000).trim());
const form = z.object({
  website: text,
  topics: text,
  pickedTopics: typedList,
  offers: text,
  pickedOffers: typedList,
  reachMiles: text,
  contacts: text,
});

export const parseTyped = (body: unknown): TypedProfile =>
  form.parse(typeof body === 'object' && body !== null ? body : {});

export function toTyped(partner: Profile): TypedProfile {
  const ofTopics = splitWords(topics, partner.topics);
  const ofOffers = splitWords(helpKinds, partner.offers);
  return {
    website: partner.website ?? '',
    topics: ofTopics.free.join('\n'),
    pickedTopics: ofTopics.picked,
    offers: ofOffers.free.join('\n'),
    pickedOffers: ofOffers.picked,
    reachMiles: partner.reachMiles === null ? '' : String(partner.reachMiles),
    contacts: partner.contacts.join('\n'),
  };
}

/** One per line or between semicolons; the same thing in two spellings counts once. */
function listIn(typed: string): string[] {
  const seen = new Map<string, string>();
  for (const item of typed.split(/[;\n]/)) {
    const words = item.replace(/\s+/g, ' ').trim();
    if (words !== '' && !seen.has(fold(words))) seen.set(fold(words), words);
  }
  return [...seen.values()];
}

const website = z.url({ protocol: /^https?$/, hostname: z.regexes.domain }).max(300);
const item = z.string().max(80);
const items = z.array(item).max(40);
const reach = z.coerce.number().min(1).max(500);

/** `www.example.org` is what people type. */
const withProtocol = (typed: string): string =>
  typed === '' || /^[a-z][a-z0-9+.-]*:/i.test(typed) ? typed : `https://${typed}`;

/** The profile, or what is wrong with each field. */
export function parseProfile(
  typed: TypedProfile,
): { readonly profile: Profile } | { readonly errors: readonly FieldError[] } {
  const profile: Profile = {
    website: withProtocol(typed.website) || null,
    topics: listIn([...typed.pickedTopics, typed.topics].join('\n')),
    offers: listIn([...typed.pickedOffers, typed.offers].join('\n')),
    reachMiles: typed.reachMiles === '' ? null : Number(typed.reachMiles),
    contacts: listIn(typed.contacts),
  };
  const checks: readonly [keyof Profile, boolean, string][] = [
    [
      'website',
      profile.website === null || website.safeParse(profile.website).success,
      'Enter a web address, such as https://www.example.org',
    ],
    [
      'topics',
      items.safeParse(profile.topics).success,
      'Enter at most 40 topics of at most 80 characters each',
    ],
    [
      'offers',
      items.safeParse(profile.offers).success,
      'Enter at most 40 offers of at most 80 characters each',
    ],
    [
      'reachMiles',
      profile.reachMiles === null || reach.safeParse(profile.reachMiles).success,
      'Enter a number of miles from 1 to 500, or leave it empty',
    ],
    [
      'contacts',
      profile.contacts.length <= 20 &&
        profile.contacts.every((contact) => mailAddress.safeParse(contact).success),
      'Enter mail addresses, one per line, at most 20',
    ],
  ];
  const errors = checks
    .filter(([, isRight]) => !isRight)
    .map(([field, , message]) => ({ field, message }));
  return errors.length > 0 ? { errors } : { profile };
}
