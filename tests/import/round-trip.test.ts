// What leaves as an export comes back as the same records: the next export has the same bytes.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Directory } from '../../server/directory/directory.ts';
import { cleanText } from '../../server/domain/clean-text.ts';
import type { Group, Partner } from '../../server/domain/records.ts';
import { publicTables } from '../../server/features/api/tables.ts';
import { made } from '../../server/import/compare/compare-ours.ts';
import { readOurGroups, readOurPartners } from '../../server/import/compare/our-records.ts';
import { readFile } from '../../server/import/read/read-file.ts';
import { anyDate, anyPoint, anySign } from '../support/arbitraries.ts';
import { aCity, aGroup, aPartner } from '../support/builders.ts';
import { aDirectory } from '../support/directory.ts';

/** Every kind of character: other scripts, quotes, line breaks, what a spreadsheet would run, and lone blanks. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }).map(asStored),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }).map(asStored),
  fc.constantFrom(
    '=1+1',
    "'=1",
    "''@x",
    '+49',
    '-',
    '@here',
    'a; b',
    ' ',
    '"',
    '""',
    'a\r\nb',
    'a\nb',
    '\t',
    ',',
    ';',
    'São',
    '大阪',
    'é',
  ),
);
/** A directory holds text that is what it looks like: every way in sees to it. */
function asStored(text: string): string {
  return cleanText(text) || 'x';
}

const anyTexts = fc.array(anyText, { maxLength: 3 });
const anyLink = fc.option(fc.webUrl());
const anySource = fc.record({
  note: anyText,
  url: anyLink,
  date: fc.option(anyDate),
  verified: fc.boolean(),
});

const city = aCity({ slug: 'tulsa-ok' });

const anyGroups = fc.array(
  fc
    .record({
      name: anyText,
      city: fc.constantFrom(city.slug, null),
      point: anyPoint,
      website: anyLink,
      eventsUrl: anyLink,
      feedUrl: anyLink,
      topics: anyTexts,
      needs: anyTexts,
      previousNames: anyTexts,
      tags: anyTexts,
      founded: fc.option(anyDate),
      signs: fc.array(anySign, { maxLength: 2 }),
      closed: fc.option(fc.record({ date: anyDate, reason: anyText })),
      listing: fc.option(
        fc.record({
          list: anyText,
          date: anyDate,
          mark: fc.constantFrom(
            'active' as const,
            'inactive' as const,
            'unknown' as const,
            'gone' as const,
          ),
        }),
      ),
      source: anySource,
    })
    .map(({ point, ...over }) => aGroup({ ...over, ...point })),
  { minLength: 1, maxLength: 6 },
);

const anyPartners = fc.array(
  fc
    .record({
      name: anyText,
      hostInstitution: anyText,
      metro: anyText,
      since: fc.option(anyText),
      reachMiles: fc.option(fc.integer({ min: 1, max: 90 })),
      website: anyLink,
      topics: anyTexts,
      offers: anyTexts,
      source: anySource,
      point: anyPoint,
    })
    .map(({ point, ...over }) => aPartner({ ...over, city: city.slug, ...point })),
  { minLength: 1, maxLength: 4 },
);

const numbered = <Kind extends { readonly slug: string }>(records: readonly Kind[], word: string) =>
  records.map((record, number) => ({ ...record, slug: `${word}-${number}` }));

const tables = publicTables('https://crosswalk.example');
const tableOf = (name: string) => {
  const table = tables.find((one) => one.name === name);
  if (!table?.geojson) throw new Error(`There is no table of ${name}.`);
  return { ...table, geojson: table.geojson };
};

type Format = 'csv' | 'geojson' | 'json';
const formats: readonly Format[] = ['csv', 'geojson', 'json'];

const exported = (directory: Directory, name: string, format: Format): string =>
  format === 'json'
    ? JSON.stringify({ items: tableOf(name).items(directory) })
    : tableOf(name)[format](directory);

const bytes = (text: string) => new TextEncoder().encode(text);

describe('export, import, export', () => {
  it.each(formats)('gives the same bytes again as %s, whatever the directory holds', (format) => {
    fc.assert(
      fc.property(anyGroups, anyPartners, (someGroups, somePartners) => {
        const groups = numbered(someGroups, 'group');
        const partners = numbered(somePartners, 'partner');
        const before = aDirectory({ cities: [city], groups, partners });
        const files = ['groups', 'partners'].map((name) => exported(before, name, format));

        const [groupFile = '', partnerFile = ''] = files;
        const readGroups = readOurGroups(readFile(bytes(groupFile)));
        const readPartners = readOurPartners(readFile(bytes(partnerFile)), 25);
        const after = aDirectory({
          cities: [city],
          groups: readGroups.map((row) => made('group', row) as Group),
          partners: readPartners.map((row) => made('partner', row) as Partner),
        });

        expect(['groups', 'partners'].map((name) => exported(after, name, format))).toEqual(files);
      }),
      { numRuns: 60 },
    );
  });
});
