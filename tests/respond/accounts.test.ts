// What people with an account report and edit: between waves, their own profile, and verdicts on reports.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { load } from 'cheerio';
import request from 'supertest';
import {
  groupPath,
  groupReportsPath,
  partnerEditPath,
  partnerPath,
  partnerReportPath,
  paths,
} from '../../server/paths.ts';
import { readChanges } from '../../server/store/changes.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { aGroup, aPartner, aReport, someRecords } from '../support/builders.ts';
import { type SignedInPerson, signInAs } from '../support/sign-in.ts';
import { type OpenWave, openWave, wave } from './wave.ts';

const tulsa = 'tulsa-data-center';
const words = (html: string): string => load(html)('main').text().replace(/\s+/g, ' ');

describe('a report between waves', () => {
  let test: TestApp;
  let partner: SignedInPerson;
  const report = partnerReportPath(tulsa);
  beforeAll(async () => {
    test = await startTestApp({
      records: someRecords({
        partners: [aPartner()],
        groups: [aGroup()],
        reports: [aReport({ date: '2026-03-12', level: 'none', internalNote: 'they moved away' })],
      }),
    });
    partner = await signInAs(test, { partners: [tulsa] });
  });
  afterAll(() => test.close());

  it('begins with what was reported last', async () => {
    const page = await partner.agent.get(report);
    const $ = load(page.text);

    expect(page.status).toBe(200);
    expect(page.headers['cache-control']).toContain('no-store');
    expect($('.level-mark').text()).toBe('As you reported in March 2026');
    expect($('#internalNote').text().trim()).toBe('they moved away');
    expect($('form[data-module=answer-form]').length).toBe(0);
  });

  it('is appended with who filed it, and shown at once', async () => {
    const sent = await partner.agent
      .post(report)
      .type('form')
      .send({ level: 'extensive', groups: 'code-for-tulsa' });
    const thanks = await partner.agent.get(String(sent.headers['location']));

    expect(sent.status).toBe(303);
    expect(words(thanks.text)).toContain(
      'Tulsa, OK was No contact → is now Works closely with a group',
    );
    const [newest, older] = test.services.directory.current().reportsOf(tulsa);
    expect(newest).toMatchObject({
      level: 'extensive',
      origin: 'between-waves',
      wave: null,
      by: partner.id,
      date: '2026-11-22',
    });
    expect(older?.level).toBe('none');
    expect((await request(test.app).get(partnerPath(tulsa))).text).toContain('Works closely');
  });

  it('keeps what was typed when no level is chosen', async () => {
    const sent = await partner.agent.post(report).type('form').send({ publicNote: 'Hello' });

    expect(sent.status).toBe(422);
    expect(load(sent.text)('#publicNote').text().trim()).toBe('Hello');
  });

  it('is for the partner and staff alone', async () => {
    const other = await signInAs(test, { partners: ['another'], groups: ['code-for-tulsa'] });
    const before = test.services.directory.current().reportsOf(tulsa).length;

    expect((await request(test.app).get(report)).headers['location']).toContain(paths.signIn);
    expect((await other.agent.get(report)).status).toBe(403);
    expect((await other.agent.post(report).type('form').send({ level: 'led' })).status).toBe(403);
    const forged = await partner.agent
      .post(report)
      .set('sec-fetch-site', 'cross-site')
      .type('form')
      .send({ level: 'led' });
    expect(forged.status).toBe(403);
    expect(test.services.directory.current().reportsOf(tulsa)).toHaveLength(before);
  });
});

describe('a report while a survey is open', () => {
  let test: OpenWave;
  beforeAll(async () => {
    test = await openWave();
  });
  afterAll(() => test.close());

  it('is the answer to the survey, and the page says so', async () => {
    const staff = await signInAs(test, { staff: true });
    await test.send(tulsa, { publicNote: 'begun by link' }, `${test.linkOf(tulsa)}/draft`);
    const page = await staff.agent.get(partnerReportPath(tulsa));
    expect(words(page.text)).toContain('What you send here is filed as your answer to it');
    expect(load(page.text)('#publicNote').text().trim()).toBe('begun by link');

    await staff.agent.post(partnerReportPath(tulsa)).type('form').send({ level: 'some' });

    const [answer] = test.services.directory.current().reportsIn(wave);
    expect(answer).toMatchObject({ origin: 'answer', wave, by: staff.id });
    expect((await test.invitationOf(tulsa)).draft).toBeNull();
  });
});

describe('a partner’s profile', () => {
  let test: TestApp;
  let partner: SignedInPerson;
  let staff: SignedInPerson;
  const edit = partnerEditPath(tulsa);
  beforeAll(async () => {
    test = await startTestApp({
      records: someRecords({
        partners: [aPartner({ contacts: ['ada@tulsa.example'], topics: ['housing'] })],
        groups: [aGroup({ lat: 36.7 })],
      }),
    });
    partner = await signInAs(test, { partners: [tulsa] });
    staff = await signInAs(test, { staff: true });
  });
  afterAll(() => test.close());

  const current = () => test.services.directory.current().findPartner(tulsa);
  const save = (who: SignedInPerson, fields: object) =>
    who.agent.post(edit).type('form').send(fields);
  const formOf = async (who: SignedInPerson) => load((await who.agent.get(edit)).text);
  const stampIn = ($: ReturnType<typeof load>) => String($('input[name=updatedAt]').val());

  it('is changed by its own people, with an entry in the change log', async () => {
    const $ = await formOf(partner);
    expect(words($.html())).toContain('ada@tulsa.example');
    expect($('[name=contacts]').length).toBe(0);

    const saved = await save(partner, {
      updatedAt: stampIn($),
      website: 'www.tulsa-data.org',
      topics: 'Housing; health\nhousing',
      offers: 'maps <b>',
      reachMiles: '40',
      contacts: 'evil@example.org',
    });

    expect([saved.status, saved.headers['location']]).toEqual([303, partnerPath(tulsa)]);
    expect(current()).toMatchObject({
      website: 'https://www.tulsa-data.org',
      topics: ['Housing', 'health'],
      offers: ['maps <b>'],
      reachMiles: 40,
      contacts: ['ada@tulsa.example'],
    });
    expect(current()?.groupsInReach).toHaveLength(1);
    const log = await readChanges(test.services.store, {
      record: 'partner',
      slug: tulsa,
      limit: 4,
    });
    expect(log.map(({ field, by }) => [field, by]).sort()).toEqual(
      ['offers', 'reachMiles', 'topics', 'website'].map((field) => [field, partner.id]),
    );
  });

  it('ticks the words of the list, and saving them again changes nothing', async () => {
    await save(partner, {
      updatedAt: stampIn(await formOf(partner)),
      pickedTopics: ['transit', 'housing'],
      topics: 'beekeeping',
    });
    const $ = await formOf(partner);
    const ticked = $('[name=pickedTopics][checked]')
      .toArray()
      .map((box) => $(box).attr('value') ?? '');
    const before = current()?.updatedAt;
    await save(partner, {
      updatedAt: stampIn($),
      pickedTopics: ticked,
      topics: $('#topics').text().trim(),
    });

    expect(current()?.topics).toEqual(['transit', 'housing', 'beekeeping']);
    expect(ticked).toEqual(['housing', 'transit']);
    expect(current()?.updatedAt).toBe(before);
  });

  it('keeps what was typed when something is wrong', async () => {
    const $ = await formOf(partner);
    const wrong = { website: 'javascript:alert(1)', reachMiles: 'far', topics: 'a; <b>b' };
    const sent = await save(partner, { updatedAt: stampIn($), ...wrong });
    const shown = load(sent.text);

    expect(sent.status).toBe(422);
    expect(
      shown('.error-summary a')
        .toArray()
        .map((link) => shown(link).attr('href')),
    ).toEqual(['#website', '#reachMiles']);
    expect(shown('#website').val()).toBe(wrong.website);
    expect(shown('#topics').text().trim()).toBe('a; <b>b');
    expect(sent.text).not.toContain('<b>b');
  });

  it('is not written over when somebody else changed it meanwhile', async () => {
    const mine = await formOf(partner);
    const theirs = await formOf(staff);
    const fields = { website: 'https://a.example', topics: '', offers: '', reachMiles: '' };
    await save(staff, {
      ...fields,
      updatedAt: stampIn(theirs),
      topics: 'jobs',
      contacts: 'new@tulsa.example',
    });

    const refused = await save(partner, { ...fields, updatedAt: stampIn(mine), topics: 'parks' });
    expect(refused.status).toBe(409);
    expect(words(refused.text)).toContain('Somebody changed this profile');
    expect(words(refused.text)).toContain('jobs');
    expect(load(refused.text)('#topics').text().trim()).toBe('parks');
    expect(current()?.topics).toEqual(['jobs']);

    const again = await save(partner, {
      ...fields,
      updatedAt: stampIn(load(refused.text)),
      topics: 'jobs\nparks',
    });
    expect(again.status).toBe(303);
    expect(current()).toMatchObject({ topics: ['jobs', 'parks'], contacts: ['new@tulsa.example'] });
  });

  it('is closed to everybody else', async () => {
    const other = await signInAs(test, { groups: ['code-for-tulsa'] });

    expect((await request(test.app).get(edit)).status).toBe(303);
    expect((await save(other, { website: '' })).status).toBe(403);
  });
});

describe('what organizers say of a report', () => {
  const id = 'f'.repeat(24);
  let test: TestApp;
  let organizer: SignedInPerson;
  const address = groupReportsPath('code-for-tulsa');
  beforeAll(async () => {
    test = await startTestApp({
      records: someRecords({
        partners: [aPartner()],
        groups: [aGroup(), aGroup({ name: 'Open Tulsa' })],
        reports: [
          aReport({
            id,
            groups: ['code-for-tulsa'],
            barriers: ['no-leadership'],
            internalNote: 'SECRET-NOTE',
            publicNote: 'We <b>share</b> maps',
          }),
          aReport({ groups: ['open-tulsa'], publicNote: 'not about them' }),
        ],
      }),
    });
    organizer = await signInAs(test, { groups: ['code-for-tulsa'] });
  });
  afterAll(() => test.close());

  const say = (fields: object) => organizer.agent.post(address).type('form').send(fields);
  const page = async () => words((await organizer.agent.get(address)).text);

  it('begins with the public part of what partners reported', async () => {
    const text = await page();

    expect(text).toContain('Tulsa Data Center Has some contact, 15 January 2026');
    expect(text).toContain('We <b>share</b> maps');
    expect(text).toContain('One-sided');
    expect(text).not.toMatch(/SECRET-NOTE|leads it|not about them/);
  });

  it('confirms or disputes it, and overwrites nothing', async () => {
    const said = await say({ report: id, verdict: 'confirmed' });
    expect([said.status, said.headers['location']]).toEqual([303, `${address}#report-${id}`]);
    expect(await page()).toContain('Mutual: the group confirms it');

    await say({ report: id, verdict: 'disputed', note: 'Not since <2024>' });
    await say({ report: id, verdict: 'disputed', note: 'Not since <2024>' });
    expect(await page()).toContain('Disputed: the group sees it differently');
    expect(await page()).toContain('Not since <2024>');

    const now = test.services.directory.current();
    expect(
      now
        .verdictsOn(id)
        .map(({ verdict, by }) => [verdict, by])
        .sort(),
    ).toEqual([
      ['confirmed', organizer.id],
      ['disputed', organizer.id],
    ]);
    expect(now.reportsOf(tulsa).find((report) => report.id === id)?.level).toBe('some');
    const partner = await signInAs(test, { partners: [tulsa] });
    expect(words((await partner.agent.get(partnerReportPath(tulsa))).text)).toContain(
      'Code for Tulsa disputes what you reported on 15 January 2026',
    );
    expect((await request(test.app).get(partnerPath(tulsa))).text).not.toContain('Not since');
  });

  it('asks back when neither is chosen, and takes nothing about other groups', async () => {
    const neither = await say({ report: id, verdict: 'maybe', note: 'typed <b>' });
    const other = test.services.directory
      .current()
      .reportsOf(tulsa)
      .find(({ publicNote }) => publicNote === 'not about them');

    expect(neither.status).toBe(422);
    expect(load(neither.text)(`#note-${id}`).val()).toBe('typed <b>');
    expect((await say({ report: other?.id, verdict: 'disputed' })).status).toBe(404);
  });

  it('is for its own organizers and staff alone', async () => {
    const other = await signInAs(test, { groups: ['open-tulsa'], partners: [tulsa] });
    const staff = await signInAs(test, { staff: true });

    expect((await request(test.app).get(address)).status).toBe(303);
    expect((await other.agent.get(address)).status).toBe(403);
    expect((await staff.agent.get(address)).status).toBe(200);
    const forged = await say({ report: id, verdict: 'confirmed' }).set(
      'sec-fetch-site',
      'same-site',
    );
    expect(forged.status).toBe(403);
    expect((await request(test.app).get(groupPath('code-for-tulsa'))).status).toBe(200);
  });
});
