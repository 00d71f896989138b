// What no single cell can tell: slugs that stand twice, references to nothing, cells of a row that contradict each other.
import type { Complain } from './csv-table.ts';
import type { Tables } from './tables.ts';
import type { CityRow, CollaborationRow, ConveningRow, GroupRow } from './to-records.ts';

type File = `${keyof Tables}.csv`;
type ComplainRow = (words: string) => void;

/** Checks each table against itself and against the others. */
export function checkTies(tables: Tables, about: (file: File) => Complain): void {
  const cities = new Map(tables.cities.map(({ row }) => [row.slug, row]));
  const partners = slugsOf(tables.partners);
  const groups = slugsOf(tables.groups);
  const inCity = (slug: string | null, complain: ComplainRow) =>
    mustBeIn('city', 'cities.csv', cities, slug, complain);
  const isPartner = (column: string, slug: string | null, complain: ComplainRow) =>
    mustBeIn(column, 'partners.csv', partners, slug, complain);
  const isGroup = (column: string, slug: string | null, complain: ComplainRow) =>
    mustBeIn(column, 'groups.csv', groups, slug, complain);

  for (const name of Object.keys(tables) as (keyof Tables)[]) {
    refuseTwins(tables[name], about(`${name}.csv`));
  }
  eachRow(tables.partners, about('partners.csv'), (row, complain) => inCity(row.city, complain));
  eachRow(tables.groups, about('groups.csv'), (row, complain) => {
    inCity(row.city, complain);
    checkGroup(row, row.city === null ? undefined : cities.get(row.city), complain);
  });
  eachRow(tables.collaborations, about('collaborations.csv'), (row, complain) => {
    inCity(row.city, complain);
    isPartner('partner', row.partner, complain);
    isGroup('group', row.group, complain);
    checkCollaboration(row, complain);
  });
  eachRow(tables.convenings, about('convenings.csv'), (row, complain) => {
    inCity(row.city, complain);
    for (const slug of row.partners) isPartner('partners', slug, complain);
    for (const slug of row.groups) isGroup('groups', slug, complain);
    checkConvening(row, complain);
  });
}

function eachRow<R>(
  lines: readonly { readonly line: number; readonly row: R }[],
  complain: Complain,
  check: (row: R, complain: ComplainRow) => void,
): void {
  for (const { line, row } of lines) check(row, (words) => complain(line, words));
}

const slugsOf = (lines: readonly { readonly row: { readonly slug: string } }[]) =>
  new Set(lines.map(({ row }) => row.slug));

function refuseTwins(
  lines: readonly { readonly line: number; readonly row: { readonly slug: string } }[],
  complain: Complain,
): void {
  const firstLine = new Map<string, number>();
  for (const { line, row } of lines) {
    const first = firstLine.get(row.slug);
    if (first === undefined) firstLine.set(row.slug, line);
    else complain(line, `slug "${row.slug}" is already on line ${first}.`);
  }
}

function mustBeIn(
  column: string,
  file: File,
  known: { has(slug: string): boolean },
  slug: string | null,
  complain: ComplainRow,
): void {
  if (slug !== null && !known.has(slug)) complain(`${column} "${slug}" is not in ${file}.`);
}

function checkGroup(row: GroupRow, city: CityRow | undefined, complain: ComplainRow): void {
  if (city && (city.state !== row.state || city.country !== row.country)) {
    complain(`state and country must be those of its city, ${city.slug}.`);
  }
  const listing = [row.listing_list, row.listing_date, row.listing_mark];
  if (new Set(listing.map((cell) => cell === null)).size > 1) {
    complain('listing_list, listing_date and listing_mark must be filled together.');
  }
  if ((row.last_event === null) !== (row.last_event_source === null)) {
    complain('last_event and last_event_source must be filled together.');
  }
}

function checkCollaboration(row: CollaborationRow, complain: ComplainRow): void {
  if (row.to < row.from) complain('to must not be before from.');
  if (row.level !== null && row.partner === null) complain('level needs a partner.');
}

function checkConvening(row: ConveningRow, complain: ComplainRow): void {
  if (row.end !== null && row.end < row.start) complain('end must not be before start.');
}
