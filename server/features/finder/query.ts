// Reads the addresses of home and find. A filter that means nothing falls back to its default, so that links stay good;
// the canonical address of what was understood is made here too.
import { toPlainText } from '../../directory/query-values.ts';
import type { Point } from '../../domain/records.ts';
import { paths, withQuery } from '../../paths.ts';
import { defaultWithin } from '../../web/distances.ts';

const farthest = 500;

export interface FindQuery {
  /** What the visitor typed, trimmed; '' where nothing was asked. */
  readonly typed: string;
  /** A point instead of words, from "use my location"; null where the address has none or a wrong one. */
  readonly point: Point | null;
  readonly withinMiles: number;
}

const isText = (value: unknown): value is string => typeof value === 'string';

/** A number of degrees, or null. Blank is not zero. */
function parseDegrees(value: unknown, limit: number): number | null {
  if (!isText(value) || !/^-?\d{1,3}(\.\d+)?$/.test(value.trim())) return null;
  const degrees = Number(value);
  return Math.abs(degrees) <= limit ? degrees : null;
}

/** Miles from 1 to 500, with two decimals at most; everything else is the default. */
function parseWithin(value: unknown): number {
  const miles = isText(value) && /^\d{1,3}(\.\d{1,2})?$/.test(value.trim()) ? Number(value) : 0;
  return miles >= 1 && miles <= farthest ? miles : defaultWithin;
}

/** Words before a point: a form always sends its field, so an empty one does not hide the point. */
export function parseFindQuery(raw: Readonly<Record<string, unknown>>): FindQuery {
  const typed = isText(raw['place']) ? toPlainText(raw['place']) : '';
  const lat = parseDegrees(raw['lat'], 90);
  const lng = parseDegrees(raw['lng'], 180);
  return {
    typed,
    point: typed === '' && lat !== null && lng !== null ? { lat, lng } : null,
    withinMiles: parseWithin(raw['within']),
  };
}

/** The one address of a question; the default distance is left out. */
export function findPath(query: {
  readonly typed?: string;
  readonly point?: Point | null;
  readonly withinMiles?: number;
}): string {
  const within = query.withinMiles ?? defaultWithin;
  return withQuery(paths.find, {
    place: query.typed,
    lat: query.point?.lat,
    lng: query.point?.lng,
    within: within === defaultWithin ? null : within,
  });
}
