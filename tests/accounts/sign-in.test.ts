// Signing in by mailed link, on the real store: which links open, how often, and for how long.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { pino } from 'pino';
import request from 'supertest';
import { linkMinutes, openSignIn, sessionDays } from '../../server/accounts/sign-in.ts';
import { readConfig } from '../../server/config.ts';
import { paths, withQuery } from '../../server/paths.ts';
import { openStore } from '../../server/store/open-store.ts';
import { addPerson } from '../../server/store/people.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { pressButton, signInAs } from '../support/sign-in.ts';

let test: TestApp;

beforeAll(async () => {
  test = await startTestApp();
});
afterAll(() => test?.close());
afterEach(() => {
  jest.useRealTimers();
});

const noRoles = { staff: false, partners: [], groups: [] };

/** better-auth asks the system for the time: this moves what the system says on, and nothing else. */
function letMinutesPass(minutes: number): void {
  const now = Date.now() + minutes * 60_000;
  jest.useFakeTimers({
    now,
    doNotFake: [
      'hrtime',
      'nextTick',
      'performance',
      'queueMicrotask',
      'setImmediate',
      'clearImmediate',
      'setInterval',
      'clearInterval',
      'setTimeout',
      'clearTimeout',
    ],
  });
}

async function aToken(address: string): Promise<string> {
  await addPerson(test.services.store, address, noRoles, test.services.clock());
  return test.services.signIn.makeToken(address);
}

const press = (token: string) =>
  request(test.app).post(paths.signInConfirm).type('form').send({ token });

describe('a sign-in link', () => {
  it('signs in whoever presses its button', async () => {
    const cookie = await pressButton(test.app, await aToken('ana@urban.example'));

    const account = await request(test.app).get(paths.account).set('cookie', cookie);

    expect(account.status).toBe(200);
    expect(account.text).toContain('ana@urban.example');
  });

  it('signs in once', async () => {
    const token = await aToken('ana@urban.example');
    await pressButton(test.app, token);

    const second = await press(token);

    expect(second.status).toBe(400);
    expect(second.headers['set-cookie']).toBeUndefined();
    expect(second.text).toContain('This link does not work any more');
  });

  it('signs in once, however many press its button at the same moment', async () => {
    const token = await aToken('ana@urban.example');

    const answers = await Promise.all(Array.from({ length: 8 }, () => press(token)));

    expect(answers.filter(({ status }) => status === 303)).toHaveLength(1);
    expect(answers.filter((answer) => answer.headers['set-cookie'])).toHaveLength(1);
  });

  it(`signs in for ${linkMinutes} minutes, and not a minute longer`, async () => {
    const [early, late] = [await aToken('ana@urban.example'), await aToken('ben@urban.example')];

    letMinutesPass(linkMinutes - 1);
    expect((await press(early)).status).toBe(303);
    letMinutesPass(2);
    expect((await press(late)).status).toBe(400);
  });

  it.each(['abcdefghijklmnopqrstuvwxyzabcdef', 'short', '', 'x'.repeat(4_000), '../../etc/passwd'])(
    'with the token "%.40s" that nobody made is answered in words',
    async (token) => {
      const page = await request(test.app).get(withQuery(paths.signInConfirm, { token }));
      const answer = await press(token);

      expect([200, 400]).toContain(page.status);
      expect(answer.status).toBe(400);
      expect(answer.text).toContain('This link does not work any more');
    },
  );

  it('opens nothing for an address that nobody has', async () => {
    const answer = await press(await test.services.signIn.makeToken('nobody@urban.example'));

    expect(answer.status).toBe(400);
    expect(answer.headers['set-cookie']).toBeUndefined();
  });

  it('survives a mail scanner that opens it fifty times', async () => {
    const token = await aToken('ana@urban.example');
    const link = withQuery(paths.signInConfirm, { token });

    const opened = await Promise.all(
      Array.from({ length: 50 }, (_, number) =>
        number % 2 ? request(test.app).get(link) : request(test.app).head(link),
      ),
    );

    expect(new Set(opened.map(({ status }) => status))).toEqual(new Set([200]));
    expect(opened.some((answer) => answer.headers['set-cookie'])).toBe(false);
    expect((await press(token)).status).toBe(303);
  });
});

describe('a session', () => {
  it(`lasts ${sessionDays} days without use, and no longer`, async () => {
    const { agent } = await signInAs(test);

    letMinutesPass((sessionDays * 24 - 1) * 60);
    expect((await agent.get(paths.account)).status).toBe(200);
    letMinutesPass(2 * 60);
    expect((await agent.get(paths.account)).status).toBe(303);
  });

  it('survives closing and opening the store again', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'crosswalk-sessions-'));
    const config = readConfig({ DATA_DIR: folder });
    const options = {
      secret: 'a secret of more than thirty-two characters',
      publicUrl: 'http://x.test',
    };
    const log = pino({ level: 'silent' });
    const before = await openStore(config, log);
    const person = await addPerson(before, 'ana@urban.example', noRoles, new Date());
    const signIn = openSignIn(before, options);
    const cookies = await signIn.useToken(await signIn.makeToken(person.address), 'Firefox');
    const cookie = (cookies ?? []).map((line) => line.split(';')[0]).join('; ');
    await before.close();

    const after = await openStore(config, log);
    const found = await openSignIn(after, options).findSession(cookie);

    expect(found).toMatchObject({ person: person.id, session: { browser: 'Firefox' } });
    await after.close();
    await rm(folder, { recursive: true });
  });

  it('is not believed when its cookie was signed with another secret', async () => {
    const { cookie } = await signInAs(test);
    const other = openSignIn(test.services.store, {
      secret: 'another secret of thirty-two characters',
      publicUrl: test.services.config.publicUrl,
    });

    expect(await other.findSession(cookie)).toBeNull();
  });
});
