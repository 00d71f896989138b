// The personal link as a partner, a mail scanner and a stranger meet it.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { load } from 'cheerio';
import { pino } from 'pino';
import request from 'supertest';
import { cityPath, partnerPath, paths, respondPath } from '../../server/paths.ts';
import { addInvitation, keepDraft } from '../../server/store/invitations.ts';
import { replaceLink, revokeLink } from '../../server/store/link-steps.ts';
import { putWave } from '../../server/store/put-records.ts';
import { readRevision } from '../../server/store/revision.ts';
import { readNewSuggestions } from '../../server/store/suggestions.ts';
import { programWriter } from '../../server/store/writer.ts';
import { emptyDraft } from '../../server/survey/answer.ts';
import { closeWave } from '../../server/survey/close-wave.ts';
import { hashOf } from '../../server/survey/personal-link.ts';
import { aGroup, aPartner, aReport, aWave } from '../support/builders.ts';
import { readPage } from '../support/page.ts';
import { type OpenWave, openWave, wave } from './wave.ts';

const tulsa = 'tulsa-data-center';
const memphis = aPartner({ name: 'Memphis Data', city: 'memphis-tn', lat: 35.149, lng: -90.048 });
const words = (html: string): string => load(html)('main').text().replace(/\s+/g, ' ');

/** Everything the store holds, with its revision. */
async function contentsOf({ services: { store } }: OpenWave): Promise<string> {
  const { db } = store.connection;
  if (!db) throw new Error('the store is closed');
  const collections = await db.listCollections().toArray();
  const contents = await Promise.all(
    collections
      .map(({ name }) => name)
      .sort()
      .map(async (name) => [name, await db.collection(name).find().sort({ _id: 1 }).toArray()]),
  );
  return JSON.stringify([await readRevision(store), contents]);
}

/** The same, once what the start of the program sets off has come to rest. */
async function settledContentsOf(test: OpenWave): Promise<string> {
  let last = '';
  for (let contents = await contentsOf(test); contents !== last; ) {
    last = contents;
    await pause(200);
    contents = await contentsOf(test);
  }
  return last;
}

/** Follows the 303 of an answer that was taken. */
async function thanksFor(test: OpenWave, partner: string, fields: object): Promise<string> {
  const sent = await test.send(partner, fields);
  expect(sent.status).toBe(303);
  const thanks = await request(test.app).get(String(sent.headers['location']));
  expect(thanks.status).toBe(200);
  return thanks.text;
}

describe('GET /respond/:token', () => {
  let test: OpenWave;
  beforeAll(async () => {
    test = await openWave();
  });
  afterAll(() => test.close());

  it('changes nothing, however often it and its like are fetched', async () => {
    const before = await settledContentsOf(test);
    const link = test.linkOf(tulsa);
    const addresses = [link, `${link}?kept=yes`, `${link}?done=${'0'.repeat(24)}`];

    for (let time = 0; time < 50; time += 1) {
      const address = addresses[time % 3] ?? link;
      expect((await request(test.app).get(address)).status).toBe(200);
      expect((await request(test.app).head(address)).status).toBe(200);
      await request(test.app).get(`${link}/${time % 2 ? 'draft' : 'opened'}`);
    }

    expect(await contentsOf(test)).toBe(before);
  });

  it('is kept by nobody, and tells its address to nobody', async () => {
    const response = await request(test.app).get(test.linkOf(tulsa));

    expect(response.headers['cache-control']).toContain('no-store');
    expect(response.headers['referrer-policy']).toBe('strict-origin');
    expect(response.headers['x-robots-tag']).toBe('noindex');
    expect(response.headers['etag']).toBeUndefined();
    expect(load(response.text)('link[rel=canonical]').attr('href')).not.toContain(
      test.tokenOf(tulsa),
    );
  });

  it('offers six choices, the groups in reach, and says until when it can be changed', async () => {
    const page = await readPage(test, test.linkOf(tulsa));

    expect(page.title).toBe('How does Tulsa Data Center work with civic tech groups?');
    expect(page.$('input[type=radio][name=level]').length).toBe(6);
    expect(page.$('input[name=level]:checked').length).toBe(0);
    expect(page.texts('.near-choice')).toEqual([
      'Code for Tulsa fits 65 of 100 12 miles away Tulsa, OK met 3 weeks ago You both work on housing',
    ]);
    expect(page.texts('.lede')[0]).toContain('until the end of 15 December 2026');
  });

  it('is a clear page for a link that nobody has', async () => {
    for (const token of ['abc', 'A'.repeat(43), '%3Cscript%3E']) {
      const response = await request(test.app).get(`/respond/${token}`);

      expect(response.status).toBe(404);
      expect(words(response.text)).toContain('This link is not one of ours');
    }
    const posted = await test.send(tulsa, { level: 'some' }, respondPath('A'.repeat(43)));
    expect(posted.status).toBe(404);
  });
});

describe('a personal link that does not count any more', () => {
  it('says that it was replaced, and takes nothing', async () => {
    const test = await openWave({ records: { partners: [aPartner(), memphis] } });
    const { store, clock } = test.services;
    const next = { tokenHash: hashOf('next'), addresses: [] };
    const writer = programWriter('web', clock());
    await replaceLink(store, await test.invitationOf(tulsa), next, writer);
    await revokeLink(store, await test.invitationOf(memphis.slug), writer);

    for (const partner of [tulsa, memphis.slug]) {
      const page = await readPage(test, test.linkOf(partner));
      expect([page.status, page.title]).toEqual([410, 'This link was replaced']);
      for (const part of ['', '/draft', '/opened']) {
        const sent = await test.send(partner, { level: 'some' }, test.linkOf(partner) + part);
        expect(sent.status).toBe(410);
      }
      expect(await test.invitationOf(partner)).toMatchObject({ openedAt: null, draft: null });
    }
    expect(test.services.directory.current().reportsIn(wave)).toEqual([]);

    await test.close();
  });

  it('shows after the closing what was answered, read only, and keeps what comes late', async () => {
    const test = await openWave({ records: { partners: [aPartner(), memphis] } });
    await thanksFor(test, tulsa, { level: 'some', internalNote: 'We are short of people' });
    await test.turnTo('closed');

    const page = await readPage(test, test.linkOf(tulsa));
    expect(page.status).toBe(410);
    expect(page.title).toBe('“Civic tech survey, November 2026” is closed');
    expect(page.texts('.answer-lines dd')).toEqual([
      'We have some contact',
      'We are short of people',
    ]);
    expect(page.$('form').length).toBe(0);
    expect(page.href('See the results')).toBe('/surveys/2026-11');

    const late = await test.send(tulsa, { level: 'leads', publicNote: 'We lead one now' });
    expect(late.status).toBe(410);
    expect(words(late.text)).toContain('came after the closing, so it does not count. It is kept');
    expect(test.services.directory.current().reportsIn(wave)).toHaveLength(1);
    expect((await test.invitationOf(tulsa)).draft?.publicNote).toBe('We lead one now');
    expect(words((await request(test.app).get(test.linkOf(memphis.slug))).text)).toContain(
      'There is no answer of yours in it',
    );

    await test.close();
  });

  it('says that it is early while the survey is not open', async () => {
    const test = await openWave();
    const { store, clock } = test.services;
    const draft = aWave({ slug: wave, state: 'draft', closes: '2026-12-15' });
    await putWave(store, draft, programWriter('web', clock()));
    await test.services.directory.refresh();

    expect((await readPage(test, test.linkOf(tulsa))).title).toBe('This survey is not open yet');
    expect((await test.send(tulsa, { level: 'some' })).status).toBe(403);

    await test.close();
  });
});

describe('POST /respond/:token', () => {
  let test: OpenWave;
  beforeAll(async () => {
    test = await openWave({
      records: {
        partners: [
          aPartner({ topics: ['housing'], contacts: ['ada@tulsa.example', 'ben@tulsa.example'] }),
          memphis,
        ],
        groups: [
          aGroup({ topics: ['Housing'] }),
          aGroup({ name: 'Open Wichita', city: 'wichita-ks', lat: 37.69, lng: -97.34 }),
        ],
      },
    });
  });
  afterAll(() => test.close());

  it('changes flag, pages, map and API at once, and thanks with what changed', async () => {
    const html = await thanksFor(test, tulsa, {
      level: 'extensive',
      groups: 'code-for-tulsa',
      gave: ['data', 'space'],
      wantsTies: 'yes',
      publicNote: 'We map <b>housing</b> & "transit"',
      barriers: ['no-time'],
      internalNote: 'SECRET-NOTE <i>x</i>',
    });
    const $ = load(html);

    expect($('.flag-change-row').text().replace(/\s+/g, ' ').trim()).toBe(
      'Tulsa, OK was Not reported yet → is now Works closely with a group',
    );
    expect(
      $('.flag-change-row use')
        .toArray()
        .map((use) => $(use).attr('href')?.split('#')[1]),
    ).toEqual(['not-reported', 'extensive']);
    expect(words(html)).toContain('You can change it until the end of 15 December 2026');
    expect(words(html)).toContain('You both work on housing');
    expect(html).not.toMatch(/<b>housing|<i>x/);
    expect(
      $('a[href^="http"]')
        .toArray()
        .map((link) => $(link).attr('rel')),
    ).toEqual(['noreferrer']);

    const city = await readPage(test, cityPath('tulsa-ok'));
    expect(city.texts('.flag')[0]).toBe('Works closely with a group');
    const partner = await readPage(test, partnerPath(tulsa));
    expect(partner.$('main').text()).toContain('We map <b>housing</b> & "transit"');
    const map = await request(test.app).get(`${paths.api.cities}.geojson`);
    const feature = JSON.parse(map.text).features.find(
      (one: { properties: { slug: string } }) => one.properties.slug === 'tulsa-ok',
    );
    expect(feature.properties.flag).toBe('extensive');
    const api = await request(test.app).get(`${paths.api.partners}/${tulsa}`);
    expect(api.body.flag).toBe('extensive');
  });

  it('never shows barriers, the internal note or the link to the public', async () => {
    const addresses = [
      ...[paths.home, paths.cities, paths.partners, paths.gaps, paths.data, `/surveys/${wave}`],
      ...[cityPath('tulsa-ok'), partnerPath(tulsa), '/groups/code-for-tulsa'],
      ...['cities', 'partners', 'groups', 'waves'].flatMap((kind) => [
        `/api/v1/${kind}`,
        `/api/v1/${kind}.csv`,
      ]),
      ...[`/api/v1/partners/${tulsa}`, `/api/v1/waves/${wave}`, '/api/v1/partners.geojson'],
    ];

    for (const address of addresses) {
      const { status, text } = await request(test.app).get(address);
      expect([address, status]).toEqual([address, 200]);
      expect(text).not.toMatch(/SECRET-NOTE|no-time|ada@tulsa|We have no time for it/);
      expect(text).not.toContain(test.tokenOf(tulsa));
    }
  });

  it('thanks every address once by mail, with what was noted', async () => {
    await test.services.mail.drain();
    const folder = join(test.services.config.dataDir, 'mail');
    const names = (await readdir(folder)).filter((name) => name.includes('thanks'));
    const mails = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));

    expect(mails).toHaveLength(2);
    expect(mails.map((mail) => /^To: <?([^>\s]+)/m.exec(mail)?.[1]).sort()).toEqual([
      'ada@tulsa.example',
      'ben@tulsa.example',
    ]);
  });

  it('appends nothing when nothing differs', async () => {
    const fields = { level: 'none' };
    await thanksFor(test, memphis.slug, fields);
    const again = await thanksFor(test, memphis.slug, { ...fields, gave: [] });

    expect(words(again)).toContain('Nothing was different from your last answer');
    expect(test.services.directory.current().reportsOf(memphis.slug)).toHaveLength(1);
  });

  it('keeps what was typed when something is wrong, and links to the field', async () => {
    const sent = await test.send(memphis.slug, {
      groups: ['open-wichita', 'no-such-group'],
      publicNote: '"><script>alert(1)</script>\nsecond line',
      internalNote: 'y'.repeat(2001),
      gave: 'data',
      anotherGroup: 'Code <for> "Memphis"',
      wantsTies: 'no',
    });
    const $ = load(sent.text);

    expect(sent.status).toBe(422);
    expect($('title').text()).toMatch(/^Error: /);
    expect(
      $('.error-summary a')
        .toArray()
        .map((link) => $(link).attr('href')),
    ).toEqual(['#level', '#internalNote']);
    for (const link of $('.error-summary a').toArray()) {
      expect($($(link).attr('href')).length).toBe(1);
    }
    expect($('#publicNote').text().trim()).toBe('"><script>alert(1)</script>\nsecond line');
    expect($('#internalNote').text().trim()).toHaveLength(2001);
    expect($('#anotherGroup').val()).toBe('Code <for> "Memphis"');
    expect(
      $('input[name=groups]:checked')
        .toArray()
        .map((box) => $(box).val()),
    ).toEqual(['open-wichita']);
    expect($('input[name=gave]:checked').val()).toBe('data');
    expect($('input[name=wantsTies]:checked').val()).toBe('no');
    expect(sent.text).not.toContain('<script>alert');
    expect(await readNewSuggestions(test.services.store)).toEqual([]);
  });

  it('asks back when somebody knows of no group and ticks one', async () => {
    const sent = await test.send(memphis.slug, { level: 'unaware', groups: 'open-wichita' });

    expect(sent.status).toBe(422);
    expect(load(sent.text)('.error-summary a').attr('href')).toBe('#groups');
  });

  it('makes a suggestion of another group, once', async () => {
    const fields = { level: 'some', anotherGroup: '  Code <for> Memphis ' };
    await thanksFor(test, memphis.slug, fields);
    await thanksFor(test, memphis.slug, fields);

    const suggested = await readNewSuggestions(test.services.store);
    expect(suggested).toMatchObject([
      {
        kind: 'group',
        text: 'Code <for> Memphis',
        city: 'memphis-tn',
        partner: memphis.slug,
        wave,
      },
    ]);
    const page = await readPage(test, test.linkOf(memphis.slug));
    expect(page.$('main').text()).toContain('You told us of “Code <for> Memphis”');
    expect(page.$('#anotherGroup').val()).toBe('');
  });

  it('is refused when another site sends it', async () => {
    const before = test.services.directory.current().reportsOf(tulsa).length;
    for (const part of ['', '/draft', '/opened']) {
      const forged = await test
        .send(tulsa, { level: 'leads' }, test.linkOf(tulsa) + part)
        .set('sec-fetch-site', 'cross-site');
      expect(forged.status).toBe(403);
    }
    const other = await test.send(tulsa, { level: 'leads' }).set('origin', 'https://evil.example');

    expect(other.status).toBe(403);
    expect(test.services.directory.current().reportsOf(tulsa)).toHaveLength(before);
  });
});

describe('a partner that knows of no group', () => {
  it('sees the nearest at once, may change its answer, and both are kept', async () => {
    const far = Array.from({ length: 6 }, (_, index) =>
      aGroup({ name: `Far ${index}`, city: `far-${index}-ok`, lat: 37 + index, lng: -96 }),
    );
    const test = await openWave({ records: { groups: far } });
    const html = await thanksFor(test, tulsa, { level: 'unaware', publicNote: 'Who is there?' });
    const $ = load(html);

    expect(
      $('.near-choice .near-name')
        .toArray()
        .map((name) => $(name).text()),
    ).toEqual(['Far 0', 'Far 1', 'Far 2', 'Far 3', 'Far 4']);
    expect($('form input[name=publicNote]').val()).toBe('Who is there?');
    const changed = await thanksFor(test, tulsa, {
      basedOn: String($('form input[name=basedOn]').val()),
      publicNote: String($('form input[name=publicNote]').val()),
      level: 'some',
      groups: 'far-0',
    });

    expect(
      load(changed)('.answer-history li')
        .toArray()
        .map((line) => load(changed)(line).text()),
    ).toEqual([
      '22 November 2026: We know of no group near us',
      '22 November 2026: We have some contact',
    ]);
    expect(words(changed)).not.toContain('Another answer was sent');
    const { current } = test.services.directory;
    expect(
      current()
        .reportsIn(wave)
        .map(({ level }) => level),
    ).toEqual(['some', 'unaware']);
    expect(current().findCity('tulsa-ok')?.flag).toBe('some');

    await test.close();
  });
});

describe('half an answer', () => {
  let test: OpenWave;
  beforeAll(async () => {
    test = await openWave();
  });
  afterAll(() => test.close());

  it('is kept without being sent, offered again, and gone once it is sent', async () => {
    const half = { groups: 'code-for-tulsa', publicNote: 'half a th' };
    const kept = await test.send(tulsa, half, `${test.linkOf(tulsa)}/draft`);
    expect(kept.status).toBe(204);
    const later = await test.send(
      tulsa,
      { ...half, publicNote: 'half a thought', later: 'yes' },
      `${test.linkOf(tulsa)}/draft`,
    );
    expect(later.status).toBe(303);

    const page = await readPage(test, String(later.headers['location']));
    expect(page.texts('.answer-notice').join(' ')).toContain(
      'Kept from 22 November 2026, not sent yet',
    );
    expect(page.$('#publicNote').text().trim()).toBe('half a thought');
    expect(page.$('#groups').attr('checked')).toBeDefined();
    expect(test.services.directory.current().reportsIn(wave)).toEqual([]);
    expect((await test.invitationOf(tulsa)).openedAt).toBe('2026-11-22T12:00:00.000Z');

    const whole = { level: 'led', publicNote: 'a whole thought' };
    await thanksFor(test, tulsa, whole);
    expect((await test.invitationOf(tulsa)).draft).toBeNull();
    await test.send(tulsa, whole, `${test.linkOf(tulsa)}/draft`);
    expect((await test.invitationOf(tulsa)).draft).toBeNull();
    const after = await readPage(test, test.linkOf(tulsa));
    expect(after.texts('.level-mark')).toEqual(['As you answered on 22 November 2026']);
  });

  it('is begun when a person does something on the page', async () => {
    const other = await openWave();

    expect((await other.invitationOf(tulsa)).openedAt).toBeNull();
    const noted = await other.send(tulsa, {}, `${other.linkOf(tulsa)}/opened`);
    expect(noted.status).toBe(204);
    expect((await other.invitationOf(tulsa)).openedAt).not.toBeNull();

    await other.close();
  });
});

describe('what the form opens with', () => {
  const before = aWave({ slug: '2026-07', name: 'Survey July 2026', asked: [tulsa] });

  it('is the last answer of an earlier wave, marked as such and saved nowhere', async () => {
    const test = await openWave({
      records: {
        waves: [before],
        reports: [
          aReport({ wave: '2026-07', date: '2026-07-12', level: 'led', publicNote: 'Since 2012' }),
          aReport({ collaboration: 'x', date: '2026-08', level: 'extensive' }),
        ],
      },
    });
    const page = await readPage(test, test.linkOf(tulsa));

    expect(page.texts('.answer-notice strong')).toEqual(['As you answered in July 2026.']);
    expect(page.texts('.level:has(:checked) .level-label')).toEqual(['We led a group before']);
    expect(page.$('#publicNote').text().trim()).toBe('Since 2012');
    expect(test.services.directory.current().reportsIn(wave)).toEqual([]);
    expect(await test.invitationOf(tulsa)).toMatchObject({ draft: null, openedAt: null });

    await test.close();
  });

  it('is what was left unsent in an earlier wave, when that is newer', async () => {
    const test = await openWave({ records: { waves: [before] } });
    const { store, clock } = test.services;
    const old = await addInvitation(
      store,
      { wave: '2026-07', partner: tulsa, addresses: [], tokenHash: hashOf('old') },
      clock(),
    );
    const left = { ...emptyDraft, level: 'some', internalNote: 'never sent' } as const;
    await keepDraft(store, old.id, left, new Date('2026-07-20T10:00:00Z'));

    const page = await readPage(test, test.linkOf(tulsa));

    expect(page.texts('.answer-notice')[0]).toContain('As you left it in July 2026, not sent');
    expect(page.$('#internalNote').text().trim()).toBe('never sent');

    await test.close();
  });
});

describe('answers at the same moment', () => {
  it('of ten partners are all taken', async () => {
    const partners = Array.from({ length: 10 }, (_, index) =>
      aPartner({ name: `Partner ${index}` }),
    );
    const test = await openWave({ records: { partners } });

    const sent = await Promise.all(
      partners.map(({ slug }) => test.send(slug, { level: 'some', publicNote: `I am ${slug}` })),
    );

    expect(sent.map(({ status }) => status)).toEqual(partners.map(() => 303));
    const reports = test.services.directory.current().reportsIn(wave);
    expect(reports.map(({ publicNote }) => publicNote).sort()).toEqual(
      partners.map(({ slug }) => `I am ${slug}`).sort(),
    );

    await test.close();
  });

  it('as the closing are each in the wave, or told that they came late and kept', async () => {
    const partners = Array.from({ length: 6 }, (_, index) => aPartner({ name: `P ${index}` }));
    const test = await openWave({ records: { partners } });
    const answer = ({ slug }: { slug: string }) =>
      test.send(slug, { level: 'some', publicNote: slug });
    const writer = programWriter('web', test.services.clock());

    const early = partners.slice(0, 3).map((partner) => answer(partner).then());
    const closing = closeWave(test.services, wave, writer);
    const sent = await Promise.all([
      ...early,
      ...partners.slice(3).map((one) => answer(one).then()),
    ]);
    await closing;
    const now = await test.services.directory.refresh();

    expect(sent.every(({ status }) => status === 303 || status === 410)).toBe(true);
    for (const [index, { status }] of sent.entries()) {
      const slug = partners[index]?.slug ?? '';
      const isIn = now.reportsIn(wave).some(({ partner }) => partner === slug);
      expect([slug, isIn]).toEqual([slug, status === 303]);
      expect(now.frozenWave(wave)?.json.includes(`"${slug}"`)).toBe(true);
      if (!isIn) expect((await test.invitationOf(slug)).draft?.publicNote).toBe(slug);
    }

    await test.close();
  });

  it('from two windows of one partner are both kept, and the later window is told', async () => {
    const test = await openWave();
    const form = await readPage(test, test.linkOf(tulsa));
    const basedOn = String(form.$('input[name=basedOn]').val());

    const [one, other] = await Promise.all([
      test.send(tulsa, { basedOn, level: 'some' }),
      test.send(tulsa, { basedOn, level: 'none' }),
    ]);
    const told = await Promise.all(
      [one, other].map(async (sent) =>
        words((await request(test.app).get(String(sent.headers['location']))).text),
      ),
    );

    expect(
      test.services.directory
        .current()
        .reportsIn(wave)
        .map(({ level }) => level)
        .sort(),
    ).toEqual(['none', 'some']);
    expect(told.filter((text) => text.includes('Another answer was sent'))).toHaveLength(1);

    await test.close();
  });
});

describe('the log', () => {
  it('names the route of a personal link, and never its token or an address', async () => {
    const lines: string[] = [];
    const log = pino(
      { level: 'trace' },
      new Writable({
        write(chunk, _encoding, done) {
          lines.push(String(chunk));
          done();
        },
      }),
    );
    const test = await openWave({ log });
    const link = test.linkOf(tulsa);
    await request(test.app).get(link);
    await thanksFor(test, tulsa, { level: 'some' });
    await test.send(tulsa, {}, `${link}/opened`);
    await test.send(tulsa, { level: 'some' }, `${link}/draft`);
    await test.send(tulsa, {}, link);
    await request(test.app).get(`${link}/nothing`);
    await test.services.mail.drain();

    const logged = lines.join('');
    expect(logged).toContain('POST');
    expect(logged).toContain('/respond/:token');
    expect(logged).not.toContain(test.tokenOf(tulsa));
    expect(logged).not.toContain('ada@');

    await test.close();
  });
});
