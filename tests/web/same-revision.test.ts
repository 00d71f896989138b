// Two processes on one store, here two applications that meet only there: what one writes the other serves, to the byte.
// How soon is measured by `npm run bench`.
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import request from 'supertest';
import { appendReport } from '../../server/store/put-records.ts';
import { programWriter } from '../../server/store/writer.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { aCity, aGroup, aPartner, aReport } from '../support/builders.ts';
import { until } from '../support/program.ts';

let first: TestApp;
let second: TestApp;

beforeAll(async () => {
  const records = { cities: [aCity()], partners: [aPartner()], groups: [aGroup()] };
  first = await startTestApp({ records });
  second = await startTestApp({ config: { mongodbUri: first.services.store.uri } });
});

afterAll(async () => {
  await second.close();
  await first.close();
});

it('serves the revision that another process wrote, with the same tags and the same bytes', async () => {
  const { directory, store, clock } = first.services;
  const before = second.services.directory.current().revision;
  const report = aReport({ partner: aPartner().slug, level: 'extensive', wave: null });
  await appendReport(store, report, programWriter('web', clock()));
  const { revision } = await directory.refresh();

  await until(() => second.services.directory.current().revision === revision);

  expect(revision).toBeGreaterThan(before);
  for (const address of ['/', `/cities/${aCity().slug}`, '/api/v1/cities.geojson']) {
    const [one, other] = await Promise.all(
      [first, second].map(({ app }) => request(app).get(address).expect(200)),
    );
    expect(other?.headers['etag']).toBe(one?.headers['etag']);
    expect(other?.text ?? other?.body).toEqual(one?.text ?? one?.body);
  }
});
