// The records of the directory as the rules see them: plain, readonly, without anything of the store.
// Coordinates are { lat, lng } in degrees (WGS 84) here; only GeoJSON and models/ turn them round.
import type {
  Barrier,
  ChangeOrigin,
  CheckOutcome,
  CheckSource,
  Gift,
  GroupKind,
  Level,
  ListingMark,
  PartnerStatus,
  ReportOrigin,
  SignKind,
  Verdict,
  WaveState,
} from './words.ts';

/** A day or a shorter date, ISO 8601: `2026-03-12`, `2026-03` or `2026`. */
export type PartialDate = string;

/** A moment, ISO 8601 with time zone: `2026-03-12T18:30:00.000Z`. */
export type Timestamp = string;

export interface Point {
  readonly lat: number;
  readonly lng: number;
}

/** Where a record's facts come from, and whether somebody has checked them. */
export interface Source {
  readonly note: string;
  readonly url: string | null;
  readonly date: PartialDate | null;
  readonly verified: boolean;
}

export interface City extends Point {
  /** `pittsburgh-pa` in the United States, `toronto-canada` elsewhere. */
  readonly slug: string;
  readonly name: string;
  /** Two-letter state or territory in the United States, else ''. */
  readonly state: string;
  /** ISO 3166-1 alpha-2, upper case. */
  readonly country: string;
}

export interface Partner extends Point {
  readonly slug: string;
  readonly name: string;
  readonly hostInstitution: string;
  /** Slug of its city. */
  readonly city: string;
  readonly metro: string;
  /** Its own reach in miles; null means the setting REACH_MILES. */
  readonly reachMiles: number | null;
  readonly website: string | null;
  readonly topics: readonly string[];
  readonly offers: readonly string[];
  readonly status: PartnerStatus;
  /** When it joined the network, as the source words it: `1996`, `2003-2005`. */
  readonly since: string | null;
  /** Private. */
  readonly contacts: readonly string[];
  readonly source: Source;
  /** When the directory first had it. */
  readonly createdAt: Timestamp;
  readonly updatedAt: Timestamp;
}

/** One dated sign that a group is alive. */
export interface Sign {
  readonly kind: SignKind;
  readonly date: PartialDate;
  /** Who or what said so, in words: "its calendar", "its GitHub organization". */
  readonly source: string;
  readonly url: string | null;
}

/** What a published list said of a group; not a sign of life. */
export interface Listing {
  readonly list: string;
  readonly date: PartialDate;
  /** `active` and `inactive` as the list marks it, `unknown` where it does not say, `gone` where it no longer has it. */
  readonly mark: ListingMark;
}

export interface Group extends Point {
  readonly slug: string;
  readonly name: string;
  readonly kind: GroupKind;
  /** Slug of its city; null for a group of a whole state or country. */
  readonly city: string | null;
  readonly state: string;
  readonly country: string;
  readonly website: string | null;
  readonly eventsUrl: string | null;
  readonly codeUrl: string | null;
  /** The group's own news, as a feed: the Brigade list's `rss`. */
  readonly feedUrl: string | null;
  readonly topics: readonly string[];
  readonly needs: readonly string[];
  readonly previousNames: readonly string[];
  /** Slugs of the records that were merged into this one: their addresses lead here. */
  readonly previousSlugs: readonly string[];
  /** The words that a published list files it under: the Brigade list's `tags`, or its older `type`; `Official` is one. */
  readonly tags: readonly string[];
  readonly founded: PartialDate | null;
  readonly listing: Listing | null;
  readonly signs: readonly Sign[];
  readonly closed: { readonly date: PartialDate; readonly reason: string } | null;
  /** Private. */
  readonly contacts: readonly string[];
  readonly source: Source;
  readonly updatedAt: Timestamp;
}

/** How asking one source of a group for signs of life ended the last time; public. */
export interface GroupCheck {
  /** Slug of the group. */
  readonly group: string;
  readonly source: CheckSource;
  readonly address: string;
  readonly outcome: CheckOutcome;
  /** Why it could not be read, after a colon: "it answered 404"; '' where nothing is to be said. */
  readonly words: string;
  readonly checkedAt: Timestamp;
  /** Since when it cannot be read; null while it can. */
  readonly failingSince: Timestamp | null;
}

/** One dated statement of a level. Reports are appended, never overwritten. */
export interface Report {
  readonly id: string;
  readonly partner: string;
  readonly level: Level;
  readonly date: PartialDate;
  /** Slugs of the groups it is about. */
  readonly groups: readonly string[];
  /** Slug of the wave it answers, or null. */
  readonly wave: string | null;
  readonly origin: ReportOrigin;
  /** Slug of the collaboration it is derived from, or null. */
  readonly collaboration: string | null;
  readonly gave: readonly Gift[];
  /** Private, by partner. */
  readonly barriers: readonly Barrier[];
  readonly wantsTies: boolean | null;
  readonly publicNote: string;
  /** Private. */
  readonly internalNote: string;
  /** Private: who filed it. */
  readonly by: string | null;
  readonly createdAt: Timestamp;
}

/** A count that a wave's source gives: `inferred` ones must say so wherever they are shown. */
export interface AggregateCount {
  readonly key: string;
  readonly label: string;
  readonly count: number;
  readonly basis: 'stated' | 'inferred' | 'computed';
  /** The source's own wording, or the keys that it adds up. */
  readonly stated: string;
}

/** A wave known only by its totals, such as the survey of July 2014. */
export interface WaveAggregate {
  readonly respondents: number;
  readonly method: string;
  readonly levels: readonly AggregateCount[];
  readonly combined: readonly AggregateCount[];
  readonly alsoStated: readonly string[];
  readonly notes: readonly string[];
}

export interface Wave {
  /** `2014-07`. */
  readonly slug: string;
  readonly name: string;
  readonly state: WaveState;
  readonly opens: PartialDate;
  readonly closes: PartialDate;
  readonly introduction: string;
  /** Slugs of the partners it asked; none while it is a draft, and none where only totals are known. */
  readonly asked: readonly string[];
  readonly aggregate: WaveAggregate | null;
  readonly source: Source;
}

/** What a group's organizer says of a report about the group; appended, the newest one counts. */
export interface ReportVerdict {
  readonly id: string;
  /** Identifier of the report. */
  readonly report: string;
  /** Slug of the group. */
  readonly group: string;
  readonly verdict: Verdict;
  readonly note: string;
  /** Private: who said so. */
  readonly by: string | null;
  readonly createdAt: Timestamp;
}

/** What a wave's closing froze: the same bytes for ever, whatever is edited, renamed or merged later. */
export interface FrozenWave {
  /** Slug of the wave. */
  readonly wave: string;
  readonly at: Timestamp;
  /** The export as JSON text, and as CSV text. Public fields only. */
  readonly json: string;
  readonly csv: string;
}

/** A documented example of a partner and a group working together. */
export interface Collaboration {
  readonly slug: string;
  readonly title: string;
  readonly city: string;
  /** Slug of the partner, or null where only a name is known. */
  readonly partner: string | null;
  readonly partnerName: string;
  /** Slug of the group, or null where only a name is known. */
  readonly group: string | null;
  readonly groupName: string;
  readonly from: PartialDate;
  readonly to: PartialDate;
  readonly summary: string;
  readonly link: string | null;
  readonly state: 'draft' | 'published';
  readonly source: Source;
  readonly updatedAt: Timestamp;
}

/** An event where partners and groups can meet. */
export interface Convening {
  readonly slug: string;
  readonly name: string;
  readonly kind: string;
  readonly start: PartialDate;
  readonly end: PartialDate | null;
  /** Slug of its city where the directory has it. */
  readonly city: string | null;
  /** "Arlington, VA"; '' where it happened in many cities or online. */
  readonly place: string;
  readonly website: string | null;
  readonly partners: readonly string[];
  readonly groups: readonly string[];
  readonly source: Source;
  readonly updatedAt: Timestamp;
}

/** Who changed which field of what, when, from where. */
export interface Change {
  readonly id: string;
  readonly at: Timestamp;
  /** A person's identifier, or null for the program itself. */
  readonly by: string | null;
  readonly origin: ChangeOrigin;
  readonly record: string;
  readonly slug: string;
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
  /** Ties the changes of one step together, so that it can be undone as one. */
  readonly batch: string;
}

/** Everything the read side is built from. */
export interface DirectoryRecords {
  /** Goes up by one with every write. */
  readonly revision: number;
  /** True where answers and groups are invented, so that everything can be tried. */
  readonly sampleData: boolean;
  readonly cities: readonly City[];
  readonly partners: readonly Partner[];
  readonly groups: readonly Group[];
  /** Of each source of each group the last one. */
  readonly checks: readonly GroupCheck[];
  readonly reports: readonly Report[];
  readonly verdicts: readonly ReportVerdict[];
  readonly waves: readonly Wave[];
  readonly frozenWaves: readonly FrozenWave[];
  readonly collaborations: readonly Collaboration[];
  readonly convenings: readonly Convening[];
}
