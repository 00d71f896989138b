// Cities in the store: reading them as the rules see them, and writing them.
import { type CityRecord, cityModel } from '../../models/city.ts';
import type { City } from '../domain/records.ts';
import { fromPoint, type Stored, toPoint } from './mapping.ts';
import { readAll } from './read-all.ts';
import type { Store } from './store.ts';
import type { Noun } from './write-records.ts';

/** All of them, by slug. */
export const readCities = (store: Store): Promise<City[]> =>
  readAll(store, cityModel(store.connection), toCity);

const toCity = (record: CityRecord): City => ({
  slug: record.slug,
  name: record.name,
  state: record.state,
  country: record.country,
  ...toPoint(record.point),
});

const fromCity = ({ slug, name, state, country, ...point }: City): Stored<CityRecord> => ({
  slug,
  name,
  state,
  country,
  point: fromPoint(point),
});

export const cityNoun: Noun<City, CityRecord> = {
  kind: 'city',
  model: cityModel,
  toDomain: toCity,
  fromDomain: fromCity,
};
