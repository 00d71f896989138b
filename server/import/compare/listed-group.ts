// A row's values as one group, once it is settled what becomes of the doubtful ones.
import type { Point } from '../../domain/records.ts';
import type { ListedGroup, NamedPlace, Suspicion } from '../preview.ts';
import type { DoubtField, RowChoice } from '../words.ts';
import type { RowReading } from './read-row.ts';

/** Values that somebody typed in place of the row's. */
export type TypedValues = Readonly<
  Partial<Record<'name' | 'website' | 'eventsUrl' | 'codeUrl', string>>
> & {
  readonly place?: NamedPlace;
  readonly point?: Point;
};

/**
 * `safe` leaves out what is doubtful: then an existing record keeps its own value, and a new one stands in the middle
 * of its city. `proposed` takes the proposals. `as-it-is` takes what the row says wherever a record can hold it.
 */
export function listedAs(
  reading: RowReading,
  choice: Exclude<RowChoice, 'left'>,
  typed: TypedValues = {},
): ListedGroup {
  const { row, addresses } = reading;
  const doubts = new Map<DoubtField, Suspicion>();
  for (const suspicion of reading.suspicions) {
    const { field } = suspicion;
    const known = field && doubts.get(field);
    // Of two doubts about one value the one that knows better counts.
    if (field && !known?.proposal) doubts.set(field, suspicion);
  }
  const proposed = <Value>(field: DoubtField): Value | undefined =>
    doubts.get(field)?.proposal?.value as Value | undefined;
  const settle = <Value>(field: DoubtField, listed: Value, without: Value): Value => {
    if (!doubts.has(field) || choice === 'as-it-is') return listed;
    return choice === 'proposed' ? (proposed<Value>(field) ?? without) : without;
  };
  const place = typed.place ?? settle<NamedPlace | null>('place', reading.place, null);
  const middle = place && { lat: place.lat, lng: place.lng };
  return {
    name: typed.name ?? reading.name,
    place,
    state: place?.state ?? reading.state,
    country: place?.country ?? reading.country,
    point: typed.point ?? settle<Point | null>('point', reading.point, null) ?? middle,
    website: typed.website ?? settle('website', addresses.website, undefined),
    eventsUrl: typed.eventsUrl ?? settle('eventsUrl', addresses.eventsUrl, undefined),
    codeUrl: typed.codeUrl ?? settle('codeUrl', addresses.codeUrl, undefined),
    feedUrl: settle('feedUrl', addresses.feedUrl, undefined),
    founded: reading.founded,
    tags: row.tags,
    topics: row.topics,
    previousNames: row.previousNames ?? [],
    contact: row.texts.contact ?? '',
    isPlaceDoubtful: doubts.has('place') && choice === 'safe',
    isPointDoubtful: doubts.has('point') && choice === 'safe',
  };
}
