// A step over one record: as it is before, and as it is after. Many of them make an import or a merge.
import type { City, Group, Partner } from './records.ts';

interface StepOf<Kind extends string, Whole> {
  readonly kind: Kind;
  readonly slug: string;
  /** Null where there is none yet. */
  readonly before: Whole | null;
  /** Null where it goes. */
  readonly after: Whole | null;
}

/** Records that name groups, beside the groups themselves. */
export const tieKinds = [
  'report',
  'verdict',
  'collaboration',
  'convening',
  'person',
  'introduction',
  'suggestion',
  'invitation',
  'outreach',
  'subscription',
] as const;
export type TieKind = (typeof tieKinds)[number];

/** The fields of a record that name groups, by their path (`draft.groups`), and nothing else of it. */
export type TieFields = Readonly<Record<string, unknown>>;

/** Such a record names another group: `slug` is what it is known by, else its identifier. It never comes or goes. */
export type TieStep = StepOf<TieKind, TieFields> & {
  readonly before: TieFields;
  readonly after: TieFields;
};

export type RecordStep =
  | StepOf<'city', City>
  | StepOf<'group', Group>
  | StepOf<'partner', Partner>
  | TieStep;
