// Keeping convenings: who goes, where it is, and who could meet there.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { load } from 'cheerio';
import request from 'supertest';
import {
  conveningPath,
  paths,
  staffConveningPath,
  staffEditConveningPath,
} from '../../server/paths.ts';
import { findConvening } from '../../server/store/convenings.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { aConvening, aGroup, aPartner, someRecords } from '../support/builders.ts';
import { type SignedInPerson, signInAs } from '../support/sign-in.ts';
import { errorsOf, fieldsOf } from './forms.ts';

const markup = '<script>alert(1)</script>';

let test: TestApp;
let staff: SignedInPerson;
let now = Date.parse('2026-11-22T12:00:00Z');

beforeAll(async () => {
  test = await startTestApp({
    clock: () => {
      now += 1000;
      return new Date(now);
    },
    records: someRecords({
      partners: [aPartner()],
      groups: [
        aGroup(),
        ...Array.from({ length: 60 }, (_, number) => aGroup({ name: `Volunteers ${number}` })),
      ],
      convenings: [
        aConvening({ name: 'Long ago', start: '2014-05-30' }),
        aConvening({ name: 'Next month', start: '2026-12-05' }),
        aConvening({ name: 'Next year', start: '2027' }),
      ],
    }),
  });
  staff = await signInAs(test, { staff: true });
}, 60_000);
afterAll(() => test?.close());

const send = (address: string, fields: object) =>
  staff.agent.post(address).type('form').send(fields);

const meetup = {
  name: 'Data and code in Tulsa',
  kind: 'meetup',
  start: '5 December 2026',
  end: '6 December 2026',
  place: 'Tulsa, OK',
  website: 'https://meet.example/',
  partners: 'tulsa-data-center',
  groups: 'code-for-tulsa',
};

describe('staff who add a convening', () => {
  it('see it public, with its city and who goes', async () => {
    const answer = await send(paths.staff.newConvening, meetup);

    expect(answer.headers['location']).toBe(staffConveningPath('data-and-code-in-tulsa'));
    const page = await request(test.app).get(conveningPath('data-and-code-in-tulsa'));
    expect(page.text).toContain('5 to 6 December 2026');
    expect(load(page.text)('#attending ~ .columns').text()).toContain('Tulsa Data Center');
    expect(page.text).not.toContain('/staff/');
    expect(await findConvening(test.services.store, 'data-and-code-in-tulsa')).toMatchObject({
      city: 'tulsa-ok',
      partners: ['tulsa-data-center'],
      groups: ['code-for-tulsa'],
    });
  });

  it.each([
    ['tulsa', 'tulsa-ok'],
    ['Tulsa, Oklahoma', 'tulsa-ok'],
    ['74103', 'tulsa-ok'],
    ['Arlington, VA', null],
    ['', null],
  ])('at the place "%s" have it in the city %s', async (place, city) => {
    const name = `At ${place || 'no place'}`;
    const answer = await send(paths.staff.newConvening, { ...meetup, name, place });

    const slug = String(answer.headers['location']).split('/').at(-1) ?? '';
    expect(await findConvening(test.services.store, slug)).toMatchObject({ city, place });
  });

  it.each([
    [{ name: '' }, 'Give the convening a name'],
    [{ kind: '' }, 'Say what kind of event it is'],
    [{ start: '' }, 'Say when it begins: a month is enough'],
    [{ end: 'soon' }, 'Write the end as a date, such as 2026, March 2026 or 12 March 2026'],
    [{ end: '2025' }, 'The end is before the beginning'],
    [
      { website: 'meet.example' },
      'Write the website as a whole address, such as https://example.org/',
    ],
  ])('with %j are told "%s", and keep what they typed', async (over, message) => {
    const typed = { ...meetup, name: 'Never saved', ...over };
    const answer = await send(paths.staff.newConvening, typed);

    expect(answer.status).toBe(422);
    expect(errorsOf(answer.text)).toEqual([message]);
    expect(fieldsOf(answer.text)).toMatchObject(typed);
  });

  it('find a group far down the list by its name, with everything kept and nothing saved', async () => {
    const first = await staff.agent.get(paths.staff.newConvening);
    expect(first.text).not.toContain('Volunteers 59');
    expect(first.text).toContain('40 of 61 shown: search to find others.');

    const answer = await send(paths.staff.newConvening, {
      ...meetup,
      name: 'Searching',
      groupsSearch: 'volunteers 59',
      groupsSearched: '',
    });

    expect(answer.status).toBe(200);
    expect(answer.text).toContain('Volunteers 59');
    expect(answer.text).toContain('Nothing is saved yet.');
    expect(fieldsOf(answer.text)).toMatchObject({ ...meetup, name: 'Searching' });
    expect(await findConvening(test.services.store, 'searching')).toBeUndefined();
  });
});

describe('staff who edit a convening', () => {
  it('change nothing by saving it as it is', async () => {
    const edit = staffEditConveningPath('next-month');
    const before = await findConvening(test.services.store, 'next-month');

    await send(edit, fieldsOf((await staff.agent.get(edit)).text));

    expect(await findConvening(test.services.store, 'next-month')).toEqual(before);
  });

  it('are told when somebody else was faster', async () => {
    const edit = staffEditConveningPath('next-year');
    const fields = fieldsOf((await staff.agent.get(edit)).text);
    await send(edit, { ...fields, kind: 'hackathon' });

    const late = await send(edit, { ...fields, kind: 'workshop' });

    expect(late.status).toBe(409);
    expect(late.text).toContain('hackathon');
    expect(fieldsOf(late.text)['kind']).toBe('workshop');
  });

  it('see planted markup as text', async () => {
    const planted = { ...meetup, name: markup, kind: markup, place: markup };
    const answer = await send(paths.staff.newConvening, planted);
    const slug = String(answer.headers['location']).split('/').at(-1) ?? '';

    const pages = await Promise.all([
      request(test.app).get(conveningPath(slug)),
      staff.agent.get(staffConveningPath(slug)),
      staff.agent.get(staffEditConveningPath(slug)),
    ]);

    for (const { status, text } of pages) {
      expect(status).toBe(200);
      expect(text).not.toContain(markup);
    }
  });
});

describe('the convenings of staff', () => {
  it('stand with the next one first, and past ones last', async () => {
    const page = await staff.agent.get(paths.staff.convenings);

    const $ = load(page.text);
    const names = $('tbody th')
      .toArray()
      .map((cell) => $(cell).text().trim());
    expect(names.indexOf('Next month')).toBeLessThan(names.indexOf('Next year'));
    expect(names.at(-1)).toBe('Long ago');
  });

  it('say for one which gap cities could meet there, who goes and who could be asked', async () => {
    const page = await staff.agent.get(staffConveningPath('next-month'));

    const $ = load(page.text);
    expect($('#chances + p').text()).toContain('1 of 1 gap cities');
    const row = $('tbody tr').first().text().replace(/\s+/g, ' ');
    expect(row).toContain('Tulsa Data Center could be asked');
    expect(row).toContain('Ask both');
  });

  it.each(['nowhere', '..%2f..'])('have no "%s"', async (slug) => {
    expect((await staff.agent.get(`/staff/convenings/${slug}`)).status).toBe(404);
    expect((await staff.agent.get(`/staff/convenings/${slug}/edit`)).status).toBe(404);
  });
});
