// What a page hands to views/components/map.ejs.
import type { Point } from '../domain/records.ts';
import { type Flag, flags, livenessStates } from '../domain/words.ts';
import { paths, withQuery } from '../paths.ts';
import { flagLabel } from './format.ts';

export interface MapView {
  readonly label: string;
  /** The places it draws: the same selection as the page's, as GeoJSON of the API. */
  readonly geojson: readonly {
    readonly kind: 'cities' | 'groups';
    readonly href: string;
    /** The same places in the few bytes that drawing takes; absent: the script reads the GeoJSON. */
    readonly drawnFrom?: string;
  }[];
  /** What part of the world it shows first; null shows all its places. */
  readonly view: (Point & { readonly zoom: number }) | null;
  readonly tiles: { readonly url: string; readonly attribution: string } | null;
  /** The list on the page that says the same: `#list`. */
  readonly skipTo: string;
  /** Slug of the place to mark, or null. */
  readonly selected: string | null;
  /** The place that the visitor asked for, marked as such; null where nobody asked for one. */
  readonly asked: (Point & { readonly name: string }) | null;
  /** What the marks mean, in words: the map's script reads them from here too. */
  readonly key: readonly { readonly flag: Flag; readonly label: string }[];
}

/** The key of every map: all flags, from strongest tie to widest gap. */
export const flagKey: MapView['key'] = flags.map((flag) => ({ flag, label: flagLabel(flag) }));

/** The groups that maps draw beside cities: those that are not closed (see domain/on-map.ts). */
export const drawnGroups = {
  kind: 'groups',
  href: withQuery(`${paths.api.groups}.geojson`, {
    liveness: livenessStates.filter((state) => state !== 'closed').join(','),
  }),
  drawnFrom: paths.mapGroups,
} as const;

/** The cities of a query of the API (`flag`, `show` and the like). */
export const drawnCities = (query: Parameters<typeof withQuery>[1]) =>
  ({
    kind: 'cities',
    href: withQuery(`${paths.api.cities}.geojson`, query),
    drawnFrom: withQuery(paths.mapCities, query),
  }) as const;

/** How close a map comes: our own base map says no more beyond that. */
export const closestZoom = (tiles: MapView['tiles']): number => (tiles ? 18 : 10);

/** Settings that pages with a map take from the configuration. */
export interface PageSettings {
  readonly tiles: MapView['tiles'];
  /** Without a slash at the end. */
  readonly publicUrl: string;
}
