// The commands about people, run as an operator runs them, on a store that the running site has open.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { refuseUnknownSlugs } from '../../server/cli/unknown-slugs.ts';
import { paths } from '../../server/paths.ts';
import { built } from '../../server/root.ts';
import { readChanges } from '../../server/store/changes.ts';
import { addPerson, readPeople } from '../../server/store/people.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { aCity, aGroup, aPartner } from '../support/builders.ts';
import { pressButton, signInAs } from '../support/sign-in.ts';

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

let test: TestApp;

beforeAll(async () => {
  test = await startTestApp({
    records: {
      cities: [aCity()],
      partners: [aPartner({ slug: 'tulsa-data-center' })],
      groups: [aGroup({ slug: 'code-for-tulsa' })],
    },
  });
});
afterAll(() => test?.close());

const run = (...args: string[]): Promise<Ended> =>
  new Promise((resolve) => {
    const { MONGODB_URI: _, ...env } = process.env;
    execFile(
      process.execPath,
      [join(built, 'server/cli.js'), ...args],
      { env: { ...env, DATA_DIR: test.services.config.dataDir } },
      (error, out, err) => resolve({ code: Number(error?.code ?? 0), out, err }),
    );
  });

const addresses = async (): Promise<string[]> =>
  (await readPeople(test.services.store)).map(({ address }) => address);

const tokenOf = (out: string): string => /token=([A-Za-z]+)/.exec(out)?.[1] ?? '';

describe('crosswalk person, while the site runs', () => {
  it('add prints a link that signs in on the running site', async () => {
    const added = await run('person', 'add', 'Ana@Urban.example', '--role', 'staff');

    expect(added).toMatchObject({ code: 0, err: '' });
    expect(added.out).toContain('http://localhost:3000/sign-in/confirm?token=');
    const cookie = await pressButton(test.app, tokenOf(added.out));
    const account = await request(test.app).get(paths.account).set('cookie', cookie);
    expect(account.text).toContain('ana@urban.example');
    expect(account.text).toContain('NNIP staff');
  });

  it('add, remove and erase are in the log of changes, by identifier alone', async () => {
    const typed = ['dee@urban.example', '--role', 'partner', '--partner', 'tulsa-data-center'];
    await run('person', 'add', ...typed);
    await run('person', 'remove', 'dee@urban.example');
    await run('person', 'add', ...typed);
    const erased = await run('person', 'erase', 'dee@urban.example', '--json');
    const log = await readChanges(test.services.store, { record: 'person', limit: 50 });

    expect(JSON.parse(erased.out)).toMatchObject({ erased: { account: true } });
    const roles = { staff: false, partners: ['tulsa-data-center'], groups: [] };
    expect(log.slice(0, 4)).toMatchObject([
      { origin: 'command-line', before: roles, after: null },
      { origin: 'command-line', before: null, after: roles },
      { origin: 'command-line', before: roles, after: null },
      { origin: 'command-line', before: null, after: roles },
    ]);
    expect(JSON.stringify(log)).not.toContain('@');
    expect(await addresses()).not.toContain('dee@urban.example');
  });

  it('add gives more roles to somebody who is there', async () => {
    await addPerson(
      test.services.store,
      'ben@urban.example',
      { staff: true, partners: [], groups: [], name: 'Ben' },
      test.services.clock(),
    );
    const again = await run(
      ...['person', 'add', 'ben@urban.example', '--role', 'partner', 'organizer', '--json'],
      ...['--partner', 'tulsa-data-center', '--group', 'code-for-tulsa'],
    );

    expect(JSON.parse(again.out)).toMatchObject({
      address: 'ben@urban.example',
      name: 'Ben',
      staff: true,
      partners: ['tulsa-data-center'],
      groups: ['code-for-tulsa'],
      link: expect.stringMatching(/^http/),
      minutes: 20,
    });
  });

  it('list names everybody, remove takes somebody out and ends their sessions', async () => {
    const { cookie } = await signInAs(test, { staff: true, address: 'eve@urban.example' });

    expect((await run('person', 'list')).out).toContain('eve@urban.example, staff');
    expect((await run('person', 'remove', 'EVE@urban.example')).code).toBe(0);

    expect(await addresses()).not.toContain('eve@urban.example');
    const answer = await request(test.app).get(paths.account).set('cookie', cookie);
    expect(answer.status).toBe(303);
  });

  it('sign-in-link prints another link for somebody who is there', async () => {
    await signInAs(test, { address: 'joe@urban.example' });

    const { out } = await run('sign-in-link', 'joe@urban.example', '--json');

    expect(await pressButton(test.app, tokenOf(JSON.parse(out).link))).toContain('crosswalk.');
  });

  it.each([
    ['no address', ['person', 'add', 'ana', '--role', 'staff'], '"ana" is not a mail address'],
    [
      'a partner that is not there',
      ['person', 'add', 'a@b.example', '--role', 'partner', '--partner', 'tulsa-dta-center'],
      'Did you mean:\n  tulsa-data-center  (Tulsa Data Center)',
    ],
    [
      'a partner without its role',
      ['person', 'add', 'a@b.example', '--role', 'staff', '--partner', 'tulsa-data-center'],
      '--partner goes with --role partner',
    ],
    ['nobody', ['person', 'remove', 'nobody@b.example'], 'Nobody has the address nobody@b.example'],
  ])('%s is refused in words, with 2, and nobody is added', async (_what, args, words) => {
    const ended = await run(...args);

    expect(ended).toMatchObject({ code: 2, out: '' });
    expect(ended.err).toContain(words);
    expect(await addresses()).not.toContain('a@b.example');
  });
});

describe('a slug that is not there', () => {
  it.each([
    [{ partners: [], groups: ['tulsa'] }, 'group "tulsa"', 'code-for-tulsa  (Code for Tulsa)'],
    [
      { partners: ['tulsa-data-center', 'tulas-data'], groups: [] },
      'partner "tulas-data"',
      'tulsa-data-center  (Tulsa Data Center)',
    ],
    [{ partners: ['zzz'], groups: [] }, 'There is no partner "zzz".', ''],
  ])('is named with the names that come near: %j', async (asked, named, near) => {
    const refusal = refuseUnknownSlugs(test.services.store, asked);

    await expect(refusal).rejects.toThrow(named);
    await expect(refusal).rejects.toThrow(near);
  });
});
