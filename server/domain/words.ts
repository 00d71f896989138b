// The words of the directory: every closed list of values, and nothing else.
// Schemas, forms, filters and the API description take their values from these arrays.

/** How far a partner is involved with a civic tech group, strongest first. */
export const levels = ['leads', 'led', 'extensive', 'some', 'none', 'unaware'] as const;
export type Level = (typeof levels)[number];

/** The state of a city, in the order the rows are tried (see domain/flag.ts). */
export const flags = [
  'leads',
  'extensive',
  'some',
  'no-contact',
  'not-aware',
  'no-group',
  'dormant',
  'not-reported',
  'no-partner',
] as const;
export type Flag = (typeof flags)[number];

/** The flags that are gaps: a partner city where no working tie is known. */
export const gapFlags = ['no-contact', 'not-aware', 'no-group', 'dormant', 'not-reported'] as const;
export type GapFlag = (typeof gapFlags)[number];

export const partnerStatuses = ['current', 'former', 'unknown'] as const;
export type PartnerStatus = (typeof partnerStatuses)[number];

export const groupKinds = [
  'brigade',
  'open-data-group',
  'meetup',
  'civic-hacking-group',
  'other',
] as const;
export type GroupKind = (typeof groupKinds)[number];

/** What is known of a group being alive, best first. */
export const livenessStates = ['live', 'quiet', 'no-signal', 'closed'] as const;
export type LivenessState = (typeof livenessStates)[number];

/** The kinds of sign of life, strongest first. Standing in a list is not one. */
export const signKinds = [
  'next-event',
  'last-event',
  'confirmed',
  'last-post',
  'last-push',
  'website-answers',
] as const;
export type SignKind = (typeof signKinds)[number];

/** Where signs of life are looked for, each a source that can fail on its own. */
export const checkSources = [
  'calendar',
  'meetup',
  'events-page',
  'feed',
  'code',
  'website',
] as const;
export type CheckSource = (typeof checkSources)[number];

/** How asking a source ended. The first three tell that it could be read. */
export const checkOutcomes = [
  'signs',
  'nothing-new',
  'no-sign',
  'moved',
  'parked',
  'unreadable',
  'gone',
  'failed',
  'unreachable',
  'too-slow',
  'too-big',
  'refused',
  'disallowed',
  'later',
  'error',
] as const;
export type CheckOutcome = (typeof checkOutcomes)[number];

export const barriers = [
  'irregular-meetings',
  'no-leadership',
  'no-group',
  'no-time',
  'no-common-interest',
  'other',
] as const;
export type Barrier = (typeof barriers)[number];

/** What a partner gave to a group. */
export const gifts = [
  'data',
  'technical-help',
  'space',
  'event-participation',
  'staff-member',
] as const;
export type Gift = (typeof gifts)[number];

export const waveStates = ['draft', 'open', 'closed'] as const;
export type WaveState = (typeof waveStates)[number];

/** What a group's organizer says of a report about the group. */
export const verdicts = ['confirmed', 'disputed'] as const;
export type Verdict = (typeof verdicts)[number];

export const suggestionKinds = ['group', 'correction'] as const;
export type SuggestionKind = (typeof suggestionKinds)[number];
export const suggestionStates = ['new', 'accepted', 'declined'] as const;
export type SuggestionState = (typeof suggestionStates)[number];

/** How far staff have come with a city's gap. */
export const outreachStages = [
  'to-do',
  'asked',
  'introduced',
  'meeting',
  'working-together',
  'paused',
] as const;
export type OutreachStage = (typeof outreachStages)[number];

/** What staff note of their contacts with a city. */
export const contactKinds = ['call', 'mail', 'meeting', 'note'] as const;
export type ContactKind = (typeof contactKinds)[number];

/** What stands in an item's log: contacts, what staff changed, and what the directory told. */
export const outreachLogKinds = [...contactKinds, 'change', 'fact'] as const;
export type OutreachLogKind = (typeof outreachLogKinds)[number];

/** How long a gap has been open, as lists are filtered by it. */
export const gapAges = ['month', 'year', 'longer'] as const;
export type GapAge = (typeof gapAges)[number];

/** Where a report comes from: an answer to a wave, a report between waves, or a documented collaboration. */
export const reportOrigins = ['answer', 'between-waves', 'collaboration'] as const;
export type ReportOrigin = (typeof reportOrigins)[number];

/** Through which door a change came in. */
export const changeOrigins = ['seed', 'web', 'command-line', 'import', 'check', 'demo'] as const;
export type ChangeOrigin = (typeof changeOrigins)[number];

/** How a published list marks a group; `gone`: it was in the list, and is not in the one of that date. */
export const listingMarks = ['active', 'inactive', 'unknown', 'gone'] as const;
export type ListingMark = (typeof listingMarks)[number];

/** How a count of a wave's source is known. */
export const countBases = ['stated', 'inferred', 'computed'] as const;

export const collaborationStates = ['draft', 'published'] as const;

/** The kinds of record that make up the directory and are written by slug or appended. */
export const recordKinds = [
  'city',
  'partner',
  'group',
  'report',
  'wave',
  'collaboration',
  'convening',
] as const;
export type RecordKind = (typeof recordKinds)[number];

/** The kinds of record that the change log speaks of. */
export const loggedKinds = [...recordKinds, 'verdict', 'person', 'invitation'] as const;
export type LoggedKind = (typeof loggedKinds)[number];

/** What a step over many records is. */
export const batchKinds = ['import', 'merge'] as const;
export type BatchKind = (typeof batchKinds)[number];

/**
 * How far a step over many records is, such as an import. `planned`: nothing is written; `settling`: all is written,
 * and readers are about to be told.
 */
export const batchStates = [
  'planned',
  'applying',
  'settling',
  'done',
  'undoing',
  'undone',
] as const;
export type BatchState = (typeof batchStates)[number];

/** An uploaded list: being looked at, or on its way into the directory. */
export const uploadStates = ['open', 'accepted'] as const;
export type UploadState = (typeof uploadStates)[number];
