// What a preview holds: plain data, so that it can be shown, kept, and decided upon.
import type { Group, PartialDate, Partner, Point } from '../domain/records.ts';
import type { DoubtField, EntryKind, SuspicionKind } from './words.ts';

/** A list as people know it, and the day it is of. */
export interface ListName {
  readonly name: string;
  readonly date: PartialDate;
}

/** A city as a row names it; whether the directory has it is settled when it is written. */
export interface NamedPlace extends Point {
  readonly name: string;
  /** Two letters in the United States, else ''. */
  readonly state: string;
  readonly country: string;
}

export interface Suspicion {
  readonly kind: SuspicionKind;
  /** Whose value is doubtful; null where the doubt is about the row as a whole, and its values stand. */
  readonly field: DoubtField | null;
  /** The reason, a whole sentence with what was found. */
  readonly says: string;
  readonly proposal: Proposal | null;
}

/** What may stand in place of the doubtful value. */
export interface Proposal {
  readonly words: string;
  readonly value: string | Point | NamedPlace;
}

/** A group as a row tells of it, what is doubtful kept apart. */
export interface ListedGroup {
  readonly name: string;
  /** Null where the row names no city that is known. */
  readonly place: NamedPlace | null;
  /** State and country where no city is known; '' where they are not known either. */
  readonly state: string;
  readonly country: string;
  readonly point: Point | null;
  /** Null: the row says there is none. Undefined: the list does not speak of it. */
  readonly website: string | null | undefined;
  readonly eventsUrl: string | null | undefined;
  readonly codeUrl: string | null | undefined;
  readonly feedUrl: string | null | undefined;
  readonly founded: PartialDate | undefined;
  readonly tags: readonly string[] | undefined;
  readonly topics: readonly string[] | undefined;
  readonly previousNames: readonly string[];
  readonly contact: string;
  /** The row's own place or point is left out as doubtful: an existing record keeps its own. */
  readonly isPlaceDoubtful: boolean;
  readonly isPointDoubtful: boolean;
}

/** One field of a record that the row would change. */
export interface FieldDifference {
  readonly field: keyof Group | keyof Partner;
  readonly before: unknown;
  readonly after: unknown;
  /** Why our value stays unless somebody says otherwise; null where the list's is taken. */
  readonly keeps: 'confirmed' | 'verified' | 'newer' | null;
}

export interface Entry {
  /** The row's line; 0 for a record that is gone from the list. */
  readonly line: number;
  readonly kind: EntryKind;
  readonly name: string;
  /** The record that the row is taken for, or that is gone; null for a new one. */
  readonly slug: string | null;
  /** What would be written if the row is taken as it is. Empty for what is new. */
  readonly differences: readonly FieldDifference[];
  readonly suspicions: readonly Suspicion[];
  /**
   * Slugs of other records that may be the same group: of one that is known, those that other rows are taken for; left out
   * where there is none.
   */
  readonly alike?: readonly string[];
  /** Why nothing can come of it; '' else. */
  readonly leftOutBecause: string;
}
