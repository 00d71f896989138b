// The public page of the survey of July 2014: the same figures as bars, as a table and as data, and how each
// is known. A wave with answers of its own is in wave.test.ts.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../support/app.ts';
import { someRecords } from '../support/builders.ts';
import { seedDirectory } from '../support/directory.ts';
import { readPage } from '../support/page.ts';

describe('GET /surveys/2014-07', () => {
  let app: TestApp;
  beforeAll(async () => {
    const { waves } = await seedDirectory();
    app = await startTestApp({ records: someRecords({ waves }) });
  });
  afterAll(() => app.close());

  it('shows 16, 3 and 6 of 25 as firm, and 5 and 11 as inferred', async () => {
    const page = await readPage(app, '/surveys/2014-07');

    expect(page.texts('.figure-bars-number')).toEqual([
      '16 of 25',
      '5 of 25 inferred',
      '11 of 25 inferred',
      '3 of 25',
      '6 of 25',
    ]);
  });

  it('draws each bar as long as its share of the 25', async () => {
    const { $ } = await readPage(app, '/surveys/2014-07');
    const widths = $('rect.bar-firm, rect.bar-inferred')
      .toArray()
      .map((bar) => [$(bar).attr('class'), $(bar).attr('width')]);

    expect(widths).toEqual([
      ['bar-firm', '64%'],
      ['bar-inferred', '20%'],
      ['bar-inferred', '44%'],
      ['bar-firm', '12%'],
      ['bar-firm', '24%'],
    ]);
  });

  it('has the same numbers in the table beside, each with how it is known', async () => {
    const page = await readPage(app, '/surveys/2014-07');

    expect(page.texts('td[data-label="Partners"]')).toEqual(['16', '5', '11', '3', '6']);
    expect(page.texts('td[data-label="How it is known"]')).toEqual([
      'Stated as a total',
      'Inferred from “one fifth of 25”',
      'Inferred from “another two-fifths of 25”',
      'Stated: “an additional three”',
      'Stated: “six”',
    ]);
  });

  it('says what it folds, that it cannot be compared by partner, and that no later wave is there', async () => {
    const text = (await readPage(app, '/surveys/2014-07')).texts('main')[0] ?? '';

    expect(text).toContain('not aware of a group are reported together in this figure');
    expect(text).toContain('cannot be compared with another one partner by partner');
    expect(text).toContain('There is no later wave yet');
    expect(text).toContain('Informal survey of partner organizations');
    expect(text).toContain('Kait Hildner');
  });

  it('is a Dataset for search engines, with its CSV', async () => {
    const page = await readPage(app, '/surveys/2014-07');

    expect(JSON.parse(page.$('script[type="application/ld+json"]').text())).toMatchObject({
      '@type': 'Dataset',
      temporalCoverage: '2014-07/2014-07',
    });
    expect(page.href('CSV')).toBe('/api/v1/waves.csv');
  });

  it('is listed among the surveys with how many answered', async () => {
    const page = await readPage(app, '/surveys');

    expect(page.texts('table.listing tbody th')).toEqual(['Survey of July 2014']);
    expect(page.texts('td[data-label="Partners that answered"]')).toEqual([
      '25 (how many were asked is not known)',
    ]);
  });

  it('is a 404 in words for a wave that was not taken, and offers near ones', async () => {
    const page = await readPage(app, '/surveys/2014-09');

    expect(page.status).toBe(404);
    expect(page.texts('main')[0]).toContain('no survey called “2014-09”');
    expect(page.href('Survey of July 2014')).toBe('/surveys/2014-07');
  });
});
