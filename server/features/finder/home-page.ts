// The start page: the question, the map, the legend that filters it, and the list of what is shown.
import type { CityEntry, Directory } from '../../directory/directory.ts';
import { type CityFilter, filterCities } from '../../directory/filters.ts';
import type { Flag } from '../../domain/words.ts';
import { cityPath, groupPath, partnerPath, paths } from '../../paths.ts';
import { cityLabel, flagLabel, formatCount, formatDistance } from '../../web/format.ts';
import {
  drawnCities,
  drawnGroups,
  flagKey,
  type MapView,
  type PageSettings,
} from '../../web/map-view.ts';
import type { PageHead } from '../../web/render.ts';
import {
  countFlags,
  type HomeFilter,
  homeQuery,
  type LegendView,
  toCityFilter,
  toLegend,
} from './legend.ts';

export interface HomePage {
  readonly head: PageHead;
  readonly legend: LegendView;
  readonly map: MapView;
  /** "33 of 33 partner cities". */
  readonly count: string;
  readonly cities: readonly CityRow[];
  /** The full list, where this one leaves cities out. */
  readonly more: { readonly label: string; readonly href: string } | null;
  /** The link that adds or takes away the cities without a partner. */
  readonly others: { readonly label: string; readonly href: string } | null;
  readonly action: string;
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

/** Beside a map nobody reads further; the full list has pages. */
const mostRows = 60;

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
        drawnCities({ flag: chosen.flag.join(','), show: chosen.all ? 'all' : 'partner' }),
        drawnGroups,
      ],
      view: null,
      tiles: settings.tiles,
      skipTo: '#list',
      selected: null,
      asked: null,
      key: flagKey,
    },
    count:
      selectable === 0
        ? 'The directory holds no city yet'
        : `${shown.length} of ${formatCount(selectable, ...nounFor(chosen.all))}`,
    cities: shown.slice(0, mostRows).map(toRow),
    more:
      shown.length > mostRows
        ? {
            label: `See all ${formatCount(shown.length, ...nounFor(chosen.all))} in the full list`,
            href: homeQuery(paths.cities, chosen),
          }
        : null,
    others: toOthers(directory, chosen),
    action: paths.find,
  };
}

const nounFor = (all: boolean): [string, string] =>
  all ? ['city', 'cities'] : ['partner city', 'partner cities'];

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
  };
}
