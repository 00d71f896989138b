// What an upsert begins with, before its update is applied: the filter's equalities.
import { copyOf, type Doc, isDoc } from '../bson/bson.ts';
import { Failure } from '../failure.ts';
import { isOperators } from './filter.ts';
import { isRegex } from './regex.ts';
import { valueAt, writePath } from './update-paths.ts';

/** The document that an upsert begins with: what the filter says by equality. */
export function upsertBase(filter: Doc, isReplacement: boolean): Doc {
  const base: Doc = {};
  const take = (part: Doc): void => {
    for (const [path, wanted] of Object.entries(part)) {
      if (path === '$and' && Array.isArray(wanted)) wanted.filter(isDoc).forEach(take);
      else if (path === '$or' && Array.isArray(wanted) && wanted.length === 1)
        take(wanted[0] as Doc);
      if (path.startsWith('$') || (isReplacement && path !== '_id')) continue;
      const value = equalityOf(wanted);
      if (value === undefined) continue;
      if (valueAt(base, path.split('.')) !== undefined) {
        throw new Failure(54, `cannot infer query fields to set, path '${path}' is matched twice`);
      }
      writePath(base, path.split('.'), copyOf(value));
    }
  };
  take(filter);
  return base;
}

function equalityOf(wanted: unknown): unknown {
  if (!isOperators(wanted)) return isRegex(wanted) ? undefined : wanted;
  const { $eq: equal, $in: among, $all: every } = wanted;
  if (equal !== undefined) return equal;
  const list = among ?? every;
  return Array.isArray(list) && list.length === 1 && !isOperators(list[0]) ? list[0] : undefined;
}
