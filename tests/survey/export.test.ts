// The frozen export of a wave: the same bytes whatever is edited later; words where there is none.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { putPartner, putWave } from '../../server/store/put-records.ts';
import { programWriter } from '../../server/store/writer.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { aFrozenWave, aPartner, aReport, aWave, someRecords } from '../support/builders.ts';
import { seedDirectory } from '../support/directory.ts';
import { readPage } from '../support/page.ts';

const frozen = aFrozenWave({
  json: `${JSON.stringify({ wave: '2026-06', note: 'é – “as it was”' }, null, 2)}\n`,
  csv: '\ufeffpartner,name\r\ntulsa-data-center,Tulsa Data Center\r\n',
});
let app: TestApp;

beforeAll(async () => {
  const { waves } = await seedDirectory();
  app = await startTestApp({
    records: someRecords({
      partners: [aPartner()],
      waves: [...waves, aWave(), aWave({ slug: '2026-09', state: 'open', closes: '2026-12-01' })],
      reports: [aReport({ wave: '2026-06', internalNote: 'planted-secret' })],
      frozenWaves: [frozen],
    }),
  });
});
afterAll(() => app.close());

const download = (path: string) =>
  request(app.app)
    .get(path)
    .buffer(true)
    .parse((res, done) => {
      const parts: Buffer[] = [];
      res.on('data', (part: Buffer) => parts.push(part));
      res.on('end', () => done(null, Buffer.concat(parts)));
    });

describe('GET /surveys/:wave.json and .csv', () => {
  it.each([
    ['json', 'application/json', frozen.json],
    ['csv', 'text/csv', frozen.csv],
  ])('gives the bytes that the closing froze as %s', async (ending, type, text) => {
    const response = await download(`/surveys/2026-06.${ending}`);

    expect(response.status).toBe(200);
    expect(response.headers['content-type']).toContain(type);
    expect(response.headers['content-disposition']).toContain(
      `filename="crosswalk-survey-2026-06.${ending}"`,
    );
    expect((response.body as Buffer).equals(Buffer.from(text))).toBe(true);
  });

  it('stays byte for byte the same, with its tag, when records are edited and renamed', async () => {
    const before = await download('/surveys/2026-06.csv');
    const { store, directory } = app.services;
    const writer = programWriter('web', new Date('2026-11-22T13:00:00Z'));
    await putPartner(store, aPartner({ slug: 'tulsa-data-center', name: 'Renamed' }), writer);
    await putWave(store, aWave({ name: 'Renamed', asked: ['tulsa-data-center'] }), writer);
    await directory.refresh();

    const after = await download('/surveys/2026-06.csv');
    const again = await request(app.app)
      .get('/surveys/2026-06.csv')
      .set('if-none-match', String(before.headers['etag']));

    expect((after.body as Buffer).equals(before.body as Buffer)).toBe(true);
    expect(after.headers['etag']).toBe(before.headers['etag']);
    expect(again.status).toBe(304);
  });

  it('is offered on the page of the wave', async () => {
    const page = await readPage(app, '/surveys/2026-06');

    expect(page.href('The frozen export as JSON')).toBe('/surveys/2026-06.json');
    expect(page.href('The frozen export as CSV')).toBe('/surveys/2026-06.csv');
    expect(page.texts('main')[0]).toContain('Frozen on 1 July 2026');
  });

  it.each([
    ['/surveys/2026-09.csv', 'is open until 1 December 2026. Its export is made when it closes.'],
    ['/surveys/2014-07.json', 'is known by its totals alone'],
    ['/surveys/1999-01.json', 'There is no such survey'],
  ])('is a 404 in words at %s', async (path, words) => {
    const page = await readPage(app, path);

    expect(page.status).toBe(404);
    expect(page.texts('main')[0]).toContain(words);
  });

  it('is not offered before the closing', async () => {
    const page = await readPage(app, '/surveys/2026-09');

    expect(page.href('The frozen export as CSV')).toBeUndefined();
  });
});

describe('GET /surveys/:wave after a wave of totals alone', () => {
  it('says that the two cannot be compared partner by partner', async () => {
    const page = await readPage(app, '/surveys/2026-06');

    expect(page.texts('section[aria-labelledby=transitions]')[0]).toContain(
      'Survey of July 2014 is known by its totals alone, so this survey cannot be compared with it partner by partner.',
    );
  });
});
