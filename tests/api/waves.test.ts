// Waves in the API: counts, transitions, single answers, and where the frozen export is.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../support/app.ts';
import {
  aFrozenWave,
  aGroup,
  aPartner,
  aReport,
  aVerdict,
  aWave,
  someRecords,
} from '../support/builders.ts';
import { ask, type Description, read, readDescription, textOf } from './api.ts';

const id = (number: number): string => String(number).padStart(24, 'b');
const answer = (partner: string, over: Parameters<typeof aReport>[0]) =>
  aReport({ partner, wave: '2026-06', date: '2026-06-10', ...over });

let app: TestApp;
let description: Description;
beforeAll(async () => {
  app = await startTestApp({
    records: someRecords({
      partners: ['a', 'b', 'c'].map((slug) => aPartner({ slug, name: `Partner ${slug}` })),
      groups: [aGroup()],
      waves: [
        aWave({ slug: '2025-06', asked: ['a', 'b'] }),
        aWave({ slug: '2026-06', asked: ['a', 'b', 'c'] }),
      ],
      reports: [
        answer('a', { wave: '2025-06', date: '2025-06-10', level: 'none' }),
        answer('a', { level: 'unaware', date: '2026-06-02' }),
        answer('a', {
          id: id(1),
          level: 'some',
          groups: ['code-for-tulsa'],
          gave: ['data'],
          publicNote: '=HYPERLINK("x")',
          internalNote: 'planted-secret',
          barriers: ['no-leadership'],
          by: 'planted-secret',
        }),
        answer('c', { level: 'none' }),
      ],
      verdicts: [aVerdict({ report: id(1), note: 'planted-secret', by: 'planted-secret' })],
      frozenWaves: [aFrozenWave({ wave: '2025-06' })],
    }),
  });
  description = await readDescription(app);
});
afterAll(() => app.close());

describe('GET /api/v1/waves/:wave', () => {
  it('counts answers by level, none folded, with invited and not answered', async () => {
    expect(await read(app, '/api/v1/waves/2026-06')).toMatchObject({
      respondents: 2,
      invited: 3,
      notAnswered: 1,
      levels: { leads: 0, led: 0, extensive: 0, some: 1, none: 1, unaware: 0 },
      aggregate: null,
      answersUrl: 'http://localhost:3000/api/v1/waves/2026-06/answers',
    });
  });

  it('gives the transitions from the wave before, with the partners behind each filled cell', async () => {
    expect(await read(app, '/api/v1/waves/2026-06')).toMatchObject({
      transitions: {
        from: '2025-06',
        partners: 3,
        cells: [
          { from: 'none', to: 'some', count: 1, partners: ['a'] },
          { from: 'not-answered', to: 'not-answered', count: 1, partners: ['b'] },
          { from: 'not-asked', to: 'none', count: 1, partners: ['c'] },
        ],
        fromTotals: { none: 1, 'not-answered': 1, 'not-asked': 1 },
        toTotals: { some: 1, none: 1, 'not-answered': 1, 'not-asked': 0 },
        panel: { size: 1, closer: ['a'], same: [], further: [] },
      },
    });
    expect(await read(app, '/api/v1/waves/2025-06')).toMatchObject({ transitions: null });
  });

  it('says where the frozen export is, once there is one', async () => {
    expect(await read(app, '/api/v1/waves/2025-06')).toMatchObject({
      export: { csv: 'http://localhost:3000/surveys/2025-06.csv' },
    });
    expect(await read(app, '/api/v1/waves/2026-06')).toMatchObject({ export: null });
  });

  it('keeps what is known by totals alone apart', async () => {
    const seeded = await startTestApp({ seed: true });

    expect(await read(seeded, '/api/v1/waves/2014-07')).toMatchObject({
      respondents: 25,
      invited: null,
      notAnswered: null,
      levels: null,
      answersUrl: null,
      transitions: null,
      aggregate: { respondents: 25 },
    });
    await seeded.close();
  });

  it.each([
    ['/api/v1/waves', '/api/v1/waves'],
    ['/api/v1/waves.csv', '/api/v1/waves.csv'],
    ['/api/v1/waves/2026-06', '/api/v1/waves/{slug}'],
    ['/api/v1/waves/2026-06/answers', '/api/v1/waves/{slug}/answers'],
    ['/api/v1/waves/2026-06/answers.csv', '/api/v1/waves/{slug}/answers.csv'],
    ['/api/v1/waves/1999-01/answers', '/api/v1/waves/{slug}/answers'],
    ['/api/v1/waves/2026-06/answers?level=all', '/api/v1/waves/{slug}/answers'],
  ])('answers %s as described', async (address, path) => {
    description.expectDescribed(await ask(app, address), path);
  });
});

describe('GET /api/v1/waves/:wave/answers', () => {
  it('gives what each partner answered, first and last, and how groups see it', async () => {
    const { items, total, next } = await read<{ items: object[]; total: number; next: null }>(
      app,
      '/api/v1/waves/2026-06/answers',
    );

    expect({ total, next }).toEqual({ total: 2, next: null });
    expect(items[0]).toEqual({
      partner: 'a',
      partnerName: 'Partner a',
      city: 'tulsa-ok',
      level: 'some',
      firstLevel: 'unaware',
      date: '2026-06-10',
      groups: ['code-for-tulsa'],
      standing: 'mutual',
      gave: ['data'],
      wantsTies: null,
      publicNote: '=HYPERLINK("x")',
    });
  });

  it('filters by level and goes from page to page', async () => {
    const some = await read<{ total: number }>(app, '/api/v1/waves/2026-06/answers?level=some');
    const first = await read<{ next: string }>(app, '/api/v1/waves/2026-06/answers?limit=1');
    const second = await read<{ items: { partner: string }[]; next: null }>(
      app,
      first.next.replace('http://localhost:3000', ''),
    );

    expect(some.total).toBe(1);
    expect(second.items.map(({ partner }) => partner)).toEqual(['c']);
    expect(second.next).toBeNull();
  });

  it('neutralises formulas in its CSV', async () => {
    const csv = textOf(await ask(app, '/api/v1/waves/2026-06/answers.csv'));

    expect(csv.split('\r\n')[0]).toContain('partner,partnerName,city,level,firstLevel');
    expect(csv).not.toContain(',"=HYPERLINK');
  });

  it('is a 404 for a wave that is not there, and a 400 for a level that is none', async () => {
    expect((await ask(app, '/api/v1/waves/1999-01/answers')).status).toBe(404);
    expect((await ask(app, '/api/v1/waves/2026-06/answers?level=all')).status).toBe(400);
  });

  it('holds nothing private', async () => {
    for (const address of ['', '.csv', '/2026-06', '/2026-06/answers', '/2026-06/answers.csv']) {
      const text = textOf(await ask(app, `/api/v1/waves${address}`));

      expect(text).not.toMatch(/planted-secret|no-leadership/);
    }
  });
});
