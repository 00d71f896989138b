// Which changes an address asks for. Total: what means nothing falls back to no filter.
import { oneOf, readQuery } from '../../directory/query-values.ts';
import { changeOrigins, loggedKinds } from '../../domain/words.ts';
import type { ChangeFilter } from '../../store/changes.ts';
import type { FilterValues, RawQuery } from '../../web/list.ts';

const day = (text: string): string | undefined =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) ? text : undefined;
const word = (text: string): string | undefined => (/^[\w-]{1,100}$/.test(text) ? text : undefined);
const identifier = (text: string): string | undefined =>
  /^[0-9a-f]{24}$/.test(text) ? text : undefined;

export function parseChangesQuery(raw: RawQuery): {
  readonly filter: ChangeFilter;
  /** As they stand in the address; '' is not chosen. */
  readonly values: FilterValues;
  /** From 1. */
  readonly page: number;
} {
  const read = readQuery(raw);
  const found = {
    record: read.one('record', oneOf(loggedKinds)),
    slug: read.one('slug', word),
    by: read.one('by', identifier),
    origin: read.one('origin', oneOf(changeOrigins)),
    from: read.one('from', day),
    to: read.one('to', day),
    batch: read.one('batch', word),
  };
  const page = read.one('page', (text) => (/^[1-9]\d{0,6}$/.test(text) ? Number(text) : undefined));
  const chosen = Object.entries(found).filter(([, value]) => value !== null);
  return {
    filter: Object.fromEntries(chosen) as ChangeFilter,
    values: Object.fromEntries(Object.entries(found).map(([name, value]) => [name, value ?? ''])),
    page: page ?? 1,
  };
}
