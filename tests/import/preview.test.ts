// What a list comes to beside the directory, and which of its values are doubtful.
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { loadGazetteer } from '../../server/directory/places/load-gazetteer.ts';
import type { Gazetteer } from '../../server/directory/places/places.ts';
import type { Group } from '../../server/domain/records.ts';
import { compareList } from '../../server/import/compare/compare.ts';
import { planSteps, safeDecision } from '../../server/import/compare/plan.ts';
import { guessColumns } from '../../server/import/read/columns.ts';
import { toListedRows } from '../../server/import/read/listed-rows.ts';
import { readFile } from '../../server/import/read/read-file.ts';
import { built } from '../../server/root.ts';
import { aCity, aGroup } from '../support/builders.ts';

let gazetteer: Gazetteer;
beforeAll(async () => {
  gazetteer = await loadGazetteer(join(built, 'gazetteer'));
});

const list = { name: 'the list', date: '2026-06' };
const tulsa = { city: 'Tulsa, OK', latitude: '36.154', longitude: '-95.993' };
const listed = { list: 'the list', date: '2025-06', mark: 'unknown' } as const;
const unchecked = { note: '', url: null, date: null, verified: false };

function compare(
  rows: readonly object[],
  groups: readonly Group[] = [],
  personFields: ReadonlyMap<string, ReadonlySet<string>> = new Map(),
) {
  const table = readFile(Buffer.from(JSON.stringify(rows)));
  return compareList({
    rows: toListedRows(table, guessColumns(table)),
    list,
    groups,
    cities: [aCity({ slug: 'tulsa-ok' })],
    gazetteer,
    personFields,
  });
}

const entriesOf = async (...given: Parameters<typeof compare>) =>
  (await compare(...given)).compared.map(({ entry }) => entry);

describe('a suspicious row', () => {
  const near = { lat: 36.154, lng: -95.993 };
  const cases: readonly (readonly [name: string, row: object, suspicion: object])[] = [
    [
      'whose longitude lost its sign',
      { ...tulsa, longitude: '95.993' },
      { kind: 'sign-lost', proposal: { value: near } },
    ],
    [
      'at 0, 0',
      { ...tulsa, latitude: '0.0', longitude: '0.0' },
      { kind: 'zero-point', proposal: { words: expect.stringContaining('Tulsa, OK') } },
    ],
    [
      'far from its city',
      { ...tulsa, latitude: '37.5' },
      { kind: 'far-from-city', says: expect.stringMatching(/93 miles from Tulsa, OK/) },
    ],
    [
      'whose degrees are none',
      { ...tulsa, longitude: '120046595' },
      { kind: 'wrong-value', field: 'point' },
    ],
    [
      'whose city stands there twice',
      { ...tulsa, location: { city: 'Enid', state: 'Oklahoma' } },
      { kind: 'values-disagree', field: 'place' },
    ],
    [
      'whose point stands there twice',
      { ...tulsa, location: { coordinates: { latitude: '36.5', longitude: '-95.5' } } },
      { kind: 'values-disagree', field: 'point', proposal: { value: near } },
    ],
    [
      'without a scheme',
      { ...tulsa, website: 'tulsa.example.org' },
      { kind: 'no-scheme', proposal: { value: 'http://tulsa.example.org' } },
    ],
    [
      'with TBA for a website',
      { ...tulsa, website: 'TBA' },
      { kind: 'wrong-value', field: 'website', proposal: null },
    ],
    [
      'with HTML for a website',
      { ...tulsa, website: '<a href="http://a.example/">A</a>' },
      { kind: 'wrong-value', proposal: { value: 'http://a.example/' } },
    ],
    [
      'with about fifty participants',
      { ...tulsa, participants: '~50' },
      { kind: 'wrong-value', field: null },
    ],
    [
      'of Paraná, not Puerto Rico',
      { city: 'Curitiba, PR', latitude: '-25.4952', longitude: '-49.2874' },
      { kind: 'state-code', proposal: { words: 'Curitiba, Brazil' } },
    ],
    ['that names no place', { website: 'https://a.example/' }, { kind: 'no-place' }],
  ];

  it.each(cases)('%s', async (_name, row, suspicion) => {
    const [entry] = await entriesOf([{ name: 'Code for Tulsa', ...row }]);

    expect(entry?.suspicions).toMatchObject([suspicion]);
  });

  it('shares its point and its website with another', async () => {
    const website = 'https://a.example/';
    const [entry] = await entriesOf([
      { name: 'Green Bytes', website, ...tulsa },
      { name: 'River Data', website, ...tulsa },
    ]);

    expect(entry?.suspicions.map(({ kind }) => kind)).toEqual(['shared-point', 'same-website']);
  });

  it.each([
    ['a name that is nearly the same', { name: 'Open Tulsa Brigade' }, 'near-double'],
    [
      'the same web address',
      { name: 'Green Bytes', website: 'http://www.a.example' },
      'same-website',
    ],
  ])('is new, and has %s as a group that the directory has', async (_what, row, kind) => {
    const ours = aGroup({ slug: 'open-tulsa', name: 'Open Tulsa', website: 'https://a.example/' });
    const far = aGroup({ slug: 'far', name: 'Open Tulsa', city: null, lat: 1, lng: 1 });
    const [, entry] = await entriesOf(
      [
        { name: 'Open Tulsa', ...tulsa },
        { ...row, ...tulsa, latitude: '36.151' },
      ],
      [ours, far],
    );

    expect(entry).toMatchObject({ kind: 'added', slug: null, alike: ['open-tulsa'] });
    expect(entry?.suspicions.at(-1)).toMatchObject({
      kind,
      field: null,
      says: expect.stringContaining('Open Tulsa in the directory'),
    });
  });

  it('stands in the file twice: the first counts', async () => {
    const entries = await entriesOf([
      { name: 'HackTulsa', ...tulsa },
      { name: 'Hack Tulsa', ...tulsa },
    ]);

    expect(entries.map(({ kind }) => kind)).toEqual(['added', 'left-out']);
  });

  it('is written without its doubtful values', async () => {
    const row = {
      name: 'Open SGF',
      city: 'Springfield, MO',
      latitude: '37.209',
      longitude: '93.2923',
      website: 'TBA',
    };
    const comparison = await compare([row]);
    const [step] = planSteps(comparison, () => safeDecision, new Date()).filter(
      ({ kind }) => kind === 'group',
    );

    expect(step?.after).toMatchObject({ city: 'springfield-mo', website: null });
    expect(step?.after?.lng).toBeCloseTo(-93.3, 0);
  });
});

describe('a row and the record of its group', () => {
  const group = aGroup({ listing: listed, source: unchecked, website: 'https://tulsa.example/' });
  const row = { name: group.name, ...tulsa, website: 'https://tulsa.example/' };

  it('are the same: nothing but its standing in the newer list is written', async () => {
    const comparison = await compare([row], [group]);

    expect(comparison.compared[0]?.entry.kind).toBe('unchanged');
    expect(planSteps(comparison, () => safeDecision, new Date())).toMatchObject([
      { slug: group.slug, after: { listing: { date: '2026-06' }, name: group.name } },
    ]);
  });

  it('differ field by field', async () => {
    const [entry] = await entriesOf([{ ...row, website: 'https://new.example/' }], [group]);

    expect(entry).toMatchObject({ kind: 'changed', slug: group.slug });
    expect(entry?.differences).toContainEqual({
      field: 'website',
      before: 'https://tulsa.example/',
      after: 'https://new.example/',
      keeps: null,
    });
  });

  it('have another name: the old one is kept as a previous name', async () => {
    const [entry] = await entriesOf([{ ...row, name: 'Tulsa Civic Lab' }], [group]);

    expect(entry).toMatchObject({ kind: 'renamed', slug: group.slug });
    expect(entry?.differences).toContainEqual(
      expect.objectContaining({ field: 'previousNames', after: ['Code for Tulsa'] }),
    );
  });

  it('are gone from each other: the record is kept and marked', async () => {
    const [, entry] = await entriesOf([{ ...row, name: 'Another', website: '' }], [group]);

    expect(entry).toMatchObject({ kind: 'gone', slug: group.slug });
    expect(entry?.differences[0]?.after).toEqual({
      list: 'the list',
      date: '2026-06',
      mark: 'gone',
    });
  });

  it('differ where a person wrote ours: ours stays until somebody says otherwise', async () => {
    const written = new Map([[group.slug, new Set(['website'])]]);
    const comparison = await compare(
      [{ ...row, website: 'https://new.example/' }],
      [group],
      written,
    );
    const websites = [false, true].map(
      (overwrites) =>
        planSteps(comparison, () => ({ ...safeDecision, overwrites }), new Date())[0]?.after,
    );

    expect(comparison.compared[0]?.entry.differences).toContainEqual(
      expect.objectContaining({ field: 'website', keeps: 'confirmed' }),
    );
    expect(websites).toMatchObject([
      { website: 'https://tulsa.example/' },
      { website: 'https://new.example/' },
    ]);
  });

  it('differ where ours is checked: ours stays, and what we lack is taken', async () => {
    const checked = aGroup({ listing: listed, website: 'https://tulsa.example/' });
    const comparison = await compare(
      [{ ...row, website: 'https://new.example/', rss: 'https://feed.example/' }],
      [checked],
    );

    expect(planSteps(comparison, () => safeDecision, new Date())[0]?.after).toMatchObject({
      website: 'https://tulsa.example/',
      feedUrl: 'https://feed.example/',
    });
  });

  it('differ, and the list is the older of the two: ours stays', async () => {
    const newer = aGroup({ ...group, listing: { ...listed, date: '2026-10' } });
    const comparison = await compare([{ ...row, website: 'https://old.example/' }], [newer]);

    expect(planSteps(comparison, () => safeDecision, new Date())).toEqual([]);
  });
});
