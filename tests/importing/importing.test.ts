// Importing on the pages of staff, from the file to the directory and back.
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { type AddressInfo, connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { load } from 'cheerio';
import { zipSync } from 'fflate';
import request, { type Response } from 'supertest';
import { keepUploads } from '../../server/import/runs/keep-uploads.ts';
import { runTask, type TaskOutcome } from '../../server/import/runs/tasks.ts';
import { mostUploaded } from '../../server/import/runs/upload-files.ts';
import { readBoard } from '../../server/outreach/gap-rows.ts';
import { readQueue } from '../../server/outreach/queue/read-queue.ts';
import {
  groupPath,
  importBatchPath,
  mergeGroupsPath,
  paths,
  undoImportPath,
} from '../../server/paths.ts';
import { readDirectoryRecords } from '../../server/store/directory-records.ts';
import { findBatch } from '../../server/store/import-batches.ts';
import {
  acceptUpload,
  findUpload,
  type ImportUpload,
  readUploads,
  takeUpload,
} from '../../server/store/import-uploads.ts';
import { createHttpServer } from '../../server/web/http-server.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { aCity, aGroup } from '../support/builders.ts';
import { type SignedInPerson, signInAs } from '../support/sign-in.ts';

let test: TestApp;
let staff: SignedInPerson;
let now = new Date('2026-11-22T12:00:00Z');

beforeAll(async () => {
  test = await startTestApp({
    clock: () => now,
    records: {
      cities: [aCity({ slug: 'tulsa-ok' })],
      groups: [
        aGroup({ slug: 'code-for-tulsa', name: 'Code for Tulsa', city: 'tulsa-ok' }),
        aGroup({
          slug: 'bixby-makers',
          name: 'Bixby Makers',
          city: 'tulsa-ok',
          website: 'https://ours.example.org/',
          source: { note: 'a visit', url: null, date: '2026-10', verified: true },
        }),
      ],
    },
  });
  staff = await signInAs(test, { staff: true });
});
afterAll(() => test?.close());

const marked = '<script>alert(1)</script>';
const csv = `Organization,Link,City,Latitude,Longitude
Code for Tulsa,https://new.example.org/,"Tulsa, OK",36.154,-95.993
Open Tulsa ${marked},open.example.org,"Tulsa, OK",36.154,95.993
Tulsa Hacks,https://hacks.example.org/,"Tulsa, OK",36.15,-95.99
`;

const upload = (text: string | Buffer, name: string, who = staff.agent): Promise<Response> =>
  who.post(paths.staff.imports).attach('file', Buffer.from(text), name) as never;

/** Uploads, settles the columns as they are guessed, and gives the address of the preview. */
async function preview(text: string, name: string): Promise<string> {
  const sent = await upload(text, name);
  expect(sent.status).toBe(303);
  const columns = String(sent.headers['location']);
  const page = await staff.agent.get(columns);
  expect(page.text).toContain('What each column holds');
  const settled = await staff.agent
    .post(columns)
    .type('form')
    .send({ list: 'the list', date: '2026-06', ...columnsIn(page.text) });
  expect(settled.status).toBe(303);
  return String(settled.headers['location']);
}

/** The columns as the form has them. */
function columnsIn(html: string): Record<string, string> {
  const selects = html.matchAll(/<select[^>]*name="(column-\d+)"[\s\S]*?<\/select>/g);
  return Object.fromEntries(
    [...selects].map(([select, name]) => [name, /value="(\w*)" selected/.exec(select)?.[1] ?? '']),
  );
}

const revisionIn = (html: string): string => /name="revision" value="(\d+)"/.exec(html)?.[1] ?? '';

/** Accepts what the preview shows; gives the name of the import once it is written. */
async function accept(address: string): Promise<string> {
  const question = await staff.agent.get(`${address}/accept`);
  expect(question.text).toContain('Accept this list?');
  const accepted = await staff.agent
    .post(`${address}/accept`)
    .type('form')
    .send({ revision: revisionIn(question.text) });
  expect(accepted.status).toBe(303);
  await test.services.imports.settled();
  return decodeURIComponent(String(accepted.headers['location']).split('/').at(-1) ?? '');
}

async function records() {
  const { revision: _, ...rest } = await readDirectoryRecords(test.services.store);
  return rest;
}

const filesLeft = (): Promise<string[]> => readdir(test.services.imports.folder);

describe('a list that staff upload', () => {
  it('is previewed, decided upon, accepted as one step, shown to readers, and undone as one', async () => {
    const before = await records();
    const address = await preview(csv, 'groups.csv');

    const page = await staff.agent.get(address);
    expect(page.text).toContain('3 of 3 rows');
    expect(page.text).toContain('lost its sign');
    expect(page.text).toContain('https://new.example.org/');
    expect(await records()).toEqual(before);

    const saved = await staff.agent
      .post(`${address}/rows`)
      .type('form')
      .send({
        row: ['row-1', 'row-2'],
        'choice.row-1': 'proposed',
        'choice.row-2': 'safe',
        'name.row-2': 'Hack Tulsa',
        kind: 'added',
        page: '1',
      });
    expect(saved.headers['location']).toBe(`${address}?kind=added&done=saved`);
    const again = await staff.agent.get(`${address}?kind=added`);
    expect(again.text).toContain('2 of 3 rows');
    expect(again.text).toContain('value="Hack Tulsa"');

    const name = await accept(address);
    expect((await findBatch(test.services.store, name))?.state).toBe('done');
    const { groups } = await records();
    const added = groups.find((group) => group.slug === 'hack-tulsa');
    expect(added).toMatchObject({ name: 'Hack Tulsa', city: 'tulsa-ok' });
    const turned = groups.find((group) => group.name.startsWith('Open Tulsa'));
    expect(turned).toMatchObject({ lng: -95.993, website: 'http://open.example.org' });
    const shown = await request(test.app).get(groupPath('hack-tulsa'));
    expect(shown.status).toBe(200);
    const report = await staff.agent.get(importBatchPath(name));
    expect(report.text).toContain('The import is done: 3 records were written.');
    expect(await filesLeft()).toEqual([]);

    const undone = await staff.agent.post(undoImportPath(name));
    expect(undone.status).toBe(303);
    await test.services.imports.settled();
    expect(await records()).toEqual(before);
    const gone = await request(test.app).get(groupPath('hack-tulsa'));
    expect(gone.status).toBe(404);
    const end = await staff.agent.get(importBatchPath(name));
    expect(end.text).toContain('every record is as it was before');
  });

  it('leaves what somebody says to leave, and refuses what cannot be typed', async () => {
    const before = await records();
    const address = await preview(csv, 'left.csv');
    const wrong = await staff.agent
      .post(`${address}/rows`)
      .type('form')
      .send({ row: 'row-2', 'website.row-2': 'javascript:alert(1)', 'place.row-2': 'Qwxyz' });
    expect(wrong.status).toBe(422);
    expect(wrong.text).toContain('A web address begins with http:// or https://');
    expect(wrong.text).toContain('“Qwxyz” is no city that is known');
    expect(wrong.text).toContain('value="javascript:alert(1)"');

    const left = Object.fromEntries([0, 1, 2].map((at) => [`choice.row-${at}`, 'left']));
    await staff.agent
      .post(`${address}/rows`)
      .type('form')
      .send({ row: ['row-0', 'row-1', 'row-2'], ...left });
    const name = await accept(address);

    expect(await records()).toEqual(before);
    const page = await staff.agent.get(importBatchPath(name));
    expect(page.text).toContain('nothing was written');
  });

  it('is shown with markup in its cells as text', async () => {
    const address = await preview(csv, `${marked}.csv`);
    for (const path of [address, `${address}/columns`, `${address}/drop`, paths.staff.imports]) {
      const page = await staff.agent.get(path);
      expect(page.status).toBe(200);
      expect(page.text).not.toContain(marked);
    }
    const dropped = await staff.agent.post(`${address}/drop`);
    expect(dropped.status).toBe(303);
    expect(await filesLeft()).toEqual([]);
  });

  it('leads where two of its rows may be one group of ours to where these are merged', async () => {
    const rows = ['Code for Tulsa', 'Bixby Makers', 'Tulsa Kids'].map(
      (name) => `${name},https://one.example.org/,"Tulsa, OK"`,
    );
    const address = await preview(['name,website,city', ...rows].join('\n'), 'twice.csv');
    const page = load((await staff.agent.get(address)).text);

    const links = page('.import-merges a')
      .map((_at, link) => page(link).attr('href'))
      .get();
    expect(links).toEqual([
      mergeGroupsPath('code-for-tulsa', 'bixby-makers'),
      mergeGroupsPath('bixby-makers', 'code-for-tulsa'),
    ]);
    const merge = await staff.agent.get(String(links[0]));
    expect(load(merge.text)('h1').text()).toBe('Merge Bixby Makers into Code for Tulsa');
    await staff.agent.post(`${address}/drop`);
  });

  it('leads from a new row that may be a group of ours to that group', async () => {
    const address = await preview('name,city\nCode for Tulsa Brigade,"Tulsa, OK"', 'near.csv');
    const page = load((await staff.agent.get(address)).text);

    expect(page('.import-row').text()).toContain('Nearly the same name as Code for Tulsa');
    expect(page('.import-merges a').attr('href')).toBe(groupPath('code-for-tulsa'));
    await staff.agent.post(`${address}/drop`);
  });

  it('does not show as changed what stays, before somebody takes the word of the list', async () => {
    const row = 'Bixby Makers,https://bixby.example.org/,"Tulsa, OK"';
    const address = await preview(`name,website,city\n${row}`, 'stays.csv');
    const shown = async () =>
      load((await staff.agent.get(address)).text)('.import-changes').first();

    expect((await shown()).text()).toMatch(
      /https:\/\/ours\.example\.org\/ \(ours .*stays; the list has: https:\/\/bixby\.example\.org\/\)/,
    );
    expect((await shown()).find('del').text()).not.toContain('ours.example.org');
    const taken = { row: 'row-0', 'choice.row-0': 'safe', 'overwrites.row-0': 'yes' };
    await staff.agent.post(`${address}/rows`).type('form').send(taken);
    expect((await shown()).find('del').text()).toContain('https://ours.example.org/');
    await staff.agent.post(`${address}/drop`);
  });

  it('is looked at again when the directory changed meanwhile', async () => {
    const address = await preview(csv, 'old.csv');
    const accepted = await staff.agent.post(`${address}/accept`).type('form').send({ revision: 0 });
    expect(accepted.headers['location']).toContain('done=changed');
    expect((await readUploads(test.services.store, 'open')).length).toBe(1);
  });

  it('waits in the work queue, and is removed after seven days', async () => {
    const { store } = test.services;
    const queue = await readQueue({
      store,
      board: await readBoard(test.services),
      today: '2026-11-22',
    });
    expect(queue.filter(({ kind }) => kind === 'import').map(({ title }) => title)).toEqual([
      'old.csv',
    ]);
    now = new Date('2026-11-30T12:00:00Z');
    await keepUploads(test.services);
    now = new Date('2026-11-22T12:00:00Z');
    expect(await readUploads(store)).toEqual([]);
    expect(await filesLeft()).toEqual([]);
  });

  it('goes on at the next start where a stop interrupted its acceptance', async () => {
    const { store, imports } = test.services;
    const address = await preview(csv, 'stopped.csv');
    const id = String(address.split('/').at(-1));
    await acceptUpload(store, id, { batch: 'stopped', by: staff.id });
    expect((await staff.agent.get(importBatchPath('stopped'))).headers['refresh']).toBe('2');
    // Another process has it in hand.
    const theirs = { heldBy: 'them', heldUntil: new Date(now.getTime() + 30_000) };
    expect(await takeUpload(store, id, theirs, now)).toBe(true);
    const upload = await findUpload(store, id);
    expect(await accepting(upload)).toEqual({ kind: 'not-now' });
    expect(await findBatch(store, 'stopped')).toBeUndefined();
    now = new Date(now.getTime() + 31_000);

    await imports.finish();
    now = new Date(now.getTime() - 31_000);

    expect((await findBatch(store, 'stopped'))?.state).toBe('done');
    expect(await findUpload(store, id)).toBeUndefined();
    imports.undo('stopped');
    await imports.settled();
  });
});

/** Takes an accepted upload up, as the process that serves it does. */
const accepting = (upload: ImportUpload | undefined): Promise<TaskOutcome> => {
  const { store, imports, places } = test.services;
  if (!upload) throw new Error('There is no such upload.');
  return runTask(
    { kind: 'accept', upload },
    {
      ...{ store, folder: imports.folder, reachMiles: 25, clock: () => now },
      places: async () => places,
      pause: async () => undefined,
      signal: new AbortController().signal,
    },
  );
};

describe('a file that cannot be used', () => {
  const cases: readonly (readonly [name: string, file: string, content: string, words: RegExp])[] =
    [
      ['broken JSON', 'list.json', '[{"name": "a"},\n {"name" "b"}]', /Line 2, column \d+/],
      ['quotes that are not closed', 'list.csv', 'name,city\n"Code,Tulsa\n', /Line 2, column \d+/],
      ['nothing', 'list.csv', '', /empty|nothing/],
      ['a web page', 'list.html', '<!doctype html><p>', /web page/],
    ];
  it.each(cases)('is refused in words and not kept: %s', async (_name, file, content, words) => {
    const answer = await upload(content, file);
    expect(answer.status).toBe(422);
    expect(answer.text).toMatch(words);
    expect(await filesLeft()).toEqual([]);
  });

  it('is refused where it is too big, or no file is there', async () => {
    const big = await upload(Buffer.alloc(mostUploaded + 1, 'a'), 'big.csv');
    expect(big.status).toBe(422);
    expect(big.text).toContain('more than 25 megabytes');
    const none = await staff.agent.post(paths.staff.imports).field('list', 'a list');
    expect(none.status).toBe(422);
    expect(none.text).toContain('Choose a file');
    expect(await filesLeft()).toEqual([]);
  });

  const many = 300_000;
  const zeros = Buffer.alloc(4 * many);
  const hostile: readonly (readonly [
    name: string,
    content: () => string | Buffer,
    words: RegExp,
  ])[] = [
    ['a packed archive', () => Buffer.from(zipSync({ 'list.csv': zeros })), /an archive, not text/],
    ['a packed file', () => gzipSync(zeros), /a compressed file, not text/],
    ['lists within lists', () => `{"a":${'['.repeat(many)}`, /more than 20 lists/],
    [
      'records within records, closed',
      () => `[${'{"a":'.repeat(9_999)}1${'}'.repeat(9_999)}]`,
      /more than 20 lists/,
    ],
    ['one line', () => 'x'.repeat(many), /no row below/],
    ['one cell', () => `name,city\n${'x'.repeat(many)},Tulsa`, /cell of this row is too long/],
    ['one value', () => `[{"name":"${'x'.repeat(many)}"}]`, /value of name is too long/],
    ['a quoted cell without end', () => `name,city\n"${'\n'.repeat(many)}`, /never closed/],
    ['columns', () => `name${',a'.repeat(many)}\nb`, /columns; 200 is the most/],
    ['cells', () => `name,city\n${'a,'.repeat(many)}`, /cells where 2 are expected/],
    ['blank cells', () => `name,city\n${','.repeat(many)}`, /no row below/],
    ['rows', () => `name,city\n${'a,\n'.repeat(200_001)}`, /rows; 200000 is the most/],
    ['blank rows', () => `name,city\n${'\n'.repeat(many)}`, /no row below/],
    ['records', () => `[${'{},'.repeat(200_001)}{}]`, /records; 200000 is the most/],
    [
      'fields',
      () => `[{${Array.from({ length: 300 }, (_, n) => `"f${n}":1`)}}]`,
      /more than 200 fields/,
    ],
    ['escaped zeros', () => '[{"name":"a\\u0000b","__proto__":{"name":"c"}}]', /./],
  ];
  it.each(hostile)(
    'is refused in words where it is made of nothing but %s',
    async (_, content, words) => {
      const answer = await upload(content(), 'list.csv');

      if (answer.status === 303) {
        await staff.agent.post(`${answer.headers['location']?.replace(/\/columns$/, '')}/drop`);
      } else {
        expect(answer.status).toBe(422);
        expect(load(answer.text)('.usa-error-message, .usa-alert').text()).toMatch(words);
      }
      expect(await filesLeft()).toEqual([]);
    },
  );

  const partOf = (name: string, more = ''): string =>
    `--edge\r\ncontent-disposition: form-data; name="${name}"${more}\r\n\r\nx\r\n`;
  const filePart = partOf('file', '; filename="a.csv"');
  it.each([
    ['too many files', `${filePart.repeat(300)}--edge--\r\n`],
    ['too many fields', `${partOf('list').repeat(3_000)}--edge--\r\n`],
    ['names within names', `${partOf(`list${'[a]'.repeat(3_000)}`)}--edge--\r\n`],
    ['an index without end', `${partOf('list[99999999]')}${partOf('list[]')}--edge--\r\n`],
    ['a name of the language', `${partOf('__proto__[list]')}${partOf('constructor')}--edge--\r\n`],
    [
      'a field too long',
      `${partOf('list').replace('\r\nx', `\r\n${'x'.repeat(9_000)}`)}--edge--\r\n`,
    ],
    ['a head without end', `--edge\r\n${'x-a: b\r\n'.repeat(9_000)}`],
    ['no end', filePart],
    ['a file without an end', filePart.slice(0, -4)],
    ['no beginning', 'x'.repeat(9_000)],
    ['nothing', ''],
  ])('is refused in words where the form has %s', async (_, body) => {
    const answer = await staff.agent
      .post(paths.staff.imports)
      .set('content-type', 'multipart/form-data; boundary=edge')
      .send(body);

    expect([400, 413, 422]).toContain(answer.status);
    expect(load(answer.text)('h1').text()).not.toBe('');
    expect(await filesLeft()).toEqual([]);
  });

  it.each(['multipart/form-data', 'multipart/form-data; boundary=', 'multipart/mixed; boundary=a'])(
    'is refused in words where it comes as %s',
    async (type) => {
      const answer = await staff.agent
        .post(paths.staff.imports)
        .set('content-type', type)
        .send('x');

      expect([400, 415, 422]).toContain(answer.status);
    },
  );

  it('is let go, and not kept, where it comes too slowly', async () => {
    const server = createHttpServer(test.app, {
      headMs: 100,
      wholeMs: 300,
      idleMs: 100,
      silentMs: 2_000,
      lookMs: 20,
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    socket.on('error', () => undefined).resume();
    socket.write(
      `POST ${paths.staff.imports} HTTP/1.1\r\nHost: localhost\r\nCookie: ${staff.cookie}\r\nContent-Type: multipart/form-data; boundary=edge\r\nContent-Length: 1000000\r\n\r\n${filePart}`,
    );

    await once(socket, 'close');
    server.close();

    for (let look = 0; look < 50 && (await filesLeft()).length > 0; look += 1) await pause(20);
    expect(await filesLeft()).toEqual([]);
  });

  it('is not even taken from anybody but staff', async () => {
    const other = await signInAs(test, { partners: ['somewhere'] });
    const answer = await upload(csv, 'groups.csv', other.agent);
    expect(answer.status).toBe(403);
    expect(await filesLeft()).toEqual([]);
  });
});
