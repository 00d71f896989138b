// Writing up an example of working together: by staff, by a partner's people, as a draft and for everybody.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { load } from 'cheerio';
import request from 'supertest';
import {
  collaborationPath,
  partnerCollaborationsPath,
  partnerEditCollaborationPath,
  partnerNewCollaborationPath,
  paths,
  staffEditCollaborationPath,
} from '../../server/paths.ts';
import { readChanges } from '../../server/store/changes.ts';
import { findCollaboration } from '../../server/store/collaborations.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { aCollaboration, aGroup, aPartner, someRecords } from '../support/builders.ts';
import { type SignedInPerson, signInAs } from '../support/sign-in.ts';
import { errorsOf, fieldsOf } from './forms.ts';

const markup = '<script>alert(1)</script>';
const tulsa = 'tulsa-data-center';
const memphis = 'memphis-data-center';

let test: TestApp;
let staff: SignedInPerson;
let partner: SignedInPerson;
let other: SignedInPerson;
let now = Date.parse('2026-11-22T12:00:00Z');

beforeAll(async () => {
  test = await startTestApp({
    clock: () => {
      now += 1000;
      return new Date(now);
    },
    records: someRecords({
      partners: [
        aPartner(),
        aPartner({ name: 'Memphis Data Center', city: 'memphis-tn', lat: 35.1, lng: -90.0 }),
      ],
      groups: [
        aGroup(),
        aGroup({ name: 'Code for Memphis', city: 'memphis-tn', lat: 35.1, lng: -90.0 }),
      ],
      collaborations: [aCollaboration({ title: 'An old example' })],
    }),
  });
  staff = await signInAs(test, { staff: true });
  partner = await signInAs(test, { partners: [tulsa] });
  other = await signInAs(test, { partners: [memphis] });
}, 60_000);
afterAll(() => test?.close());

const example = {
  title: 'A map of vacant lots',
  summary: 'They mapped every vacant lot.',
  partner: tulsa,
  group: 'code-for-tulsa',
  city: 'Tulsa, OK',
  from: 'March 2026',
  to: '12 June 2026',
  link: 'https://example.org/lots',
  state: 'published',
};

const send = (person: SignedInPerson, address: string, fields: object) =>
  person.agent.post(address).type('form').send(fields);

const slugIn = (location: string | undefined): string => location?.split('/').at(-1) ?? '';

describe('staff who write up an example', () => {
  it('publish it with partner, group, city and dates', async () => {
    const answer = await send(staff, paths.staff.newCollaboration, example);

    expect(answer.status).toBe(303);
    expect(answer.headers['location']).toBe(collaborationPath('a-map-of-vacant-lots'));
    const page = await request(test.app).get(collaborationPath('a-map-of-vacant-lots'));
    expect(page.status).toBe(200);
    expect(page.text).toContain('March to 12 June 2026');
    expect(page.text).toContain('Code for Tulsa');
    expect(await findCollaboration(test.services.store, 'a-map-of-vacant-lots')).toMatchObject({
      city: 'tulsa-ok',
      partnerName: 'Tulsa Data Center',
      groupName: 'Code for Tulsa',
      from: '2026-03',
      to: '2026-06-12',
    });
  });

  it('get a slug of its own for a second example of the same title', async () => {
    const first = await send(staff, paths.staff.newCollaboration, { ...example, title: 'Twins!' });
    const second = await send(staff, paths.staff.newCollaboration, { ...example, title: 'Twins' });

    expect(slugIn(first.headers['location'])).toBe('twins');
    expect(slugIn(second.headers['location'])).toBe('twins-2');
  });

  it('get two records when they send the same form at the same moment', async () => {
    const answers = await Promise.all(
      [1, 2, 3].map(() =>
        send(staff, paths.staff.newCollaboration, { ...example, title: 'At once' }),
      ),
    );

    const slugs = answers.map(({ headers }) => slugIn(headers['location'])).sort();
    expect(slugs).toEqual(['at-once', 'at-once-2', 'at-once-3']);
  });

  it('keep the address when they change the title', async () => {
    await send(staff, paths.staff.newCollaboration, { ...example, title: 'First words' });
    const edit = staffEditCollaborationPath('first-words');
    const fields = fieldsOf((await staff.agent.get(edit)).text);

    const answer = await send(staff, edit, { ...fields, title: 'Other words' });

    expect(answer.headers['location']).toBe(collaborationPath('first-words'));
    const page = await request(test.app).get(collaborationPath('first-words'));
    expect(page.text).toContain('Other words');
  });

  it('never get the slug that stands for a new one', async () => {
    const answer = await send(staff, paths.staff.newCollaboration, { ...example, title: 'New' });

    expect(slugIn(answer.headers['location'])).toBe('new-2');
  });

  it('are offered the groups near the partner they start from, the nearest first', async () => {
    const page = await staff.agent.get(`${paths.staff.newCollaboration}?partner=${memphis}`);

    const $ = load(page.text);
    expect($('optgroup[label="In reach of Memphis Data Center"] option').first().text()).toContain(
      'Code for Memphis',
    );
    expect($('#city').val()).toBe('Memphis, TN');
  });

  it('can name a group that is not in the directory, and one that is by its name', async () => {
    const named = { ...example, group: '', partner: '', partnerName: 'A university' };

    await send(staff, paths.staff.newCollaboration, {
      ...named,
      title: 'By name',
      groupName: 'Some volunteers',
    });
    await send(staff, paths.staff.newCollaboration, {
      ...named,
      title: 'By known name',
      groupName: 'code for tulsa',
    });

    const { store } = test.services;
    expect(await findCollaboration(store, 'by-name')).toMatchObject({
      partner: null,
      partnerName: 'A university',
      group: null,
      groupName: 'Some volunteers',
    });
    expect(await findCollaboration(store, 'by-known-name')).toMatchObject({
      group: 'code-for-tulsa',
      groupName: 'Code for Tulsa',
    });
  });

  it('change nothing, in the log neither, when they save the form as it is', async () => {
    const edit = staffEditCollaborationPath('an-old-example');
    const before = await findCollaboration(test.services.store, 'an-old-example');
    const fields = fieldsOf((await staff.agent.get(edit)).text);

    const answer = await send(staff, edit, fields);

    expect(answer.status).toBe(303);
    expect(await findCollaboration(test.services.store, 'an-old-example')).toEqual(before);
  });

  it('leave who changed what in the change log', async () => {
    await send(staff, paths.staff.newCollaboration, { ...example, title: 'Logged' });
    const edit = staffEditCollaborationPath('logged');
    const fields = fieldsOf((await staff.agent.get(edit)).text);
    await send(staff, edit, { ...fields, summary: 'Other words.' });

    const changes = await readChanges(test.services.store, {
      record: 'collaboration',
      slug: 'logged',
      limit: 10,
    });
    expect(changes.map(({ field, by, origin }) => ({ field, by, origin }))).toEqual([
      { field: 'summary', by: staff.id, origin: 'web' },
      { field: 'record', by: staff.id, origin: 'web' },
    ]);
  });
});

describe('a form with mistakes', () => {
  it.each([
    [{ title: '' }, 'Give the example a title'],
    [{ summary: '' }, 'Say in a few sentences what they did together, or keep it as a draft'],
    [{ city: '' }, 'Say in which city it happened'],
    [{ city: 'Atlantis' }, 'The directory has no city of this name. Write it as “Pittsburgh, PA”'],
    [{ partner: '' }, 'Choose a partner, or name one'],
    [{ partner: 'gone' }, 'This partner is not in the directory any more'],
    [{ group: '' }, 'Choose a group, or name one'],
    [
      { groupName: 'Another' },
      'You chose a group from the list and named one too. Clear one of the two',
    ],
    [{ from: '' }, 'Say when it began: a year is enough'],
    [
      { from: '31 February 2026' },
      'Write the beginning as a date, such as 2026, March 2026 or 12 March 2026',
    ],
    [{ to: '2025' }, 'The end is before the beginning'],
    [
      { link: 'javascript:alert(1)' },
      'Write the link as a whole address, such as https://example.org/story',
    ],
  ])('%j is told "%s", and keeps what was typed', async (over, message) => {
    const answer = await send(staff, paths.staff.newCollaboration, {
      ...example,
      title: 'Never saved',
      ...over,
    });

    expect(answer.status).toBe(422);
    expect(errorsOf(answer.text)).toEqual([message]);
    expect(fieldsOf(answer.text)).toMatchObject({
      ...example,
      title: 'Never saved',
      ...over,
      ...keptOf(over),
    });
    expect(answer.text).toContain('<title>Error: ');
  });

  /** A select cannot keep what it does not offer. */
  const keptOf = (over: object): object => ('partner' in over ? { partner: '' } : {});

  it('leads from each message to its field', async () => {
    const answer = await send(staff, paths.staff.newCollaboration, {});

    const $ = load(answer.text);
    const targets = $('.error-summary a')
      .toArray()
      .map((link) => $(link).attr('href') ?? '');
    expect(targets.length).toBeGreaterThan(3);
    for (const target of targets) expect($(target)).toHaveLength(1);
  });

  it('prints planted markup as text, in the form and on the page', async () => {
    const planted = { ...example, title: markup, summary: markup, partner: '', group: '' };
    const named = { ...planted, partnerName: markup, groupName: markup };

    const wrong = await send(staff, paths.staff.newCollaboration, { ...named, city: markup });
    const saved = await send(staff, paths.staff.newCollaboration, named);
    const page = await request(test.app).get(String(saved.headers['location']));
    const list = await staff.agent.get(paths.staff.collaborations);

    for (const { text } of [wrong, page, list]) {
      expect(text).not.toContain(markup);
      expect(text).toContain('&lt;script&gt;');
    }
  });
});

describe('a draft', () => {
  it('is seen by its writers and staff, and by nobody else', async () => {
    const saved = await send(partner, partnerNewCollaborationPath(tulsa), {
      ...example,
      title: 'Not yet',
      state: 'draft',
      summary: '',
    });
    const page = String(saved.headers['location']);

    expect(page).toBe(collaborationPath('not-yet'));
    expect((await partner.agent.get(page)).text).toContain('This is a draft.');
    expect((await staff.agent.get(page)).status).toBe(200);
    expect((await other.agent.get(page)).status).toBe(404);
    expect((await request(test.app).get(page)).status).toBe(404);
    const api = await request(test.app).get(paths.api.collaborations);
    expect(api.text).not.toContain('Not yet');
    expect((await request(test.app).get(paths.collaborations)).text).not.toContain('Not yet');
  });

  it('is on everybody’s page as soon as it is published', async () => {
    await send(partner, partnerNewCollaborationPath(tulsa), {
      ...example,
      title: 'Soon',
      state: 'draft',
    });
    const edit = partnerEditCollaborationPath(tulsa, 'soon');
    const fields = fieldsOf((await partner.agent.get(edit)).text);

    await send(partner, edit, { ...fields, state: 'published' });

    expect((await request(test.app).get(collaborationPath('soon'))).status).toBe(200);
  });
});

describe('a partner’s people', () => {
  it('find their examples with the drafts, and a link to edit each', async () => {
    const list = await partner.agent.get(partnerCollaborationsPath(tulsa));

    expect(list.status).toBe(200);
    expect(list.text).toContain(partnerEditCollaborationPath(tulsa, 'an-old-example'));
    const page = await partner.agent.get(collaborationPath('an-old-example'));
    expect(page.text).toContain(partnerEditCollaborationPath(tulsa, 'an-old-example'));
  });

  it('write for their own partner, whatever the form says', async () => {
    await send(partner, partnerNewCollaborationPath(tulsa), {
      ...example,
      title: 'Mine',
      partner: memphis,
      partnerName: 'Somebody else',
    });

    expect(await findCollaboration(test.services.store, 'mine')).toMatchObject({ partner: tulsa });
  });

  it('cannot edit another partner’s example, under either address', async () => {
    const theirs = partnerEditCollaborationPath(tulsa, 'an-old-example');
    const smuggled = partnerEditCollaborationPath(memphis, 'an-old-example');

    expect((await other.agent.get(theirs)).status).toBe(403);
    expect((await send(other, theirs, example)).status).toBe(403);
    expect((await other.agent.get(smuggled)).status).toBe(404);
    expect((await send(other, smuggled, example)).status).toBe(404);
    expect((await other.agent.get(staffEditCollaborationPath('an-old-example'))).status).toBe(403);
    const page = await other.agent.get(collaborationPath('an-old-example'));
    expect(page.text).not.toContain('/edit');
  });
});

describe('two people who edit the same example', () => {
  it('are not written over: the second one is told what it says now, and keeps what was typed', async () => {
    await send(staff, paths.staff.newCollaboration, { ...example, title: 'Shared' });
    const edit = staffEditCollaborationPath('shared');
    const mine = fieldsOf((await staff.agent.get(edit)).text);
    await send(partner, partnerEditCollaborationPath(tulsa, 'shared'), {
      ...mine,
      summary: 'Words of the partner.',
    });

    const late = await send(staff, edit, { ...mine, summary: 'Words of staff.' });

    expect(late.status).toBe(409);
    expect(late.text).toContain('Words of the partner.');
    expect(fieldsOf(late.text)['summary']).toBe('Words of staff.');
    expect(await findCollaboration(test.services.store, 'shared')).toMatchObject({
      summary: 'Words of the partner.',
    });
    const again = await send(staff, edit, fieldsOf(late.text));
    expect(again.status).toBe(303);
    expect(await findCollaboration(test.services.store, 'shared')).toMatchObject({
      summary: 'Words of staff.',
    });
  });
});
