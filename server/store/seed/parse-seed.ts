// The files of the starting directory to records: reads each table, then checks what ties them together.
// Complaints are gathered and thrown together; nothing is loaded from a directory that has one.
import type { RecordsToPut } from '../put-records.ts';
import { checkTies } from './check-ties.ts';
import { type Columns, type Line, readTable } from './csv-table.ts';
import { parseWave } from './parse-wave.ts';
import {
  cityColumns,
  collaborationColumns,
  conveningColumns,
  groupColumns,
  partnerColumns,
  type Tables,
} from './tables.ts';
import {
  toCity,
  toCollaboration,
  toConvening,
  toDerivedReport,
  toGroup,
  toPartner,
} from './to-records.ts';

/** The names of the files, as they stand in server/store/seed. */
export const seedFiles = [
  'cities.csv',
  'partners.csv',
  'groups.csv',
  'collaborations.csv',
  'convenings.csv',
  'survey-2014.json',
] as const;
export type SeedFile = (typeof seedFiles)[number];

/** The message holds every complaint, one to a line, each with file, line and column. */
export class SeedComplaints extends Error {
  readonly complaints: readonly string[];

  constructor(complaints: readonly string[]) {
    super(complaints.join('\n'));
    this.name = 'SeedComplaints';
    this.complaints = complaints;
  }
}

/**
 * Parses the starting directory from the texts of its files.
 * @throws SeedComplaints with every wrong cell of any of them, or, once all are right, every wrong tie.
 */
export function parseSeed(texts: Readonly<Record<SeedFile, string>>): Required<RecordsToPut> {
  const complaints: string[] = [];
  const about =
    (file: SeedFile) =>
    (line: number, words: string): void => {
      complaints.push(`${file}, line ${line}: ${words}`);
    };
  const read = <C extends Columns>(file: SeedFile, columns: C): Line<C>[] =>
    readTable(texts[file], columns, about(file));

  const tables: Tables = {
    cities: read('cities.csv', cityColumns),
    partners: read('partners.csv', partnerColumns),
    groups: read('groups.csv', groupColumns),
    collaborations: read('collaborations.csv', collaborationColumns),
    convenings: read('convenings.csv', conveningColumns),
  };
  const wave = parseWave(texts['survey-2014.json'], (words) =>
    complaints.push(`survey-2014.json: ${words}`),
  );
  // A row left out for a wrong cell would be missed wherever it is named: the cells come first.
  if (complaints.length === 0) checkTies(tables, about);
  if (complaints.length > 0) throw new SeedComplaints(complaints);

  return {
    cities: rowsOf(tables.cities).map(toCity),
    partners: rowsOf(tables.partners).map(toPartner),
    groups: rowsOf(tables.groups).map(toGroup),
    collaborations: rowsOf(tables.collaborations).map(toCollaboration),
    convenings: rowsOf(tables.convenings).map(toConvening),
    waves: wave ? [wave] : [],
    reports: rowsOf(tables.collaborations).flatMap((row) => toDerivedReport(row) ?? []),
  };
}

const rowsOf = <C extends Columns>(lines: readonly Line<C>[]) => lines.map(({ row }) => row);
