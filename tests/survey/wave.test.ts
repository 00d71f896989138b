// A wave with answers of its own: figures, who answered, standing, provisional figures, private fields, escaping.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { standings } from '../../server/domain/transitions.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { aGroup, aPartner, aReport, aVerdict, aWave, someRecords } from '../support/builders.ts';
import { type ReadPage, readPage } from '../support/page.ts';

const memphis = { lat: 35.149, lng: -90.049 };
const partners = [
  aPartner({ slug: 'tulsa', name: 'Tulsa Data Center' }),
  aPartner({ slug: 'memphis', name: 'Memphis Data', city: 'memphis-tn', ...memphis }),
  aPartner({ slug: 'enid', name: 'Enid Facts', city: 'enid-ok' }),
  aPartner({ slug: 'moore', name: 'Moore Numbers', city: 'moore-ok' }),
];
const asked = partners.map(({ slug }) => slug);
const before = aWave({ slug: '2025-06', asked: ['tulsa', 'memphis', 'enid'] });
const now = aWave({ slug: '2026-06', asked });

const answer = (partner: string, level: Parameters<typeof aReport>[0], wave = '2026-06') =>
  aReport({ partner, wave, date: `${wave}-10`, ...level });
const id = (number: number): string => String(number).padStart(24, 'a');

const reports = [
  answer('tulsa', { level: 'unaware' }, '2025-06'),
  answer('memphis', { level: 'extensive' }, '2025-06'),
  answer('tulsa', { level: 'none', date: '2026-06-02' }),
  answer('tulsa', {
    id: id(1),
    level: 'some',
    date: '2026-06-12',
    groups: ['code-for-tulsa'],
    gave: ['data', 'space'],
    wantsTies: true,
    publicNote: 'We met <b>twice</b>.',
    internalNote: 'planted-secret',
    barriers: ['no-leadership'],
    by: 'planted-secret@tulsa.example',
  }),
  answer('memphis', { id: id(2), level: 'none', groups: ['code-for-memphis'], wantsTies: false }),
  answer('moore', { level: 'unaware' }),
];
const groups = [aGroup(), aGroup({ name: 'Code for Memphis', city: 'memphis-tn', ...memphis })];
const verdicts = [
  aVerdict({ report: id(1), group: 'code-for-tulsa', verdict: 'confirmed' }),
  aVerdict({ report: id(2), group: 'code-for-memphis', verdict: 'disputed' }),
];

/** The rows of a section's tables, each as its cells in a line. */
const rowsIn = (page: ReadPage, section: string): string[] =>
  page
    .$(`section[aria-labelledby=${section}] .figure-bars tbody tr`)
    .toArray()
    .map((row) =>
      page
        .$(row)
        .children()
        .toArray()
        .map((cell) => page.$(cell).text().trim())
        .join(' '),
    );

const column = (label: string): string => `table.listing td[data-label="${label}"]`;

describe('GET /surveys/:wave of a wave with answers', () => {
  let app: TestApp;
  beforeAll(async () => {
    const waves = [before, now];
    app = await startTestApp({
      records: someRecords({ partners, groups, waves, reports, verdicts }),
    });
  });
  afterAll(() => app.close());

  it('says how many of how many answered', async () => {
    const page = await readPage(app, '/surveys/2026-06');

    expect(page.texts('.lede')[0]).toBe('3 of 4 partners answered, 1 to 30 June 2026.');
  });

  it('counts each partner once, with its newest answer, each level and not answered by itself', async () => {
    const page = await readPage(app, '/surveys/2026-06');
    const levels = rowsIn(page, 'levels');

    expect(levels).toEqual([
      'Leads a group 0 0%',
      'Has led a group 0 0%',
      'Works closely with a group 0 0%',
      'Has some contact 1 25%',
      'Has no contact 1 25%',
      'Knows of no group 1 25%',
      'Not answered 1 25%',
    ]);
    expect(page.texts('section[aria-labelledby=levels] .figure-bars-number')).toEqual([
      '0 of 4',
      '0 of 4',
      '0 of 4',
      '1 of 4',
      '1 of 4',
      '1 of 4',
      '1 of 4',
    ]);
  });

  it('counts what was given and who wishes for stronger ties, of those who answered', async () => {
    const page = await readPage(app, '/surveys/2026-06');
    const given = rowsIn(page, 'given');

    expect(given).toContain('Data 1 33%');
    expect(given).toContain('Named nothing 2 67%');
    expect(given.slice(-3)).toEqual([
      'Wish for stronger ties 1 33%',
      'Do not wish for them 1 33%',
      'Did not say 1 33%',
    ]);
  });

  it('lists who answered with what, in city order, with the first answer where it changed', async () => {
    const page = await readPage(app, '/surveys/2026-06');

    expect(page.texts('section[aria-labelledby=answers] tbody th')).toEqual([
      'Memphis, TN',
      'Moore, OK',
      'Tulsa, OK',
    ]);
    expect(page.texts(column('Level'))).toEqual([
      'Has no contact',
      'Knows of no group',
      'Has some contact First answered: has no contact.',
    ]);
    expect(page.texts(column('Groups'))[2]).toBe('Code for Tulsa');
  });

  it('says in words what the groups say of it', async () => {
    const page = await readPage(app, '/surveys/2026-06');

    expect(page.texts(column('Standing'))).toEqual([
      'Disputed Code for Memphis disputes this, since 22 November 2026.',
      'No group named',
      'Mutual Code for Tulsa confirmed this on 22 November 2026.',
    ]);
  });

  it.each([
    ['level=some', ['Tulsa, OK'], '1 of 3 answers'],
    ['level=leads', [], '0 of 3 answers'],
    ['level=nonsense', ['Memphis, TN', 'Moore, OK', 'Tulsa, OK'], '3 of 3 answers'],
    ['sort=level', ['Tulsa, OK', 'Memphis, TN', 'Moore, OK'], '3 of 3 answers'],
    ['sort=city&direction=desc', ['Tulsa, OK', 'Moore, OK', 'Memphis, TN'], '3 of 3 answers'],
  ])('lists by ?%s', async (query, cities, count) => {
    const page = await readPage(app, `/surveys/2026-06?${query}`);

    expect(page.texts('section[aria-labelledby=answers] tbody th')).toEqual(cities);
    expect(page.texts('.listing-count')[0]).toBe(count);
  });

  it('shows the table of levels then by levels now, and every combination', async () => {
    const page = await readPage(app, '/surveys/2026-06');
    const rows = page.texts('.transitions-table tbody tr');

    expect(rows).toHaveLength(standings.length);
    expect(rows[5]).toBe(
      'Knows of no group 0 0 0 1: Knows of no group then, some contact now 0 0 0 0 1',
    );
    expect(page.texts('.transitions-table tbody th')).toContain('Not answered');
    expect(page.texts('.transitions-table tbody th')).toContain('Not asked');
  });

  it('draws a circle for each filled cell, with the same counts', async () => {
    const page = await readPage(app, '/surveys/2026-06');
    const printed = page.texts('.transitions-table tbody td a').map((text) => text.split(':')[0]);

    expect(page.texts('.matrix-number')).toEqual(printed);
    expect(page.$('svg.matrix').attr('aria-label')).toContain('of 4 partners');
  });

  it('compares those who answered both', async () => {
    const page = await readPage(app, '/surveys/2026-06');
    const panel = rowsIn(page, 'transitions');

    expect(panel).toEqual([
      'Closer to a group now 1 50%',
      'As close as then 0 0%',
      'Further away now 1 50%',
    ]);
  });

  it('names the cities behind a cell at an address of its own', async () => {
    const page = await readPage(app, '/surveys/2026-06');
    const [link] = page.$('.transitions-table tbody td a').toArray();
    const address = page.$(link).attr('href') ?? '';
    const cell = await readPage(app, address.split('#')[0] ?? '');

    expect(address).toBe('/surveys/2026-06?from=extensive&to=none#cell');
    expect(cell.texts('#cell')[0]).toBe(
      'Works closely in Survey 2025-06, no contact in Survey 2026-06: 1 partner',
    );
    expect(cell.href('Memphis Data')).toBe('/partners/memphis');
    expect(cell.$('link[rel=canonical]').attr('href')).toContain('?from=extensive&to=none');
  });

  it('keeps the chosen cell when the list below is sorted', async () => {
    const page = await readPage(app, '/surveys/2026-06?from=extensive&to=none');
    const sort = page.$('section[aria-labelledby=answers] thead a').eq(1).attr('href');

    expect(sort).toBe('/surveys/2026-06?from=extensive&to=none&sort=partner#answers');
  });

  it('ignores a cell that is none', async () => {
    const page = await readPage(app, '/surveys/2026-06?from=some&to=<b>');

    expect(page.status).toBe(200);
    expect(page.$('#cell').length).toBe(0);
  });

  it('has no transitions on the first wave, and says why', async () => {
    const page = await readPage(app, '/surveys/2025-06');

    expect(page.$('.transitions-table').length).toBe(0);
    expect(page.texts('section[aria-labelledby=transitions]')[0]).toContain(
      'the first survey whose answers are known partner by partner',
    );
    expect(page.href('Survey 2026-06')).toBe('/surveys/2026-06');
  });

  it('shows nothing private, and prints notes as text', async () => {
    for (const address of ['/surveys', '/surveys/2026-06', '/surveys/2026-06?level=some']) {
      const page = await readPage(app, address);

      expect(page.$.html()).not.toMatch(/planted-secret|no-leadership|leadership/i);
      expect(page.$('main td b').length).toBe(0);
    }
  });

  it('lists the waves newest first with n of N and their counts', async () => {
    const page = await readPage(app, '/surveys');

    expect(page.texts('table.listing tbody th')).toEqual(['Survey 2026-06', 'Survey 2025-06']);
    expect(page.texts(column('Partners that answered'))).toEqual(['3 of 4', '2 of 3']);
    expect(page.texts(column('What they answered'))[0]).toBe(
      'Leads: 0 Has led: 0 Works closely: 0 Some contact: 1 No contact: 1 Knows of no group: 1',
    );
  });

  it('calls no figure of a closed wave provisional', async () => {
    const text = (await readPage(app, '/surveys/2026-06')).texts('main')[0];

    expect(text).not.toContain('provisional');
  });
});

describe('GET /surveys/:wave while it is open', () => {
  it('says until when, that figures are provisional, and how to answer', async () => {
    const waves = [before, aWave({ ...now, state: 'open', closes: '2026-12-01' })];
    const app = await startTestApp({ records: someRecords({ partners, waves, reports }) });

    const page = await readPage(app, '/surveys/2026-06');

    const text = page.texts('.wave-open')[0];
    expect(text).toContain('open until 1 December 2026');
    expect(text).toContain('provisional');
    expect(text).toContain('Use the personal link in the mail you got.');
    expect(page.texts('section[aria-labelledby=levels] tbody th').at(-1)).toBe('Not answered yet');
    expect(page.$('.transitions-table').length).toBe(1);
    await app.close();
  });

  it('says so where nobody has answered yet, and points to the next wave', async () => {
    const waves = [aWave({ slug: '2025-06' }), aWave({ slug: '2026-06' })];
    const app = await startTestApp({ records: someRecords({ waves }) });

    const page = await readPage(app, '/surveys/2025-06');

    expect(page.texts('.lede')[0]).toBe('No partner has answered yet.');
    expect(page.$('.figure-bars').length).toBe(0);
    expect(page.href('Survey 2026-06')).toBe('/surveys/2026-06');
    await app.close();
  });
});
