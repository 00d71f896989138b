// A whole "still here?" year over HTTP: a clock that moves, a real mail server, mail scanners, and runs that break off.
// The rules by themselves are in tests/domain/still-here.test.ts.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { load } from 'cheerio';
import request from 'supertest';
import { closedReason } from '../../server/domain/still-here.ts';
import { bringBackPath, groupEditPath, groupPath, paths } from '../../server/paths.ts';
import { askGroups } from '../../server/still-here/ask-groups.ts';
import { valuesOf } from '../suggesting/suggest-form.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { aCity, aGroup } from '../support/builders.ts';
import { signInAs } from '../support/sign-in.ts';
import { type DeliveredMail, type SmtpReceiver, startSmtpReceiver } from '../support/smtp.ts';
import { storeRecords } from '../support/store-records.ts';

let smtp: SmtpReceiver;
let test: TestApp;
let now = new Date('2026-03-02T16:00:00Z');
const group = aGroup({ name: 'Code for Tulsa', contacts: ['Ana@tulsa.example'] });
const silent = aGroup({ name: 'Nobody Known', contacts: [] });
const many = ['One', 'Two', 'Three', 'Four'].map((name) =>
  aGroup({ name: `Crash ${name}`, contacts: [`${name.toLowerCase()}@crash.example`] }),
);

beforeAll(async () => {
  smtp = await startSmtpReceiver();
  test = await startTestApp({
    records: { cities: [aCity()], groups: [group, silent] },
    clock: () => now,
    config: { smtpUrl: smtp.url },
  });
});
afterAll(async () => {
  await test.close();
  await smtp.close();
});

/** The day's work, and its mails on their way. */
async function onDay(day: string): Promise<DeliveredMail[]> {
  now = new Date(`${day}T16:00:00Z`);
  const before = smtp.mails.length;
  await askGroups(test.services);
  await test.services.mail.drain();
  return smtp.mails.slice(before);
}

/** A run that ends when it has closed a group and not yet noted that. */
async function breakOffAfterClosing(day: string): Promise<void> {
  now = new Date(`${day}T16:00:00Z`);
  const { directory } = test.services;
  let refreshed = 0;
  const refresh = () => {
    refreshed += 1;
    return refreshed === 1 ? directory.refresh() : Promise.reject(new Error('cut off'));
  };
  const run = askGroups({ ...test.services, directory: { ...directory, refresh } });
  await expect(run).rejects.toThrow('cut off');
}

/** The path behind the words of a mail's text part. */
function linkAfter(mail: DeliveredMail | undefined, words: string): string {
  const lines = mail?.text.split('\n') ?? [];
  const link = lines[lines.indexOf(words) + 1] ?? '';
  return link.replace('http://localhost:3000', '');
}

const get = (path: string) => request(test.app).get(path);
const post = (path: string, body: object = {}) =>
  request(test.app).post(path).type('form').send(body);
const textOf = async (path: string): Promise<string> =>
  load((await get(path)).text)('main')
    .text()
    .replace(/\s+/g, ' ');

/** What a mail scanner does: it opens every address of the mail, some of them twice. */
async function scan(mail: DeliveredMail | undefined): Promise<void> {
  const links = mail?.text.match(/http:\/\/localhost:3000\/still-here\/\S+/g) ?? [];
  expect(links).toHaveLength(4);
  for (const link of [...links, ...links]) {
    const path = link.replace('http://localhost:3000', '');
    expect((await get(path)).status).toBe(200);
    expect((await request(test.app).head(path)).status).toBe(200);
  }
}

let asked: DeliveredMail | undefined;

describe('a year of a group with a contact', () => {
  it('begins with one mail, with a link for each answer and one to end it', async () => {
    const mails = await onDay('2026-03-02');

    [asked] = mails;
    expect(mails.map(({ to }) => to)).toEqual([['ana@tulsa.example']]);
    expect(asked?.subject).toBe('Is Code for Tulsa still active?');
    expect(asked?.headers.get('list-unsubscribe')).toMatch(/\/no-more>$/);
    expect(asked?.headers.get('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');
  });

  it('changes nothing when a mail scanner opens every link, and asks nobody twice', async () => {
    await scan(asked);

    expect(await onDay('2026-03-02')).toEqual([]);
    expect(await textOf(groupPath(group.slug))).not.toContain('Confirmed by a person');
  });

  it('shows the group as confirmed today once the button is pressed, without the address', async () => {
    const link = linkAfter(asked, 'We are still active:');
    const page = load((await get(link)).text);

    expect(page('main form button')).toHaveLength(1);
    const pressed = await post(page('main form').attr('action') ?? '');
    expect(pressed.status).toBe(303);
    const text = await textOf(groupPath(group.slug));
    expect(text).toContain('confirmed by a person today');
    expect(text).not.toContain('tulsa.example');
  });

  it('says thank you to whoever opens a link again, and takes no second answer', async () => {
    const stopped = linkAfter(asked, 'We have stopped:');

    expect(await textOf(stopped)).toContain('On 2 March 2026 you said that the group is active');
    expect((await post(stopped, { word: 'changed my mind' })).status).toBe(200);
    expect(await textOf(groupPath(group.slug))).not.toContain('changed my mind');
  });

  it('is quiet for a year, then asks, and reminds once after two weeks with the same links', async () => {
    expect(await onDay('2027-03-01')).toEqual([]);
    const [again] = await onDay('2027-03-02');
    expect(await onDay('2027-03-15')).toEqual([]);
    const [reminder] = await onDay('2027-03-16');
    expect(await onDay('2027-03-17')).toEqual([]);

    expect(reminder?.subject).toBe('Once more: is Code for Tulsa still active?');
    const words = 'We are still active:';
    expect(linkAfter(reminder, words)).toBe(linkAfter(again, words));
    expect(linkAfter(again, words)).not.toBe(linkAfter(asked, words));
  });

  it('counts the request as missed after thirty days, and leaves the group open', async () => {
    expect(await onDay('2027-04-01')).toEqual([]);

    const { agent } = await signInAs(test, { staff: true });
    const queue = load((await agent.get(paths.staff.home)).text)('main').text();
    expect(queue).toContain('Code for Tulsa');
    expect(await textOf(groupPath(group.slug))).toContain('no sign since 2 March 2026');
  });

  it('asks a year later with a warning, and closes the group when that is missed too', async () => {
    expect(await onDay('2028-03-01')).toEqual([]);
    const [last] = await onDay('2028-03-02');
    expect(last?.text.replace(/\s+/g, ' ')).toContain('people will read that the group is closed');
    expect(await onDay('2028-03-16')).toHaveLength(1);
    await breakOffAfterClosing('2028-04-01');
    expect(await onDay('2028-04-01')).toEqual([]);

    const text = await textOf(groupPath(group.slug));
    expect(text).toContain(`Closed 1 April 2028: ${closedReason}`);
    expect(text).toContain('Anyone of the group can bring it back');
    const { body } = await get(`${paths.api.groups}/${group.slug}`);
    expect(body.closed).toEqual({ date: '2028-04-01', reason: closedReason });
    expect(body.liveness.state).toBe('closed');
  });

  it('never asks or closes a group of which nobody’s address is known', async () => {
    expect(smtp.mails.flatMap(({ to }) => to)).not.toContain('');
    expect(await textOf(groupPath(silent.slug))).not.toContain('Closed');
  });
});

describe('the way back', () => {
  const way = bringBackPath(group.slug);

  it('asks for an address, and keeps what was typed when it is none', async () => {
    const answer = await post(way, { address: 'ana at tulsa' });

    expect(answer.status).toBe(422);
    expect(load(answer.text)('#address').attr('value')).toBe('ana at tulsa');
  });

  it('mails a link that a scanner may open, whose button brings the group back', async () => {
    const before = smtp.mails.length;
    const known = await post(way, { address: 'ANA@tulsa.example' });
    const unknown = await post(way, { address: 'ben@elsewhere.example' });
    await test.services.mail.drain();
    const mails = smtp.mails.slice(before);
    const link = /\/bring-back\/\S+/.exec(
      mails.find(({ to }) => to[0]?.startsWith('ben'))?.text ?? '',
    );

    // Nothing tells whether an address is known.
    expect(load(known.text)('main').text()).toBe(load(unknown.text)('main').text());
    expect(mails).toHaveLength(2);
    const path = link?.[0] ?? '';
    expect(await textOf(path)).toContain('Bring Code for Tulsa back?');
    expect(await textOf(groupPath(group.slug))).toContain('Closed 1 April 2028');
    expect((await post(path)).status).toBe(303);
    expect(await textOf(groupPath(group.slug))).toContain('confirmed by a person today');
    expect(await textOf(path)).toContain('The group is back');
  });

  it('tells staff, who undo it with one press; then strangers wait for staff', async () => {
    const { agent } = await signInAs(test, { staff: true });
    const edit = load((await agent.get(groupEditPath(group.slug))).text);
    const form = edit('form:has(button[value="undo"])');

    expect(edit('main').text()).toContain('ben@elsewhere.example');
    expect((await agent.get(paths.staff.home)).text).toContain('brought it back');
    await agent
      .post(form.attr('action') ?? '')
      .type('form')
      .send({ decision: 'undo' });
    expect(await textOf(groupPath(group.slug))).toContain(`Closed 1 April 2028: ${closedReason}`);

    await post(way, { address: 'eve@elsewhere.example' });
    await test.services.mail.drain();
    const path = /\/bring-back\/\S+/.exec(smtp.mails.at(-1)?.text ?? '')?.[0] ?? '';
    await post(path);
    expect(await textOf(path)).toContain('NNIP staff look at it first');
    expect(await textOf(groupPath(group.slug))).toContain('Closed 1 April 2028');
  });

  it('is there for an organizer too, who then brings the group up to date', async () => {
    const { agent } = await signInAs(test, { groups: [group.slug] });
    await agent.post(`/groups/${group.slug}/confirm`);
    const page = load((await agent.get(groupEditPath(group.slug))).text);
    const values = valuesOf(page, '.group-form');
    values['kind'] = 'meetup';
    const wrong = await agent
      .post(groupEditPath(group.slug))
      .type('form')
      .send({ ...values, website: 'not a site', needs: 'three llamas, a room, data' });
    const saved = await agent
      .post(groupEditPath(group.slug))
      .type('form')
      .send({ ...values, name: 'Tulsa Civic Tech', needs: 'three llamas, a room, data' });
    const late = await agent
      .post(groupEditPath(group.slug))
      .type('form')
      .send({ ...values, name: 'An Older Form' });

    expect(wrong.status).toBe(422);
    const wrong$ = load(wrong.text);
    const ticked = wrong$('[name=pickedNeeds][checked]')
      .toArray()
      .map((box) => wrong$(box).attr('value'));
    expect([...ticked].sort()).toEqual(['a room', 'data']);
    expect(wrong$('#needs').attr('value')).toBe('three llamas');
    expect(saved.status).toBe(303);
    expect(late.status).toBe(409);
    const late$ = load(late.text);
    expect(late$('#name').attr('value')).toBe('An Older Form');
    expect(late$('.answer-notice').text()).toContain('Tulsa Civic Tech');
    const text = await textOf(groupPath(group.slug));
    expect(text).toContain('Tulsa Civic Tech');
    expect(text).toContain('three llamas');
    expect(text).toContain('Code for Tulsa');
  });
});

describe('a run that breaks off, or two at once', () => {
  beforeAll(async () => {
    await storeRecords(test.services.store, { groups: many }, now);
    now = new Date('2028-05-02T16:00:00Z');
  });

  it('asks everybody once, wherever it was cut off', async () => {
    const { mail } = test.services;
    const before = smtp.mails.length;
    for (let at = 0; at < 2 * many.length; at += 1) {
      let calls = 0;
      const breaking = {
        ...test.services,
        mail: {
          ...mail,
          // Once before the mail is in the outbox, once after.
          post: async (one: Parameters<typeof mail.post>[0]) => {
            const breaks = calls === Math.floor(at / 2);
            calls += 1;
            if (breaks && at % 2 === 0) throw new Error('cut off');
            const added = await mail.post(one);
            if (breaks) throw new Error('cut off');
            return added;
          },
        },
      };
      await askGroups(breaking).catch(() => undefined);
      await mail.drain();
    }
    await Promise.all([askGroups(test.services), askGroups(test.services)]);
    await mail.drain();

    const to = smtp.mails.slice(before).flatMap((one) => one.to);
    expect(to.sort()).toEqual(many.flatMap(({ contacts }) => contacts).sort());
  });

  it('reminds everybody once, and nobody who wants no mail', async () => {
    const before = smtp.mails.length;
    const one = smtp.mails.findLast(({ to }) => to[0] === 'one@crash.example');
    const end = /<http:\/\/localhost:3000(\S+)>/.exec(one?.headers.get('list-unsubscribe') ?? '');
    const refused = await post(end?.[1] ?? '', { 'List-Unsubscribe': 'One-Click' });
    now = new Date('2028-05-16T16:00:00Z');
    await Promise.all([1, 2, 3].map(() => askGroups(test.services)));
    await test.services.mail.drain();

    expect(refused.status).toBe(200);
    const to = smtp.mails.slice(before).flatMap((mail) => mail.to);
    expect(to.sort()).toEqual(['four@crash.example', 'three@crash.example', 'two@crash.example']);
  });

  it('takes a stopped group’s word for it, with since when and why', async () => {
    const mail = smtp.mails.findLast(({ to }) => to[0] === 'two@crash.example');
    const link = linkAfter(mail, 'We have stopped:');
    const wrong = await post(link, { since: '2999', word: 'We merged with Code for Tulsa' });
    await post(link, { since: '2027', word: 'We merged with Code for Tulsa' });

    expect(wrong.status).toBe(422);
    expect(load(wrong.text)('#word').text()).toContain('We merged with Code for Tulsa');
    expect(await textOf(groupPath('crash-two'))).toContain(
      'Closed 2027: its contact says that it stopped: “We merged with Code for Tulsa”',
    );
  });

  it('opens the form with what is known behind “something has changed”, and counts as confirmed', async () => {
    const mail = smtp.mails.findLast(({ to }) => to[0] === 'three@crash.example');
    const link = linkAfter(mail, 'Something has changed:');
    const page = load((await get(link)).text);
    const values = valuesOf(page, '.group-form');

    expect(values['name']).toBe('Crash Three');
    await post(link, { ...values, kind: 'brigade', topics: 'housing' });
    const text = await textOf(groupPath('crash-three'));
    expect(text).toContain('confirmed by a person today');
    expect(text.toLowerCase()).toContain('housing');
  });
});
