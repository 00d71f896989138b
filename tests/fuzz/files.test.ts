// Damaged and hostile files of every format that an import takes: a table comes of it, or a refusal in words.

import { deflateSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { collections } from '../../server/features/api/collections.ts';
import { guessColumns, parseMapping } from '../../server/import/read/columns.ts';
import { toListedRows } from '../../server/import/read/listed-rows.ts';
import { readFile } from '../../server/import/read/read-file.ts';
import { RefusedFile } from '../../server/import/read/refused.ts';
import { aGroup, aPartner } from '../support/builders.ts';
import { aDirectory } from '../support/directory.ts';
import { ends, givesMemoryBack, runs } from './cases.ts';
import { anyValue, damaged, hostileText } from './hostile.ts';

const publicUrl = 'https://crosswalk.example';
const directory = aDirectory({ groups: [aGroup()], partners: [aPartner()] });
const ours = (name: string): Buffer[] => {
  const collection = collections.find((one) => one.name === name);
  if (!collection) throw new Error(`There is no collection ${name}.`);
  return [
    Buffer.from(collection.csvOf(directory, publicUrl)),
    Buffer.from(collection.geojsonOf?.(directory, publicUrl) ?? ''),
    Buffer.from(JSON.stringify({ items: collection.itemsOf(directory, publicUrl) })),
  ];
};

const brigade = {
  name: 'Code for Tulsa',
  city: 'Tulsa, OK',
  latitude: '36.15',
  longitude: '-95.99',
  website: 'http://codefortulsa.org',
  events_url: 'http://meetup.com/Code-for-Tulsa/',
  projects_list_url: '',
  tags: ['Brigade', 'Official'],
  previous_names: ['Tulsa Web Devs'],
  social_profiles: { twitter: 'codefortulsa', facebook: null },
};
const brigades = [brigade, { ...brigade, name: 'Code for Enid', city: 'Enid, OK' }];
const table = 'Name,City,Website\n"Code for ""Tulsa""","Tulsa, OK",https://a.example\nÉnid,Enid,\n';
const samples: Readonly<Record<string, readonly Uint8Array[]>> = {
  'the brigade list': [Buffer.from(JSON.stringify(brigades, null, 2))],
  'the brigade list of 2014': [
    Buffer.from(
      JSON.stringify([{ name: 'A', group_url: 'http://a.example', point_of_contact_address: 'x' }]),
    ),
  ],
  'the list of 2023': [
    Buffer.from(
      JSON.stringify([
        { ...brigade, location: { city: 'Tulsa', coordinates: { latitude: 1, longitude: 2 } } },
      ]),
    ),
  ],
  'the Civic Tech Index': [
    Buffer.from(
      JSON.stringify([
        {
          model: 'data.organization',
          pk: 1,
          fields: { name: 'A', city: 'B', status: 'approved', org_tag: [1] },
        },
        {
          model: 'data.link',
          pk: 2,
          fields: { link_type: 'WebSite', url: 'http://a.example', organization: 1 },
        },
      ]),
    ),
  ],
  GeoJSON: [
    Buffer.from(
      JSON.stringify({
        type: 'FeatureCollection',
        features: [
          {
            type: 'Feature',
            id: 'a',
            geometry: { type: 'Point', coordinates: [-95.9, 36.1] },
            properties: { name: 'A' },
          },
        ],
      }),
    ),
  ],
  CSV: [
    Buffer.from(table),
    Buffer.from(`\ufeff${table}`),
    Buffer.from(table, 'utf16le'),
    Buffer.from(table, 'latin1'),
    Buffer.from(table.replaceAll('\n', '\r\n').replaceAll(',', ';')),
    Buffer.from(table.replaceAll(',', '\t')),
  ],
  'our own groups': ours('groups'),
  'our own partners': ours('partners'),
  'what is no table': [
    Buffer.from('<!doctype html><table><tr><td>A</table>'),
    Buffer.from('PK\u0003\u0004'),
    deflateSync(table),
  ],
};

/** As far as an import goes before it looks at the directory. */
function read(bytes: Uint8Array): void {
  try {
    ends(() => {
      const found = readFile(bytes);
      const mapping = guessColumns(found);
      parseMapping(found, mapping.map(String));
      toListedRows(found, mapping);
    });
  } catch (error) {
    if (!(error instanceof RefusedFile)) throw error;
    expect(error.message.length).toBeLessThan(600);
  }
}

describe('a damaged file', () => {
  it.each(Object.entries(samples))('in the format of %s is read or refused', async (_, good) => {
    await givesMemoryBack(() =>
      fc.assert(fc.property(damaged(good), read), runs(Object.keys(samples).length)),
    );
  });
});

describe('a file', () => {
  it.each([
    ['of open brackets', '['.repeat(200_000)],
    ['of open brackets behind a text that is not closed', `["\n${'['.repeat(200_000)}`],
    ['of open brackets behind a comment', `/* " */${'['.repeat(200_000)}`],
    ['of records in records', '{"a":'.repeat(200_000)],
    ['of quotes', '"'.repeat(300_001)],
    ['of delimiters', `name${','.repeat(300_000)}\nx`],
    ['of line breaks', `name\n${'\n'.repeat(50_000)}x`],
    ['of heads that are all the same', `${'a,'.repeat(199)}a\n1`],
    ['of columns beyond all bounds', `[{${Array.from({ length: 5_000 }, (_, i) => `"${i}":1`)}}]`],
  ])('%s is read or refused', (_, text) => {
    read(Buffer.from(text));
  });

  it('of any JSON is read or refused', async () => {
    const records = fc.array(fc.dictionary(hostileText, anyValue, { maxKeys: 6 }), {
      maxLength: 5,
    });
    const file = fc.oneof(records, anyValue, fc.record({ items: records }));
    await givesMemoryBack(() =>
      fc.assert(
        fc.property(file, (value) => read(Buffer.from(JSON.stringify(value) ?? 'null'))),
        runs(),
      ),
    );
  });

  it('of any texts in cells is read or refused', async () => {
    const row = fc.array(hostileText, { minLength: 1, maxLength: 6 });
    const file = fc
      .tuple(fc.array(row, { maxLength: 6 }), fc.constantFrom(',', ';', '\t', '|'))
      .map(([rows, delimiter]) => rows.map((cells) => cells.join(delimiter)).join('\n'));
    await givesMemoryBack(() =>
      fc.assert(
        fc.property(
          file,
          fc.constantFrom('utf8' as const, 'utf16le' as const, 'latin1' as const),
          (text, encoding) => read(Buffer.from(text, encoding)),
        ),
        runs(),
      ),
    );
  });
});
