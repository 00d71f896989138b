// The change log for staff: who changed what, found by filters, and one change taken back.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { load } from 'cheerio';
import request from 'supertest';
import {
  collaborationPath,
  paths,
  staffEditCollaborationPath,
  staffPersonPath,
  takeBackChangePath,
  withQuery,
} from '../../server/paths.ts';
import { readChanges } from '../../server/store/changes.ts';
import { findCollaboration } from '../../server/store/collaborations.ts';
import { appendReport, putGroup } from '../../server/store/put-records.ts';
import { fieldsOf } from '../examples/forms.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { aCollaboration, aGroup, aPartner, aReport, someRecords } from '../support/builders.ts';
import { type SignedInPerson, signInAs } from '../support/sign-in.ts';

let test: TestApp;
let staff: SignedInPerson;
let now = Date.parse('2026-11-22T12:00:00Z');
const dayLength = 86_400_000;

beforeAll(async () => {
  test = await startTestApp({
    clock: () => {
      now += 1000;
      return new Date(now);
    },
    records: someRecords({
      partners: [aPartner()],
      groups: [aGroup()],
      collaborations: ['One', 'Two', 'Three', 'Four'].map((title) => aCollaboration({ title })),
    }),
  });
  staff = await signInAs(test, { staff: true });
}, 60_000);
afterAll(() => test?.close());

const send = (person: SignedInPerson, address: string, fields: object = {}) =>
  person.agent.post(address).type('form').send(fields);

async function edit(slug: string, over: object): Promise<void> {
  const address = staffEditCollaborationPath(slug);
  const fields = fieldsOf((await staff.agent.get(address)).text);
  const answer = await send(staff, address, { ...fields, ...over });
  expect(answer.status).toBe(303);
}

async function changeOf(
  record: 'collaboration' | 'group' | 'person' | 'report',
  slug: string,
  field: string,
) {
  const changes = await readChanges(test.services.store, { record, slug, limit: 50 });
  const change = changes.find((one) => one.field === field);
  if (!change) throw new Error(`the log has no ${field} of ${slug}`);
  return change;
}

const pageOf = async (slug: string): Promise<string> =>
  (await request(test.app).get(collaborationPath(slug))).text;

/** The foot of every page says the revision, which moves on with every write. */
const withoutRevision = (html: string): string => html.replace(/revision \d+/, 'revision');

describe('taking a change back', () => {
  it('restores the page byte for byte, and is a change of its own', async () => {
    const before = await pageOf('one');
    await edit('one', { summary: 'Quite other words.' });
    expect(await pageOf('one')).not.toBe(before);
    const change = await changeOf('collaboration', 'one', 'summary');

    const asked = await staff.agent.get(takeBackChangePath(change.id));
    const answer = await send(staff, takeBackChangePath(change.id));

    expect(asked.text).toContain('Quite other words.');
    expect(answer.status).toBe(303);
    expect(withoutRevision(await pageOf('one'))).toBe(withoutRevision(before));
    const again = await changeOf('collaboration', 'one', 'summary');
    expect(again).toMatchObject({ by: staff.id, before: 'Quite other words.' });
    expect(again.batch).not.toBe(change.batch);
  });

  it('changes nothing by being looked at', async () => {
    const change = await changeOf('collaboration', 'one', 'summary');
    const before = await findCollaboration(test.services.store, 'one');

    await staff.agent.get(takeBackChangePath(change.id));

    expect(await findCollaboration(test.services.store, 'one')).toEqual(before);
  });

  it('leaves fields alone that were changed in the same step', async () => {
    await edit('two', { summary: 'New words.', from: '2024', to: '2025' });

    await send(staff, takeBackChangePath((await changeOf('collaboration', 'two', 'from')).id));

    expect(await findCollaboration(test.services.store, 'two')).toMatchObject({
      summary: 'New words.',
      from: '2025',
    });
  });

  it('is refused where the field was changed again since', async () => {
    await edit('three', { summary: 'First.' });
    const first = await changeOf('collaboration', 'three', 'summary');
    await edit('three', { summary: 'Second.' });

    const asked = await staff.agent.get(takeBackChangePath(first.id));
    const answer = await send(staff, takeBackChangePath(first.id));

    expect(asked.text).toContain('It was changed again since.');
    expect(load(asked.text)('main form')).toHaveLength(0);
    expect(answer.status).toBe(409);
    expect(await findCollaboration(test.services.store, 'three')).toMatchObject({
      summary: 'Second.',
    });
  });

  it('can be taken back itself', async () => {
    await edit('four', { title: 'Renamed' });
    await send(staff, takeBackChangePath((await changeOf('collaboration', 'four', 'title')).id));
    expect(await findCollaboration(test.services.store, 'four')).toMatchObject({ title: 'Four' });

    await send(staff, takeBackChangePath((await changeOf('collaboration', 'four', 'title')).id));

    expect(await findCollaboration(test.services.store, 'four')).toMatchObject({
      title: 'Renamed',
    });
  });

  it('takes a new example out again where nothing refers to it, and can put it back', async () => {
    await edit('one', {});
    const fields = fieldsOf((await staff.agent.get(staffEditCollaborationPath('one'))).text);
    await send(staff, paths.staff.newCollaboration, { ...fields, title: 'A mistake' });
    const stored = await findCollaboration(test.services.store, 'a-mistake');

    await send(
      staff,
      takeBackChangePath((await changeOf('collaboration', 'a-mistake', 'record')).id),
    );
    expect((await request(test.app).get(collaborationPath('a-mistake'))).status).toBe(404);
    await send(
      staff,
      takeBackChangePath((await changeOf('collaboration', 'a-mistake', 'record')).id),
    );

    const { updatedAt: _, ...again } = {
      ...(await findCollaboration(test.services.store, 'a-mistake')),
    };
    expect(stored).toMatchObject(again);
  });

  it('keeps a new example that a report rests on', async () => {
    const fields = fieldsOf((await staff.agent.get(staffEditCollaborationPath('one'))).text);
    await send(staff, paths.staff.newCollaboration, { ...fields, title: 'Rested on' });
    const { id: _, createdAt: _at, ...report } = aReport({ collaboration: 'rested-on' });
    await appendReport(test.services.store, report, {
      by: null,
      origin: 'web',
      batch: 'a-report',
      now: test.services.clock(),
    });
    const change = await changeOf('collaboration', 'rested-on', 'record');

    const answer = await send(staff, takeBackChangePath(change.id));

    expect(answer.status).toBe(409);
    expect(answer.text).toContain('A report of a partner rests on it, so it has to stay.');
  });

  it('says plainly where a new group has to stay', async () => {
    const change = await changeOf('group', 'code-for-tulsa', 'record');

    const asked = await staff.agent.get(takeBackChangePath(change.id));

    expect(asked.text).toContain('A group that was added cannot be taken out');
  });

  it('gives a person their role back, but never takes the last staff person', async () => {
    const person = await signInAs(test, { partners: ['tulsa-data-center'] });
    const fields = fieldsOf((await staff.agent.get(staffPersonPath(person.id))).text);
    await send(staff, staffPersonPath(person.id), { ...fields, groups: 'code-for-tulsa' });

    await send(staff, takeBackChangePath((await changeOf('person', person.id, 'groups')).id));

    const page = await staff.agent.get(staffPersonPath(person.id));
    expect(fieldsOf(page.text)['groups']).toBeUndefined();
  });

  it('is for staff alone', async () => {
    const change = await changeOf('collaboration', 'one', 'summary');
    const partner = await signInAs(test, { partners: ['tulsa-data-center'] });

    expect((await partner.agent.get(takeBackChangePath(change.id))).status).toBe(403);
    expect((await send(partner, takeBackChangePath(change.id))).status).toBe(403);
    expect((await request(test.app).get(paths.staff.changes)).status).toBe(303);
  });

  it.each(['0', 'f'.repeat(24), '%24ne'])('of "%s", which is no change, is a 404', async (id) => {
    expect((await staff.agent.get(takeBackChangePath(id))).status).toBe(404);
  });
});

describe('GET /staff/changes', () => {
  const rowsOf = (html: string): string[] => {
    const $ = load(html);
    return $('tbody tr')
      .toArray()
      .map((row) => $(row).text().replace(/\s+/g, ' ').trim());
  };
  const ask = async (query: Record<string, string>) =>
    (await staff.agent.get(withQuery(paths.staff.changes, query))).text;

  it('says who changed which field of what, from what to what', async () => {
    await edit('one', { link: 'https://example.org/one' });

    const [row] = rowsOf(await ask({ record: 'collaboration', slug: 'one' }));

    expect(row).toContain('One Collaboration');
    expect(row).toContain('Link: nothing → https://example.org/one');
    expect(row).toContain(staff.address);
    expect(row).toContain('these pages');
  });

  it('finds changes by record, person, origin and step', async () => {
    const change = await changeOf('collaboration', 'one', 'link');

    expect(rowsOf(await ask({ batch: change.batch }))).toHaveLength(1);
    expect(rowsOf(await ask({ by: staff.id })).every((row) => row.includes(staff.address))).toBe(
      true,
    );
    const seeded = rowsOf(await ask({ origin: 'seed' }));
    expect(seeded.length).toBeGreaterThan(0);
    expect(seeded.every((row) => row.includes('starting directory'))).toBe(true);
    expect(rowsOf(await ask({ record: 'group' }))).toHaveLength(1);
  });

  it('finds changes by day, both days among them', async () => {
    now += 3 * dayLength;
    await edit('two', { link: 'https://example.org/later' });
    const today = new Date(now).toISOString().slice(0, 10);

    const later = rowsOf(await ask({ from: today, to: today }));
    const earlier = rowsOf(await ask({ to: '2026-11-22' }));

    expect(later).toHaveLength(1);
    expect(later[0]).toContain('https://example.org/later');
    expect(earlier.join()).not.toContain('https://example.org/later');
    expect(rowsOf(await ask({ from: '2030-01-01' }))).toHaveLength(0);
  });

  it.each([{ record: 'nonsense' }, { from: 'yesterday' }, { by: '$ne' }, { page: '-1' }])(
    'takes %j for no filter',
    async (query) => {
      const page = await staff.agent.get(withQuery(paths.staff.changes, query));

      expect(page.status).toBe(200);
      expect(rowsOf(page.text).length).toBeGreaterThan(5);
    },
  );

  it('pages through a long log without losing or repeating a change', async () => {
    for (let number = 0; number < 60; number += 1) {
      await putGroup(test.services.store, aGroup({ name: `Group ${number}` }), {
        by: staff.id,
        origin: 'import',
        batch: 'many',
        now: test.services.clock(),
      });
    }

    const first = await ask({ batch: 'many' });
    const second = await ask({ batch: 'many', page: '2' });

    expect(first).toContain('60 changes');
    const rows = [...rowsOf(first), ...rowsOf(second)];
    expect(rowsOf(first)).toHaveLength(50);
    expect(new Set(rows).size).toBe(60);
    const beyond = await staff.agent.get(
      withQuery(paths.staff.changes, { batch: 'many', page: 3 }),
    );
    expect(beyond.status).toBe(404);
  });

  it('prints planted markup as text', async () => {
    await edit('three', { summary: '<script>alert(1)</script>' });

    const list = await ask({ record: 'collaboration', slug: 'three' });
    const change = await changeOf('collaboration', 'three', 'summary');
    const page = await staff.agent.get(takeBackChangePath(change.id));

    for (const text of [list, page.text]) {
      expect(text).not.toContain('<script>alert(1)');
      expect(text).toContain('&lt;script&gt;alert(1)');
    }
  });
});
