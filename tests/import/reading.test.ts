// Files in every shape that lists come in, each with a fault that real ones have, and files that are refused.
import { describe, expect, it } from '@jest/globals';
import iconv from 'iconv-lite';
import { guessColumns } from '../../server/import/read/columns.ts';
import { type ListedRow, toListedRows } from '../../server/import/read/listed-rows.ts';
import { readFile } from '../../server/import/read/read-file.ts';

const bytes = (text: string, encoding = 'utf8') => iconv.encode(text, encoding);

function rowsOf(file: Uint8Array): ListedRow[] {
  const table = readFile(file);
  return toListedRows(table, guessColumns(table));
}

const json = (value: unknown) => bytes(JSON.stringify(value));

describe('a file is read by its content', () => {
  const tulsa = { name: 'Code for Tulsa', lat: '36.15', lng: '-95.99' };
  const cases: readonly (readonly [name: string, file: Uint8Array, texts: object])[] = [
    [
      'numbers as texts',
      json([{ name: 'Code for Tulsa', latitude: '36.15', longitude: ' -95.99' }]),
      tulsa,
    ],
    [
      'a misspelt field',
      json([{ name: 'Code for Tulsa', lattitude: '36.15', longitude: '-95.99' }]),
      tulsa,
    ],
    [
      'a point within a field',
      json([{ name: 'Code for Tulsa', location: { latitude: 36.15, longitude: -95.99 } }]),
      tulsa,
    ],
    [
      'GeoJSON, longitude first',
      json({
        type: 'FeatureCollection',
        features: [
          {
            type: 'Feature',
            geometry: { type: 'Point', coordinates: [-95.99, 36.15] },
            properties: { name: 'Code for Tulsa' },
          },
        ],
      }),
      tulsa,
    ],
    ['commas', bytes('name,latitude,longitude\nCode for Tulsa,36.15,-95.99\n'), tulsa],
    ['semicolons', bytes('name;latitude;longitude\r\nCode for Tulsa;36.15;-95.99\r\n'), tulsa],
    ['tabs', bytes('name\tlatitude\tlongitude\nCode for Tulsa\t36.15\t-95.99\n'), tulsa],
    ['heads that say nothing', bytes('a,b,c\nCode for Tulsa,36.15,-95.99\n'), tulsa],
    [
      'a blank head and a blank row',
      bytes('name,latitude,longitude,\n,,,\nCode for Tulsa,36.15,-95.99,\n'),
      tulsa,
    ],
    [
      'a byte order mark',
      bytes('\ufeffname,latitude,longitude\nCode for Tulsa,36.15,-95.99\n'),
      tulsa,
    ],
    [
      'UTF-16',
      bytes('\ufeffname,latitude,longitude\nCode for Tulsa,36.15,-95.99\n', 'utf16le'),
      tulsa,
    ],
    [
      'windows-1252',
      bytes('name,city\nCódigo para São Paulo,São Paulo\n', 'windows-1252'),
      { name: 'Código para São Paulo', place: 'São Paulo' },
    ],
    [
      'a quoted line break',
      bytes('name,city\r\n"Code for\r\nTulsa","Tulsa, OK"\r\n'),
      { name: 'Code for Tulsa', place: 'Tulsa, OK' },
    ],
    [
      'two columns of one head',
      bytes('name,url,url\nCode for Tulsa,,https://b.example/\n'),
      { website: 'https://b.example/' },
    ],
    [
      'places without names',
      bytes('Place,URL\n"Tulsa, OK",https://b.example/\n'),
      { name: 'Tulsa, OK' },
    ],
  ];

  it.each(cases)('with %s', (_name, file, texts) => {
    expect(rowsOf(file)).toMatchObject([{ texts }]);
  });

  it('and a comma list of types is a list of tags', () => {
    const file = json([
      { name: 'Code for Tulsa', events_url: '', projects_list_url: '', Type: 'Brigade, midwest, ' },
    ]);

    expect(rowsOf(file)[0]?.tags).toEqual(['Brigade', 'midwest']);
  });

  it('and links of a Django dump come to their organization', () => {
    const file = json([
      { model: 'data.organization', pk: 1, fields: { name: 'Root', status: 'denied' } },
      {
        model: 'data.organization',
        pk: 2,
        fields: { name: 'Hack for LA', status: 'approved', country: 'US' },
      },
      {
        model: 'data.link',
        pk: 1,
        fields: { organization: 2, link_type: 'WebSite', url: 'https://la.example/' },
      },
    ]);

    expect(rowsOf(file).map(({ texts }) => texts)).toMatchObject([
      { name: 'Hack for LA', website: 'https://la.example/', country: 'US' },
    ]);
  });

  it.each(['\n', '\r\n', '\r'])('and each row knows its line, with %j between lines', (end) => {
    const lines = ['name,city', '"Code for', 'Tulsa",Tulsa', '', 'Open Enid,Enid', ''];

    expect(rowsOf(bytes(lines.join(end))).map(({ line }) => line)).toEqual([2, 5]);
  });
});

describe('a file that is not valid is refused whole', () => {
  const cases: readonly (readonly [name: string, file: Uint8Array, words: RegExp])[] = [
    [
      'a record that is not closed',
      bytes('[\n  {"name": "A",\n  {"name": "B"}]'),
      /^Line 3, column 3: the name of a field was expected, found “{"name": "B"}]”\.$/,
    ],
    [
      'an end that is missing',
      bytes('[{"name": "A"}'),
      /^Line 1, column 15: .*found the end of the file\.$/,
    ],
    [
      'a quote that is not closed',
      bytes('name,city\r\n"A\r\nB",C\r\n\r\n"Code for Tulsa,Tulsa\r\nOpen Enid,Enid\r\n'),
      /^Line 5, column 1: a quoted cell begins in this row and .*found “"Code for Tulsa,Tulsa”\.$/,
    ],
    [
      'a quote within a cell',
      bytes('name,city\r\n"A\r\nB",C\r\nEnid,The "Hub"\r\n'),
      /^Line 4, column 2: a quote stands inside .*found “Enid,The "Hub"”\.$/,
    ],
    [
      'a row that is too wide',
      bytes('name,city\nA,B,C\n'),
      /^Line 2, .*3 cells where 2 are expected; beyond them stands “C”/,
    ],
    ['nothing', bytes(''), /^The file is empty/],
    ['no list', bytes('{"a": 1}'), /no list of records/],
    ['a web page', bytes('<!doctype html><p>Hello'), /web page/],
    ['a spreadsheet', Buffer.from('504b030414000600', 'hex'), /not text\. Save it as CSV/],
    ['a deep nest', bytes('['.repeat(100_000)), /within each other/],
  ];

  it.each(cases)('for %s', (_name, file, words) => {
    expect(() => readFile(file)).toThrow(words);
  });
});
