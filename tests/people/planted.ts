// Somebody who is everywhere: an account, contacts, answers, suggestions, introductions, mails, logs and an import.
import { randomUUID } from 'node:crypto';
import type { Collection } from 'mongodb';
import { askIntroduction } from '../../server/introductions/ask-introduction.ts';
import { paths } from '../../server/paths.ts';
import { addReturn } from '../../server/store/group-returns.ts';
import { addBatch } from '../../server/store/import-batches.ts';
import { addInvitation } from '../../server/store/invitations.ts';
import { addEntry, openOutreach, readOpenOutreach } from '../../server/store/outreach.ts';
import { appendReport, putGroup } from '../../server/store/put-records.ts';
import { askToBeTold } from '../../server/subscriptions/ask.ts';
import { sendSuggestion } from '../../server/suggestions/send-suggestion.ts';
import { correctAddress } from '../../server/survey/correct-address.ts';
import type { TestApp } from '../support/app.ts';
import { aCity, aGroup, aPartner, aReport, aWave } from '../support/builders.ts';
import { type SignedInPerson, signInAs } from '../support/sign-in.ts';

export const ana = 'ana@urban.example';

const group = aGroup({
  slug: 'code-for-tulsa',
  contacts: ['cy@code.example', 'Ana@Urban.example'],
});

export const world = {
  cities: [aCity()],
  partners: [
    aPartner({ slug: 'tulsa-data-center' }),
    aPartner({ slug: 'other-data-center', name: 'Other Data Center' }),
  ],
  groups: [group, aGroup({ slug: 'open-tulsa', name: 'Open Tulsa' })],
  waves: [aWave({ slug: '2026-07', state: 'closed' })],
};

/** Leaves the address in every place that keeps one. */
export async function plant(test: TestApp): Promise<SignedInPerson> {
  const { services } = test;
  const { store, mail, clock } = services;
  const staff = await signInAs(test, { staff: true, address: 'staff@nnip.example' });
  const person = await signInAs(test, { partners: ['tulsa-data-center'], address: ana });
  await services.signIn.makeToken(ana);
  const now = clock();
  const writer = { by: person.id, origin: 'web' as const, batch: randomUUID(), now };
  await correctAddress(services, 'tulsa-data-center', [ana, 'bo@urban.example'], writer);
  await putGroup(store, { ...group, needs: ['space'] }, writer);
  const {
    id: _,
    createdAt: __,
    ...report
  } = aReport({
    partner: 'tulsa-data-center',
    internalNote: `Call me at ${ana}.`,
  });
  await appendReport(store, report, writer);
  await addInvitation(
    store,
    { wave: '2026-07', partner: 'tulsa-data-center', addresses: [ana], tokenHash: 'a'.repeat(64) },
    now,
  );
  await sendSuggestion(services, {
    ...{ kind: 'group' as const, about: null, seen: {}, known: '', stamp: 'one' },
    proposed: { name: 'Data Night' },
    text: `Ask ${ana} about it.`,
    sender: 'Ana@urban.example',
  });
  await services.directory.refresh();
  // She asks for one, and is asked in another.
  for (const [partner, contact] of [
    ['tulsa-data-center', { name: 'Ana', address: ana }],
    ['other-data-center', { name: 'Dee', address: 'dee@other.example' }],
  ] as const) {
    await askIntroduction(services, {
      ...{ partner, group: group.slug, from: 'partner', form: partner, contact },
      word: `I know ${ana}.`,
      person: { id: staff.id, staff: true, partners: [], groups: [] },
    });
  }
  const tulsa = { name: 'Tulsa, OK', country: 'US', lat: 36.15, lng: -95.99 };
  await askToBeTold(services, { address: ana, place: tulsa, miles: 50 });
  await addReturn(
    store,
    { group: 'open-tulsa', address: ana, known: false, tokenHash: 'b'.repeat(64) },
    now,
  );
  await plantOutreach(test, staff.id);
  await addBatch(
    store,
    {
      ...{
        name: 'an-import',
        title: 'An import',
        fileName: '',
        hash: '',
        by: person.id,
        counts: {},
      },
      at: now.toISOString(),
    },
    [{ kind: 'group', slug: group.slug, before: null, after: group }],
  );
  await mail.post(welcome('welcome one'));
  await mail.drain();
  await mail.post(welcome('welcome two'));
  // One that waits for somebody else and says who she is.
  await mail.post({
    ...{ key: 'message', to: 'bo@urban.example', purpose: 'outreach', about: null },
    template: 'message',
    data: { subject: 'Hello', body: 'Shall we meet?', replyTo: ana, recipientName: 'Bo' },
  });
  return person;
}

const welcome = (key: string) => ({
  ...{ key, to: ana, purpose: 'welcome' as const, about: null, template: 'welcome' as const },
  data: { link: `http://localhost:3000${paths.signIn}`, roles: ['answer'] },
});

async function plantOutreach({ services: { store, clock } }: TestApp, by: string): Promise<void> {
  const facts = { cause: 'not-reported' as const, reports: [], groups: [] };
  await openOutreach(store, [{ city: 'tulsa-ok', facts }], clock());
  const [item] = await readOpenOutreach(store);
  await addEntry(
    store,
    item?.id ?? '',
    { by, kind: 'mail', text: 'Hello Ana', to: [`Tulsa Data Center (${ana})`], key: 'one' },
    clock(),
  );
}

/** Every document of the store as text, by collection; packed records unpacked by whoever asks. */
export async function dumpStore({ services: { store } }: TestApp): Promise<Map<string, string>> {
  const names = (await store.connection.listCollections()).map(({ name }) => name);
  const dump = new Map<string, string>();
  for (const name of names.sort()) {
    const collection = store.connection.collection(name) as unknown as Collection;
    dump.set(name, JSON.stringify(await collection.find({}).toArray()));
  }
  return dump;
}
