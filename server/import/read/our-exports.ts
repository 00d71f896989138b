// Our own exports are known by their heads: the table formats of /api/v1/groups and /api/v1/partners.
// Their JSON holds the same fields, some of them within others.
import type { FileFormat } from './table.ts';

const alwaysThere = ['slug', 'name', 'website', 'updatedAt', 'url', 'lat', 'lng'] as const;

/** Undefined for tables that are not ours. */
export function ourFormat(columns: readonly string[]): FileFormat | undefined {
  const has = (name: string): boolean => columns.includes(name);
  if (!alwaysThere.every(has)) return undefined;
  if (has('kind') && has('codeUrl') && has('previousNames')) return 'our-groups';
  if (has('hostInstitution') && has('reachMiles')) return 'our-partners';
  return undefined;
}
