// Contact addresses, internal notes, who filed a report, and drafts are in no answer of the public API: planted
// in the records and looked for at every described address. The rule by field is in domain/visibility.test.ts.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
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
import { ask, type Description, readDescription, textOf } from './api.ts';

const secret = 'planted-secret';
let app: TestApp;
let description: Description;

beforeAll(async () => {
  app = await startTestApp({
    records: {
      cities: [aCity()],
      partners: [aPartner({ contacts: [`${secret}@partner.example`] })],
      groups: [aGroup({ contacts: [`${secret}@group.example`] })],
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
  description = await readDescription(app);
});
afterAll(() => app.close());

const slugs: Readonly<Record<string, string>> = {
  cities: 'tulsa-ok',
  partners: 'tulsa-data-center',
  groups: 'code-for-tulsa',
  collaborations: 'a-map-of-vacant-lots',
  convenings: 'tulsa-data-day',
  waves: '2026-06',
};
const queries: Readonly<Record<string, string>> = {
  '/api/v1/near': '?lat=36.15&lng=-95.99',
  '/api/v1/matches': '?partner=tulsa-data-center',
  '/api/v1/places': '?q=tul',
};

describe('what the public may not see', () => {
  it('is in no answer of any address that the API describes', async () => {
    for (const path of Object.keys(description.document.paths)) {
      const noun = path.split('/')[3] ?? '';
      const address = path.replace('{slug}', slugs[noun] ?? '') + (queries[path] ?? '');
      const response = await ask(app, address);

      expect({ address, status: response.status }).toEqual({ address, status: 200 });
      expect({ address, leaks: textOf(response).includes(secret) }).toEqual({
        address,
        leaks: false,
      });
      expect({ address, leaks: textOf(response).includes('no-leadership') }).toEqual({
        address,
        leaks: false,
      });
    }
  });

  it('leaves the public part of a report readable', async () => {
    const text = textOf(await ask(app, '/api/v1/partners/tulsa-data-center'));

    expect(JSON.parse(text)).toMatchObject({
      flag: 'no-contact',
      lastReport: { level: 'none', wave: '2026-06' },
    });
  });

  it('is not found under its own address', async () => {
    for (const address of ['/api/v1/waves/2026-12', `/api/v1/collaborations/${secret}`]) {
      expect((await ask(app, address)).status).toBe(404);
    }
  });
});
