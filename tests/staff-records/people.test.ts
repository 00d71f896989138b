// Keeping people: inviting, changing roles, removing; the last staff person stays, and the log has no address.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { load } from 'cheerio';
import request from 'supertest';
import {
  partnerEditCollaborationPath,
  paths,
  staffInvitePersonPath,
  staffPersonPath,
  staffRemovePersonPath,
} from '../../server/paths.ts';
import { readChanges } from '../../server/store/changes.ts';
import { findPersonByAddress, readPeople } from '../../server/store/people.ts';
import { errorsOf, fieldsOf } from '../examples/forms.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { aGroup, aPartner, someRecords } from '../support/builders.ts';
import { type SignedInPerson, signInAs } from '../support/sign-in.ts';
import { readMails } from './mails.ts';

let test: TestApp;
let staff: SignedInPerson;

beforeAll(async () => {
  test = await startTestApp({
    records: someRecords({ partners: [aPartner()], groups: [aGroup()] }),
  });
  staff = await signInAs(test, { staff: true, address: 'staff@nnip.example' });
}, 60_000);
afterAll(() => test?.close());

const send = (person: SignedInPerson, address: string, fields: object) =>
  person.agent.post(address).type('form').send(fields);

const logOf = (slug: string) =>
  readChanges(test.services.store, { record: 'person', slug, limit: 20 });

describe('inviting somebody', () => {
  it('lets them sign in with the chosen roles, and mails where', async () => {
    const answer = await send(staff, paths.staff.newPerson, {
      address: ' Ana@Partner.example ',
      name: 'Ana',
      partners: 'tulsa-data-center',
    });

    expect(answer.status).toBe(303);
    const person = await findPersonByAddress(test.services.store, 'ana@partner.example');
    expect(person).toMatchObject({ name: 'Ana', staff: false, partners: ['tulsa-data-center'] });
    const mail = (await readMails(test)).find(({ to }) => to === 'ana@partner.example');
    expect(mail?.subject).toBe('You are invited to Crosswalk');
    expect(mail?.text).toContain('answer for Tulsa Data Center, an NNIP partner');
    expect(mail?.text).toContain(`${test.services.config.publicUrl}${paths.signIn}`);
  });

  it('is in the change log by identifier and roles, without address and name', async () => {
    await send(staff, paths.staff.newPerson, {
      address: 'quiet@partner.example',
      name: 'Quiet Name',
      groups: 'code-for-tulsa',
    });

    const person = await findPersonByAddress(test.services.store, 'quiet@partner.example');
    const [entry] = await logOf(person?.id ?? '');
    expect(entry).toMatchObject({
      by: staff.id,
      origin: 'web',
      after: { staff: false, partners: [], groups: ['code-for-tulsa'] },
    });
    expect(JSON.stringify(entry)).not.toMatch(/quiet/i);
  });

  it.each([
    [{ address: 'nobody' }, 'Enter a mail address, such as ana@example.org'],
    [{ staff: '' }, 'Choose at least one role: NNIP staff, a partner or a group'],
  ])('with %j keeps what was typed and says what is wrong', async (over, message) => {
    const typed = { address: 'new@nnip.example', name: 'New', staff: 'yes', ...over };

    const answer = await send(staff, paths.staff.newPerson, typed);

    expect(answer.status).toBe(422);
    expect(errorsOf(answer.text)).toEqual([message]);
    expect(fieldsOf(answer.text)).toMatchObject({ address: typed.address, name: 'New' });
    expect(await findPersonByAddress(test.services.store, 'new@nnip.example')).toBeUndefined();
  });

  it('adds roles to somebody who is there already', async () => {
    await signInAs(test, { partners: ['tulsa-data-center'], address: 'both@nnip.example' });

    await send(staff, paths.staff.newPerson, { address: 'both@nnip.example', staff: 'yes' });

    expect(await findPersonByAddress(test.services.store, 'both@nnip.example')).toMatchObject({
      staff: true,
      partners: ['tulsa-data-center'],
    });
  });

  it('searches the lists without saving, and keeps what was ticked and typed', async () => {
    const answer = await send(staff, paths.staff.newPerson, {
      address: 'searching@nnip.example',
      partners: 'tulsa-data-center',
      groupsSearch: 'nothing like it',
      step: 'search',
    });

    expect(answer.status).toBe(200);
    expect(answer.text).toContain('Nothing is saved yet.');
    expect(answer.text).toContain('Nothing else fits “nothing like it”.');
    expect(fieldsOf(answer.text)).toMatchObject({
      address: 'searching@nnip.example',
      partners: 'tulsa-data-center',
    });
    expect(
      await findPersonByAddress(test.services.store, 'searching@nnip.example'),
    ).toBeUndefined();
  });

  it('can be mailed again', async () => {
    const { id, address } = await signInAs(test, { groups: ['code-for-tulsa'] });

    await staff.agent.post(staffInvitePersonPath(id));
    await staff.agent.post(staffInvitePersonPath(id));

    expect((await readMails(test)).filter(({ to }) => to === address)).toHaveLength(2);
  });
});

describe('changing what somebody may do', () => {
  it('holds from their next page on', async () => {
    const person = await signInAs(test, { partners: ['tulsa-data-center'] });
    const own = partnerEditCollaborationPath('tulsa-data-center', 'none');
    expect((await person.agent.get(own)).status).toBe(404);

    const fields = fieldsOf((await staff.agent.get(staffPersonPath(person.id))).text);
    await send(staff, staffPersonPath(person.id), {
      ...fields,
      partners: [],
      groups: 'code-for-tulsa',
    });

    expect((await person.agent.get(own)).status).toBe(403);
    const entries = await logOf(person.id);
    expect(entries.map(({ field }) => field).sort()).toEqual(['groups', 'partners']);
  });

  it('is not written over what somebody else chose meanwhile', async () => {
    const person = await signInAs(test, { partners: ['tulsa-data-center'] });
    const fields = fieldsOf((await staff.agent.get(staffPersonPath(person.id))).text);
    await send(staff, staffPersonPath(person.id), { ...fields, groups: 'code-for-tulsa' });

    const late = await send(staff, staffPersonPath(person.id), { ...fields, staff: 'yes' });

    expect(late.status).toBe(409);
    expect((await send(staff, staffPersonPath(person.id), fieldsOf(late.text))).status).toBe(303);
  });
});

describe('the last staff person', () => {
  it('can be neither demoted nor removed, not even by themselves', async () => {
    const alone = await startTestApp({ records: someRecords({ partners: [aPartner()] }) });
    const only = await signInAs(alone, { staff: true });
    const fields = fieldsOf((await only.agent.get(staffPersonPath(only.id))).text);
    const { staff: _, ...demoted } = fields;

    const demotion = await send(only, staffPersonPath(only.id), {
      ...demoted,
      partners: 'tulsa-data-center',
      sure: 'yes',
    });
    const removal = await send(only, staffRemovePersonPath(only.id), { sure: 'yes' });

    expect(demotion.status).toBe(422);
    expect(errorsOf(demotion.text)[0]).toContain('the last one has to stay');
    expect(removal.status).toBe(409);
    expect(removal.text).toContain('the last one has to stay');
    expect((await readPeople(alone.services.store)).map(({ staff }) => staff)).toEqual([true]);
    await alone.close();
  });

  it('stays when two staff remove each other at the same moment', async () => {
    const two = await startTestApp();
    const one = await signInAs(two, { staff: true });
    const other = await signInAs(two, { staff: true });

    await Promise.all([
      send(one, staffRemovePersonPath(other.id), {}),
      send(other, staffRemovePersonPath(one.id), {}),
    ]);

    expect((await readPeople(two.services.store)).filter((person) => person.staff)).toHaveLength(1);
    await two.close();
  });
});

describe('removing somebody', () => {
  it('asks first, then ends their sessions', async () => {
    const person = await signInAs(test, { partners: ['tulsa-data-center'] });

    const asked = await staff.agent.get(staffRemovePersonPath(person.id));
    expect(asked.text).toContain(`Remove ${person.address}?`);
    expect((await person.agent.get(paths.account)).status).toBe(200);
    await send(staff, staffRemovePersonPath(person.id), {});

    expect((await person.agent.get(paths.account)).status).toBe(303);
    const [entry] = await logOf(person.id);
    expect(entry).toMatchObject({ field: 'record', after: null });
    expect(JSON.stringify(entry)).not.toContain(person.address);
  });

  it('of oneself takes a tick more, so does giving up one’s own staff role', async () => {
    const self = await signInAs(test, { staff: true });
    const fields = fieldsOf((await self.agent.get(staffPersonPath(self.id))).text);
    const { staff: _, ...demoted } = { ...fields, groups: 'code-for-tulsa' } as Record<
      string,
      unknown
    >;

    expect((await send(self, staffPersonPath(self.id), demoted)).status).toBe(422);
    expect((await send(self, staffRemovePersonPath(self.id), {})).status).toBe(422);
    expect((await send(self, staffPersonPath(self.id), { ...demoted, sure: 'yes' })).status).toBe(
      303,
    );

    expect((await self.agent.get(paths.staff.people)).status).toBe(403);
  });
});

describe('GET /staff/people', () => {
  it('lists everybody with their roles, and prints planted markup as text', async () => {
    await send(staff, paths.staff.newPerson, {
      address: 'markup@nnip.example',
      name: '<script>alert(1)</script>',
      groups: 'code-for-tulsa',
    });

    const page = await staff.agent.get(paths.staff.people);

    expect(page.text).not.toContain('<script>alert(1)');
    const rows = load(page.text)('tbody tr');
    expect(rows).toHaveLength((await readPeople(test.services.store)).length);
    expect(rows.text()).toContain('Code for Tulsa');
  });

  it('is closed to everybody else', async () => {
    const partner = await signInAs(test, { partners: ['tulsa-data-center'] });

    expect((await partner.agent.get(paths.staff.people)).status).toBe(403);
    expect((await request(test.app).get(paths.staff.people)).status).toBe(303);
    expect((await request(test.app).post(paths.staff.newPerson)).status).toBe(403);
  });
});
