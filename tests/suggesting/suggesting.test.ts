// The whole way of a suggestion over HTTP, on the real store, with a real mail server.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { load } from 'cheerio';
import request from 'supertest';
import {
  mergeGroupsPath,
  paths,
  suggestGroupPath,
  suggestPartnerPath,
} from '../../server/paths.ts';
import { readChanges } from '../../server/store/changes.ts';
import { putGroup } from '../../server/store/put-records.ts';
import { addSuggestion, readSuggestions } from '../../server/store/suggestions.ts';
import { programWriter } from '../../server/store/writer.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { aGroup, aPartner, someRecords } from '../support/builders.ts';
import { readPage } from '../support/page.ts';
import { type SignedInPerson, signInAs } from '../support/sign-in.ts';
import { type SmtpReceiver, startSmtpReceiver } from '../support/smtp.ts';
import { formIn, openSuggest, post, type Values } from './suggest-form.ts';

let test: TestApp;
let smtp: SmtpReceiver;
let staff: SignedInPerson;
let now = new Date('2026-11-22T12:00:00Z');

const group = aGroup({
  website: 'https://codefortulsa.example/',
  topics: ['housing'],
  source: { note: 'a list', url: null, date: '2023', verified: false },
});

/** Two records that may be of one group. */
const twins = ['hack-bixby', 'bixby-makers'].map((slug) =>
  aGroup({ slug, name: slug.replace('-', ' '), website: 'https://bixby.example/' }),
);

beforeAll(async () => {
  smtp = await startSmtpReceiver();
  test = await startTestApp({
    records: someRecords({ groups: [group, ...twins], partners: [aPartner()] }),
    clock: () => now,
    config: { smtpUrl: smtp.url },
  });
  staff = await signInAs(test, { staff: true });
});
afterAll(async () => {
  await test?.close();
  await smtp?.close();
});

const passSeconds = (seconds: number): void => {
  now = new Date(now.getTime() + seconds * 1_000);
};

/** Opens the form, writes these values into it, and sends it a minute later. */
async function suggest(values: Values, address: string = paths.suggest) {
  const form = await openSuggest(test, address);
  passSeconds(60);
  return post(test, form.action, { ...form.values, ...values });
}

const newGroup = {
  name: 'Open Dayton',
  kind: 'meetup',
  place: 'Dayton, OH',
  website: 'opendayton.example',
  topics: 'transit, parks',
  known: 'I went there',
};

async function openStaffForm(title: string) {
  const all = await readSuggestions(test.services.store);
  const $ = load((await staff.agent.get(paths.staff.suggestions)).text);
  const address = $('a')
    .toArray()
    .map((link) => $(link))
    .find((link) => link.text().trim() === title && link.attr('href')?.startsWith('/staff/'))
    ?.attr('href');
  if (!address) throw new Error(`${title} is not listed among ${all.length}`);
  const page = await staff.agent.get(address);
  return { address, html: page.text, ...formIn(page.text, 'form[action^="/staff/suggestions"]') };
}

const decide = (person: SignedInPerson, address: string, values: Values) =>
  person.agent.post(address).type('form').send(values);

async function mailsTo(address: string) {
  await test.services.mail.drain();
  return smtp.mails.filter(({ to }) => to.includes(address));
}

describe('a new group', () => {
  let follow = '';

  it('is sent with a form, and the sender gets a page to follow it and a mail with its address', async () => {
    const answer = await suggest({ ...newGroup, sender: 'ana@sender.example' });

    expect(answer.status).toBe(303);
    follow = answer.headers['location'] as string;
    expect(follow).toMatch(/^\/suggest\/[\w-]{43}$/);
    const page = await readPage(test, follow);
    expect(page.status).toBe(200);
    expect(page.title).toBe('Thank you: your suggestion came in');
    expect(page.texts('dd')).toEqual(expect.arrayContaining(['Open Dayton', 'Dayton, OH']));
    const [mail] = await mailsTo('ana@sender.example');
    expect(mail?.text).toContain(`http://localhost:3000${follow}`);
    expect(mail?.raw).not.toContain('Open Dayton');
  });

  it('is followed on a page that is kept by nobody', async () => {
    const { headers } = await request(test.app).get(follow);

    expect(headers['cache-control']).toBe('private, no-store');
    expect(headers['referrer-policy']).toBe('strict-origin');
    expect(headers['x-robots-tag']).toBe('noindex');
  });

  it('is one suggestion when its form is sent twice', async () => {
    const form = await openSuggest(test);
    passSeconds(60);
    const values = { ...form.values, ...newGroup, name: 'Twice Dayton', website: '' };

    const answers = await Promise.all([
      post(test, form.action, values),
      post(test, form.action, values),
    ]);

    expect(new Set(answers.map(({ headers }) => headers['location'])).size).toBe(1);
  });

  it('is accepted in part, edited by staff: it gets a page, a city and a source, and its sender is told', async () => {
    const form = await openStaffForm('Open Dayton');
    const answer = await decide(staff, form.address, {
      ...form.values,
      take: ['website', 'name'],
      website: 'https://opendayton.example/home',
      word: 'Thank you, Ana.',
      decision: 'accept',
    });

    expect(answer.status).toBe(303);
    const page = await readPage(test, '/groups/open-dayton');
    expect(page.title).toBe('Open Dayton');
    const text = page.$('main').text().replace(/\s+/g, ' ');
    expect(text).toContain('https://opendayton.example/home');
    expect(text).not.toContain('transit');
    expect(text).toContain('suggested by a visitor, accepted on 22 November 2026');
    expect(text).toContain('Shown since 22 November 2026');
    expect((await readPage(test, '/cities/dayton-oh')).status).toBe(200);

    const followed = (await readPage(test, follow)).$('main').text().replace(/\s+/g, ' ');
    expect(followed).toContain('accepted in part on 22 November 2026');
    expect(followed).toContain('Shown since 22 November 2026. It is on the map.');
    expect(followed).toContain('Thank you, Ana.');
    const mails = await mailsTo('ana@sender.example');
    expect(mails).toHaveLength(2);
    expect(mails[1]?.subject).toBe('Your suggestion was accepted');
    expect(mails[1]?.text).toContain('Thank you, Ana.');
    expect(mails[1]?.text).toContain(follow);
  });

  it('is written in one step that the change log knows as the staff’s', async () => {
    const changes = await readChanges(test.services.store, { slug: 'open-dayton', limit: 5 });

    expect(changes).toHaveLength(1);
    expect(changes[0]).toMatchObject({ by: staff.id, origin: 'web', record: 'group' });
  });

  it('leaves nothing of the address once its sender was told', async () => {
    const found = await test.services.store.connection
      .collection('suggestions')
      .findOne({ sender: { $ne: null } });

    expect(found).toBeNull();
  });

  it('gets another slug where a group of its name is there already', async () => {
    const first = await suggest({ ...newGroup, place: 'Boise, ID', website: '' });
    expect(first.status).toBe(303);
    const form = await openStaffForm('Open Dayton');

    await decide(staff, form.address, { ...form.values, decision: 'accept' });

    expect((await readPage(test, '/groups/open-dayton-2')).$('main').text()).toContain('Boise, ID');
  });
});

describe('the form', () => {
  it('keeps what was typed and links each fault to its field', async () => {
    const answer = await suggest({
      ...newGroup,
      name: '',
      website: 'not an address',
      sender: 'x@',
    });
    const $ = load(answer.text);

    expect(answer.status).toBe(422);
    expect($('title').text()).toMatch(/^Error: /);
    const links = $('.error-summary a')
      .toArray()
      .map((link) => $(link).attr('href') ?? '');
    expect(links).toEqual(['#name', '#website', '#sender']);
    for (const link of links) expect($(link)).toHaveLength(1);
    expect($('#website').attr('value')).toBe('not an address');
    expect($('#place').attr('value')).toBe('Dayton, OH');
    expect($('#kind option[selected]').attr('value')).toBe('meetup');
  });

  it('asks which place is meant, and takes the choice', async () => {
    const values = { ...newGroup, name: 'Springfield Hacks', place: 'Springfield', website: '' };
    const asked = await suggest(values);
    expect(asked.status).toBe(422);
    const form = formIn(asked.text, 'form.suggest');
    expect(form.$('input[name="choice"]').length).toBeGreaterThan(2);

    const answer = await post(test, form.action, { ...form.values, choice: 'Springfield, IL' });

    expect(answer.status).toBe(303);
    const page = await readPage(test, answer.headers['location'] as string);
    expect(page.texts('dd')).toContain('Springfield, IL');
  });

  it.each([
    ['a place that nobody knows', { place: 'Qwxzyville' }],
    ['a point off the earth', { point: '95, 10' }],
    ['a script as an address', { website: 'javascript:alert(1)' }],
    ['a kind that there is not', { kind: 'cult' }],
    ['a name of a thousand letters', { name: 'x'.repeat(1_000) }],
  ])('does not take %s', async (_, wrong) => {
    expect((await suggest({ ...newGroup, ...wrong })).status).toBe(422);
  });

  it('takes coordinates that differ from the middle of the city', async () => {
    const answer = await suggest({
      ...newGroup,
      name: 'Point Hackers',
      website: '',
      point: '39.7, -84.2',
    });

    const page = await readPage(test, answer.headers['location'] as string);
    expect(page.texts('dd')).toContain('39.7, -84.2');
  });

  it('is answered with 404 for a record that there is not', async () => {
    expect((await request(test.app).get(suggestGroupPath('atlantis'))).status).toBe(404);
    expect((await request(test.app).get(suggestPartnerPath('atlantis'))).status).toBe(404);
  });

  it('is linked from a group, a partner, the footer, and a search that finds nothing', async () => {
    const correction = (await readPage(test, '/groups/code-for-tulsa')).href(
      'tell us what has changed',
    );
    expect(correction).toBe(suggestGroupPath('code-for-tulsa'));
    const partner = await readPage(test, '/partners/tulsa-data-center');
    expect(partner.href('Suggest a correction')).toBe(suggestPartnerPath('tulsa-data-center'));
    const none = await readPage(test, '/find?place=Miami%2C+FL');
    expect(none.href('Do you know a group here? Add it')).toBe(paths.suggest);
    expect(none.href('Suggest a group')).toBe(paths.suggest);
  });
});

describe('near doubles', () => {
  it('are shown before sending, and sending anyway is possible with nothing lost', async () => {
    const values = { ...newGroup, name: 'Code4Tulsa', place: 'Tulsa, OK', website: '' };
    const shown = await suggest(values);
    const form = formIn(shown.text, 'form.suggest');

    expect(shown.status).toBe(200);
    expect(form.$('h2').first().text()).toBe('Is it one of these?');
    expect(form.$('.suggest-doubles a').first().attr('href')).toBe('/groups/code-for-tulsa');
    expect(form.values['name']).toBe('Code4Tulsa');
    expect((await post(test, form.action, form.values)).status).toBe(303);
  });

  it('are found by their web address, however it is written', async () => {
    const shown = await suggest({ ...newGroup, website: 'http://www.codefortulsa.example' });

    expect(shown.status).toBe(200);
    expect(load(shown.text)('.suggest-doubles').text()).toContain('the same web address');
  });
});

describe('near doubles in the directory', () => {
  it('are named to staff who look at a correction of either, with the way to merge them', async () => {
    await suggest({ needs: 'parcel data' }, suggestGroupPath('hack-bixby'));
    const page = load((await openStaffForm('hack bixby')).html);

    const merge = page('.suggest-doubles a.action-link').attr('href') ?? '';
    expect(merge).toBe(mergeGroupsPath('hack-bixby', 'bixby-makers'));
    expect(load((await staff.agent.get(merge)).text)('h1').text()).toBe(
      'Merge bixby makers into hack bixby',
    );
  });

  it('cannot be merged with what is only proposed', async () => {
    const asked = await suggest({ ...newGroup, name: 'Bixby', website: 'bixby.example' });
    const form = formIn(asked.text, 'form.suggest');
    await post(test, form.action, form.values);
    const page = load((await openStaffForm('Bixby')).html);

    expect(page('.suggest-doubles').text()).toContain('hack bixby');
    expect(page('.suggest-doubles a.action-link').length).toBe(0);
  });
});

describe('a program that fills in forms', () => {
  const sent = async () => (await readSuggestions(test.services.store)).length;

  it('is asked again when it writes faster than people, and nothing is lost', async () => {
    const before = await sent();
    const form = await openSuggest(test);
    const answer = await post(test, form.action, {
      ...form.values,
      ...newGroup,
      name: 'Fast Club',
    });
    const again = formIn(answer.text, 'form.suggest');

    expect(answer.status).toBe(422);
    expect(again.values['name']).toBe('Fast Club');
    expect(await sent()).toBe(before);
    passSeconds(10);
    expect((await post(test, again.action, { ...again.values, website: '' })).status).toBe(303);
  });

  it('is asked again when it fills in the field that people do not see', async () => {
    const before = await sent();
    const answer = await suggest({ ...newGroup, nickname: 'Bot' });

    expect(answer.status).toBe(422);
    expect(load(answer.text)('#nickname').attr('value')).toBe('');
    expect(await sent()).toBe(before);
  });

  it.each(['', '1.abc.def', `1763800000000.${'a'.repeat(16)}.${'b'.repeat(43)}`])(
    'cannot make itself the stamp "%s"',
    async (stamp) => {
      const before = await sent();

      expect((await suggest({ ...newGroup, stamp })).status).toBe(422);
      expect(await sent()).toBe(before);
    },
  );

  it('cannot use a form that is older than a day', async () => {
    const form = await openSuggest(test);
    passSeconds(25 * 3_600);

    expect((await post(test, form.action, { ...form.values, ...newGroup })).status).toBe(422);
  });
});

describe('a correction', () => {
  const address = suggestGroupPath('code-for-tulsa');

  it('has the values of today filled in and is not sent without a change', async () => {
    const form = await openSuggest(test, address);

    expect(form.values).toMatchObject({
      name: 'Code for Tulsa',
      kind: 'brigade',
      place: 'Tulsa, OK',
      website: 'https://codefortulsa.example/',
      topics: 'housing',
      closed: '',
    });
    const answer = await suggest({}, address);
    expect(answer.status).toBe(422);
    expect(load(answer.text)('.error-summary a').attr('href')).toBe('#text');
  });

  it('is accepted in part, and what was not taken stays as it was', async () => {
    const sent = await suggest(
      { name: 'Tulsa Code Friends', website: '', topics: 'housing, health', known: 'a friend' },
      address,
    );
    const form = await openStaffForm('Code for Tulsa');
    expect(form.$('h2').text()).toContain('What would change');
    expect(form.$('.suggest-change .suggest-current').first().text()).toContain('Code for Tulsa');

    const answer = await decide(staff, form.address, {
      ...form.values,
      take: ['name', 'topics'],
      decision: 'accept',
    });

    expect(answer.status).toBe(303);
    const found = test.services.directory.current().findGroup('code-for-tulsa');
    expect(found).toMatchObject({
      name: 'Tulsa Code Friends',
      previousNames: ['Code for Tulsa'],
      website: 'https://codefortulsa.example/',
      topics: ['housing', 'health'],
      source: { verified: false },
    });
    const follow = await readPage(test, sent.headers['location'] as string);
    expect(follow.$('main').text()).toContain('accepted in part');
    const changed = await readChanges(test.services.store, { slug: 'code-for-tulsa', limit: 9 });
    expect(changed.filter(({ by }) => by === staff.id).map(({ field }) => field)).toEqual(
      expect.arrayContaining(['name', 'topics', 'previousNames', 'source']),
    );
  });

  it('shows what was changed since it was sent, and is not accepted unseen', async () => {
    await suggest({ website: 'https://new.example/' }, address);
    const form = await openStaffForm('Tulsa Code Friends');
    const entry = test.services.directory.current().findGroup('code-for-tulsa');
    await putGroup(
      test.services.store,
      { ...aGroup(), ...entryFields(entry), website: 'https://other.example/' },
      programWriter('import', now),
    );
    const values = { ...form.values, word: 'Kept words', decision: 'accept' };

    const refused = await decide(staff, form.address, values);

    expect(refused.status).toBe(409);
    const $ = load(refused.text);
    expect($('.suggest-notice').text()).toContain('changed while this page was open');
    expect($('.suggest-seen').text()).toContain('https://codefortulsa.example/');
    expect($('#word').text()).toContain('Kept words');
    expect($('#website').attr('value')).toBe('https://new.example/');
    const again = formIn(refused.text, 'form[action^="/staff/suggestions"]');
    expect(
      (await decide(staff, form.address, { ...again.values, decision: 'accept' })).status,
    ).toBe(303);
    expect(test.services.directory.current().findGroup('code-for-tulsa')?.website).toBe(
      'https://new.example/',
    );
  });

  it('that closes a group says on the follow page why it is not on the map', async () => {
    const sent = await suggest({ closed: '2024-05' }, address);
    const form = await openStaffForm('Tulsa Code Friends');
    await decide(staff, form.address, { ...form.values, decision: 'accept' });

    const follow = await readPage(test, sent.headers['location'] as string);

    expect(follow.$('main').text()).toContain('It is not on the map, because it is closed.');
    const map = (await readPage(test, paths.home)).$('[data-module="map"]').parent().html();
    expect(map).toContain('liveness=live%2Cquiet%2Cno-signal');
  });

  it('of a partner is taken over, to a city that the directory did not have', async () => {
    await suggest(
      { place: 'Norman, OK', offers: 'space' },
      suggestPartnerPath('tulsa-data-center'),
    );
    const form = await openStaffForm('Tulsa Data Center');
    await decide(staff, form.address, { ...form.values, checked: 'yes', decision: 'accept' });

    expect(test.services.directory.current().findPartner('tulsa-data-center')).toMatchObject({
      city: 'norman-ok',
      offers: ['space'],
      lat: test.services.directory.current().findCity('norman-ok')?.lat,
    });
  });

  it('is declined with a word, and its sender is told', async () => {
    const sent = await suggest({ name: 'Tulsa Pirates', sender: 'ben@sender.example' }, address);
    const form = await openStaffForm('Tulsa Code Friends');

    await decide(staff, form.address, {
      ...form.values,
      word: 'We asked them.',
      decision: 'decline',
    });

    const follow = await readPage(test, sent.headers['location'] as string);
    expect(follow.title).toBe('Your suggestion was looked at');
    expect(follow.$('main').text()).toContain('We asked them.');
    const [, told] = await mailsTo('ben@sender.example');
    expect(told?.text).toContain('We asked them.');
    expect(told?.raw).not.toContain('Tulsa Pirates');
    expect(test.services.directory.current().findGroup('code-for-tulsa')?.name).toBe(
      'Tulsa Code Friends',
    );
  });

  it('with nothing taken is asked again', async () => {
    await suggest({ codeUrl: 'https://code.example/' }, address);
    const form = await openStaffForm('Tulsa Code Friends');

    const answer = await decide(staff, form.address, {
      ...form.values,
      take: [],
      decision: 'accept',
    });

    expect(answer.status).toBe(422);
    const $ = load(answer.text);
    expect($($('.error-summary a').attr('href') ?? '')).toHaveLength(1);
  });
});

/** A group as it is stored, out of the snapshot's entry. */
function entryFields(entry: object | undefined) {
  const fields = Object.keys(aGroup());
  return Object.fromEntries(Object.entries(entry ?? {}).filter(([name]) => fields.includes(name)));
}

describe('staff', () => {
  it('who decide at the same moment make one decision, and the other is told', async () => {
    const other = await signInAs(test, { staff: true });
    await suggest({ ...newGroup, name: 'Race Club', website: '' });
    const form = await openStaffForm('Race Club');

    const [one, two, three] = await Promise.all([
      decide(staff, form.address, { ...form.values, decision: 'accept' }),
      decide(other, form.address, { ...form.values, decision: 'accept' }),
      decide(other, form.address, { ...form.values, decision: 'decline' }),
    ]);

    const statuses = [one, two, three].map(({ status }) => status).sort();
    expect(statuses).toEqual([303, 409, 409]);
    const lost = [one, two, three].find(({ status }) => status === 409);
    expect(lost?.text).toContain('Somebody else decided this a moment before you');
    expect(lost?.text).toMatch(/(Accepted|Declined) by/);
    const groups = test.services.directory.current().groups;
    expect(groups.filter(({ name }) => name === 'Race Club').length).toBeLessThan(2);
  });

  it('find free words of an answer in the same list, as the beginning of a new group', async () => {
    await addSuggestion(
      test.services.store,
      {
        kind: 'group',
        text: 'Hack Tulsa',
        city: 'tulsa-ok',
        partner: 'tulsa-data-center',
        wave: null,
      },
      now,
    );
    const form = await openStaffForm('Hack Tulsa');
    expect(form.values).toMatchObject({ name: 'Hack Tulsa', place: 'Tulsa, OK' });
    const missing = await decide(staff, form.address, { ...form.values, decision: 'accept' });
    expect(missing.status).toBe(422);

    const website = 'https://hack.example/';
    await decide(staff, form.address, {
      ...form.values,
      kind: 'other',
      website,
      decision: 'accept',
    });

    expect((await readPage(test, '/groups/hack-tulsa')).href(website)).toBe(website);
  });

  it('see new ones first, and filter by state and kind', async () => {
    const page = load((await staff.agent.get(paths.staff.suggestions)).text);
    const states = page('td[data-label="State"]')
      .toArray()
      .map((cell) => page(cell).text().trim());
    expect(states.lastIndexOf('New')).toBeLessThan(states.indexOf('Accepted'));

    const some = await staff.agent.get(`${paths.staff.suggestions}?state=declined&kind=correction`);
    const rows = load(some.text)('tbody tr');
    expect(rows).toHaveLength(1);
  });

  it('alone may open the list, a suggestion, and decide', async () => {
    const [first] = await readSuggestions(test.services.store);
    const address = `${paths.staff.suggestions}/${first?.id}`;
    const partner = await signInAs(test, { partners: ['tulsa-data-center'] });

    for (const path of [paths.staff.suggestions, address]) {
      expect((await request(test.app).get(path)).status).toBe(303);
      expect((await partner.agent.get(path)).status).toBe(403);
    }
    expect((await post(test, address, { decision: 'decline' })).status).toBe(403);
    expect((await decide(partner, address, { decision: 'decline' })).status).toBe(403);
  });

  it('are told when there is no such suggestion', async () => {
    for (const id of ['nothing', 'f'.repeat(24)]) {
      expect((await staff.agent.get(`${paths.staff.suggestions}/${id}`)).status).toBe(404);
    }
  });
});

describe('the page to follow a suggestion', () => {
  it.each(['x', 'A'.repeat(43), '%00', '../staff'])(
    'is a 404 for the token "%s"',
    async (token) => {
      const answer = await request(test.app).get(`/suggest/${encodeURIComponent(token)}`);

      expect(answer.status).toBe(404);
    },
  );
});
