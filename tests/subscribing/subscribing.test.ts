// Being told of groups near a place, over HTTP with a real mail server and a clock that the test moves.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import type { Group } from '../../server/domain/records.ts';
import { enqueueMail } from '../../server/mail/outbox.ts';
import { paths } from '../../server/paths.ts';
import type { Services } from '../../server/services.ts';
import { readSubscriptionsOf } from '../../server/store/erasing/traces.ts';
import { putRecords } from '../../server/store/put-records.ts';
import { markSampleData } from '../../server/store/sample-data.ts';
import { programWriter } from '../../server/store/writer.ts';
import { askToBeTold } from '../../server/subscriptions/ask.ts';
import { tellSubscribers } from '../../server/subscriptions/tell-subscribers.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { aGroup, aPartner, someRecords } from '../support/builders.ts';
import { readPage } from '../support/page.ts';
import { type DeliveredMail, type SmtpReceiver, startSmtpReceiver } from '../support/smtp.ts';

const dayMs = 86_400_000;
const sleeper = aGroup({ name: 'Sleepy Tulsa', signs: [] });
const far = aGroup({ name: 'Code for Boston', city: 'boston-ma', lat: 42.36, lng: -71.06 });
let test: TestApp;
let smtp: SmtpReceiver;
let now = new Date('2026-11-22T16:00:00Z');

beforeAll(async () => {
  smtp = await startSmtpReceiver();
  test = await startTestApp({
    records: someRecords({ groups: [sleeper, far], partners: [aPartner()] }),
    clock: () => now,
    config: { smtpUrl: smtp.url },
  });
});
afterAll(async () => {
  await test?.close();
  await smtp?.close();
});

async function passDays(days: number): Promise<void> {
  now = new Date(now.getTime() + days * dayMs);
  await test.services.directory.refresh();
}

async function keep(...groups: Group[]): Promise<void> {
  await putRecords(test.services.store, { groups }, programWriter('import', now));
  await test.services.directory.refresh();
}

const seen = (date: string): Group['signs'] => [
  { kind: 'last-event', date, source: 'its calendar', url: null },
];

const ask = (address: string, place = 'Tulsa, OK', within = '50') =>
  request(test.app).post(paths.subscribe).type('form').send({ place, within, address });

async function mailsTo(address: string): Promise<DeliveredMail[]> {
  await test.services.mail.drain();
  return smtp.mails.filter(({ to }) => to.includes(address));
}

async function newest(address: string): Promise<DeliveredMail> {
  const mail = (await mailsTo(address)).at(-1);
  if (!mail) throw new Error(`There is no mail to ${address}`);
  return mail;
}

const linkIn = (text: string, path: string): string =>
  new RegExp(`http://localhost:3000(${path}/[\\w-]{43})`).exec(text)?.[1] ?? 'no link';
const stopIn = (mail: DeliveredMail): string =>
  linkIn(mail.headers.get('list-unsubscribe') ?? '', '/stop');

async function subscribe(address: string, place?: string, within?: string): Promise<string> {
  expect((await ask(address, place, within)).status).toBe(303);
  const link = linkIn((await newest(address)).text, '/subscribe');
  expect((await request(test.app).post(link)).status).toBe(303);
  return link;
}

const subscriptions = () => test.services.store.connection.collection('subscriptions');
const countOf = (address: string): Promise<number> => subscriptions().countDocuments({ address });
const tell = () => tellSubscribers(test.services);

describe('leaving an address', () => {
  it('is offered first where no group is near, and last where there are some', async () => {
    const none = await readPage(test, '/find?place=Miami%2C+FL');
    const some = await readPage(test, '/find?place=Tulsa%2C+OK');

    const href = none.href('Tell me when one starts');
    expect(href).toBe('/subscribe?place=Miami%2C+FL&within=50');
    expect((await readPage(test, String(href))).$('#place').attr('value')).toBe('Miami, FL');
    expect(some.href('Tell me when another one starts here')).toBe(
      '/subscribe?place=Tulsa%2C+OK&within=50',
    );
  });

  it('is confirmed with the button of a page that a mail leads to', async () => {
    const answer = await ask('ana@finder.example');
    expect(answer.status).toBe(303);
    expect(answer.headers['location']).toBe(paths.subscribeAsked);
    const mail = await newest('ana@finder.example');
    expect(mail.subject).toBe('Confirm: tell me of groups near Tulsa, OK');
    expect(mail.headers.get('list-unsubscribe')).toMatch(
      /^<http:\/\/localhost:3000\/stop\/[\w-]{43}>$/,
    );
    expect(mail.headers.get('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');
    const link = linkIn(mail.text, '/subscribe');

    const before = await readPage(test, link);
    expect(before.$('form').attr('action')).toBe(link);
    // Opening it changes nothing: a mail scanner may have been there.
    expect(await subscriptions().countDocuments({ state: 'confirmed' })).toBe(0);
    await request(test.app).post(link);

    const after = await readPage(test, link);
    expect(after.title).toBe('You will be told');
    expect(after.$('form')).toHaveLength(0);
    expect((await request(test.app).post(link)).status).toBe(303);
  });

  it('is answered in the same way whatever is known of the address', async () => {
    const [known, unknown] = [await ask('ana@finder.example'), await ask('new@finder.example')];

    expect(known.status).toBe(unknown.status);
    expect(known.text).toBe(unknown.text);
    expect(known.headers['location']).toBe(unknown.headers['location']);
    expect(await mailsTo('new@finder.example')).toHaveLength(1);
  });

  it('keeps the address and the token to itself', async () => {
    const link = await subscribe('private@finder.example');
    const page = await request(test.app).get(link);

    expect(page.text).not.toContain('private@finder.example');
    expect(page.headers['cache-control']).toBe('private, no-store');
    expect(page.headers['x-robots-tag']).toBe('noindex');
    const stored = JSON.stringify(
      await subscriptions().findOne({ address: 'private@finder.example' }),
    );
    expect(stored).not.toContain(link.slice(-43));
  });

  it.each([
    ['no place', { place: '' }, '#place'],
    ['a place that nobody knows', { place: 'Qwxzyville' }, '#place'],
    ['no address', { address: 'ana@' }, '#address'],
    ['two addresses', { address: 'a@x.example, b@x.example' }, '#address'],
    ['a header', { address: 'a@x.example\r\nBcc: b@x.example' }, '#address'],
    ['a filled trap', { nickname: 'Ana' }, '#address'],
  ])('is asked again for %s', async (_, wrong, field) => {
    const answer = await request(test.app)
      .post(paths.subscribe)
      .type('form')
      .send({ place: 'Tulsa, OK', within: '50', address: 'b@finder.example', ...wrong });

    expect(answer.status).toBe(422);
    expect(answer.text).toContain(`href="${field}"`);
    expect(await countOf('b@finder.example')).toBe(0);
  });

  it('is taken for a point too, to within a kilometre', async () => {
    await request(test.app)
      .post(paths.subscribe)
      .type('form')
      .send({ lat: '36.153982', lng: '-95.992775', within: '25', address: 'point@finder.example' });

    expect((await newest('point@finder.example')).subject).toContain('the point 36.15, -95.99');
    const kept = await subscriptions().findOne({ address: 'point@finder.example' });
    expect(kept?.['place']).toMatchObject({ lat: 36.15, lng: -95.99 });
  });

  it('is refused when it is asked for again and again for one address', async () => {
    const statuses: number[] = [];
    for (let time = 0; time < 8; time += 1) statuses.push((await ask('spam@x.example')).status);

    expect(statuses).toContain(429);
    expect(await mailsTo('spam@x.example')).toHaveLength(1);
  });
});

describe('news', () => {
  const address = 'bob@finder.example';

  it('comes when a group wakes up within the distance, once, and never of one farther away', async () => {
    await subscribe(address);
    await tell();
    expect(await mailsTo(address)).toHaveLength(1);

    await passDays(1);
    await keep({ ...sleeper, signs: seen('2026-11-20') }, { ...far, signs: seen('2026-11-20') });
    await tell();
    await tell();

    const mails = await mailsTo(address);
    expect(mails).toHaveLength(2);
    const [, news] = mails;
    expect(news?.subject).toBe('Near Tulsa, OK: Sleepy Tulsa');
    expect(news?.text).toContain('Awake: met 3 days ago');
    expect(news?.text).toContain('http://localhost:3000/groups/sleepy-tulsa');
    expect(news?.text).not.toContain('Boston');
    expect(news?.headers.get('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');
  });

  it('comes when a group is new, at most once a day, and loses nothing of the same day', async () => {
    await keep(aGroup({ name: 'Open Tulsa' }));
    await tell();
    expect(await mailsTo(address)).toHaveLength(2);

    await passDays(1);
    await tell();

    expect((await newest(address)).subject).toBe('Near Tulsa, OK: Open Tulsa');
    expect((await newest(address)).text).toContain('New here: nothing known yet');
  });

  it('of many groups is one mail that names ten and counts the rest', async () => {
    const many = Array.from({ length: 25 }, (_, index) => aGroup({ name: `Imported ${index}` }));
    await keep(...many);
    await passDays(1);
    await tell();

    const news = await newest(address);
    expect(news.subject).toBe('Near Tulsa, OK: 25 groups have started or woken up');
    expect(news.text.match(/^\* Imported/gm)).toHaveLength(10);
    expect(news.text).toContain('And 15 more groups.');
    await passDays(1);
    await tell();
    expect((await newest(address)).subject).toBe(news.subject);
  });

  it('is mailed once although the run stops before, while or after it is put into the outbox', async () => {
    const stops: ((mail: Services['mail']) => Partial<Services['mail']>)[] = [
      () => ({ post: () => Promise.reject(new Error('stopped before')) }),
      (mail) => ({
        post: (one) => mail.post(one).then(() => Promise.reject(new Error('stopped after'))),
      }),
    ];
    await subscriptions().deleteMany({ address: { $ne: address } });
    for (const [index, stop] of stops.entries()) {
      await passDays(1);
      await keep(aGroup({ name: `Crash ${index}` }));
      const { mail } = test.services;
      const broken = { ...test.services, mail: { ...mail, ...stop(mail) } };
      await expect(tellSubscribers(broken)).rejects.toThrow('stopped');
      // What comes in between belongs to another mail, and is not lost.
      await keep(aGroup({ name: `Later ${index}` }));
      await tell();
      await passDays(1);
      await tell();
      await tell();

      const subjects = (await mailsTo(address)).map(({ subject }) => subject);
      expect(subjects.filter((subject) => subject.endsWith(`: Crash ${index}`))).toHaveLength(1);
      expect(subjects.filter((subject) => subject.endsWith(`: Later ${index}`))).toHaveLength(1);
    }
  });

  it('shows a planted name as text', async () => {
    await passDays(1);
    await keep(aGroup({ slug: 'planted', name: '<script>alert(1)</script>\r\nBcc: x@x.example' }));
    await tell();

    const news = await newest(address);
    expect(news.headerNames).not.toContain('bcc');
    expect(news.html).not.toContain('<script>');
  });
});

describe('an address', () => {
  it('that asks for the same place once more gets the other distance, and nothing there is news', async () => {
    await keep(aGroup({ name: 'Ringside', lat: 37.2, lng: -95.99 }));
    await subscribe('carl@finder.example', 'Tulsa, OK', '25');
    const first = stopIn(await newest('carl@finder.example'));
    await passDays(1);
    await subscribe('carl@finder.example', 'Tulsa, OK', '100');
    await tell();

    expect(await countOf('carl@finder.example')).toBe(1);
    expect(await mailsTo('carl@finder.example')).toHaveLength(2);
    expect(stopIn(await newest('carl@finder.example'))).toBe(first);
  });

  it('is told of ten places at most', async () => {
    const address = 'dan@finder.example';
    const statuses: number[] = [];
    for (let index = 0; index < 11; index += 1) {
      // Over HTTP one address would have to wait an hour after the sixth.
      const place = { name: `Place ${index}`, country: 'US', lat: 30 + index, lng: -90 };
      await askToBeTold(test.services, { address, place, miles: 50 });
      const link = linkIn((await newest(address)).text, '/subscribe');
      statuses.push((await request(test.app).post(link)).status);
    }

    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 303), 409]);
  });

  it('waits for five places at most: more mails do not leave', async () => {
    const address = 'kim@finder.example';
    for (let index = 0; index < 7; index += 1) {
      const place = { name: `Place ${index}`, country: 'US', lat: 30 + index, lng: -90 };
      await askToBeTold(test.services, { address, place, miles: 50 });
    }

    expect(await mailsTo(address)).toHaveLength(5);
  });
});

describe('stopping', () => {
  it('is one click for a mail program, on an address that answers without a redirect, any number of times', async () => {
    await subscribe('eve@finder.example');
    const stop = stopIn(await newest('eve@finder.example'));
    const click = () =>
      request(test.app).post(stop).type('form').send('List-Unsubscribe=One-Click');

    const answers = [await click(), await click()];

    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(await countOf('eve@finder.example')).toBe(0);
  });

  it('is a page with a button for people; opening it stops nothing', async () => {
    await subscribe('fay@finder.example');
    const stop = stopIn(await newest('fay@finder.example'));
    const page = await readPage(test, stop);

    expect(page.$('form').attr('action')).toBe(stop);
    expect(await countOf('fay@finder.example')).toBe(1);
    expect((await request(test.app).post(stop)).text).toContain('These mails have ended');
    expect((await readPage(test, stop)).title).toBe('These mails have ended');
  });

  it('erases the address everywhere, in the outbox too, and nothing more comes', async () => {
    await subscribe('gil@finder.example');
    const stop = stopIn(await newest('gil@finder.example'));
    await passDays(1);
    await keep(aGroup({ name: 'Too late for Gil' }));
    // Into the outbox, where nobody sends it yet.
    const { mail, store, secret, clock } = test.services;
    const post: Services['mail']['post'] = async (one) =>
      (await enqueueMail(store, one, { secret, clock })).added;
    await tellSubscribers({ ...test.services, mail: { ...mail, post } });
    await request(test.app).post(stop);

    expect(await mailsTo('gil@finder.example')).toHaveLength(1);
    const { connection } = store;
    for (const name of ['subscriptions', 'mails']) {
      const kept = await connection.collection(name).find().toArray();
      expect(JSON.stringify(kept)).not.toContain('gil@finder.example');
    }
  });

  it('comes by itself for an address that a mail server refuses for good', async () => {
    await subscribe('hal@finder.example');
    smtp.behave({ refuse: { at: 'recipient', code: 550, text: 'No such user' } });
    await passDays(1);
    await keep(aGroup({ name: 'For Hal' }));
    await tell();
    await test.services.mail.drain();
    smtp.behave({});
    await tell();

    expect(await countOf('hal@finder.example')).toBe(0);
  });
});

describe('an address that is not confirmed', () => {
  it('is erased after seven days, and its link says so', async () => {
    await ask('ida@finder.example');
    const link = linkIn((await newest('ida@finder.example')).text, '/subscribe');
    await passDays(6);
    await tell();
    expect(await countOf('ida@finder.example')).toBe(1);

    await passDays(1.1);
    expect((await readPage(test, link)).status).toBe(404);
    expect((await request(test.app).post(link)).status).toBe(404);
    await tell();

    expect(await countOf('ida@finder.example')).toBe(0);
  });
});

describe('a site of invented records', () => {
  it('takes no address, and says why', async () => {
    const { app, services, close } = await startTestApp({ records: someRecords({}) });
    await markSampleData(services.store);
    await services.directory.refresh();

    const shown = await request(app).get(paths.subscribe);
    const sent = await request(app)
      .post(paths.subscribe)
      .type('form')
      .send({ place: 'Tulsa, OK', within: '50', address: 'ana@example.org' });

    for (const { text } of [shown, sent]) {
      expect(text).toContain('No address is taken here');
      expect(text).not.toContain('name="address"');
    }
    expect([shown.status, sent.status]).toEqual([200, 409]);
    expect(await readSubscriptionsOf(services.store, 'ana@example.org')).toEqual([]);
    await close();
  });
});
