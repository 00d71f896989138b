// The README in the ZIP of all tables: what it is, of when, on what terms, and what stands in each column.
import type { Directory } from '../directory/directory.ts';
import { paths } from '../paths.ts';
import { formatDate } from '../web/format.ts';
import { licence } from './licence.ts';
import type { PublicTable } from './public-table.ts';

export function readmeText(
  directory: Directory,
  tables: readonly PublicTable[],
  publicUrl: string,
): string {
  const lines = [
    'Crosswalk: a directory of NNIP partners and civic tech groups, city by city',
    '',
    `As of ${formatDate(directory.today)}, revision ${directory.revision}.`,
    `From ${publicUrl}${paths.data}`,
    ...(directory.sampleData
      ? ['', 'SAMPLE DATA. Some answers and groups are invented. Nothing in here should be quoted.']
      : []),
    '',
    `Licence: ${licence.name}, ${licence.url}`,
    'Name Crosswalk and the date. The facts come from public sources, which each record names; where a source has',
    'terms of its own, they stay with it.',
    '',
    'CSV files are UTF-8 with a byte order mark. "; " joins the items of a list. A cell that a spreadsheet would run as',
    'a formula has an apostrophe before it. Dates are ISO 8601; 2014-07 or 2014 mean that no more is known. Empty cells',
    'mean that nothing is known. Coordinates are degrees, WGS 84. GeoJSON files hold the same rows, longitude first.',
    '',
    ...tables.flatMap((table) => ['', ...tableLines(table)]),
  ];
  return `${lines.join('\r\n')}\r\n`;
}

function tableLines({ name, about, columns, geojson }: PublicTable): string[] {
  const title = geojson ? `${name}.csv, ${name}.geojson` : `${name}.csv`;
  const width = Math.max(...columns.map((column) => column.name.length));
  return [
    title,
    '-'.repeat(title.length),
    about,
    '',
    ...columns.map((column) => `  ${column.name.padEnd(width)}  ${column.about}`),
  ];
}
