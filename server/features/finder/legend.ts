// The legend of the start page, which is its filter: what is chosen, how many there are of each, and the address of each choice.
import type { Directory } from '../../directory/directory.ts';
import { type CityFilter, filterCities } from '../../directory/filters.ts';
import { type Flag, flags, gapFlags } from '../../domain/words.ts';
import { paths, withQuery } from '../../paths.ts';
import { flagLabel, formatCount } from '../../web/format.ts';

export interface HomeFilter {
  readonly flag: readonly Flag[];
  /** Whether cities without a partner are shown too. */
  readonly all: boolean;
}

export const toCityFilter = ({ flag, all }: HomeFilter): CityFilter => ({
  flag,
  state: null,
  country: null,
  topic: null,
  q: null,
  since: null,
  includeNoPartner: all,
});

/** The address of a selection; `explicit` says `show` even where a page would leave it out (the API's default differs). */
export function homeQuery(path: string, { flag, all }: HomeFilter, explicit = false): string {
  return withQuery(path, {
    flag: flag.join(','),
    show: all ? 'all' : explicit ? 'partner' : null,
  });
}

export interface LegendView {
  readonly items: readonly {
    readonly flag: Flag;
    readonly label: string;
    readonly count: number;
    readonly href: string;
    readonly current: boolean;
  }[];
  readonly total: string;
  readonly reset: string | null;
}

/** Gaps first: they are what the map is for; then the ties. */
const legendOrder: readonly Flag[] = [
  ...gapFlags,
  ...flags.filter((flag) => !gapFlags.some((gap) => gap === flag)),
];

/** How many cities there are of each flag; flags without a city are left out. */
export function countFlags(directory: Directory, all: boolean): Map<Flag, number> {
  const counts = new Map<Flag, number>();
  for (const city of filterCities(directory, toCityFilter({ flag: [], all }))) {
    counts.set(city.flag, (counts.get(city.flag) ?? 0) + 1);
  }
  return counts;
}

/** A chosen flag's link takes it away, any other link adds its flag. */
export function toLegend(
  directory: Directory,
  counts: ReadonlyMap<Flag, number>,
  chosen: HomeFilter,
): LegendView {
  const shown = legendOrder.filter((flag) => counts.has(flag) || chosen.flag.includes(flag));
  return {
    items: shown.map((flag) => {
      const current = chosen.flag.includes(flag);
      const next = current
        ? chosen.flag.filter((other) => other !== flag)
        : legendOrder.filter((other) => other === flag || chosen.flag.includes(other));
      return {
        flag,
        label: flagLabel(flag),
        count: counts.get(flag) ?? 0,
        href: homeQuery(paths.home, { ...chosen, flag: next }),
        current,
      };
    }),
    total:
      directory.partnerCityCount === 0
        ? 'No partner cities yet'
        : formatCount(directory.partnerCityCount, 'partner city', 'partner cities'),
    reset: chosen.flag.length > 0 ? homeQuery(paths.home, { ...chosen, flag: [] }) : null,
  };
}
