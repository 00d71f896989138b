// Nothing of staff's work on gaps is in any public answer: marks are planted in all of it, and every public address
// is fetched and searched for them.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { paths } from '../../server/paths.ts';
import { addEntry, changePlan, readOutreachOf } from '../../server/store/outreach.ts';
import { snooze } from '../../server/store/snoozes.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import {
  aCollaboration,
  aConvening,
  aGroup,
  aPartner,
  aReport,
  someRecords,
} from '../support/builders.ts';
import { type SignedInPerson, signInAs } from '../support/sign-in.ts';

const mark = 'zq7secret';

let app: TestApp;
let partner: SignedInPerson;
let organizer: SignedInPerson;

beforeAll(async () => {
  app = await startTestApp({
    records: someRecords({
      partners: [aPartner({ contacts: [`${mark}-partner@tulsa.example`] })],
      groups: [aGroup({ contacts: [`${mark}-group@code.example`] })],
      reports: [
        aReport({
          level: 'none',
          date: '2026-10-01',
          barriers: ['irregular-meetings'],
          internalNote: `${mark} internal`,
        }),
      ],
      collaborations: [aCollaboration()],
      convenings: [aConvening({ start: '2027-05-01', partners: ['tulsa-data-center'] })],
    }),
  });
  const { store, outreach, clock } = app.services;
  const { id } = await signInAs(app, { staff: true, address: `${mark}@urban.example` });
  await outreach.settled();
  const [item] = await readOutreachOf(store, 'tulsa-ok');
  if (!item) throw new Error('no item');
  const entry = (text: string) => ({ by: id, kind: 'note' as const, text, key: text });
  const plan = { owner: id, stage: 'working-together' as const, nextDate: '2031-07-13' };
  await changePlan(store, item, plan, { entry: entry(`${mark} plan`), now: clock() });
  await addEntry(store, item.id, entry(`${mark} note`), clock());
  await snooze(store, { key: `${mark} key`, until: '2031-07-13', by: id }, clock());
  partner = await signInAs(app, { partners: ['other-partner'] });
  organizer = await signInAs(app, { groups: ['code-for-tulsa'] });
});
afterAll(() => app?.close());

const secrets = [mark, '2031-07-13', 'It meets irregularly'];

const slugs: Readonly<Record<string, string>> = {
  '/cities': 'tulsa-ok',
  '/partners': 'tulsa-data-center',
  '/groups': 'code-for-tulsa',
  '/collaborations': 'a-map-of-vacant-lots',
  '/convenings': 'tulsa-data-day',
};
const api = Object.values(paths.api).filter((path) => !path.includes('{'));
const addresses = [
  ...[paths.home, paths.cities, paths.partners, paths.groups, paths.gaps, paths.surveys],
  ...[paths.collaborations, paths.convenings, paths.data, paths.about, '/find?place=Tulsa, OK'],
  ...Object.entries(slugs).map(([list, slug]) => `${list}/${slug}`),
  ...api.filter((path) => path !== paths.api.root),
  ...Object.entries(slugs).map(([list, slug]) => `${paths.api.root}${list}/${slug}`),
  ...[paths.api.cities, paths.api.partners, paths.api.groups].map((path) => `${path}.geojson`),
  ...['cities', 'partners', 'groups', 'gaps', 'collaborations', 'convenings'].map(
    (name) => `${paths.api.root}/${name}.csv`,
  ),
  `${paths.api.near}?place=Tulsa, OK`,
];

describe('what staff note about a gap', () => {
  it('is on the pages of staff, so that the marks are known to work', async () => {
    const { agent } = await signInAs(app, { staff: true, address: `${mark}@urban.example` });
    const page = await agent.get('/staff/outreach/tulsa-ok');

    for (const secret of secrets) expect(page.text).toContain(secret);
  });

  it.each(addresses)('is not in %s', async (address) => {
    const answers = [
      await request(app.app).get(address),
      await partner.agent.get(address),
      await organizer.agent.get(address),
    ];

    for (const { text } of answers) {
      for (const secret of secrets) expect(text ?? '').not.toContain(secret);
    }
  });

  it.each([
    ['GET', paths.staff.home],
    ['GET', paths.staff.gaps],
    ['GET', paths.staff.gapsTable],
    ['GET', paths.staff.gapsMap],
    ['GET', '/staff/outreach/tulsa-ok'],
    ['POST', paths.staff.snooze],
    ['POST', paths.staff.assignGaps],
    ['POST', '/staff/outreach/tulsa-ok'],
    ['POST', '/staff/outreach/tulsa-ok/entry'],
    ['POST', '/staff/outreach/tulsa-ok/message'],
  ])('is closed to everybody else at %s %s', async (method, address) => {
    const send = (asked: ReturnType<typeof request>) =>
      method === 'GET' ? asked.get(address) : asked.post(address).type('form').send({});

    const visitor = await send(request(app.app));
    const others = [partner, organizer].map(({ cookie }) =>
      send(request(app.app)).set('cookie', cookie),
    );

    if (method === 'GET') expect(visitor.headers['location']).toMatch(/^\/sign-in\?next=/);
    else expect(visitor.status).toBe(403);
    expect((await Promise.all(others)).map(({ status }) => status)).toEqual([403, 403]);
  });
});
