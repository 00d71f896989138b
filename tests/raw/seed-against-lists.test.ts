// Holds the starting directory to the real list that most of its groups come from.
// The lists are not part of the project; CROSSWALK_RAW names the folder that holds them (see CONTRIBUTING.md).
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { root } from '../../server/root.ts';

interface Listed {
  readonly name: string;
  readonly website?: string;
  readonly latitude?: string;
  readonly longitude?: string;
}

interface Row {
  readonly name: string;
  readonly website: string;
  readonly lat: string;
  readonly lng: string;
  readonly listing_date: string;
  readonly source_note: string;
}

const listDate = '2023-02-21';
const degrees = 0.01;

let rows: readonly Row[];
let listed: ReadonlyMap<string, Listed>;

beforeAll(async () => {
  const folder = process.env['CROSSWALK_RAW'];
  if (!folder) {
    throw new Error(
      'Set CROSSWALK_RAW to the folder of the real lists: CROSSWALK_RAW=../lists npm run test:raw',
    );
  }
  const list: Listed[] = JSON.parse(
    await readFile(join(folder, `organizations-${listDate}.json`), 'utf8'),
  );
  listed = new Map(list.map((entry) => [entry.name.trim(), entry]));
  const table = await readFile(join(root, 'server/store/seed/groups.csv'), 'utf8');
  rows = parse<Row>(table, { columns: true }).filter((row) => row.listing_date === listDate);
});

/** The list's own website; one without a scheme is meant as http. */
const websiteOf = ({ website = '' }: Listed): string =>
  website.trim() === '' || /^https?:/.test(website) ? website.trim() : `http://${website.trim()}`;

/** Rows whose note says that the list's point is not the place, or is wrong. */
const isMoved = ({ source_note }: Row): boolean => /moved to|sign corrected/.test(source_note);

const isNear = (a: string | undefined, b: string): boolean =>
  Math.abs(Number(a) - Number(b)) <= degrees;

describe('the groups of the starting directory that stand in the list of 21 February 2023', () => {
  it('are 201, and each stands there under its name', () => {
    expect(rows).toHaveLength(201);
    expect(rows.filter(({ name }) => !listed.has(name))).toEqual([]);
  });

  it('have the website that the list gives', () => {
    const differing = rows.filter((row) => {
      const entry = listed.get(row.name);
      return entry && websiteOf(entry) !== row.website;
    });

    expect(differing).toEqual([]);
  });

  it('stand where the list says, unless their note says why not', () => {
    const elsewhere = rows.filter((row) => {
      const entry = listed.get(row.name);
      return (
        entry &&
        !isMoved(row) &&
        !(isNear(entry.latitude, row.lat) && isNear(entry.longitude, row.lng))
      );
    });

    expect(elsewhere).toEqual([]);
  });

  it('are moved in four cases, where the list is wrong', () => {
    expect(
      rows
        .filter(isMoved)
        .map(({ name }) => name)
        .sort(),
    ).toEqual(['California Civic Lab', 'Code Island', 'Open SGF', 'Open Twin Cities']);
  });
});
