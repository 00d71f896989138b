// What signing in gives away, and to whom: nothing of who is known, no token, no address.
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import request from 'supertest';
import { paths, withQuery } from '../../server/paths.ts';
import { addPerson, changeRoles, findPerson, removePerson } from '../../server/store/people.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { cookiesOf, pressButton, signInAs } from '../support/sign-in.ts';

const logged: string[] = [];
let test: TestApp;

beforeAll(async () => {
  const log = pino({ level: 'trace' }, { write: (line: string) => logged.push(line) });
  test = await startTestApp({ log });
  const roles = { staff: true, partners: [], groups: [] };
  await addPerson(test.services.store, 'ana@urban.example', roles, test.services.clock());
});
afterAll(() => test?.close());

let senders = 0;

/** Each test asks from places of its own: how often one may ask is counted. */
function ask(address: string, next = '', app = test.app, sender = '') {
  senders += 1;
  return request(app)
    .post(paths.signIn)
    .set('x-forwarded-for', sender || `192.0.2.${senders}`)
    .type('form')
    .send({ address, next });
}

/** Every mail so far, as it lies in the mail folder. */
async function mailsOf({ services }: TestApp): Promise<string[]> {
  await services.mail.drain();
  const folder = join(services.config.dataDir, 'mail');
  const names = await readdir(folder).catch(() => []);
  return Promise.all(names.sort().map((name) => readFile(join(folder, name), 'utf8')));
}

/** Waits for what goes on after an answer was sent. */
async function untilMailed(app: TestApp, many: number): Promise<string[]> {
  for (let turn = 0; turn < 200; turn += 1) {
    const mails = await mailsOf(app);
    if (mails.length >= many) return mails;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`${many} mails did not come`);
}

const tokenIn = (mail: string): string =>
  /token=(?:3D)?([A-Za-z]{32})/.exec(mail.replace(/=\r?\n/g, ''))?.[1] ?? '';

describe('asking for a link', () => {
  it('is answered alike whether or not the address is known', async () => {
    const known = await ask('ana@urban.example');
    const unknown = await ask('bob@urban.example');

    expect(known.status).toBe(202);
    expect(unknown.status).toBe(known.status);
    expect(unknown.text).toBe(known.text);
    const plain = ({ 'x-request-id': _, date: _date, ...headers }: Record<string, string>) =>
      Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith('ratelimit')));
    expect(plain(unknown.headers)).toEqual(plain(known.headers));
  });

  it('mails a link to an address that is known, and to no other', async () => {
    const before = (await untilMailed(test, 1)).length;

    await ask('bob@urban.example');
    await ask('ANA@urban.example ', '/cities');
    const mails = await untilMailed(test, before + 1);

    expect(mails).toHaveLength(before + 1);
    expect(mails.every((mail) => /^To: ana@urban\.example\r?$/m.test(mail))).toBe(true);
    expect(mails.some((mail) => mail.includes('bob@'))).toBe(false);
  });

  it('says what is wrong with an address that is none, and keeps what was typed', async () => {
    const answer = await ask('ana at urban');

    expect(answer.status).toBe(422);
    expect(answer.text).toContain('<title>Error: Sign in');
    expect(answer.text).toContain('value="ana at urban"');
    expect(answer.text).toContain('href="#address"');
  });
});

describe('asking for links often', () => {
  const tooMany = 'Wait 15 minutes and try again';

  it('is refused in words after four for one address, known or not, wherever they come from', async () => {
    for (const address of ['ana@often.example', 'bob@often.example']) {
      const statuses = [];
      for (let time = 0; time < 4; time += 1) statuses.push((await ask(address)).status);
      const fifth = await ask(address);

      expect(statuses).toEqual([202, 202, 202, 202]);
      expect(fifth.status).toBe(429);
      expect(fifth.text).toContain(tooMany);
      expect(Number(fifth.headers['retry-after'])).toBeGreaterThan(0);
    }
  });

  it('is refused in words after twenty from one sender, whatever the addresses', async () => {
    const from = (number: number) => ask(`p${number}@many.example`, '', test.app, '198.51.100.7');
    const statuses = [];
    for (let number = 0; number < 20; number += 1) statuses.push((await from(number)).status);

    expect(new Set(statuses)).toEqual(new Set([202]));
    expect((await from(20)).status).toBe(429);
    expect((await ask('p21@many.example')).status).toBe(202);
  });

  it('does not count one person’s slips against another', async () => {
    const statuses = [];
    for (let time = 0; time < 6; time += 1) statuses.push((await ask('not an address')).status);

    expect(statuses).toEqual([422, 422, 422, 422, 422, 422]);
  });
});

describe('the token of a link', () => {
  it('is nowhere in the files of the store, before or after it is used, nor in the log', async () => {
    const { store, signIn, clock, config } = test.services;
    const roles = { staff: false, partners: [], groups: [] };
    await addPerson(store, 'eve@urban.example', roles, clock());
    await addPerson(store, 'joe@urban.example', roles, clock());
    const before = (await mailsOf(test)).length;
    await ask('eve@urban.example');
    const mails = await untilMailed(test, before + 1);
    const used = tokenIn(mails.find((mail) => mail.includes('eve@urban')) ?? '');
    const waiting = await signIn.makeToken('joe@urban.example');
    await request(test.app).get(withQuery(paths.signInConfirm, { token: used }));
    await pressButton(test.app, used);
    await request(test.app).post(paths.signInConfirm).type('form').send({ token: used });

    const files = await filesOf(config.dataDir);

    expect(used).toMatch(/^[A-Za-z]{32}$/);
    expect(files.length).toBeGreaterThan(0);
    for (const token of [used, waiting]) {
      expect(files.filter(({ bytes }) => bytes.includes(token)).map(({ name }) => name)).toEqual(
        [],
      );
      expect(logged.filter((line) => line.includes(token))).toEqual([]);
    }
    expect(logged.some((line) => line.includes('"route":"/sign-in/confirm"'))).toBe(true);
    expect(logged.filter((line) => /urban\.example/.test(line))).toEqual([]);
  });

  it('is told to no other site, and no copy of its page is kept', async () => {
    const { signIn } = test.services;
    const token = await signIn.makeToken('ana@urban.example');
    for (const given of [token, 'nonsense']) {
      const page = await request(test.app).get(withQuery(paths.signInConfirm, { token: given }));

      expect(page.headers['referrer-policy']).toBe('strict-origin');
      expect(page.headers['cache-control']).toBe('private, no-store');
      expect(page.headers['x-robots-tag']).toBe('noindex');
      expect(page.headers['etag']).toBeUndefined();
    }
    const page = await request(test.app).get(withQuery(paths.signInConfirm, { token }));
    expect(page.text.split(token)).toHaveLength(2);
  });
});

/** What the store keeps; the mail folder holds what would have gone to the mail server. */
async function filesOf(folder: string): Promise<{ name: string; bytes: Buffer }[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .filter((name) => !name.startsWith('mail'));
  return Promise.all(
    names.map(async (name) => ({ name, bytes: await readFile(join(folder, name)) })),
  );
}

describe('the cookie of a session', () => {
  it.each([
    ['http://localhost:3000', false],
    ['https://crosswalk.example', true],
  ])('of %s is out of reach of scripts and other sites', async (publicUrl, secure) => {
    const site = await startTestApp({
      config: { publicUrl },
    });
    const roles = { staff: true, partners: [], groups: [] };
    const { store, signIn, clock } = site.services;
    await addPerson(store, 'ana@urban.example', roles, clock());
    const token = await signIn.makeToken('ana@urban.example');
    const answer = await request(site.app).post(paths.signInConfirm).type('form').send({ token });

    const cookies = answer.headers['set-cookie'] as unknown as string[];

    expect(cookies.length).toBeGreaterThan(0);
    for (const cookie of cookies) {
      expect(cookie).toMatch(secure ? /^__Secure-crosswalk\./ : /^crosswalk\./);
      expect(cookie).toMatch(/; HttpOnly/i);
      expect(cookie).toMatch(/; SameSite=Lax/i);
      expect(/; Secure/i.test(cookie)).toBe(secure);
    }
    expect(
      (await request(site.app).get(paths.account).set('cookie', cookiesOf(cookies))).status,
    ).toBe(200);
    await site.close();
  });
});

describe('what somebody may do', () => {
  it('is read anew with each request', async () => {
    const { store, clock } = test.services;
    const { id, agent } = await signInAs(test, { staff: true });
    expect((await agent.get(paths.staff.waves)).status).not.toBe(403);

    const person = await findPerson(store, id);
    if (!person) throw new Error('nobody');
    await changeRoles(store, person, { staff: false, partners: [], groups: [] }, clock());

    expect((await agent.get(paths.staff.waves)).status).toBe(403);
  });

  it('ends with the person', async () => {
    const { store, signIn } = test.services;
    const { id, agent, cookie, address } = await signInAs(test, { staff: true });
    const waiting = await signIn.makeToken(address);

    const person = await findPerson(store, id);
    if (!person) throw new Error('nobody');
    await removePerson(store, person);

    expect(await signIn.findSession(cookie)).toBeNull();
    const answer = await agent.get(paths.staff.waves);
    expect(answer.status).toBe(303);
    expect(answer.headers['location']).toBe('/sign-in?next=%2Fstaff%2Fwaves');
    await expect(pressButton(test.app, waiting)).rejects.toThrow('400');
  });
});

describe('a page for somebody who is signed in', () => {
  it.each([paths.home, paths.cities, paths.about, paths.signIn])(
    '%s is neither taken from the kept answers nor kept',
    async (address) => {
      const { agent } = await signInAs(test, { address: 'zoe@urban.example' });
      const visit = () => request(test.app).get(address);
      const [first, mine, kept] = [await visit(), await agent.get(address), await visit()];
      const after = await agent.get(address).set('if-none-match', String(first.headers['etag']));

      expect(first.text).toContain('>Sign in</a>');
      if (address !== paths.signIn) {
        expect(mine.text).toContain('>Your account</a>');
        expect(mine.headers['cache-control']).toBe('private, no-store');
        expect(mine.headers['etag']).toBeUndefined();
        expect(after.status).toBe(200);
      }
      expect(kept.text).toBe(first.text);
    },
  );
});
