// The cities as maps draw them, in few bytes: what the API's GeoJSON says of them to others, a map reads from their pages.
import type { Directory } from '../../directory/directory.ts';
import { type CityFilter, filterCities } from '../../directory/filters.ts';
import { paths, withQuery } from '../../paths.ts';
import { cityLabel } from '../../web/format.ts';

/** "Tulsa, OK", slug, flag, how many groups are in reach, latitude, longitude. */
type ListedCity = readonly [
  name: string,
  slug: string,
  flag: string,
  groups: number,
  lat: number,
  lng: number,
];

/** The cities of a filter, in the order of their list. */
export function citiesForMap(directory: Directory, filter: CityFilter): string {
  const cities = filterCities(directory, filter).map((city): ListedCity => {
    const { slug, flag, countInReach, lat, lng } = city;
    return [cityLabel(city), slug, flag, countInReach, lat, lng];
  });
  return JSON.stringify({ cities });
}

/** The one address of the cities of a filter that pages of many visitors draw. */
export const citiesForMapPath = ({ flag, includeNoPartner }: CityFilter): string =>
  withQuery(paths.mapCities, {
    flag: flag.join(','),
    show: includeNoPartner ? 'all' : 'partner',
  });
