// One's own account: what one may do, where one is signed in, and ending that.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type CheerioAPI, load } from 'cheerio';
import request from 'supertest';
import { browserLabel } from '../../server/features/accounts/account-page.ts';
import { paths } from '../../server/paths.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { aCity, aGroup, aPartner } from '../support/builders.ts';
import { type Roles, signInAs } from '../support/sign-in.ts';

let test: TestApp;

beforeAll(async () => {
  test = await startTestApp({
    records: {
      cities: [aCity()],
      partners: [aPartner({ slug: 'tulsa-data-center', name: 'Tulsa Data Center' })],
      groups: [aGroup({ slug: 'code-for-tulsa', name: 'Code for Tulsa' })],
    },
  });
});
afterAll(() => test?.close());

type Agent = Awaited<ReturnType<typeof signInAs>>['agent'];

const readAccount = async (agent: Agent): Promise<CheerioAPI> =>
  load((await agent.get(paths.account)).text);
const sessionsOn = ($: CheerioAPI): string[] =>
  $('.account-sessions > li')
    .toArray()
    .map((item) => $(item).find('p').text().replace(/\s+/g, ' ').trim());

describe('GET /account', () => {
  it.each<[string, Roles, string, string[]]>([
    [
      'staff',
      { staff: true },
      'NNIP staff',
      [
        '/staff',
        '/staff/gaps',
        '/staff/waves',
        '/staff/surveys',
        '/staff/suggestions',
        '/staff/introductions',
        '/staff/still-here',
        '/staff/collaborations',
        '/staff/convenings',
        '/staff/import',
        '/staff/checks',
        '/staff/mail',
        '/staff/people',
        '/staff/changes',
      ],
    ],
    [
      'a partner',
      { partners: ['tulsa-data-center'] },
      'Tulsa Data Center',
      [
        '/partners/tulsa-data-center/report',
        '/partners/tulsa-data-center/edit',
        '/partners/tulsa-data-center/collaborations',
        '/account/introductions',
        '/partners/tulsa-data-center',
      ],
    ],
    [
      'an organizer',
      { groups: ['code-for-tulsa'] },
      'Code for Tulsa',
      [
        '/groups/code-for-tulsa/edit',
        '/groups/code-for-tulsa/reports',
        '/account/introductions',
        '/groups/code-for-tulsa',
      ],
    ],
  ])('leads %s to what they may do, and each link opens', async (_who, roles, title, links) => {
    const { agent } = await signInAs(test, roles);

    const $ = await readAccount(agent);

    expect($('.account-role h3').text()).toBe(title);
    const found = $('.account-links a')
      .toArray()
      .map((link) => $(link).attr('href') ?? '');
    expect(found).toEqual(links);
    for (const link of found) expect((await agent.get(link)).status).toBe(200);
  });

  it('says so where somebody has no role', async () => {
    const { agent } = await signInAs(test);

    expect((await readAccount(agent)).text()).toContain('This account has no role yet');
  });

  it('is named in the header of every page in place of signing in', async () => {
    const { agent } = await signInAs(test);

    const $ = load((await agent.get(paths.home)).text);

    expect(
      new Set(
        $('.site-nav-account')
          .toArray()
          .map((link) => $(link).text()),
      ),
    ).toEqual(new Set(['Your account']));
  });
});

describe('the sessions of an account', () => {
  it('are listed with this one marked, and with no button to end it among the others', async () => {
    const address = 'ana@urban.example';
    const { agent } = await signInAs(test, { address });
    await signInAs(test, { address });

    const $ = await readAccount(agent);

    const sessions = sessionsOn($);
    expect(sessions).toHaveLength(2);
    expect(sessions.filter((session) => session.includes('this device'))).toHaveLength(1);
    expect($('.account-sessions form')).toHaveLength(1);
    expect($.html()).not.toMatch(/[A-Za-z0-9]{32}/);
  });

  it('are ended one by one', async () => {
    const address = 'ben@urban.example';
    const [here, there, elsewhere] = [
      await signInAs(test, { address }),
      await signInAs(test, { address }),
      await signInAs(test, { address }),
    ];
    const session = (await readAccount(here.agent))('.account-sessions input').attr('value');

    const answer = await here.agent.post(paths.endSession).type('form').send({ session });

    expect(answer.status).toBe(303);
    const statuses = await Promise.all(
      [there, elsewhere].map(async ({ agent }) => (await agent.get(paths.account)).status),
    );
    expect(statuses.sort()).toEqual([200, 303]);
    expect((await here.agent.get(paths.account)).status).toBe(200);
  });

  it('are ended everywhere else at once', async () => {
    const address = 'eve@urban.example';
    const [here, there, elsewhere] = [
      await signInAs(test, { address }),
      await signInAs(test, { address }),
      await signInAs(test, { address }),
    ];
    const $ = await readAccount(here.agent);
    const session = $('.account-ends input').attr('value');

    await here.agent.post(paths.endSession).type('form').send({ session });

    expect((await there.agent.get(paths.account)).status).toBe(303);
    expect((await elsewhere.agent.get(paths.account)).status).toBe(303);
    const after = await readAccount(here.agent);
    expect(sessionsOn(after)).toHaveLength(1);
    expect(after('.account-ends').text()).not.toContain('everywhere else');
  });

  it('of somebody else are left alone', async () => {
    const [mine, theirs] = [await signInAs(test), await signInAs(test)];
    const found = await test.services.signIn.findSession(theirs.cookie);

    await mine.agent.post(paths.endSession).type('form').send({ session: found?.session.id });

    expect((await theirs.agent.get(paths.account)).status).toBe(200);
  });

  it('end with signing out, and the cookie with them', async () => {
    const { agent, cookie } = await signInAs(test);

    const answer = await agent.post(paths.signOut);

    expect(answer.status).toBe(303);
    expect(String(answer.headers['set-cookie'])).toMatch(/crosswalk\.session_token=;.*Max-Age=0/);
    const again = await request(test.app).get(paths.account).set('cookie', cookie);
    expect(again.status).toBe(303);
  });
});

describe('browserLabel', () => {
  it.each([
    ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox on Linux'],
    [
      'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0',
      'Edge on Windows',
    ],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1',
      'Safari on iPhone',
    ],
    ['curl/8', 'A browser that does not say its name'],
    ['', 'A browser that does not say its name'],
  ])('reads %s', (agent, label) => {
    expect(browserLabel(agent)).toBe(label);
  });
});
