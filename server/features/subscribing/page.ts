// The pages of being told of groups near a place, as the templates print them.
import type { Place } from '../../directory/places/places.ts';
import { mostPlaces, unconfirmedDays } from '../../domain/subscription.ts';
import { paths, withQuery } from '../../paths.ts';
import type { SubscribedPlace, Subscription } from '../../store/subscriptions.ts';
import { distanceChoices } from '../../web/distances.ts';
import { type FieldError, messagesOf, type OptionGroup } from '../../web/form-fields.ts';
import { formatDistance } from '../../web/format.ts';
import type { Page, PageHead } from '../../web/render.ts';
import { type SubscribeForm, trapField } from './form.ts';

/** None of these is for search engines; a personal address is never shown to anybody. */
const head = (title: string, description: string): PageHead => ({
  title,
  description,
  canonical: paths.subscribe,
  section: null,
  structuredData: null,
  noIndex: true,
});

export interface SubscribePage extends Page {
  readonly title: string;
  readonly action: string;
  readonly trap: string;
  readonly errors: readonly FieldError[];
  readonly messages: Readonly<Record<string, string>>;
  readonly place: string;
  /** A point in place of a name; null where a name is typed. */
  readonly point: { readonly label: string; readonly lat: number; readonly lng: number } | null;
  readonly distances: readonly OptionGroup[];
  readonly address: string;
  readonly days: number;
  /** False on a site of invented records: from there nobody is written to, so that no address is taken. */
  readonly isOpen: boolean;
}

const pointLabel = ({ lat, lng }: { lat: number; lng: number }): string =>
  `the point ${lat.toFixed(2)}, ${lng.toFixed(2)}`;

/** A place as it is kept and written in mails. */
export const toSubscribed = (place: Place): SubscribedPlace => ({
  name: place.kind === 'coordinates' ? pointLabel(place) : place.name,
  country: place.kind === 'coordinates' ? '' : place.country,
  lat: place.lat,
  lng: place.lng,
});

function distancesAround(country: string, miles: number): readonly OptionGroup[] {
  const label = (distance: number): string => formatDistance(distance, country);
  const offered = distanceChoices(country);
  const isOffered = offered.some((distance) => label(distance) === label(miles));
  const options = [...offered, ...(isOffered ? [] : [miles])]
    .sort((a, b) => a - b)
    .map((distance) => ({
      value: String(distance),
      label: label(distance),
      selected: label(distance) === label(miles),
    }));
  return [{ label: null, options }];
}

/** @param place what the form is about, null where that is not known yet */
export function subscribePage(
  form: SubscribeForm,
  place: Place | null,
  errors: readonly FieldError[],
  isOpen: boolean,
): SubscribePage {
  const title = 'Be told when a group starts';
  return {
    head: head(
      errors.length > 0 ? `Error: ${title}` : title,
      'Leave a mail address for a place, and be told when a civic tech group starts or wakes up near it.',
    ),
    title,
    action: paths.subscribe,
    trap: trapField,
    errors,
    messages: messagesOf(errors),
    place: place && place.kind !== 'coordinates' ? place.name : form.typed,
    point: form.point && { ...form.point, label: pointLabel(form.point) },
    distances: distancesAround(place?.country ?? '', form.miles),
    address: form.typedAddress,
    days: unconfirmedDays,
    isOpen,
  };
}

/** A page of a few words, perhaps with one button. */
export interface StepPage extends Page {
  readonly title: string;
  readonly text: readonly string[];
  readonly button: { readonly label: string; readonly action: string } | null;
  readonly links: readonly { readonly href: string; readonly label: string }[];
}

const step = (
  title: string,
  text: readonly string[],
  rest: Partial<Pick<StepPage, 'button' | 'links'>> = {},
): StepPage => ({
  head: head(title, 'News of civic tech groups near a place, by mail.'),
  title,
  text,
  button: null,
  links: [],
  ...rest,
});

const another = { href: paths.subscribe, label: 'Leave an address for another place' };
const find = { href: paths.find, label: 'Find a civic tech group' };

/** The same words whatever is known of the address. */
export const askedPage = (): StepPage =>
  step(
    'Check your mail',
    [
      `We sent you a mail with a link. Press the button on the page that it opens, within ${unconfirmedDays} days, and you will be told.`,
      'Nothing there after a few minutes? Look in the folder for unwanted mail. We write to an address that asks again and again once a day at most.',
    ],
    { links: [another, find] },
  );

const whereWords = ({ miles, place }: Pick<Subscription, 'miles' | 'place'>): string =>
  `within ${formatDistance(miles, place.country)} of ${place.name}`;

const groupsThere = ({ miles: within, place }: Subscription) => ({
  href: withQuery(
    paths.find,
    place.country === ''
      ? { lat: place.lat, lng: place.lng, within }
      : { place: place.name, within },
  ),
  label: `See the groups ${whereWords({ miles: within, place })}`,
});

export const confirmPage = (subscription: Subscription, action: string): StepPage =>
  step(
    `News of groups near ${subscription.place.name}`,
    [
      `The button confirms that you want a mail when a civic tech group starts or wakes up ${whereWords(subscription)}.`,
      'At most one mail a day, and none while nothing changes. Each has a link that ends them.',
    ],
    { button: { label: 'Yes, tell me', action } },
  );

export const confirmedPage = (subscription: Subscription, stop: string): StepPage =>
  step(
    'You will be told',
    [
      `You get a mail when a civic tech group starts or wakes up ${whereWords(subscription)}.`,
      'We keep your address, the place and the distance until you stop it, and use them for nothing else.',
    ],
    { links: [groupsThere(subscription), another, { href: stop, label: 'Stop these mails' }] },
  );

export const fullPage = (): StepPage =>
  step(
    'You are told of many places already',
    [
      `One address is told of ${mostPlaces} places at most. Stop one of them with the link in any of its mails, then press the button again.`,
    ],
    { links: [find] },
  );

export const gonePage = (): StepPage =>
  step(
    'This link does not work any more',
    [
      `A link to confirm works for ${unconfirmedDays} days. This one is too old, or the mails that it was for were stopped.`,
    ],
    { links: [another, find] },
  );

export const stopPage = (subscription: Subscription, action: string): StepPage =>
  step(
    `Stop the news near ${subscription.place.name}`,
    [
      `The button ends the mails about civic tech groups ${whereWords(subscription)}, and erases your address here.`,
    ],
    { button: { label: 'Stop these mails', action } },
  );

/** The same after the button, and for a link whose mails were ended before. */
export const stoppedPage = (): StepPage =>
  step(
    'These mails have ended',
    ['You get no more mails about this place, and your address is erased here.'],
    { links: [another, find] },
  );
