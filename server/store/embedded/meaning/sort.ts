// The order that a sort document asks for.

import { mostHeldBytes } from '../bounds.ts';
import { isDoc } from '../bson/bson.ts';
import { badValue, Failure, unsupported } from '../failure.ts';
import type { SortField } from './paths.ts';
import { toNumber } from './predicates.ts';

/**
 * Its fields, first one first; empty where no order is asked for.
 * @throws Failure for directions other than 1 and -1.
 */
export function parseSort(sort: unknown): SortField[] {
  if (sort === undefined || sort === null) return [];
  if (!isDoc(sort)) throw new Failure(14, 'Expected field sort to be of type object');
  return Object.entries(sort).map(([path, value]) => {
    if (isDoc(value)) throw unsupported('$meta in a sort');
    const direction = toNumber(value);
    if (direction !== 1 && direction !== -1) {
      throw new Failure(
        15975,
        '$sort key ordering must be 1 (for ascending) or -1 (for descending)',
      );
    }
    if (path === '' || path.split('.').includes('')) throw badValue('FieldPath must not be empty');
    return { path, parts: path.split('.'), direction };
  });
}

/** For more than may be held to be brought into order. */
export const sortTooLarge = (): Failure =>
  new Failure(
    292,
    `Sort exceeded memory limit of ${mostHeldBytes} bytes; the embedded store does not support sorting on disk. Add an index that gives this order, or a limit.`,
  );
