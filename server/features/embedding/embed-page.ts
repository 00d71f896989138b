// The map that other sites show in a frame, with the same places as a list below it. It links to the full page.
import type { CityEntry, Directory } from '../../directory/directory.ts';
import { filterCities } from '../../directory/filters.ts';
import type { Flag } from '../../domain/words.ts';
import { cityPath, groupPath, paths, withQuery } from '../../paths.ts';
import type { EmbedSize } from '../../web/embed-frame.ts';
import {
  cityLabel,
  flagLabel,
  formatCount,
  formatDate,
  formatDistance,
  livenessText,
} from '../../web/format.ts';
import {
  drawnCities,
  drawnGroups,
  flagKey,
  type MapView,
  type PageSettings,
} from '../../web/map-view.ts';
import { stateLabel } from '../../web/place-words.ts';
import type { EmbedQuery } from './query.ts';

export interface EmbedPage {
  readonly title: string;
  readonly size: EmbedSize;
  /** The page of this site that shows the same, absolute. */
  readonly fullPage: string;
  readonly publicUrl: string;
  readonly map: MapView;
  readonly list: {
    readonly title: string;
    /** Said where there is nothing to list. */
    readonly none: string;
    readonly rows: readonly EmbedRow[];
  };
  readonly asOf: string;
  readonly sampleData: boolean;
}

export interface EmbedRow {
  readonly name: string;
  readonly href: string;
  readonly flag: { readonly flag: Flag; readonly label: string } | null;
  readonly about: string;
}

/** Longer lists are for the full page. */
const mostRows = 200;

export function embedPage(
  directory: Directory,
  query: EmbedQuery,
  settings: PageSettings,
): EmbedPage {
  const city = query.city === null ? undefined : directory.findCity(query.city);
  const shown = city ? aroundCity(directory, city) : cityList(directory, query);
  return {
    size: query.size,
    publicUrl: settings.publicUrl,
    asOf: formatDate(directory.today),
    sampleData: directory.sampleData,
    title: shown.title,
    fullPage: settings.publicUrl + shown.fullPath,
    list: shown.list,
    map: {
      label: shown.title,
      geojson: shown.geojson,
      view: city ? { lat: city.lat, lng: city.lng, zoom: 8 } : null,
      tiles: settings.tiles,
      skipTo: '#list',
      selected: city?.slug ?? null,
      asked: null,
      key: flagKey,
    },
  };
}

interface Shown {
  readonly title: string;
  readonly fullPath: string;
  readonly geojson: MapView['geojson'];
  readonly list: EmbedPage['list'];
}

function aroundCity(directory: Directory, city: CityEntry): Shown {
  const rows = city.groupsInReach.slice(0, mostRows).map(({ group, distanceMiles }) => ({
    name: group.name,
    href: groupPath(group.slug),
    flag: null,
    about: `${formatDistance(distanceMiles, city.country)} away, ${livenessText(group, directory.today)}`,
  }));
  return {
    title: `Civic tech near ${cityLabel(city)}`,
    fullPath: cityPath(city.slug),
    geojson: [drawnCities({ show: city.isPartnerCity ? 'partner' : 'all' }), drawnGroups],
    list: {
      title: formatCount(city.countInReach, 'civic tech group', 'civic tech groups'),
      none: 'No civic tech group is known in reach of this city.',
      rows,
    },
  };
}

function cityList(directory: Directory, { filter }: EmbedQuery): Shown {
  const cities = filterCities(directory, filter);
  const chosen = { flag: filter.flag.join(','), state: filter.state };
  return {
    title: titleOf(filter),
    fullPath: withQuery(paths.home, chosen),
    geojson: [drawnCities({ ...chosen, show: 'partner' }), drawnGroups],
    list: {
      title: formatCount(cities.length, 'city', 'cities'),
      none: 'No city fits.',
      rows: cities.slice(0, mostRows).map((city) => ({
        name: cityLabel(city),
        href: cityPath(city.slug),
        flag: { flag: city.flag, label: flagLabel(city.flag) },
        about: `${formatCount(city.countInReach, 'group', 'groups')} in reach`,
      })),
    },
  };
}

/** "Neighborhood data and civic tech in Ohio: No group in reach". */
function titleOf({ state, flag }: EmbedQuery['filter']): string {
  const where = state === null ? '' : ` in ${stateLabel(state)}`;
  const which = flag.length === 0 ? '' : `: ${flag.map(flagLabel).join(', ')}`;
  return `Neighborhood data and civic tech${where}${which}`;
}
