// What visitors write is shown as text alone, and to nobody but staff and themselves before it is accepted.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { load } from 'cheerio';
import request from 'supertest';
import { mostForms } from '../../server/features/suggesting/routes.ts';
import {
  cityPath,
  groupPath,
  partnerPath,
  paths,
  suggestGroupPath,
  withQuery,
} from '../../server/paths.ts';
import { readSuggestions } from '../../server/store/suggestions.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { aGroup, aPartner, someRecords } from '../support/builders.ts';
import { type SignedInPerson, signInAs } from '../support/sign-in.ts';
import { type SmtpReceiver, startSmtpReceiver } from '../support/smtp.ts';
import { formIn, openSuggest, post, type Values } from './suggest-form.ts';

const markup = '<b id="planted">mark</b>';
const sender = 'planted@sender.example';

let test: TestApp;
let smtp: SmtpReceiver;
let staff: SignedInPerson;
let now = new Date('2026-11-22T12:00:00Z');
let follow = '';
let correctionFollow = '';

async function suggest(values: Values, address: string): Promise<string> {
  const form = await openSuggest(test, address);
  now = new Date(now.getTime() + 60_000);
  const answer = await post(test, form.action, { ...form.values, ...values });
  if (answer.status !== 303) throw new Error(`answered ${answer.status}`);
  return answer.headers['location'] as string;
}

const planted = {
  name: `Group ${markup}`,
  topics: `${markup}`,
  needs: `planted ${markup}`,
  text: `words ${markup}`,
  known: `known ${markup}`,
  sender,
};

beforeAll(async () => {
  smtp = await startSmtpReceiver();
  test = await startTestApp({
    records: someRecords({ groups: [aGroup()], partners: [aPartner()] }),
    clock: () => now,
    config: { smtpUrl: smtp.url },
  });
  staff = await signInAs(test, { staff: true });
  const group = { kind: 'other', place: 'Dayton, OH', website: 'planted.example' };
  follow = await suggest({ ...planted, ...group }, paths.suggest);
  correctionFollow = await suggest(planted, suggestGroupPath('code-for-tulsa'));
});
afterAll(async () => {
  await test?.close();
  await smtp?.close();
});

const publicAddresses = [
  ...[paths.home, withQuery(paths.find, { place: 'Dayton, OH' }), paths.cities, paths.gaps],
  ...[paths.partners, paths.groups, paths.collaborations, paths.convenings, paths.surveys],
  ...[paths.data, paths.about, paths.suggest, suggestGroupPath('code-for-tulsa'), paths.signIn],
  ...[cityPath('tulsa-ok'), groupPath('code-for-tulsa'), partnerPath('tulsa-data-center')],
  ...['cities', 'partners', 'groups'].flatMap((noun) =>
    ['', '.geojson', '.csv'].map((ending) => `${paths.api.root}/${noun}${ending}`),
  ),
  ...[`${paths.api.groups}/code-for-tulsa`, paths.api.gaps, paths.api.openapi],
  ...[withQuery(paths.api.near, { place: 'Dayton, OH' })],
];

describe('what was suggested', () => {
  it.each(publicAddresses)('is not at %s before it is accepted', async (address) => {
    const answer = await request(test.app).get(address).buffer();

    expect(answer.status).toBe(200);
    expect(answer.text ?? String(answer.body)).not.toContain('planted');
  });

  it('is shown as text on the page of its sender, without their address', async () => {
    for (const address of [follow, correctionFollow]) {
      const { text } = await request(test.app).get(address);

      expect(load(text)('#planted')).toHaveLength(0);
      expect(load(text)('dd').text()).toContain(markup);
      expect(text).not.toContain(sender);
    }
  });

  it('is shown as text in the form that is asked again', async () => {
    const form = await openSuggest(test);
    const typed = Object.fromEntries(Object.keys(form.values).map((name) => [name, markup]));
    const answer = await post(test, form.action, { ...typed, stamp: form.values['stamp'] ?? '' });

    expect(answer.status).toBe(422);
    expect(load(answer.text)('#planted')).toHaveLength(0);
    expect(load(answer.text)('#name').attr('value')).toBe(markup);
  });

  it('is shown as text to staff, and their address not even to them', async () => {
    const list = await staff.agent.get(paths.staff.suggestions);
    expect(list.text).toContain('&lt;b');
    for (const { id } of await readSuggestions(test.services.store)) {
      const page = await staff.agent.get(`${paths.staff.suggestions}/${id}`);

      for (const { text } of [list, page]) {
        expect(load(text)('#planted')).toHaveLength(0);
        expect(text).not.toContain(sender);
      }
    }
  });

  it('is text on the public pages and in the mails once it is accepted', async () => {
    for (const { id } of await readSuggestions(test.services.store)) {
      const page = await staff.agent.get(`${paths.staff.suggestions}/${id}`);
      const form = formIn(page.text, 'form[action^="/staff/suggestions"]');
      const values = { ...form.values, word: `word ${markup}`, decision: 'accept' };
      const answer = await staff.agent.post(form.action).type('form').send(values);
      expect(answer.status).toBe(303);
    }
    const { groups } = test.services.directory.current();
    const addresses = groups.map(({ slug }) => groupPath(slug));
    for (const address of [...addresses, paths.groups, cityPath('dayton-oh'), follow]) {
      const { text } = await request(test.app).get(address);
      expect(text).toContain('mark');
      expect(load(text)('#planted')).toHaveLength(0);
      expect(text).not.toContain(sender);
    }
    await test.services.mail.drain();
    expect(smtp.mails).toHaveLength(4);
    for (const mail of smtp.mails) {
      expect(load(mail.html)('#planted')).toHaveLength(0);
      expect(mail.subject).not.toContain('<');
    }
    expect(smtp.mails[3]?.text).toContain(`word ${markup}`);
  });
});

describe('one sender', () => {
  it(`is stopped after ${mostForms} forms in an hour, in words`, async () => {
    const answers = [];
    for (let count = 0; count <= mostForms; count += 1) {
      answers.push(await post(test, paths.suggest, {}));
    }

    const stopped = answers.filter(({ status }) => status === 429);
    expect(stopped.length).toBeGreaterThan(0);
    expect(stopped[0]?.text).toContain('try again');
  });
});
