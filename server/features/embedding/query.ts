// What an embedded map is to show, read from its address. Values that mean nothing fall back, so that a snippet that
// was pasted years ago still shows something.
import { type CityFilter, parseCityFilter } from '../../directory/filters.ts';
import { oneOf, type Query, readQuery, slug } from '../../directory/query-values.ts';
import { type EmbedSize, embedSizes } from '../../web/embed-frame.ts';

export interface EmbedQuery {
  readonly filter: CityFilter;
  /** Slug, or null for all cities that the filter leaves. */
  readonly city: string | null;
  readonly size: EmbedSize;
}

export function parseEmbedQuery(query: Query): EmbedQuery {
  const read = readQuery(query);
  return {
    filter: parseCityFilter({ flag: query['flag'], state: query['state'] }).filter,
    city: read.one('city', slug),
    size: read.one('size', oneOf(embedSizes)) ?? 'medium',
  };
}
