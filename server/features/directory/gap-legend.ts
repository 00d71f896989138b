// The causes of the gaps with their counts, each a link that filters by it; beside the map they are its legend.
import type { CityEntry } from '../../directory/directory.ts';
import { type GapFlag, gapFlags } from '../../domain/words.ts';
import { paths, withQuery } from '../../paths.ts';
import { flagLabel, formatCount } from '../../web/format.ts';
import type { FilterValues } from '../../web/list.ts';

/** What views/components/legend.ejs prints. */
export interface GapLegend {
  readonly items: readonly {
    readonly flag: GapFlag;
    readonly label: string;
    readonly count: number;
    readonly href: string;
    readonly current: boolean;
  }[];
  readonly total: string;
  readonly reset: string | null;
}

/** Counts every gap, whatever is filtered; a chosen cause links back to all. */
export function toGapLegend(gaps: readonly CityEntry[], values: FilterValues): GapLegend {
  const chosen = (values['flag'] ?? '').split(',');
  const linkTo = (flag: string): string => withQuery(paths.gaps, { ...values, flag });
  return {
    items: gapFlags.flatMap((flag) => {
      const count = gaps.filter((city) => city.flag === flag).length;
      const current = chosen.includes(flag);
      if (count === 0 && !current) return [];
      return [{ flag, label: flagLabel(flag), count, href: linkTo(current ? '' : flag), current }];
    }),
    total: formatCount(gaps.length, 'gap', 'gaps'),
    reset: values['flag'] ? linkTo('') : null,
  };
}
