// Dates, distances, counts and the directory's own words as people read them.
// Nothing here decides anything: rules are in server/domain, this only says what they found.
import type { PartialDate } from '../domain/records.ts';
import type {
  Flag,
  GroupKind,
  Level,
  ListingMark,
  LivenessState,
  PartnerStatus,
  SignKind,
} from '../domain/words.ts';

const kilometresPerMile = 1.609344;

const monthNames = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

const wholeNumber = new Intl.NumberFormat('en-US');
const countryNames = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'code' });

/** `2026-03-12` → "12 March 2026", `2026-03` → "March 2026", `2026` → "2026"; anything else is given back. */
export function formatDate(date: PartialDate): string {
  const parts = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?/.exec(date);
  if (!parts) return date;
  const [, year, month, day] = parts;
  const monthName = month === undefined ? undefined : monthNames[Number(month) - 1];
  if (monthName === undefined) return year ?? date;
  return day === undefined ? `${monthName} ${year}` : `${Number(day)} ${monthName} ${year}`;
}

/** As formatDate without the day: the day on which a list was published tells nobody anything. */
const formatMonth = (date: PartialDate): string => formatDate(date.slice(0, 7));

/** Days since 1 January 1970 of a whole date. */
const dayNumber = (date: string): number =>
  Date.parse(`${date.slice(0, 10)}T00:00:00Z`) / 86_400_000;

const monthsOf = (date: string): number => Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7));

/** How long before today a date was, never finer than the date itself: "today", "3 weeks ago", "8 months ago". */
export function formatAge(date: PartialDate, today: string): string {
  if (date.length < 7) return yearsApart(Number(today.slice(0, 4)) - Number(date));
  if (date.length < 10) return monthsApart(monthsOf(today) - monthsOf(date));
  const days = dayNumber(today) - dayNumber(date);
  if (Math.abs(days) < 14) return daysApart(days);
  if (Math.abs(days) < 61) return apart(Math.round(days / 7), 'week', 'weeks');
  return monthsApart(Math.round(days / 30.44));
}

function daysApart(days: number): string {
  if (days === 0) return 'today';
  if (days === 1) return 'yesterday';
  if (days === -1) return 'tomorrow';
  return apart(days, 'day', 'days');
}

function monthsApart(months: number): string {
  if (months === 0) return 'this month';
  if (Math.abs(months) < 24) return apart(months, 'month', 'months');
  return yearsApart(Math.floor(Math.abs(months) / 12) * Math.sign(months));
}

function yearsApart(years: number): string {
  return years === 0 ? 'this year' : apart(years, 'year', 'years');
}

/** A positive number is in the past. */
function apart(number: number, one: string, many: string): string {
  const amount = formatCount(Math.abs(number), one, many);
  return number < 0 ? `in ${amount}` : `${amount} ago`;
}

/** One decimal under 10, whole above. */
const round = (distance: number): string =>
  distance < 9.95
    ? String(Math.round(distance * 10) / 10)
    : wholeNumber.format(Math.round(distance));

/** "4.2 miles", "34 miles", "1 mile"; very short distances are "less than 0.1 miles". */
export function formatMiles(miles: number): string {
  return formatLength(miles, 'mile', 'miles');
}

/** Miles in the United States, kilometres elsewhere; `country` is ISO 3166-1 alpha-2, '' counts as the United States. */
export function formatDistance(miles: number, country: string): string {
  return country === 'US' || country === ''
    ? formatMiles(miles)
    : formatLength(miles * kilometresPerMile, 'kilometre', 'kilometres');
}

function formatLength(length: number, one: string, many: string): string {
  if (length < 0.1) return `less than 0.1 ${many}`;
  const rounded = round(length);
  return `${rounded} ${rounded === '1' ? one : many}`;
}

/** "1 group", "1,204 groups", "no groups". */
export function formatCount(count: number, one: string, many: string): string {
  if (count === 0) return `no ${many}`;
  return `${wholeNumber.format(count)} ${count === 1 ? one : many}`;
}

const flagLabels: Readonly<Record<Flag, string>> = {
  leads: 'Leads or has led a group',
  extensive: 'Works closely with a group',
  some: 'Some contact',
  'no-contact': 'No contact',
  'not-aware': 'Knows of no group',
  'no-group': 'No group in reach',
  dormant: 'Groups look asleep',
  'not-reported': 'Not reported yet',
  'no-partner': 'No NNIP partner',
};

export const flagLabel = (flag: Flag): string => flagLabels[flag];

const flagSentences: Readonly<Record<Flag, string>> = {
  leads: 'The partner here leads, or has led, a civic tech group.',
  extensive: 'The partner here works closely with a civic tech group.',
  some: 'The partner here has some contact with a civic tech group.',
  'no-contact': 'The partner here has no contact with a civic tech group.',
  'not-aware': 'The partner here told us that it knows of no civic tech group nearby.',
  'no-group': 'No civic tech group is known within reach of the partner here.',
  dormant:
    'Every civic tech group within reach has been quiet for more than a year, or is marked inactive.',
  'not-reported':
    'There is a civic tech group within reach. The partner has not told us yet how they work together.',
  'no-partner': 'There is a civic tech group here, and no NNIP partner.',
};

/** What the flag of a city means, as a sentence. */
export const flagSentence = (city: { readonly flag: Flag }): string => flagSentences[city.flag];

const levelLabels: Readonly<Record<Level, string>> = {
  leads: 'Leads a group',
  led: 'Has led a group',
  extensive: 'Works closely with a group',
  some: 'Has some contact',
  none: 'Has no contact',
  unaware: 'Knows of no group',
};

export const levelLabel = (level: Level): string => levelLabels[level];

const groupKindLabels: Readonly<Record<GroupKind, string>> = {
  brigade: 'Code for America Brigade',
  'open-data-group': 'Open data group',
  meetup: 'Meetup',
  'civic-hacking-group': 'Civic hacking group',
  other: 'Civic tech group',
};

export const groupKindLabel = (kind: GroupKind): string => groupKindLabels[kind];

const partnerStatusLabels: Readonly<Record<PartnerStatus, string>> = {
  current: 'Current partner',
  former: 'Former partner',
  unknown: 'Present status not known',
};

export const partnerStatusLabel = (status: PartnerStatus): string => partnerStatusLabels[status];

const livenessLabels: Readonly<Record<LivenessState, string>> = {
  live: 'Live',
  quiet: 'Quiet',
  'no-signal': 'No sign yet',
  closed: 'Closed',
};

export const livenessLabel = (state: LivenessState): string => livenessLabels[state];

/** What livenessText needs to know of a group. */
export interface LivenessFacts {
  readonly liveness: {
    readonly state: LivenessState;
    readonly sign: { readonly kind: SignKind; readonly date: PartialDate } | null;
  };
  readonly listing: {
    readonly date: PartialDate;
    readonly mark: ListingMark;
  } | null;
  readonly closed: { readonly date: PartialDate; readonly reason: string } | null;
  /** The last day on which its sources were asked; null or absent where they never were. */
  readonly checkedOn?: string | null;
}

/** What is known of a group being alive: "met 3 weeks ago", "no sign since March 2023", "listed, February 2023, not checked since". */
export function livenessText(group: LivenessFacts, today: string): string {
  const { state, sign } = group.liveness;
  if (group.closed && state === 'closed') return closedText(group.closed);
  if (state === 'live' && sign) return signText(sign, today);
  if (group.listing?.mark === 'inactive') {
    return `marked inactive in its list, ${formatMonth(group.listing.date)}`;
  }
  if (sign) return `no sign since ${formatDate(sign.date)}`;
  if (group.listing?.mark === 'gone') {
    return `no longer in its list, ${formatMonth(group.listing.date)}`;
  }
  const checked = group.checkedOn
    ? `no sign of life when checked on ${formatDate(group.checkedOn)}`
    : null;
  return group.listing
    ? `listed, ${formatMonth(group.listing.date)}, ${checked ?? 'not checked since'}`
    : (checked ?? 'nothing known yet');
}

/** "closed 3 March 2026: two requests to confirm went unanswered". */
function closedText(closed: NonNullable<LivenessFacts['closed']>): string {
  const reason = closed.reason.trim().replace(/\.$/, '');
  return `closed ${formatDate(closed.date)}${reason === '' ? '' : `: ${reason}`}`;
}

function signText(sign: { kind: SignKind; date: PartialDate }, today: string): string {
  const age = formatAge(sign.date, today);
  if (sign.kind === 'next-event') {
    // A day, a month or a year that is not over: the meeting still lies ahead.
    return sign.date >= today.slice(0, sign.date.length)
      ? `next meeting ${formatDate(sign.date)}`
      : `announced a meeting for ${formatDate(sign.date)}`;
  }
  if (sign.kind === 'last-event') return `met ${age}`;
  if (sign.kind === 'confirmed') return `confirmed by a person ${age}`;
  if (sign.kind === 'last-post') return `posted news ${age}`;
  if (sign.kind === 'last-push') return `published code ${age}`;
  return `website changed ${age}`;
}

/** "Canada" for CA; the code itself where it names no country. */
export function countryLabel(country: string): string {
  try {
    return countryNames.of(country) ?? country;
  } catch {
    return country;
  }
}

/** "Pittsburgh, PA" in the United States, "Toronto, Canada" elsewhere. */
export function cityLabel(city: {
  readonly name: string;
  readonly state: string;
  readonly country: string;
}): string {
  if (city.country === 'US') return city.state === '' ? city.name : `${city.name}, ${city.state}`;
  return `${city.name}, ${countryLabel(city.country)}`;
}
