// The frame around the public pages: heading, title, canonical address, landmarks, no inline script or style.
// What single pages say is in the tests of their feature.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { paths } from '../../server/paths.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { readPage } from '../support/page.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ seed: true });
});
afterAll(() => app.close());

const addresses = [paths.home, paths.find, `${paths.find}?place=15213`, paths.about, paths.data];

describe.each(addresses)('the frame of %s', (address) => {
  it('has one heading, a title, a description and a canonical address', async () => {
    const { $ } = await readPage(app, address);

    expect($('h1').length).toBe(1);
    expect($('title').text()).toMatch(/ \| Crosswalk$/);
    expect($('meta[name="description"]').attr('content')?.length).toBeGreaterThan(30);
    expect($('link[rel="canonical"]').attr('href')).toBe(`http://localhost:3000${address}`);
    expect($('html').attr('lang')).toBe('en');
  });

  it('offers a way past the header and marks the landmarks', async () => {
    const { $ } = await readPage(app, address);

    expect($('body a').first().attr('href')).toBe('#main');
    expect($('main#main').length).toBe(1);
    expect($('header nav[aria-label="Main"]').length).toBe(2);
  });

  it('holds no inline script or style', async () => {
    const { $ } = await readPage(app, address);

    expect($('[style], style').length).toBe(0);
    expect($('script:not([src]):not([type="application/ld+json"])').length).toBe(0);
    expect($.html()).not.toMatch(/ on[a-z]+="/);
  });

  it('uses no id twice', async () => {
    const { $ } = await readPage(app, address);

    const ids = $('[id]')
      .toArray()
      .map((element) => $(element).attr('id'));
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  it('says how old the directory is', async () => {
    const page = await readPage(app, address);

    expect(page.texts('footer')[0]).toMatch(/Directory as of 22 November 2026, revision \d+/);
  });
});
