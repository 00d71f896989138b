// The directory's cities and those that an import would add: one slug for each place that rows name.
import { fold } from '../../domain/fold.ts';
import type { City } from '../../domain/records.ts';
import { freeSlug } from '../../domain/slug.ts';
import { cityLabel, countryLabel } from '../../web/format.ts';
import type { NamedPlace } from '../preview.ts';

export interface CityBook {
  /** The city of the directory, or the one that it would get. */
  cityOf(place: NamedPlace): City;
  /** One that an import would add. */
  findNew(slug: string): City | undefined;
}

export function keepCities(cities: readonly City[]): CityBook {
  const byLabel = new Map(cities.map((city) => [fold(cityLabel(city)), city]));
  const slugs = new Set(cities.map(({ slug }) => slug));
  const added = new Map<string, City>();
  return {
    cityOf(place) {
      const label = fold(cityLabel(place));
      const known = byLabel.get(label);
      if (known) return known;
      const { name, state, country, lat, lng } = place;
      const region = country === 'US' ? state : countryLabel(country);
      const slug = freeSlug(`${name} ${region}`, (one) => slugs.has(one), 'city');
      const city: City = { slug, name, state, country, lat, lng };
      byLabel.set(label, city);
      slugs.add(slug);
      added.set(slug, city);
      return city;
    },
    findNew: (slug) => added.get(slug),
  };
}
