// The start page: the question, the map, the legend that filters it, and the list of what is shown.
import type { CityEntry, Directory } from '../../directory/directory.ts';
import { type CityFilter, filterCities } from '../../directory/filters.ts';
import { type Flag, flags, gapFlags } from '../../domain/words.ts';
import { cityPath, groupPath, partnerPath, paths, withQuery } from '../../paths.ts';
import { cityLabel, flagLabel, formatCount, formatDistance } from '../../web/format.ts';
import type { MapView, PageSettings } from '../../web/map-view.ts';
import type { PageHead } from '../../web/render.ts';

export interface HomePage {
  readonly head: PageHead;
  readonly legend: LegendView;
  readonly map: MapView;
  /** "33 of 33 partner cities". */
  readonly count: string;
  readonly cities: readonly CityRow[];
  /** The link that adds or takes away the cities without a partner. */
  readonly others: { readonly label: string; readonly href: string } | null;
  readonly action: string;
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

export interface CityRow {
  readonly name: string;
  readonly href: string;
  readonly flag: Flag;
  readonly flagLabel: string;
  readonly partners: readonly { readonly name: string; readonly href: string }[];
  readonly nearest: {
    readonly name: string;
    readonly href: string;
    readonly distance: string;
  } | null;
}

/** Gaps first: they are what the map is for; then the ties. */
const legendOrder: readonly Flag[] = [
  ...gapFlags,
  ...flags.filter((flag) => !gapFlags.some((gap) => gap === flag)),
];

export function homePage(
  directory: Directory,
  filter: CityFilter,
  settings: PageSettings,
): HomePage {
  const chosen: HomeFilter = {
    flag: filter.flag,
    all: filter.includeNoPartner || filter.flag.includes('no-partner'),
  };
  const shown = filterCities(directory, toCityFilter(chosen));
  const counts = countFlags(directory, chosen.all);
  const selectable = [...counts.values()].reduce((sum, count) => sum + count, 0);
  return {
    head: homeHead(directory, chosen, settings.publicUrl),
    legend: toLegend(directory, counts, chosen),
    map: {
      label: 'Map of cities and civic tech groups',
      geojson: [
        { kind: 'cities', href: homeQuery(`${paths.api.cities}.geojson`, chosen, true) },
        { kind: 'groups', href: `${paths.api.groups}.geojson` },
      ],
      view: null,
      tiles: settings.tiles,
      skipTo: '#list',
      selected: null,
    },
    count:
      selectable === 0
        ? 'The directory holds no city yet'
        : `${shown.length} of ${formatCount(selectable, ...nounFor(chosen.all))}`,
    cities: shown.map(toRow),
    others: toOthers(directory, chosen),
    action: paths.find,
  };
}

interface HomeFilter {
  readonly flag: readonly Flag[];
  /** Whether cities without a partner are shown too. */
  readonly all: boolean;
}

const toCityFilter = ({ flag, all }: HomeFilter): CityFilter => ({
  flag,
  state: null,
  country: null,
  topic: null,
  q: null,
  includeNoPartner: all,
});

const nounFor = (all: boolean): [string, string] =>
  all ? ['city', 'cities'] : ['partner city', 'partner cities'];

/** The address of a selection; `explicit` says `show` even where a page would leave it out (the API's default differs). */
function homeQuery(path: string, { flag, all }: HomeFilter, explicit = false): string {
  return withQuery(path, {
    flag: flag.join(','),
    show: all ? 'all' : explicit ? 'partner' : null,
  });
}

function countFlags(directory: Directory, all: boolean): Map<Flag, number> {
  const counts = new Map<Flag, number>();
  for (const city of filterCities(directory, toCityFilter({ flag: [], all }))) {
    counts.set(city.flag, (counts.get(city.flag) ?? 0) + 1);
  }
  return counts;
}

function toLegend(
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

function toRow(city: CityEntry): CityRow {
  const { nearestGroup } = city;
  return {
    name: cityLabel(city),
    href: cityPath(city.slug),
    flag: city.flag,
    flagLabel: flagLabel(city.flag),
    partners: city.partners
      .filter((partner) => partner.status !== 'former')
      .map(({ name, slug }) => ({ name, href: partnerPath(slug) })),
    nearest: nearestGroup && {
      name: nearestGroup.group.name,
      href: groupPath(nearestGroup.group.slug),
      distance:
        nearestGroup.distanceMiles < 1
          ? 'in the city'
          : formatDistance(nearestGroup.distanceMiles, city.country),
    },
  };
}

function toOthers(directory: Directory, chosen: HomeFilter): HomePage['others'] {
  const others = directory.cities.filter((city) => city.flag === 'no-partner').length;
  if (others === 0) return null;
  return chosen.all
    ? {
        label: 'Show partner cities only',
        href: homeQuery(paths.home, {
          flag: chosen.flag.filter((flag) => flag !== 'no-partner'),
          all: false,
        }),
      }
    : {
        label: `Add ${formatCount(others, 'place', 'places')} with groups but no partner`,
        href: homeQuery(paths.home, { ...chosen, all: true }),
      };
}

function homeHead(directory: Directory, chosen: HomeFilter, publicUrl: string): PageHead {
  return {
    title: 'Find a civic tech group near you',
    description: `Type a place or a ZIP code and see the nearest civic tech groups, and how they work with the ${directory.partnerCityCount} cities that have a partner of the National Neighborhood Indicators Partnership.`,
    canonical: homeQuery(paths.home, chosen),
    section: null,
    structuredData: {
      '@type': 'WebSite',
      name: 'Crosswalk',
      url: `${publicUrl}${paths.home}`,
      potentialAction: {
        '@type': 'SearchAction',
        target: {
          '@type': 'EntryPoint',
          urlTemplate: `${publicUrl}${paths.find}?place={search_term_string}`,
        },
        'query-input': 'required name=search_term_string',
      },
    },
    alternates: [
      {
        type: 'application/geo+json',
        title: 'These cities as GeoJSON',
        href: homeQuery(`${paths.api.cities}.geojson`, chosen, true),
      },
      {
        type: 'text/csv',
        title: 'These cities as CSV',
        href: homeQuery(`${paths.api.cities}.csv`, chosen, true),
      },
    ],
    hasMap: true,
  };
}
