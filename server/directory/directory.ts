// What the read side answers: the types of one immutable snapshot of the directory.
// It is made by build-directory.ts and held by current-directory.ts; pages and the API read nothing else.
import type { CityFlags } from '../domain/gap-changes.ts';
import type { GapSince } from '../domain/gap-since.ts';
import type {
  City,
  Collaboration,
  Convening,
  FrozenWave,
  Group,
  GroupCheck,
  PartialDate,
  Partner,
  Point,
  Report,
  ReportVerdict,
  Sign,
  Timestamp,
  Wave,
} from '../domain/records.ts';
import type { Flag, Level, LivenessState } from '../domain/words.ts';

export interface GroupInReach {
  readonly group: GroupEntry;
  /** Great-circle distance, miles, not rounded. */
  readonly distanceMiles: number;
}

export interface LastKnownTie {
  readonly level: Level;
  readonly date: PartialDate;
  /** Slug of the report or collaboration it comes from, null where unknown. */
  readonly collaboration: string | null;
}

export interface GroupEntry extends Group {
  readonly liveness: {
    readonly state: LivenessState;
    /** The newest sign that counts, null where there is none. */
    readonly sign: Sign | null;
  };
  /** How asking each of its sources for signs of life ended the last time. */
  readonly checks: readonly GroupCheck[];
  /** The last day on which one of them was asked, null where none ever was. */
  readonly checkedOn: string | null;
  /** The day for which its liveness was worked out. */
  readonly asOf: string;
  /** The record of its city: where a group is says nothing of the city's flag. */
  readonly cityEntry: City | null;
  /** Slugs of the partners (not former) that have it in reach, nearest first. */
  readonly partnersInReach: readonly string[];
}

export interface PartnerEntry extends Partner {
  readonly cityEntry: CityEntry;
  /** Its own reach or the default, miles. */
  readonly effectiveReachMiles: number;
  /** Its own flag; null for a former partner. */
  readonly flag: Flag | null;
  /** Its newest fresh level, or null. */
  readonly level: Level | null;
  /** The newest report, fresh or not, or null. */
  readonly lastReport: Report | null;
  /** While no report is fresh: the newest one there was, of several on one date the strongest. Else null. */
  readonly lastKnown: LastKnownTie | null;
  /** Groups in reach that are not closed, nearest first; ties by name, then slug. */
  readonly groupsInReach: readonly GroupInReach[];
}

export interface CityEntry extends City {
  readonly flag: Flag;
  readonly isGap: boolean;
  /** Since when it has its gap, as far as known; null where there is none. */
  readonly gapSince: GapSince | null;
  readonly isPartnerCity: boolean;
  /** The strongest fresh level among its partners that are not former, or null. */
  readonly level: Level | null;
  /** As for a partner, over all its partners, former ones too. */
  readonly lastKnown: LastKnownTie | null;
  /** Every partner of the city, former ones too, in name order. */
  readonly partners: readonly PartnerEntry[];
  /** Groups that stand in the city itself, closed ones too, in name order. */
  readonly groupsHere: readonly GroupEntry[];
  /** Not closed groups in reach of one of its partners (without a partner: within the default reach of its centre), nearest first. */
  readonly groupsInReach: readonly GroupInReach[];
  /** How many these are, and the first 25: without making the whole list, which may be of thousands. */
  readonly countInReach: number;
  readonly nearestInReach: readonly GroupInReach[];
  /** The nearest live group wherever it is, measured as groupsInReach is; else the nearest one not closed; null where there is none. */
  readonly nearestGroup: GroupInReach | null;
  readonly collaborations: readonly Collaboration[];
  readonly convenings: readonly Convening[];
}

/** What one wave was answered, partner by partner; nothing where only its totals are known. */
export interface WaveResponses {
  /** Slugs of the partners it asked; one that answered counts as asked. */
  readonly asked: readonly string[];
  /** The answer that counts of each partner that answered: its newest one. In slug order. */
  readonly final: ReadonlyMap<string, Report>;
  /** The answer that each of them gave first; the same report where it never changed. */
  readonly first: ReadonlyMap<string, Report>;
}

export interface NearestQuery {
  readonly withinMiles: number;
  /** At most this many; absent means all. */
  readonly limit?: number;
  readonly matching?: (group: GroupEntry) => boolean;
}

export interface Directory {
  readonly revision: number;
  readonly madeAt: Timestamp;
  /** The day the rules were applied for, `2026-11-22`. */
  readonly today: string;
  /** True where answers and groups are invented: every page and export says so. */
  readonly sampleData: boolean;
  /** In name order, then state, then country. */
  readonly cities: readonly CityEntry[];
  readonly partners: readonly PartnerEntry[];
  readonly groups: readonly GroupEntry[];
  /** Published ones only, the latest ending first. */
  readonly collaborations: readonly Collaboration[];
  /** Newest first. */
  readonly convenings: readonly Convening[];
  /** Newest first; drafts are left out. */
  readonly waves: readonly Wave[];
  /** Partner cities per flag (so `no-partner` is 0); the values add up to partnerCityCount. */
  readonly flagCounts: Readonly<Record<Flag, number>>;
  readonly partnerCityCount: number;
  findCity(slug: string): CityEntry | undefined;
  findPartner(slug: string): PartnerEntry | undefined;
  /** By the slug of a record that was merged into it, too. */
  findGroup(slug: string): GroupEntry | undefined;
  findCollaboration(slug: string): Collaboration | undefined;
  findConvening(slug: string): Convening | undefined;
  findWave(slug: string): Wave | undefined;
  /** Reports of one partner, newest first. */
  reportsOf(partner: string): readonly Report[];
  /** Every report of one wave. */
  reportsIn(wave: string): readonly Report[];
  /** Reports that name a group, newest first; of several answers to one wave the one that counts. */
  reportsAbout(group: string): readonly Report[];
  /** What groups said of a report, oldest first. */
  verdictsOn(reportId: string): readonly ReportVerdict[];
  /** What the closing of a wave froze. */
  frozenWave(slug: string): FrozenWave | undefined;
  /** Empty for a wave that nobody answered, and for one that is not there. */
  answersIn(wave: string): WaveResponses;
  /** The newest earlier wave that is closed and has answers of its own, so that answers can be compared. */
  waveBefore(slug: string): Wave | undefined;
  /** The flag of each partner city on that day, from what was dated by then; from today on, the flags of now. */
  flagsAt(day: string): CityFlags;
  /** Groups (not closed) nearest first; ties by name, then slug. */
  nearestGroups(point: Point, query: NearestQuery): readonly GroupInReach[];
  /** How many groups (not closed) nearestGroups would give without a limit. */
  countGroups(point: Point, withinMiles: number): number;
  /** The groups whose name, old names, city or topics fit the words, best first; near spellings fit too. */
  searchGroups(words: string): readonly GroupEntry[];
}

/** Holds the snapshot that requests are answered from; replaced whole, never changed. */
export interface CurrentDirectory {
  current(): Directory;
  /** Reads the store again and replaces the snapshot; resolves when the new one is served. */
  refresh(): Promise<Directory>;
  /** How long building the one that is served took, milliseconds. */
  lastBuildMs(): number;
  /** Calls back after each replacement; returns a function that stops it. */
  onChange(listener: (directory: Directory) => void): () => void;
  close(): Promise<void>;
}
