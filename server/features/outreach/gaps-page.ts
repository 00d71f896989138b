// /staff/gaps: every open gap with what only staff may see, and the form that gives many of them an owner.
import { gapFlags } from '../../domain/words.ts';
import type { GapRow, OutreachBoard } from '../../outreach/gap-rows.ts';
import { personLabel } from '../../outreach/gap-rows.ts';
import { outreachPath, paths, withQuery } from '../../paths.ts';
import type { SignedIn } from '../../web/access.ts';
import { type CsvColumn, toCsv } from '../../web/csv-cells.ts';
import { searchField, selectField, stateField, topicField } from '../../web/filter-form.ts';
import { cityLabel, flagLabel } from '../../web/format.ts';
import { sinceField } from '../../web/gap-words.ts';
import type { RawQuery } from '../../web/list.ts';
import { type ListingView, toListing } from '../../web/list-page.ts';
import { flagKey, type MapView, type PageSettings } from '../../web/map-view.ts';
import type { Page } from '../../web/render.ts';
import {
  type GapRecord,
  gapList,
  mine,
  nobody,
  selectGaps,
  toGapRecord,
  unownedText,
} from './gap-list.ts';
import { readNotice } from './notice.ts';
import { staffHead } from './staff-head.ts';

export interface StaffGapsPage extends Page {
  readonly title: string;
  readonly introduction: string;
  readonly notice: string;
  readonly error: string;
  readonly listing: ListingView<GapRow>;
  readonly map: MapView;
  readonly assign: {
    readonly action: string;
    /** Where to come back to. */
    readonly back: string;
    readonly owners: readonly { readonly value: string; readonly label: string }[];
  };
  /** Per row of the table, in its order. */
  readonly picks: readonly { readonly value: string; readonly label: string }[];
}

const ownerOptions = (board: OutreachBoard, viewer: SignedIn) =>
  board.staff
    .filter(({ id }) => id !== viewer.id)
    .map((person) => ({ value: person.id, label: personLabel(person) }));

/** @throws Problem (not found) for a page that the selection does not have. */
export function staffGapsPage(
  board: OutreachBoard,
  raw: RawQuery,
  viewer: SignedIn,
  settings: Pick<PageSettings, 'tiles'>,
  error = '',
): StaffGapsPage {
  const { values, rows } = selectGaps(board, raw, viewer.id);
  const cities = board.rows.map(({ city }) => city);
  const others = ownerOptions(board, viewer);
  const listing = toListing({
    definition: gapList(board),
    raw,
    selection: { filters: values, rows, total: board.rows.length },
    fields: [
      searchField('City, partner or group', values['q'] ?? null),
      selectField(
        'flag',
        'Cause',
        'Any cause',
        gapFlags.map((flag) => ({ value: flag, label: flagLabel(flag) })),
        values['flag'] ?? null,
      ),
      stateField(cities, values['state'] || null),
      selectField(
        'owner',
        'Owner',
        'Anyone or nobody',
        [{ value: nobody, label: 'Nobody' }, { value: mine, label: 'Me' }, ...others],
        values['owner'] ?? null,
      ),
      topicField(
        cities.flatMap((city) => [city.partners, city.groupsHere]),
        values['topic'] || null,
      ),
      sinceField((values['since'] || null) as Parameters<typeof sinceField>[0]),
    ],
    downloads: [{ label: 'CSV', href: withQuery(paths.staff.gapsTable, values) }],
    emptyText:
      board.rows.length === 0
        ? 'Every partner city has a known tie with a civic tech group.'
        : 'No gap fits. Try fewer filters.',
  });
  return {
    head: staffHead('Gaps to close', listing.list.canonical),
    title: 'Gaps to close',
    introduction: `${board.rows.length} of ${board.directory.partnerCityCount} partner cities have no working tie that we know of; ${unownedText(board.rows)}. What is told here is for NNIP staff alone.`,
    notice: readNotice(raw),
    error,
    listing,
    map: {
      label: 'Map of the gaps',
      geojson: [{ kind: 'cities', href: withQuery(paths.staff.gapsMap, values) }],
      view: null,
      tiles: settings.tiles,
      skipTo: '#list',
      selected: null,
      asked: null,
      key: flagKey,
    },
    assign: {
      action: paths.staff.assignGaps,
      back: listing.list.canonical,
      owners: [{ value: viewer.id, label: 'Me' }, ...others, { value: nobody, label: 'Nobody' }],
    },
    picks: listing.list.shown.map(({ city }) => ({ value: city.slug, label: cityLabel(city) })),
  };
}

const headers = [
  ...['city', 'name', 'state', 'country', 'lat', 'lng', 'cause', 'since', 'isSinceExact'],
  ...['partners', 'barriers', 'nearestGroup', 'nearestGroupMiles', 'sharedTopics', 'population'],
  ...['lastKnownLevel', 'lastKnownDate', 'owner', 'stage', 'nextDate', 'openedAt', 'nextAction'],
  ...['gotPast', 'nextConvening', 'url'],
] as readonly (keyof GapRecord)[];
const columns: readonly CsvColumn<GapRecord>[] = headers.map((header) => ({
  header,
  value: (record) => record[header],
}));

/** The selection as one table, in the order of the directory. */
export const gapsCsv = (
  board: OutreachBoard,
  raw: RawQuery,
  viewer: SignedIn,
  publicUrl: string,
): string =>
  toCsv(
    columns,
    selectGaps(board, raw, viewer.id).rows.map((row) => toGapRecord(board, row, publicUrl)),
  );

/** The selection for the map; a city leads to the work on it. Longitude first. */
export const gapsGeojson = (board: OutreachBoard, raw: RawQuery, viewer: SignedIn) => ({
  type: 'FeatureCollection',
  features: selectGaps(board, raw, viewer.id).rows.map(({ city }) => ({
    type: 'Feature',
    geometry: { type: 'Point', coordinates: [city.lng, city.lat] },
    properties: {
      slug: city.slug,
      name: city.name,
      state: city.state,
      country: city.country,
      flag: city.flag,
      groups: city.groupsInReach.map(({ group }) => group.slug),
      url: outreachPath(city.slug),
    },
  })),
});
