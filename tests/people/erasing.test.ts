// Erasing somebody who is everywhere: by themselves, by a mailed link, by staff and on the command line, cut off at
// every step, with nothing left of them in the store, the mail folder, the log and the figures.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { unzipSync } from 'fflate';
import { pino } from 'pino';
import request, { type Response } from 'supertest';
import { judgeTakingBack } from '../../server/changes/take-back.ts';
import { keepDays } from '../../server/domain/keeping.ts';
import { erasedMark } from '../../server/domain/mentions.ts';
import { paths } from '../../server/paths.ts';
import { erasePerson } from '../../server/people/erase-person.ts';
import { keepPrivacy } from '../../server/people/keep-privacy.ts';
import { readKeptData } from '../../server/people/kept-data.ts';
import { readChanges } from '../../server/store/changes.ts';
import { readChunk } from '../../server/store/import-batches.ts';
import { readIntroductions } from '../../server/store/introductions.ts';
import { findPersonByAddress } from '../../server/store/people.ts';
import { readReports } from '../../server/store/reports.ts';
import type { Store } from '../../server/store/store.ts';
import { readSuggestions } from '../../server/store/suggestions.ts';
import { programWriter } from '../../server/store/writer.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { type SignedInPerson, signInAs } from '../support/sign-in.ts';
import { ana, dumpStore, plant, world } from './planted.ts';

let test: TestApp;
let now = new Date('2026-11-22T12:00:00Z');
const logged: string[] = [];

beforeAll(async () => {
  const log = pino({ level: 'trace', base: null }, { write: (line: string) => logged.push(line) });
  test = await startTestApp({ records: world, clock: () => now, log });
});
afterAll(() => test?.close());

const mailFiles = async (): Promise<string[]> => {
  const folder = join(test.services.config.dataDir, 'mail');
  const names = (await readdir(folder).catch((): string[] => [])).sort();
  return Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
};

/** Where the address still stands. */
async function findTraces(): Promise<string[]> {
  const inStore = [...(await dumpStore(test))]
    .filter(([, text]) => text.toLowerCase().includes(ana))
    .map(([name]) => name);
  const steps = await readChunk(test.services.store, 'an-import', 0);
  const packed = JSON.stringify(steps).toLowerCase().includes(ana) ? ['importChunks'] : [];
  const files = (await mailFiles()).some((text) => text.toLowerCase().includes(ana));
  return [...inStore, ...packed, ...(files ? ['mail folder'] : [])];
}

/** Everything that the public may take along, but for the number of the revision. */
async function publicTables(): Promise<Record<string, string>> {
  const answer = await request(test.app)
    .get(paths.downloads.archive)
    .buffer(true)
    .parse((res, done) => {
      const parts: Buffer[] = [];
      res.on('data', (part: Buffer) => parts.push(part));
      res.on('end', () => done(null, Buffer.concat(parts)));
    });
  return Object.fromEntries(
    Object.entries(unzipSync(answer.body as Buffer))
      .filter(([name]) => name !== 'README.txt')
      .map(([name, bytes]) => [name, Buffer.from(bytes).toString()]),
  );
}

/** The link in the newest mail to an address. */
async function linkTo(address: string, path: string): Promise<string> {
  for (let tries = 0; tries < 100; tries += 1) {
    await test.services.mail.drain();
    const mails = (await mailFiles()).filter((text) => text.includes(`To: ${address}`));
    for (const text of mails.reverse()) {
      const plain = text.replace(/=\r?\n/g, '').replace(/=3D/g, '=');
      const found = plain.match(new RegExp(`${path}/[\\w-]{43}`))?.[0];
      if (found) return found;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`no mail to ${address} has a link below ${path}`);
}

const from = (place: number) => ({ 'x-forwarded-for': `198.51.100.${place}` });
const erased = ({ status, headers }: Response) => [status, headers['location']];

describe('somebody with an account', () => {
  let person: SignedInPerson;
  let before: Record<string, string>;

  beforeAll(async () => {
    person = await plant(test);
    before = await publicTables();
  });

  it('is in every place that keeps an address', async () => {
    expect(await findTraces()).toEqual(
      [
        ...['changes', 'groupReturns', 'groups', 'introductions', 'invitations', 'mails'],
        ...['outreach', 'partners', 'people', 'reports', 'subscriptions', 'suggestions'],
        ...['verifications', 'importChunks', 'mail folder'],
      ].sort(
        (a, b) =>
          Number(a.includes('mport') || a.includes(' ')) -
          Number(b.includes('mport') || b.includes(' ')),
      ),
    );
  });

  it('sees everything that is kept of them, on a page and in a file', async () => {
    const page = await person.agent.get(paths.accountData);
    const file = await person.agent.get(paths.accountDataFile);

    expect(page.headers['cache-control']).toBe('private, no-store');
    for (const words of [
      ...['Your account', 'What you did here', 'Your address is a contact of', 'Tulsa, OK'],
      ...['Survey invitations', 'Suggestions', 'Introductions', 'asked to bring back', 'Elsewhere'],
    ]) {
      expect(page.text).toContain(words);
    }
    expect(file.headers['content-disposition']).toContain('attachment');
    expect(file.body).toMatchObject({
      address: ana,
      account: { address: ana, partners: ['tulsa-data-center'], sessions: [{}] },
      authored: { reports: [{ partner: 'tulsa-data-center' }] },
      contactOf: [
        { kind: 'partner', slug: 'tulsa-data-center' },
        { kind: 'group', slug: 'code-for-tulsa' },
      ],
      invitations: [{ wave: '2026-07', partner: 'tulsa-data-center' }],
      suggestions: [{ state: 'new' }],
      subscriptions: [{ place: 'Tulsa, OK' }],
      returns: ['open-tulsa'],
      doNotWrite: false,
    });
    expect(file.body.introductions).toHaveLength(2);
    expect(file.text).not.toContain('bo@urban.example');
  });

  it('corrects their name', async () => {
    const saved = await person.agent
      .post(paths.accountData)
      .type('form')
      .send({ name: 'Ana Lima' });

    expect(erased(saved)).toEqual([303, `${paths.accountData}?done=name`]);
    expect((await findPersonByAddress(test.services.store, ana))?.name).toBe('Ana Lima');
  });

  it('corrects their address with the button of a link that is mailed to the new one', async () => {
    const wrong = await person.agent
      .post(paths.accountAddress)
      .type('form')
      .send({ newAddress: 'x' });
    await person.agent
      .post(paths.accountAddress)
      .type('form')
      .send({ newAddress: 'lima@new.example' });
    const link = await linkTo('lima@new.example', paths.accountAddress);
    const read = await request(test.app).get(link);

    expect(wrong.status).toBe(422);
    expect(read.text).toContain('lima@new.example');
    expect(await findPersonByAddress(test.services.store, ana)).toBeDefined();
    expect((await request(test.app).post(link)).status).toBe(303);
    expect((await findPersonByAddress(test.services.store, 'lima@new.example'))?.id).toBe(
      person.id,
    );
    expect((await request(test.app).post(link)).status).toBe(404);
    await test.services.mail.drain();
    expect(
      (await mailFiles()).some(
        (text) => text.includes(`To: ${ana}`) && text.includes('another address'),
      ),
    ).toBe(true);
  });

  it('cannot take the address of somebody else', async () => {
    const { agent } = await signInAs(test, { groups: ['open-tulsa'], address: 'gus@code.example' });
    await agent.post(paths.accountAddress).type('form').send({ newAddress: 'lima@new.example' });
    const taken = await request(test.app).post(
      await linkTo('lima@new.example', paths.accountAddress),
    );

    expect(taken.status).toBe(409);
    expect((await findPersonByAddress(test.services.store, 'lima@new.example'))?.id).toBe(
      person.id,
    );
    // Back to where she was.
    const { moveAddress } = await import('../../server/store/people.ts');
    await moveAddress(test.services.store, person.id, ana, now);
  });

  it('erases nothing by reading, or without the button', async () => {
    await person.agent.get(paths.eraseAccount);
    const without = await person.agent.post(paths.eraseAccount).type('form').send({});

    expect(without.status).toBe(422);
    expect(await findPersonByAddress(test.services.store, ana)).toBeDefined();
  });

  it('is gone after erasing was cut off at every step and then done', async () => {
    const { services } = test;
    let cuts = 0;
    for (let left = 1; left < 200; left += 3) {
      const writer = programWriter('command-line', now);
      const cut = { ...services, store: cutOff(services.store, left) };
      const outcome = await erasePerson(cut, ana, writer).catch(() => 'cut off');
      if (outcome !== 'cut off') break;
      cuts += 1;
    }
    await services.directory.refresh();

    expect(cuts).toBeGreaterThan(5);
    expect(await findTraces()).toEqual([]);
    expect(await findPersonByAddress(services.store, ana)).toBeUndefined();
  });

  it('is signed out everywhere, and finds nothing any more', async () => {
    expect((await person.agent.get(paths.accountData)).status).toBe(303);
    const kept = await readKeptData(test.services, ana);
    expect(kept).toMatchObject({ account: null, contactOf: [], mails: 0, mentions: 0 });
  });

  it('leaves the record of what was done, without them', async () => {
    const { store } = test.services;
    const reports = await readReports(store);
    const log = await readChanges(store, {
      record: 'partner',
      slug: 'tulsa-data-center',
      limit: 50,
    });
    const [suggestion] = await readSuggestions(store);

    expect(reports).toMatchObject([{ by: person.id, internalNote: `Call me at ${erasedMark}.` }]);
    expect(log.map(({ field, after }) => [field, after])).toContainEqual([
      'contacts',
      [erasedMark, 'bo@urban.example'],
    ]);
    expect(suggestion).toMatchObject({ text: `Ask ${erasedMark} about it.`, hasSender: false });
    expect((await readIntroductions(store)).map(({ partner, state }) => [partner, state])).toEqual(
      expect.arrayContaining([['tulsa-data-center', 'withdrawn']]),
    );
    const staff = await signInAs(test, { staff: true, address: 'staff@nnip.example' });
    expect((await staff.agent.get(paths.staff.changes)).text).toContain(erasedMark);
  });

  it('does not come back by taking a change back', async () => {
    const { store } = test.services;
    const log = await readChanges(store, {
      record: 'partner',
      slug: 'tulsa-data-center',
      limit: 50,
    });
    const last = log.find(({ field }) => field === 'contacts');

    expect(last && (await judgeTakingBack(store, last))).toMatchObject({ can: false });
  });

  it('leaves what the public sees as it was', async () => {
    expect(await publicTables()).toEqual(before);
  });

  it('erasing once more finds nothing and changes nothing', async () => {
    const dump = await dumpStore(test);
    const again = await erasePerson(test.services, ana, programWriter('command-line', now));

    expect(again).toMatchObject({
      kind: 'done',
      erased: { account: false, contacts: 0, introductions: 0, mails: 0, mentions: 0 },
    });
    expect(await dumpStore(test)).toEqual(dump);
  });
});

describe('somebody without an account', () => {
  const address = 'cy@code.example';

  it('asks for a link, and is told the same whether or not the address is known', async () => {
    const ask = (typed: string, place: number) =>
      request(test.app)
        .post(paths.askForData)
        .set(from(place))
        .type('form')
        .send({ address: typed });
    const known = await ask(address, 1);
    const unknown = await ask('nobody@nowhere.example', 2);
    const wrong = await ask('nobody', 3);

    expect([known.status, unknown.status, wrong.status]).toEqual([202, 202, 422]);
    expect(known.text).toBe(unknown.text);
    await linkTo(address, paths.askForData);
    expect((await mailFiles()).some((text) => text.includes('nobody@nowhere.example'))).toBe(false);
  });

  it('cannot fill a mailbox by asking', async () => {
    const statuses: number[] = [];
    for (let count = 0; count < 4; count += 1) {
      const sent = request(test.app)
        .post(paths.askForData)
        .set(from(10 + count))
        .type('form');
      statuses.push((await sent.send({ address: 'dee@other.example' })).status);
    }

    expect(statuses).toEqual([202, 202, 202, 429]);
  });

  it('sees what is kept and erases it with the button of the page', async () => {
    const link = await linkTo(address, paths.askForData);
    const page = await request(test.app).get(link);
    const button = await request(test.app).get(`${link}/erase`);
    const without = await request(test.app).post(`${link}/erase`).type('form').send({});
    const pressed = await request(test.app)
      .post(`${link}/erase`)
      .type('form')
      .send({ sure: 'yes' });

    expect(page.text).toContain('Your address is a contact of');
    expect(page.headers).toMatchObject({
      'cache-control': 'private, no-store',
      'referrer-policy': 'strict-origin',
      'x-robots-tag': 'noindex',
    });
    expect((await request(test.app).get(paths.erased)).status).toBe(200);
    expect([button.status, without.status]).toEqual([200, 422]);
    expect(erased(pressed)).toEqual([303, paths.erased]);
    expect((await request(test.app).get(link)).status).toBe(404);
    const traces = [...(await dumpStore(test)).values()].filter((text) => text.includes(address));
    expect(traces).toEqual([]);
  });

  it('has a link that ends by itself', async () => {
    const ask = request(test.app).post(paths.askForData).set(from(30)).type('form');
    await ask.send({ address: 'gus@code.example' });
    const link = await linkTo('gus@code.example', paths.askForData);
    const before = (await request(test.app).get(link)).status;
    now = new Date(now.getTime() + 25 * 3_600_000);

    expect([before, (await request(test.app).get(link)).status]).toEqual([200, 404]);
  });
});

describe('staff', () => {
  it('erase somebody who asked for it, and the last of them stays', async () => {
    const { agent, address } = await signInAs(test, { staff: true, address: 'staff@nnip.example' });
    const send = (typed: object) => agent.post(paths.staff.erasePerson).type('form').send(typed);
    const unsure = await send({ address: 'gus@code.example' });
    const done = await send({ address: 'gus@code.example', sure: 'yes' });
    const last = await send({ address, sure: 'yes' });

    expect([unsure.status, done.status, last.status]).toEqual([422, 303, 409]);
    expect(await findPersonByAddress(test.services.store, 'gus@code.example')).toBeUndefined();
    expect(await findPersonByAddress(test.services.store, address)).toBeDefined();
  });
});

describe('time', () => {
  it('erases the addresses whose days are over, and not before', async () => {
    const { services } = test;
    await plant(test);
    const keeps = async (): Promise<string[]> =>
      (await findTraces()).filter((name) => limited.includes(name));
    const limited = [
      'groupReturns',
      'introductions',
      'invitations',
      'suggestions',
      'verifications',
    ];
    const passed = async (days: number): Promise<string[]> => {
      now = new Date(now.getTime() + days * 86_400_000);
      await keepPrivacy(services);
      return keeps();
    };

    expect(await passed(keepDays.returnAddress - 1)).toContain('groupReturns');
    expect(await passed(2)).not.toContain('groupReturns');
    const mails = JSON.parse((await dumpStore(test)).get('mails') ?? '[]') as {
      to: string;
      state: string;
    }[];
    expect(mails.filter(({ to, state }) => state === 'sent' && to === ana)).toEqual([]);
    expect(await passed(keepDays.suggestionSender)).not.toContain('invitations');
    expect((await readKeptData(services, ana)).suggestions).toEqual([]);
  });
});

describe('what is logged and counted meanwhile', () => {
  it('names nobody', () => {
    const lines = logged.join('\n').toLowerCase();

    expect(logged.length).toBeGreaterThan(30);
    for (const word of [ana, 'urban.example', 'cy@', 'gus@', 'ana lima', 'nnip.example', 'tulsa']) {
      expect(lines).not.toContain(word);
    }
    expect(lines).not.toMatch(/[\w-]{43}/);
  });

  it('shows an operator mails, jobs, store and snapshot, and no person', async () => {
    const figures = (await request(test.app).get(paths.metrics)).text;

    for (const line of [
      'crosswalk_store_up 1',
      'crosswalk_mails{state="waiting"}',
      'crosswalk_snapshot_age_seconds',
      'crosswalk_snapshot_build_seconds',
      'crosswalk_kept_answers_bytes',
    ]) {
      expect(figures).toContain(line);
    }
    expect(figures).not.toContain('@');
    expect(figures.toLowerCase()).not.toContain('tulsa');
  });
});

/** The store, until somebody pulls the plug: it is asked so often and then no more. */
function cutOff(store: Store, asked: number): Store {
  let left = asked;
  return {
    ...store,
    get connection() {
      left -= 1;
      if (left < 0) throw new Error('The plug was pulled.');
      return store.connection;
    },
  };
}
