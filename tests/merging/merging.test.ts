// Merging two records of one group over HTTP and on the real store: one record, nothing lost, and the way back.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { load } from 'cheerio';
import fc from 'fast-check';
import request from 'supertest';
import { mergeFields, mergeSides } from '../../server/domain/merge.ts';
import type { Group } from '../../server/domain/records.ts';
import { undoImport } from '../../server/import/apply/undo-import.ts';
import { type MergeOutcome, mergeGroups, partGroups } from '../../server/merging/merge-groups.ts';
import { groupEditPath, groupPath, mergeGroupsPath, mergePath, paths } from '../../server/paths.ts';
import { readChanges } from '../../server/store/changes.ts';
import { readDirectoryRecords, readRevision } from '../../server/store/directory-records.ts';
import { planTies } from '../../server/store/group-ties.ts';
import { findGroup } from '../../server/store/groups.ts';
import { addBatch, findBatch, readBatches } from '../../server/store/import-batches.ts';
import { addPerson, readPeople } from '../../server/store/people.ts';
import { putRecords } from '../../server/store/put-records.ts';
import { appendVerdict } from '../../server/store/verdicts.ts';
import { programWriter } from '../../server/store/writer.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import {
  aCity,
  aCollaboration,
  aConvening,
  aFrozenWave,
  aGroup,
  aPartner,
  aReport,
  aWave,
} from '../support/builders.ts';
import { type SignedInPerson, signInAs } from '../support/sign-in.ts';

let test: TestApp;
let staff: SignedInPerson;

const keep = aGroup({
  slug: 'code-for-tulsa',
  name: 'Code for Tulsa',
  topics: ['housing'],
  contacts: ['a@tulsa.example'],
});
const other = aGroup({
  slug: 'tulsa-civic-lab',
  name: 'Tulsa Civic Lab',
  website: 'https://tulsalab.example/',
  eventsUrl: 'https://tulsalab.example/events',
  topics: ['transit', 'housing'],
  contacts: ['b@tulsa.example'],
});
const wave = aWave({ slug: '2026-01', state: 'closed' });
const frozen = aFrozenWave({ wave: wave.slug, json: '{"group":"tulsa-civic-lab"}' });

beforeAll(async () => {
  test = await startTestApp({
    records: {
      cities: [aCity()],
      partners: [aPartner()],
      groups: [keep, other],
      waves: [wave],
      frozenWaves: [frozen],
      reports: [
        aReport({ groups: [other.slug], wave: wave.slug }),
        aReport({ groups: [keep.slug, other.slug] }),
      ],
      collaborations: [aCollaboration({ group: other.slug })],
      convenings: [aConvening({ groups: [other.slug] })],
    },
  });
  const { store, clock } = test.services;
  const [report] = (await readDirectoryRecords(store)).reports;
  const verdict = {
    report: report?.id ?? '',
    group: other.slug,
    verdict: 'confirmed',
    note: '',
  } as const;
  await appendVerdict(store, verdict, programWriter('web', clock()));
  const roles = { staff: false, partners: [], groups: [other.slug] };
  await addPerson(store, 'organizer@tulsa.example', roles, clock());
  staff = await signInAs(test, { staff: true });
  await test.services.directory.refresh();
});
afterAll(() => test?.close());

/** Every record as text, and who organizes what. */
async function dump(): Promise<string> {
  const { revision: _, ...records } = await readDirectoryRecords(test.services.store);
  const people = await readPeople(test.services.store);
  return JSON.stringify({ records, people });
}

const formOf = (html: string): Record<string, string> => {
  const page = load(html);
  const fields = page('form[method=post] input:not([type=radio]), form[method=post] input:checked');
  return Object.fromEntries(
    fields.get().map((one) => [page(one).attr('name'), page(one).val()]),
  ) as Record<string, string>;
};

async function openForm(): Promise<Record<string, string>> {
  const page = await staff.agent.get(mergeGroupsPath(keep.slug, other.slug));
  expect(page.status).toBe(200);
  return formOf(page.text);
}

const merge = (form: Record<string, string>) =>
  staff.agent.post(paths.staff.mergeGroups).type('form').send(form);

describe('merging two records of one group', () => {
  it('is offered to staff on the page of a group, which names those that may be the same', async () => {
    const page = await staff.agent.get(groupPath(keep.slug));
    expect(page.text).toContain(`href="${mergeGroupsPath(keep.slug)}"`);
    expect((await request(test.app).get(groupPath(keep.slug))).text).not.toContain('merge');

    const found = await staff.agent.get(mergeGroupsPath(keep.slug)).query({ q: 'civic lab' });
    const links = load(found.text)('a.action-link')
      .get()
      .map((one) => one.attribs['href']);
    expect(links).toContain(mergeGroupsPath(keep.slug, other.slug));
  });

  it('makes one record of both, that everything names, and is taken back as one step, byte for byte', async () => {
    const { store } = test.services;
    const [before, revision] = [await dump(), await readRevision(store)];

    const merged = await merge({ ...(await openForm()), website: 'other' });

    const name = `merge-${other.slug}-into-${keep.slug}`;
    expect([merged.status, merged.headers['location']]).toEqual([303, mergePath(name)]);
    expect(await readRevision(store)).toBe(revision + 1);
    const records = await readDirectoryRecords(store);
    expect(records.groups).toEqual([
      expect.objectContaining({
        slug: keep.slug,
        name: keep.name,
        website: other.website,
        eventsUrl: other.eventsUrl,
        topics: ['housing', 'transit'],
        previousNames: [other.name],
        previousSlugs: [other.slug],
        contacts: [...keep.contacts, ...other.contacts],
      }),
    ]);
    expect(records.reports.map(({ groups }) => groups)).toEqual([[keep.slug], [keep.slug]]);
    expect(records.verdicts.map(({ group }) => group)).toEqual([keep.slug]);
    expect(records.collaborations.map(({ group }) => group)).toEqual([keep.slug]);
    expect(records.convenings.map(({ groups }) => groups)).toEqual([[keep.slug]]);
    expect((await readPeople(store)).flatMap(({ groups }) => groups)).toEqual([keep.slug]);
    expect(records.frozenWaves).toEqual([expect.objectContaining({ json: frozen.json })]);
    const logged = await readChanges(store, { batch: name, limit: 50 });
    expect(new Set(logged.map(({ record, by }) => `${record} ${by === staff.id}`))).toEqual(
      new Set([
        'group true',
        'report true',
        'verdict true',
        'collaboration true',
        'convening true',
        'person true',
      ]),
    );

    const history = await staff.agent
      .get(paths.staff.changes)
      .query({ record: 'group', slug: keep.slug });
    expect(history.text).toContain(other.name);
    expect(load(history.text)('td').text()).toContain('Taken out');

    const page = await staff.agent.get(mergePath(name));
    expect(load(page.text)('form button').text()).toContain('Take the merge back');
    expect((await staff.agent.post(mergePath(name))).status).toBe(303);
    expect(await dump()).toBe(before);
    expect((await staff.agent.post(mergePath(name))).status).toBe(409);
  });

  it('leads every old address to the record that stays, as long as they are one', async () => {
    const merged = await merge(await openForm());
    const get = async (address: string) => {
      const answer = await request(test.app).get(address);
      return [answer.status, answer.headers['location']];
    };

    expect(await get(`/groups/${other.slug}`)).toEqual([301, `/groups/${keep.slug}`]);
    expect(await get(`/groups/${other.slug}/bring-back?x=1`)).toEqual([
      301,
      `/groups/${keep.slug}/bring-back?x=1`,
    ]);
    expect(await get(`/api/v1/groups/${other.slug}`)).toEqual([301, `/api/v1/groups/${keep.slug}`]);
    const api = await request(test.app).get(`/api/v1/groups/${other.slug}`);
    expect(api.headers['access-control-allow-origin']).toBe('*');
    const posted = await request(test.app).post(`/groups/${other.slug}/bring-back`);
    expect(posted.status).toBe(308);
    const old = await request(test.app).get(`/api/organizations/${encodeURIComponent(other.name)}`);
    expect(old.body).toMatchObject({ name: keep.name });
    const known = await request(test.app).get('/changes.atom');
    expect(known.text).toContain(`${other.name}: taken out`);

    await staff.agent.post(merged.headers['location'] ?? '');
    expect(await get(`/groups/${other.slug}`)).toEqual([200, undefined]);
    expect(await get(`/api/v1/groups/${other.slug}`)).toEqual([200, undefined]);
  });

  it('is refused where one of the two changed since the page was opened', async () => {
    const { store, clock, directory } = test.services;
    const form = await openForm();
    const { updatedAt: _, ...known } = (await findGroup(store, other.slug)) as Group;
    await putRecords(
      store,
      { groups: [{ ...known, needs: ['space'] }] },
      programWriter('web', clock()),
    );
    await directory.refresh();
    const before = await dump();

    const refused = await merge(form);

    expect(refused.status).toBe(409);
    expect(refused.text).toContain('One of the two was changed since this page was opened.');
    expect(await dump()).toBe(before);
  });

  it('is refused as a whole where a record is changed while it is written, and leaves nothing', async () => {
    const { store, clock } = test.services;
    const one = await findGroup(store, keep.slug);
    const two = await findGroup(store, other.slug);
    if (!one || !two) throw new Error('The two are not there.');
    const asked = { keep: one.slug, other: two.slug, choices: {}, mark: '', by: null };
    const past = await readBatches(store, 50, 'merge');
    const name = `merge-${other.slug}-into-${keep.slug}-${past.length + 1}`;
    // Planned with other words than the record has by now.
    const steps = [
      { kind: 'group', slug: one.slug, before: one, after: { ...one, needs: ['water'] } },
      ...(await planTies(store, two.slug, one.slug)),
      { kind: 'group', slug: two.slug, before: { ...two, name: 'Another name' }, after: null },
    ] as const;
    const about = { kind: 'merge', title: 'late', fileName: '', hash: '', by: null } as const;
    await addBatch(store, { ...about, name, at: clock().toISOString(), counts: {} }, steps);
    const [before, revision] = [await dump(), await readRevision(store)];

    const records = [`group ${other.slug}`];
    expect(await mergeGroups(test.services, asked)).toEqual({ kind: 'conflict', records });

    expect(await dump()).toBe(before);
    expect(await readRevision(store)).toBe(revision);
    expect(await findBatch(store, name)).toBeUndefined();
  });

  it('is listed with who, when and whether it was taken back, and not among the imports', async () => {
    const page = load((await staff.agent.get(paths.staff.merges)).text);
    const rows = page('tbody tr')
      .get()
      .map((row) => page(row).text().replace(/\s+/g, ' '));

    expect(rows.length).toBeGreaterThan(1);
    expect(rows.find((row) => row.includes(staff.address))).toMatch(
      /Tulsa Civic Lab merged into Code for Tulsa.*Taken back.*22 November 2026/,
    );
    expect(page('tbody a').first().attr('href')).toMatch(/^\/staff\/merges\/merge-/);
    const imports = await staff.agent.get(paths.staff.imports);
    expect(imports.text).not.toContain('merged into');
    for (const from of [mergeGroupsPath(keep.slug), paths.staff.changes]) {
      expect((await staff.agent.get(from)).text).toContain(`href="${paths.staff.merges}"`);
    }
  });

  it('is not taken back where a later change would be lost, and says which', async () => {
    const { store, clock } = test.services;
    const merged = await merge(await openForm());
    const address = merged.headers['location'] ?? '';
    const { updatedAt: _, ...now } = (await findGroup(store, keep.slug)) as Group;
    const writer = programWriter('web', clock());
    await putRecords(store, { groups: [{ ...now, topics: ['water'] }] }, writer);
    const changed = await dump();

    const refused = await staff.agent.post(address);

    expect(refused.status).toBe(409);
    expect(refused.text).toContain(`group ${keep.slug}`);
    expect(load((await staff.agent.get(address)).text)('form button')).toHaveLength(0);
    const name = decodeURIComponent(address.split('/').at(-1) ?? '');
    expect(await undoImport({ store, clock }, name)).toEqual({
      kind: 'conflict',
      records: [`group ${keep.slug}`],
    });
    expect(await dump()).toBe(changed);
    await putRecords(store, { groups: [now] }, writer);
    expect((await staff.agent.post(address)).status).toBe(303);
  });

  it('that was cut off is not seen, and is completed when it is asked for again', async () => {
    const { store, clock, directory } = test.services;
    const [one, two] = [await findGroup(store, keep.slug), await findGroup(store, other.slug)];
    if (!one || !two) throw new Error('The two are not there.');
    const asked = { keep: one.slug, other: two.slug, choices: {}, mark: '', by: null };
    const before = await dump();
    const first = batchOf(await mergeGroups(test.services, asked));
    const whole = await dump();
    const after = await findGroup(store, keep.slug);
    await partGroups(test.services, first, null);

    // The same plan once more, of which a process that went away wrote the last step alone.
    const name = first.replace(/-(\d+)$/, (_, count) => `-${Number(count) + 1}`);
    const steps = [
      { kind: 'group', slug: one.slug, before: one, after: after ?? null },
      ...(await planTies(store, two.slug, one.slug)),
      { kind: 'group', slug: two.slug, before: two, after: null },
    ] as const;
    const about = { kind: 'merge', title: 'cut off', fileName: '', hash: '', by: null } as const;
    await addBatch(store, { ...about, name, at: clock().toISOString(), counts: {} }, steps);
    const { connection } = store;
    await connection
      .collection('importBatches')
      .updateOne({ name }, { $set: { state: 'applying' } });
    await connection.collection('groups').deleteOne({ slug: two.slug });
    await directory.refresh();
    expect(directory.current().groups.map(({ slug }) => slug)).toEqual([one.slug, two.slug]);

    expect(batchOf(await mergeGroups(test.services, asked))).toBe(name);

    expect(await dump()).toBe(whole);
    await partGroups(test.services, name, null);
    expect(await dump()).toBe(before);
  });
});

const batchOf = (outcome: MergeOutcome): string => {
  if (outcome.kind !== 'merged') throw new Error(`It ended as ${outcome.kind}.`);
  return outcome.batch;
};

describe('merging and parting', () => {
  const texts = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 6 }), { maxLength: 3 });
  const sign = fc.record({
    kind: fc.constantFrom('confirmed' as const, 'last-event' as const),
    date: fc.constantFrom('2026-01-02', '2025'),
    source: fc.constant('its calendar'),
    url: fc.constant(null),
  });
  const anyGroup = fc.record({
    name: fc.string({ minLength: 1, maxLength: 8 }),
    eventsUrl: fc.constantFrom(null, 'https://events.example/'),
    topics: texts,
    needs: texts,
    tags: texts,
    previousNames: texts,
    contacts: texts,
    founded: fc.constantFrom(null, '2014'),
    // A plan is kept as JSON, which has no negative zero.
    lat: fc.double({ min: -80, max: 80, noNaN: true }).map((lat) => lat + 0),
    signs: fc.array(sign, { maxLength: 3 }),
    closed: fc.constantFrom(null, { date: '2026-01-01', reason: '' }),
  });
  const anyChoices = fc.dictionary(fc.constantFrom(...mergeFields), fc.constantFrom(...mergeSides));

  it('leaves every record as it was, whatever they said and whatever was chosen', async () => {
    const { store, clock } = test.services;
    let round = 0;
    await fc.assert(
      fc.asyncProperty(anyGroup, anyGroup, anyChoices, async (one, two, choices) => {
        round += 1;
        const [a, b] = [`one-${round}`, `two-${round}`];
        const writer = programWriter('web', clock());
        const groups = [aGroup({ ...one, slug: a }), aGroup({ ...two, slug: b })];
        await putRecords(
          store,
          {
            groups,
            convenings: [aConvening({ slug: `convening-${round}`, groups: [b, keep.slug, a] })],
          },
          writer,
        );
        const before = await dump();

        const merged = await mergeGroups(test.services, {
          keep: a,
          other: b,
          choices,
          mark: '',
          by: null,
        });
        const between = await dump();
        await partGroups(test.services, batchOf(merged), null);

        expect(between).not.toBe(before);
        expect(JSON.parse(between).records.groups.map(({ slug }: Group) => slug)).not.toContain(b);
        expect(await dump()).toBe(before);
      }),
      { numRuns: 12 },
    );
  });

  it('is offered to staff where they edit a group that another record may be, and to no organizer', async () => {
    const organizer = await signInAs(test, { groups: [keep.slug] });
    const address = groupEditPath(keep.slug);
    const link = `href="${mergeGroupsPath(keep.slug, 'one-1').replace('&', '&amp;')}"`;

    expect((await staff.agent.get(address)).text).toContain(link);
    expect((await organizer.agent.get(address)).text).not.toContain(paths.staff.mergeGroups);
  });
});
