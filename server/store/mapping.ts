// The parts that most records share, from the shape of models/ to the shape of the domain and back.
import type { Point, Source, Timestamp } from '../domain/records.ts';

/** What a domain record becomes when it is stored: every field of the schema, none forgotten. */
export type Stored<Fields> = Required<Omit<Fields, '_id' | 'createdAt' | 'updatedAt'>>;

/** What a write is given: the store says itself when it was made and changed. */
export type Unstamped<Domain> = Omit<Domain, 'createdAt' | 'updatedAt'>;

interface PointRecord {
  type: 'Point';
  /** Longitude, then latitude. */
  coordinates: number[];
}

interface SourceRecord {
  note: string;
  url?: string | null;
  date?: string | null;
  verified: boolean;
}

export function toPoint({ coordinates: [lng, lat] }: PointRecord): Point {
  if (lng === undefined || lat === undefined) throw new Error('A stored point lacks a coordinate.');
  // A zero with a sign is the same place, and JSON, which plans of imports are kept in, does not know it.
  return { lat: lat + 0, lng: lng + 0 };
}

export const fromPoint = ({ lat, lng }: Point): PointRecord => ({
  type: 'Point',
  coordinates: [lng, lat],
});

/** Turns each part once: what records share as it is stored, they share as the rules see it. */
export function turnOnce<Part extends object, Turned>(
  turn: (part: Part) => Turned,
): (part: Part) => Turned {
  const known = new WeakMap<Part, Turned>();
  return (part) => {
    let turned = known.get(part);
    if (turned === undefined) {
      turned = turn(part);
      known.set(part, turned);
    }
    return turned;
  };
}

export const toSource = turnOnce(
  (record: SourceRecord): Source => ({
    note: record.note,
    url: toWebAddress(record.url),
    date: record.date ?? null,
    verified: record.verified,
  }),
);

/** A stored address that a browser may be led to; null for any other, so that no page and no export passes it on. */
export const toWebAddress = (text: string | null | undefined): string | null =>
  typeof text === 'string' && /^https?:\/\//i.test(text) && URL.canParse(text) ? text : null;

export const fromSource = ({ note, url, date, verified }: Source): Required<SourceRecord> => ({
  note,
  url,
  date,
  verified,
});

export const toTimestamp = turnOnce((date: Date): Timestamp => date.toISOString());
