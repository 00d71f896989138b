// The page of one partner, city, group or gap on records made for it: nothing private, and no markup from a record.
// Reports on these pages are in reports.test.ts, the starting directory in seed-pages.test.ts.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { paths } from '../../server/paths.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import {
  aCollaboration,
  aConvening,
  aGroup,
  aPartner,
  aReport,
  aWave,
  someRecords,
} from '../support/builders.ts';
import { readPage } from '../support/page.ts';

const memphis = { lat: 35.149, lng: -90.049 };

describe('a partner with reports', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({
      records: someRecords({
        partners: [
          aPartner({ topics: ['Housing'], contacts: ['someone@private.example'] }),
          aPartner({ name: 'Old Partner', city: 'memphis-tn', ...memphis, status: 'former' }),
        ],
        groups: [
          aGroup({ topics: ['housing'] }),
          aGroup({
            name: 'Gone Group',
            closed: { date: '2024-05-01', reason: 'Its organizers moved away.' },
            previousNames: ['First Name'],
          }),
        ],
        reports: [
          aReport({
            level: 'some',
            date: '2026-03-12',
            groups: ['code-for-tulsa'],
            gave: ['data'],
            publicNote: 'We met twice.',
            internalNote: 'a private remark',
            barriers: ['no-time'],
            by: 'someone@private.example',
          }),
        ],
      }),
    });
  });
  afterAll(() => app.close());

  it('shows the public part of a report and nothing private', async () => {
    const text = (await readPage(app, '/partners/tulsa-data-center')).texts('html')[0] ?? '';

    expect(text).toContain('Has some contact, 12 March 2026');
    expect(text).toContain('We met twice.');
    expect(text).toContain('Gave: data');
    expect(text).not.toMatch(/private|no-time|No time/);
  });

  it('says since when the flag of its city holds', async () => {
    const text = (await readPage(app, '/cities/tulsa-ok')).texts('main')[0] ?? '';

    expect(text).toContain('Some contact');
    expect(text).toContain('Reported 12 March 2026.');
    expect(text).not.toContain('What to do next');
  });

  it('says that a former partner is one, and gives it no flag', async () => {
    const page = await readPage(app, '/partners/old-partner');

    expect(page.texts('main')[0]).toContain('A former partner of the National');
    expect(page.$('.flag').length).toBe(0);
  });

  it('says when and why a group closed, and its old names', async () => {
    const text = (await readPage(app, '/groups/gone-group')).texts('main')[0] ?? '';

    expect(text).toContain('Closed 1 May 2024: Its organizers moved away');
    expect(text).toContain('Anyone of the group can bring it back');
    expect(text).toContain('Old names First Name');
  });

  it('carries schema.org data with the place of an organization', async () => {
    const page = await readPage(app, '/groups/code-for-tulsa');

    const data = JSON.parse(page.$('script[type="application/ld+json"]').text());
    expect(data).toMatchObject({
      '@type': 'Organization',
      name: 'Code for Tulsa',
      address: { addressLocality: 'Tulsa', addressRegion: 'OK', addressCountry: 'US' },
    });
  });
});

describe('a gap', () => {
  it('names the live group in reach, shared topics and how to reach it', async () => {
    const app = await startTestApp({
      records: someRecords({
        partners: [aPartner({ topics: ['Housing', 'Health'] })],
        groups: [
          aGroup({ name: 'Asleep', listing: { list: 'a list', date: '2023', mark: 'inactive' } }),
          aGroup({
            name: 'Awake',
            topics: ['housing'],
            eventsUrl: 'https://awake.example/meetings',
            signs: [{ kind: 'last-event', date: '2026-11-01', source: 'its calendar', url: null }],
          }),
        ],
      }),
    });

    const page = await readPage(app, '/cities/tulsa-ok');

    const next = page.texts('section[aria-labelledby=next]')[0] ?? '';
    expect(next).toContain('Ask Tulsa Data Center whether it works with Awake.');
    expect(next).toContain('Topics they share: Housing.');
    expect(page.href('Its meetings')).toBe('https://awake.example/meetings');
    await app.close();
  });

  it('says plainly that nothing is known in a directory without groups', async () => {
    const app = await startTestApp({ records: someRecords({ partners: [aPartner()] }) });

    const page = await readPage(app, '/gaps');

    expect(page.texts('td[data-label="What to do next"]')[0]).toContain('nothing is known');
    expect(page.texts('td[data-label="Nearest group"]')).toEqual(['None is known']);
    await app.close();
  });
});

describe('markup and odd values in a record', () => {
  const planted = '<img src=x onerror=alert(1)>"\'&';
  const source = { note: planted, url: 'https://s.example/?"<b>', date: null, verified: false };
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({
      records: someRecords({
        partners: [
          aPartner({
            slug: 'p',
            name: `P ${planted}`,
            hostInstitution: planted,
            topics: [planted],
            offers: [planted],
            since: planted,
            website: 'javascript:alert(1)',
            source,
          }),
        ],
        groups: [
          aGroup({
            slug: 'g',
            name: `G ${planted}`,
            topics: [planted],
            needs: [planted],
            previousNames: [planted],
            website: 'javascript:alert(1)',
            listing: { list: planted, date: '2023', mark: 'active' },
            signs: [{ kind: 'last-event', date: '2026-10', source: planted, url: null }],
            source,
          }),
          aGroup({ slug: 'long', name: 'Donaudampfschifffahrt'.repeat(12) }),
        ],
        reports: [aReport({ partner: 'p', groups: ['g'], publicNote: planted })],
        waves: [aWave({ name: planted, introduction: planted, source })],
        collaborations: [
          aCollaboration({
            slug: 'c',
            title: planted,
            partner: 'p',
            partnerName: planted,
            group: 'g',
            groupName: planted,
            summary: planted,
            link: 'javascript:alert(1)',
            source,
          }),
        ],
        convenings: [
          aConvening({
            slug: 'v',
            name: planted,
            kind: planted,
            place: planted,
            website: 'javascript:alert(1)',
            partners: ['p'],
            groups: ['g'],
            source,
          }),
        ],
      }),
    });
  });
  afterAll(() => app.close());

  it.each([
    paths.cities,
    '/cities/tulsa-ok',
    paths.partners,
    '/partners/p',
    paths.groups,
    '/groups/g',
    '/groups/long',
    paths.gaps,
    paths.collaborations,
    '/collaborations/c',
    paths.convenings,
    '/convenings/v',
    paths.surveys,
    '/surveys/2026-06',
    `/groups?q=${encodeURIComponent(planted)}`,
    `/groups?city=x&topic=${encodeURIComponent(planted)}`,
    `/cities/${encodeURIComponent(planted)}`,
    `/groups?page=${encodeURIComponent(planted)}`,
  ])('stays text on %s', async (address) => {
    const page = await readPage(app, address);

    expect(page.status).not.toBe(500);
    expect(page.$('img, b, [onerror], [style]').length).toBe(0);
    expect(page.$('a[href^="javascript:" i]').length).toBe(0);
    expect(page.$('h1').length).toBe(1);
  });
});
