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

export type RecordStep = StepOf<'city', City> | StepOf<'group', Group> | StepOf<'partner', Partner>;
