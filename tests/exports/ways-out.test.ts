// The ways out of the directory on the real application: downloads, the map in a frame, pictures, the command line's
// file for staff; and that no public address holds anything private.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { unzipSync } from 'fflate';
import request from 'supertest';
import { snapshotJob } from '../../server/exports/snapshot-job.ts';
import { publicTables } from '../../server/features/api/tables.ts';
import { built } from '../../server/root.ts';
import { makeConfirmation } from '../../server/store/confirmations.ts';
import { keepChecks } from '../../server/store/group-checks.ts';
import { addReturn } from '../../server/store/group-returns.ts';
import { addBatch } from '../../server/store/import-batches.ts';
import { addIntroduction } from '../../server/store/introductions.ts';
import { snooze } from '../../server/store/snoozes.ts';
import { table } from '../access/table.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import {
  aCity,
  aCollaboration,
  aConvening,
  aGroup,
  aPartner,
  aReport,
  aWave,
} from '../support/builders.ts';
import { signInAs } from '../support/sign-in.ts';

const secret = 'planted-secret';
let test: TestApp;

beforeAll(async () => {
  test = await startTestApp({
    records: {
      cities: [aCity()],
      partners: [aPartner({ contacts: [`${secret}@partner.example`] })],
      groups: [
        aGroup({ contacts: [`${secret}@group.example`] }),
        aGroup({ name: 'Open-Tulsa/Data', website: null }),
      ],
      waves: [aWave(), aWave({ slug: '2026-12', name: `${secret} draft`, state: 'draft' })],
      reports: [
        aReport({
          level: 'none',
          wave: '2026-06',
          barriers: ['no-leadership'],
          internalNote: secret,
          by: secret,
        }),
      ],
      collaborations: [aCollaboration(), aCollaboration({ title: secret, state: 'draft' })],
      convenings: [aConvening()],
    },
  });
});
afterAll(() => test.close());

const ask = (address: string) =>
  request(test.app)
    .get(address)
    .buffer(true)
    .parse((res, done) => {
      const parts: Buffer[] = [];
      res.on('data', (part: Buffer) => parts.push(part));
      res.on('end', () => done(null, Buffer.concat(parts)));
    });

/** Everything that an answer says; what is packed in a ZIP too. */
const textOf = (body: Buffer): string =>
  body.subarray(0, 2).toString() === 'PK'
    ? Object.values(unzipSync(body))
        .map((file) => Buffer.from(file).toString())
        .join('\n')
    : body.toString();

const slugs: Readonly<Record<string, string>> = {
  cities: 'tulsa-ok',
  partners: 'tulsa-data-center',
  groups: 'code-for-tulsa',
  collaborations: 'a-map-of-vacant-lots',
  convenings: 'tulsa-data-day',
  surveys: '2026-06',
};

function addressOf(route: string): string {
  const path = route.replace('GET ', '');
  return path
    .replace(/:(slug|wave)/, slugs[path.split('/')[1] ?? ''] ?? 'none')
    .replace(':day', '2026-11-22')
    .replace(':name', 'Code-for-Tulsa')
    .replace(':list', 'projects')
    .replace(/:\w+/g, 'none');
}

describe('what the public may not see', () => {
  it('is at no address that is open to everyone, packed or not', async () => {
    await snapshotJob(publicTables).run(test.services, new AbortController().signal);
    const addresses = table.everyone
      .filter((route) => route.startsWith('GET '))
      .map(addressOf)
      .filter((address) => address !== '/metrics');
    const leaks: string[] = [];
    for (const address of addresses) {
      const text = textOf((await ask(address)).body as Buffer);
      if (text.includes(secret) || text.includes('no-leadership')) leaks.push(address);
    }

    expect(leaks).toEqual([]);
  });
});

describe('GET /data/crosswalk.zip', () => {
  it('holds the tables, and is not sent again to whoever has it', async () => {
    const first = await ask('/data/crosswalk.zip');
    const again = await ask('/data/crosswalk.zip').set(
      'if-none-match',
      String(first.headers['etag']),
    );

    expect(first.headers['content-type']).toBe('application/zip');
    expect(first.headers['content-disposition']).toContain('crosswalk-data.zip');
    expect(Object.keys(unzipSync(first.body as Buffer))).toContain('groups.geojson');
    expect(again.status).toBe(304);
  });
});

describe('the snapshots of earlier days', () => {
  it('are listed with their size, and can be had', async () => {
    const page = textOf((await ask('/data')).body as Buffer);

    expect(page).toMatch(/snapshots\/2026-11-22\.zip.*?22 November 2026.*?\d+ kB/s);
    expect((await ask('/data/snapshots/2026-11-22.zip')).status).toBe(200);
    expect((await ask('/data/snapshots/2026-11-21.zip')).status).toBe(404);
    expect((await ask('/data/snapshots/..%2F..%2Fsecret.zip')).status).toBe(404);
  });
});

describe('the export for staff', () => {
  const [group, partner] = ['code-for-tulsa', 'tulsa-data-center'];
  const now = new Date('2026-11-20T10:00:00Z');
  const hidden = 'wrote-in@somewhere.example';

  beforeAll(async () => {
    const { store } = test.services;
    const tokenHash = 'a'.repeat(64);
    const at = { name: 'Ana', address: hidden };
    await addIntroduction(
      store,
      {
        ...{ partner, group, from: 'partner', by: 'ana', asker: at, word: 'We count lots.' },
        ...{ key: 'one', onBehalf: false, askerTokenHash: null, reasons: ['Near.'], problem: null },
        recipients: [{ ...at, addressHash: tokenHash, tokenHash }],
      },
      now,
    );
    await makeConfirmation(store, { group, round: 1, tokenHashes: [tokenHash] }, now);
    await addReturn(store, { group, known: false, address: hidden, tokenHash }, now);
    await snooze(store, { key: 'suggestion one', until: '2026-12-01', by: 'ana' }, now);
    const checked = {
      group: 'gone',
      source: 'website',
      address: 'https://codefortulsa.example/',
    } as const;
    await keepChecks(
      store,
      [
        {
          ...{ ...checked, outcome: 'signs', words: '', checkedAt: now.toISOString() },
          ...{ failingSince: null, failures: 0, readAt: null, validators: null, days: [] },
          ...{ page: null, leads: [] },
        },
      ],
      now,
    );
    const batch = { name: 'a-list', title: 'A list', fileName: 'a.csv', hash: '', by: 'ana' };
    await addBatch(store, { ...batch, at: now.toISOString(), counts: { added: 0 } }, []);
    await test.services.mail.post({
      ...{ key: 'welcome', to: hidden, purpose: 'welcome', about: null, template: 'welcome' },
      data: { link: 'http://localhost:3000/sign-in', roles: ['look'] },
    });
  });

  it('holds the private fields and the work, and never a token or who wrote in', async () => {
    const { agent, address } = await signInAs(test, { staff: true });
    const answer = await agent.get('/staff/export.json');

    expect(answer.headers['cache-control']).toBe('private, no-store');
    expect(answer.body.directory.partners[0].contacts).toEqual([`${secret}@partner.example`]);
    expect(answer.body.directory.reports[0].internalNote).toBe(secret);
    expect(answer.body.people.map((person: { address: string }) => person.address)).toContain(
      address,
    );
    expect(answer.body).toMatchObject({
      ...{ invitations: [], suggestions: [], outreach: expect.any(Array), returns: [] },
      snoozes: [{ key: 'suggestion one', until: '2026-12-01', by: 'ana' }],
      introductions: [{ partner, group, from: 'partner', state: 'asked', word: 'We count lots.' }],
      confirmations: [{ group, round: 1, state: 'asked' }],
      checks: [{ group: 'gone', source: 'website', outcome: 'signs' }],
      mails: expect.arrayContaining([expect.objectContaining({ purpose: 'welcome' })]),
      batches: [{ name: 'a-list', kind: 'import', state: 'planned' }],
      changes: expect.any(Array),
    });
    const text = JSON.stringify(answer.body);
    expect(text).not.toMatch(/token|hash":"a/i);
    expect(text).not.toContain(hidden);
  });

  it('is the same from the command line, beside the running server', async () => {
    const { out, code } = await run(['export']);

    expect(code).toBe(0);
    expect(JSON.parse(out).directory.groups).toHaveLength(2);
  });

  it('gives one table on the command line, and says which there are', async () => {
    const csv = await run(['export', '--format', 'csv', '--table', 'groups']);
    const unknown = await run(['export', '--format', 'csv', '--table', 'people']);

    expect(csv.out).toBe(textOf((await ask('/api/v1/groups.csv')).body as Buffer));
    expect(unknown).toMatchObject({ code: 2, out: '' });
    expect(unknown.err).toContain('cities, partners, groups');
  });
});

function run(args: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  const { MONGODB_URI: _, ...outer } = process.env;
  const { dataDir, publicUrl } = test.services.config;
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [join(built, 'server/cli.js'), ...args],
      { env: { ...outer, DATA_DIR: dataDir, PUBLIC_URL: publicUrl } },
      (error, out, err) => resolve({ code: Number(error?.code ?? 0), out, err }),
    );
  });
}

describe('GET /embed/map', () => {
  it('may stand in a frame of any site, and nothing else may', async () => {
    const embed = await ask('/embed/map?state=OK');
    const policy = String(embed.headers['content-security-policy']);

    expect(policy).toContain('frame-ancestors *');
    expect(policy).toContain("form-action 'none'");
    expect(policy).toContain("default-src 'none'");
    expect(embed.headers['x-frame-options']).toBeUndefined();
    for (const address of ['/', '/data', '/cities/tulsa-ok', '/sign-in', '/nothing-here']) {
      const { headers } = await ask(address);
      expect([address, headers['content-security-policy']]).toEqual([
        address,
        expect.stringContaining("frame-ancestors 'none'"),
      ]);
      expect(headers['x-frame-options']).toBeDefined();
    }
  });

  it('is the same for somebody signed in', async () => {
    const { agent } = await signInAs(test, { staff: true });
    const visitor = textOf((await ask('/embed/map?city=tulsa-ok&size=small')).body as Buffer);

    expect((await agent.get('/embed/map?city=tulsa-ok&size=small')).text).toBe(visitor);
    expect(visitor).not.toContain('<nav');
  });

  it('lists the places, and leads out of the frame', async () => {
    const page = textOf((await ask('/embed/map?city=tulsa-ok')).body as Buffer);

    expect(page).toContain('<base target="_top">');
    expect(page).toContain('href="http://localhost:3000/cities/tulsa-ok"');
    expect(page).toContain('Code for Tulsa');
  });

  it('shows something whatever its address says', async () => {
    const { status } = await ask('/embed/map?city=atlantis&flag=none&size=huge&state=%3Cb%3E');

    expect(status).toBe(200);
  });
});

describe('the picture beside a link', () => {
  it('is named in the head of a city page with its whole address, and is there', async () => {
    const page = textOf((await ask('/cities/tulsa-ok')).body as Buffer);
    const [, address] = /property="og:image" content="([^"]+)"/.exec(page) ?? [];
    const picture = await ask('/cities/tulsa-ok/picture.png');

    expect(address).toBe('http://localhost:3000/cities/tulsa-ok/picture.png');
    expect(page).toMatch(/property="og:image:alt" content="Tulsa, OK\. /);
    expect(picture.headers['content-type']).toBe('image/png');
    expect((picture.body as Buffer).subarray(1, 4).toString()).toBe('PNG');
    expect((await ask('/cities/atlantis/picture.png')).status).toBe(404);
  });

  it('is the common one on other pages', async () => {
    const page = textOf((await ask('/about')).body as Buffer);
    const [, address = ''] = /property="og:image" content="([^"]+)"/.exec(page) ?? [];

    expect((await ask(new URL(address).pathname)).headers['content-type']).toBe('image/png');
  });
});
