// What everybody may read of the change log, in words, and the feed that carries it.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseAtomFeed } from 'feedsmith';
import type { Change } from '../../server/domain/records.ts';
import { privateGroupFields, privatePartnerFields } from '../../server/domain/visibility.ts';
import { toEntry } from '../../server/features/feeds/change-entry.ts';
import { changesFeed } from '../../server/features/feeds/changes-feed.ts';
import { toPublicChanges } from '../../server/features/feeds/public-changes.ts';
import {
  aCollaboration,
  aConvening,
  aGroup,
  aPartner,
  aReport,
  aWave,
} from '../support/builders.ts';
import { aDirectory } from '../support/directory.ts';

const publicUrl = 'https://crosswalk.example';
const report = aReport({ internalNote: 'not for you', barriers: ['no-time'], by: 'somebody' });
const directory = aDirectory({
  groups: [aGroup()],
  partners: [aPartner()],
  reports: [report],
  collaborations: [aCollaboration(), aCollaboration({ title: 'Secret', state: 'draft' })],
  convenings: [aConvening()],
  waves: [aWave(), aWave({ slug: '2027-01', state: 'draft' })],
});
let count = 0;
const aChange = (over: Partial<Change> = {}): Change => {
  count += 1;
  return {
    id: String(count),
    at: '2026-11-20T10:00:00.000Z',
    by: 'a-person',
    origin: 'web',
    record: 'group',
    slug: 'code-for-tulsa',
    field: 'website',
    before: null,
    after: 'https://tulsa.example/',
    batch: 'one',
    ...over,
  };
};
const titles = (...changes: Change[]): string[] =>
  toPublicChanges(directory, changes).map((change) => toEntry(directory, change).title);

describe('a step of the log', () => {
  it.each<[string, Change[], string[]]>([
    ['one field', [aChange()], ['Code for Tulsa: website changed']],
    [
      'several fields',
      [
        aChange(),
        aChange({ field: 'eventsUrl' }),
        aChange({ field: 'lat' }),
        aChange({ field: 'lng' }),
      ],
      ['Code for Tulsa: website, events page and location changed'],
    ],
    [
      'many fields',
      ['website', 'eventsUrl', 'codeUrl', 'topics'].map((field) => aChange({ field })),
      ['Code for Tulsa: website, events page and 2 more changed'],
    ],
    ['a new record', [aChange({ field: 'record', after: aGroup() })], ['Code for Tulsa: added']],
    [
      'a record that went',
      [
        aChange({
          record: 'convening',
          slug: 'gone',
          field: 'record',
          before: { name: 'Gone' },
          after: null,
        }),
      ],
      ['Gone: taken out'],
    ],
    [
      'two steps',
      [aChange({ batch: 'two' }), aChange()],
      Array(2).fill('Code for Tulsa: website changed'),
    ],
    [
      'a wave that opens',
      [
        aChange({
          record: 'wave',
          slug: '2026-06',
          field: 'state',
          before: 'draft',
          after: 'open',
        }),
      ],
      ['Survey 2026-06: open'],
    ],
    [
      'a report',
      [aChange({ record: 'report', slug: report.id, field: 'record', after: report })],
      ['Tulsa Data Center: reported “Has some contact”'],
    ],
    [
      'a collaboration that is published',
      [
        aChange({
          record: 'collaboration',
          slug: 'a-map-of-vacant-lots',
          field: 'state',
          before: 'draft',
          after: 'published',
          batch: 'b',
        }),
        aChange({
          record: 'collaboration',
          slug: 'a-map-of-vacant-lots',
          field: 'summary',
          before: 'draft words',
          batch: 'a',
        }),
      ],
      ['A map of vacant lots: published'],
    ],
  ])('with %s is told in words', (_, changes, expected) => {
    expect(titles(...changes)).toEqual(expected);
  });

  it.each<[string, Partial<Change>]>([
    ...[...privateGroupFields].map((field): [string, Partial<Change>] => [
      `a group's ${field}`,
      { field },
    ]),
    ...[...privatePartnerFields].map((field): [string, Partial<Change>] => [
      `a partner's ${field}`,
      { record: 'partner', slug: 'tulsa-data-center', field },
    ]),
    ['what the directory began with', { origin: 'seed' }],
    ['a person', { record: 'person', slug: 'x', field: 'staff' }],
    ['an invitation', { record: 'invitation', slug: 'x', field: 'record', after: {} }],
    ['a word of a group on a report', { record: 'verdict', slug: 'x', field: 'record', after: {} }],
    ['a draft of a collaboration', { record: 'collaboration', slug: 'secret', field: 'summary' }],
    ['a draft of a wave', { record: 'wave', slug: '2027-01', field: 'state', after: 'draft' }],
    ['a field that nobody has decided on', { field: 'somethingNew' }],
  ])('about %s is not told', (_, over) => {
    expect(titles(aChange({ before: 'private words', after: 'private words', ...over }))).toEqual(
      [],
    );
  });

  it('never tells what is private of a record that came', () => {
    const changes = [
      aChange({ field: 'record', after: { ...aGroup(), contacts: ['lead@group.example'] } }),
      aChange({ record: 'report', slug: report.id, field: 'record', after: report }),
    ];
    const feed = changesFeed(directory, changes, publicUrl);

    for (const hidden of ['lead@group.example', 'not for you', 'no-time', 'somebody', 'a-person']) {
      expect(feed).not.toContain(hidden);
    }
  });
});

describe('the feed', () => {
  it('has an entry for each with its page, its moment and an identifier that stays', () => {
    const changes = [aChange({ batch: 'two', at: '2026-11-21T10:00:00.000Z' }), aChange()];
    const feed = parseAtomFeed(changesFeed(directory, changes, publicUrl));
    const moved = parseAtomFeed(changesFeed(directory, changes, 'https://elsewhere.example'));

    expect(feed.entries).toHaveLength(2);
    expect(String(feed.updated)).toContain('2026-11-21');
    expect(feed.entries?.[0]?.links?.[0]?.href).toBe(
      'https://crosswalk.example/groups/code-for-tulsa',
    );
    expect(feed.entries?.[0]?.id).toMatch(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8/);
    expect(feed.entries?.map(({ id }) => id)).toEqual(moved.entries?.map(({ id }) => id));
    expect(new Set(feed.entries?.map(({ id }) => id)).size).toBe(2);
  });

  it('is well formed and shows planted markup as text, whatever stands in the records', () => {
    const nasty = fc.string({
      unit: fc.oneof(
        fc.constantFrom(
          '<script>alert(1)</script>',
          ']]>',
          '<![CDATA[',
          '&amp;',
          '&#0;',
          '\u0000',
          '\u000b',
          '\ufffe',
          '\ud800',
          '"',
          '<b>',
        ),
        fc.string({ unit: 'binary', maxLength: 3 }),
      ),
      maxLength: 30,
    });
    fc.assert(
      fc.property(nasty, (text) => {
        const named = aDirectory({ groups: [aGroup({ slug: 'x', name: text })] });
        const changes = [aChange({ slug: 'x', before: text, after: `${text}.` })];
        const xml = changesFeed(named, changes, publicUrl);
        const feed = parseAtomFeed(xml);

        expect(feed.entries).toHaveLength(1);
        expect(xml).toMatch(/^[\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]*$/u);
        expect(xml.match(/<!\[CDATA\[/g)).toHaveLength(2);
        expect(xml.match(/]]>/g)).toHaveLength(2);
        expect(xml).not.toMatch(/<script|<b>/);
      }),
      { numRuns: 100 },
    );
  });
});
