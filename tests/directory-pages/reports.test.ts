// Reports on the pages of a partner, its city and the groups it names: level, date, origin and standing in words.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../support/app.ts';
import {
  aCollaboration,
  aGroup,
  aPartner,
  aReport,
  aVerdict,
  aWave,
  someRecords,
} from '../support/builders.ts';
import { readPage } from '../support/page.ts';

const id = (number: number): string => String(number).padStart(24, 'c');
let app: TestApp;

beforeAll(async () => {
  app = await startTestApp({
    records: someRecords({
      partners: [aPartner()],
      groups: [aGroup(), aGroup({ name: 'Open Tulsa' }), aGroup({ name: 'Tulsa Data Meetup' })],
      collaborations: [aCollaboration()],
      waves: [aWave({ slug: '2026-07', asked: ['tulsa-data-center'] })],
      reports: [
        aReport({
          level: 'some',
          date: '2025',
          collaboration: 'a-map-of-vacant-lots',
          publicNote: 'A map of vacant lots',
        }),
        aReport({ wave: '2026-07', level: 'unaware', date: '2026-07-02' }),
        aReport({
          id: id(1),
          wave: '2026-07',
          level: 'none',
          date: '2026-07-09',
          groups: ['code-for-tulsa', 'open-tulsa'],
          internalNote: 'planted-secret',
          barriers: ['no-leadership'],
          by: 'planted-secret',
        }),
        aReport({ id: id(2), level: 'extensive', date: '2026-09-01', groups: ['code-for-tulsa'] }),
      ],
      verdicts: [
        aVerdict({ report: id(1), group: 'code-for-tulsa' }),
        aVerdict({ report: id(1), group: 'open-tulsa', verdict: 'disputed' }),
      ],
    }),
  });
});
afterAll(() => app.close());

describe('reports on the page of a partner', () => {
  it('say level, date and where they come from, and one answer of each survey', async () => {
    const page = await readPage(app, '/partners/tulsa-data-center');

    expect(page.texts('.reports > li > p:first-child')).toEqual([
      'Works closely with a group, 1 September 2026 (reported between waves)',
      'Has no contact, 9 July 2026 (answered the survey of July 2026)',
      'Has some contact, 2025 (from a documented collaboration: A map of vacant lots)',
    ]);
    expect(page.href('the survey of July 2026')).toBe('/surveys/2026-07');
  });

  it('say how the groups see them, and what was answered first', async () => {
    const [between, answer, derived] = (await readPage(app, '/partners/tulsa-data-center')).texts(
      '.reports > li',
    );

    expect(between).toContain('One-sided so far: the group has not confirmed it.');
    expect(answer).toContain('First answered: knows of no group.');
    expect(answer).toContain('Code for Tulsa confirmed this on 22 November 2026.');
    expect(answer).toContain('Open Tulsa disputes this, since 22 November 2026.');
    expect(derived).not.toContain('One-sided');
  });
});

describe('reports on the page of a group', () => {
  it('are those that name it, with its own word on each', async () => {
    const page = await readPage(app, '/groups/open-tulsa');
    const reports = page.texts('.reports > li');

    expect(reports).toHaveLength(1);
    expect(reports[0]).toContain('Tulsa Data Center');
    expect(reports[0]).toContain('Open Tulsa disputes this');
    expect(reports[0]).not.toContain('Code for Tulsa confirmed');
  });

  it('are left out where no partner named it', async () => {
    const page = await readPage(app, '/groups/tulsa-data-meetup');

    expect(page.$('.reports').length).toBe(0);
  });
});

describe('the history of levels on the page of a city', () => {
  it('is a list of shapes with words and dates, oldest first', async () => {
    const page = await readPage(app, '/cities/tulsa-ok');

    expect(page.texts('.level-history li')).toEqual([
      'some contact 2025',
      'no contact 9 July 2026',
      'extensive 1 September 2026',
    ]);
    expect(page.$('.level-history').attr('aria-label')).toBe(
      'Levels of Tulsa Data Center, oldest first',
    );
    expect(page.$('.level-history use').length).toBe(3);
  });
});

describe('what partners keep to themselves', () => {
  it.each(['/partners/tulsa-data-center', '/groups/code-for-tulsa', '/cities/tulsa-ok'])(
    'is not on %s',
    async (path) => {
      expect((await readPage(app, path)).$.html()).not.toMatch(/planted-secret|no-leadership/);
    },
  );
});
