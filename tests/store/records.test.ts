// Writing and reading every kind of record through Mongoose and the real embedded store:
// what comes back, what the change log says, and when the revision moves.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Double, deserialize, Int32, Long, ObjectId, serialize } from 'bson';
import fc from 'fast-check';
import { pino } from 'pino';
import { changeModel } from '../../models/change.ts';
import { sessionModel } from '../../models/session.ts';
import { readConfig } from '../../server/config.ts';
import type { DirectoryRecords } from '../../server/domain/records.ts';
import { changePerson, invitePerson, takeOutPerson } from '../../server/people/keep-people.ts';
import { logWriting, readChanges } from '../../server/store/changes.ts';
import { readCities } from '../../server/store/cities.ts';
import { countRecords } from '../../server/store/counts.ts';
import {
  keepReading,
  readDirectoryRecords,
  readRevision,
} from '../../server/store/directory-records.ts';
import { documentReader } from '../../server/store/document-reader.ts';
import { eraseContacts } from '../../server/store/erasing/contacts.ts';
import { changeSigns } from '../../server/store/group-signs.ts';
import { addInvitation } from '../../server/store/invitations.ts';
import { replaceLink, revokeLink } from '../../server/store/link-steps.ts';
import { openStore } from '../../server/store/open-store.ts';
import { addPerson, readPeople, removePerson } from '../../server/store/people.ts';
import {
  addRecords,
  appendReport,
  putCity,
  putGroup,
  putPartner,
  putRecords,
  putWave,
} from '../../server/store/put-records.ts';
import { derivedReportId } from '../../server/store/reports.ts';
import { raiseRevision } from '../../server/store/revision.ts';
import type { Store } from '../../server/store/store.ts';
import { changeWave } from '../../server/store/wave-steps.ts';
import { inPieces } from '../../server/store/write-together.ts';
import type { Writer } from '../../server/store/writer.ts';
import {
  aCity,
  aCollaboration,
  aConvening,
  aGroup,
  aPartner,
  aReport,
  aWave,
  someRecords,
} from '../support/builders.ts';

const now = new Date('2026-03-12T18:30:00.000Z');
const writer = (over: Partial<Writer> = {}): Writer => ({
  by: 'ada',
  origin: 'web',
  batch: 'one step',
  now,
  ...over,
});

const opened: { store: Store; folder: string }[] = [];
let store: Store;

beforeEach(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'crosswalk-records-'));
  store = await openStore(
    readConfig({ DATA_DIR: folder, LOG_LEVEL: 'silent' }),
    pino({ level: 'silent' }),
  );
  opened.push({ store, folder });
});

afterAll(async () => {
  for (const { store: one, folder } of opened) {
    await one.close();
    await rm(folder, { recursive: true, force: true });
  }
});

/** One record of each kind, with every field that can be empty filled. */
const filled: Omit<
  DirectoryRecords,
  'revision' | 'sampleData' | 'checks' | 'verdicts' | 'frozenWaves'
> = {
  cities: [aCity()],
  partners: [
    aPartner({
      reachMiles: 12.5,
      since: '2003-2005',
      topics: ['housing'],
      offers: ['data'],
      contacts: ['desk@partner.example'],
      source: { note: 'its page', url: 'https://a.example/', date: '2024-05', verified: false },
      createdAt: now.toISOString(),
      updatedAt: now.toISOString(),
    }),
  ],
  groups: [
    aGroup({
      topics: ['transit'],
      needs: ['space'],
      previousNames: ['Open Tulsa'],
      eventsUrl: 'https://events.example/',
      codeUrl: 'https://code.example/',
      founded: '2012',
      listing: { list: 'a list', date: '2023-02-21', mark: 'active' },
      signs: [{ kind: 'last-event', date: '2025-11', source: 'its calendar', url: null }],
      closed: { date: '2026-01', reason: 'it said so' },
      contacts: ['hello@group.example'],
      updatedAt: now.toISOString(),
    }),
  ],
  reports: [
    aReport({
      groups: ['code-for-tulsa'],
      gave: ['data', 'space'],
      barriers: ['no-time'],
      wantsTies: true,
      publicNote: 'We meet monthly.',
      internalNote: 'Call them.',
      by: 'ada',
      createdAt: now.toISOString(),
    }),
  ],
  waves: [
    aWave({
      aggregate: {
        respondents: 2,
        method: 'asked',
        levels: [{ key: 'some', label: 'Some', count: 2, basis: 'inferred', stated: 'both' }],
        combined: [{ key: 'any', label: 'Any', count: 2, basis: 'computed', stated: 'some' }],
        alsoStated: ['Both gave data.'],
        notes: ['A note.'],
      },
    }),
  ],
  collaborations: [aCollaboration({ link: 'https://c.example/', updatedAt: now.toISOString() })],
  convenings: [
    aConvening({
      end: '2026-09-11',
      partners: ['tulsa-data-center'],
      groups: ['code-for-tulsa'],
      updatedAt: now.toISOString(),
    }),
  ],
};

describe('a stored record', () => {
  it.each(Object.keys(filled) as (keyof typeof filled)[])(
    'comes back as it was written: %s',
    async (kind) => {
      await putRecords(store, { [kind]: filled[kind] }, writer());

      const read = await readDirectoryRecords(store);

      expect(read[kind]).toEqual(filled[kind]);
    },
  );

  it('comes back with everything empty that was empty', async () => {
    const { revision: _, ...records } = someRecords({
      partners: [
        aPartner({ website: null, createdAt: now.toISOString(), updatedAt: now.toISOString() }),
      ],
      groups: [aGroup({ city: null, website: null, updatedAt: now.toISOString() })],
      collaborations: [
        aCollaboration({ partner: null, group: null, updatedAt: now.toISOString() }),
      ],
      convenings: [
        aConvening({ city: null, place: '', website: null, updatedAt: now.toISOString() }),
      ],
    });
    await putRecords(store, records, writer());

    expect(await readDirectoryRecords(store)).toEqual({ revision: 1, ...records, checks: [] });
  });

  it('lies in the store longitude first', async () => {
    await putCity(store, aCity({ lat: 36.1, lng: -95.9 }), writer());

    const stored = await store.connection.collection('cities').findOne({ slug: 'tulsa-ok' });

    expect(stored?.['point']).toEqual({ type: 'Point', coordinates: [-95.9, 36.1] });
  });

  it('is refused, with nothing written, when a value is not one of the words', async () => {
    const wrong = { ...aGroup(), kind: 'club' as 'brigade' };

    await expect(putRecords(store, { groups: [aGroup(), wrong] }, writer())).rejects.toThrow(
      /club/,
    );

    expect(await countRecords(store)).toMatchObject({ group: 0 });
    expect(await readRevision(store)).toBe(0);
  });
});

describe('writing a record', () => {
  it('that is new logs it whole', async () => {
    const { createdAt: _, updatedAt: __, ...partner } = aPartner();

    expect(await putPartner(store, partner, writer())).toBe(true);

    expect(await readChanges(store, { limit: 10 })).toEqual([
      {
        id: expect.any(String),
        at: now.toISOString(),
        by: 'ada',
        origin: 'web',
        batch: 'one step',
        record: 'partner',
        slug: 'tulsa-data-center',
        field: 'record',
        before: null,
        after: partner,
      },
    ]);
  });

  it('logs each field that changed, with what it was and what it is', async () => {
    await putGroup(store, aGroup(), writer());

    await putGroup(
      store,
      aGroup({ website: null, lat: 36.2, topics: ['transit'] }),
      writer({ batch: 'next', by: null, origin: 'import' }),
    );

    const changes = await readChanges(store, { batch: 'next', limit: 10 });
    expect(changes.map(({ field, before, after }) => [field, before, after]).sort()).toEqual([
      ['lat', 36.154, 36.2],
      ['topics', [], ['transit']],
      ['website', 'https://group.example/', null],
    ]);
    expect(changes[0]).toMatchObject({ by: null, origin: 'import', slug: 'code-for-tulsa' });
  });

  it('that is equal already changes nothing, logs nothing and keeps the revision', async () => {
    await putGroup(store, aGroup(), writer());
    const before = await readDirectoryRecords(store);

    const changed = await putGroup(
      store,
      aGroup(),
      writer({ batch: 'again', now: new Date('2027-01-01T00:00:00Z') }),
    );

    expect(changed).toBe(false);
    expect(await readDirectoryRecords(store)).toEqual(before);
    expect(await readChanges(store, { batch: 'again', limit: 10 })).toEqual([]);
  });

  it('says when it was last changed', async () => {
    await putGroup(store, aGroup(), writer());
    const later = new Date('2026-04-01T00:00:00.000Z');

    await putGroup(store, aGroup({ name: 'Tulsa Brigade', slug: 'code-for-tulsa' }), {
      ...writer(),
      now: later,
    });

    const { groups } = await readDirectoryRecords(store);
    expect(groups).toMatchObject([{ name: 'Tulsa Brigade', updatedAt: later.toISOString() }]);
  });

  it('by two at the same moment raises the revision twice', async () => {
    await Promise.all([
      putGroup(store, aGroup(), writer({ by: 'ada' })),
      putCity(store, aCity(), writer({ by: 'ben' })),
    ]);

    expect(await readRevision(store)).toBe(2);
  });

  it('raises the revision by one, however many records one step holds', async () => {
    await putWave(store, aWave(), writer());
    expect(await readRevision(store)).toBe(1);

    const { revision: _, ...records } = someRecords({
      groups: Array.from({ length: 500 }, (__, index) => aGroup({ name: `Group ${index}` })),
    });
    const outcome = await putRecords(store, records, writer({ batch: 'many' }));

    expect(outcome).toMatchObject({ created: { group: 500, city: 1 }, anything: true });
    expect(await readRevision(store)).toBe(2);
    expect(await readChanges(store, { batch: 'many', limit: 1000 })).toHaveLength(501);
  });

  it('whose entry in the log is refused is not written, and counts for nothing', async () => {
    await putRecords(
      store,
      { cities: [aCity()], groups: [aGroup({ slug: 'one', name: 'Before' })] },
      writer(),
    );
    const before = [await readDirectoryRecords(store), await readChanges(store, { limit: 50 })];
    // Whatever goes wrong between the record and its entry: here the log takes one entry of this step, and no second.
    const log = changeModel(store.connection).collection;
    await log.createIndex(
      { batch: 1 },
      { unique: true, name: 'fault', partialFilterExpression: { batch: 'cut off' } },
    );
    const change = aGroup({ slug: 'one', name: 'After', state: 'OK', founded: '2014' });

    const cutOff = putRecords(
      store,
      { cities: [aCity({ slug: 'new-ok' })], groups: [change], reports: [aReport()] },
      writer({ batch: 'cut off' }),
    );
    await expect(cutOff).rejects.toThrow(/E11000/);

    expect([await readDirectoryRecords(store), await readChanges(store, { limit: 50 })]).toEqual(
      before,
    );
    await log.dropIndex('fault');
    const again = await putRecords(store, { groups: [change] }, writer({ batch: 'cut off' }));
    expect(again.changed.group).toBe(1);
    expect((await readChanges(store, { limit: 50, batch: 'cut off' })).length).toBeGreaterThan(1);
  });

  it('that must be new is written by one of several at the same moment, and by nobody over another', async () => {
    const names = ['first', 'second', 'third'];
    const add = (name: string) =>
      addRecords(
        store,
        'group',
        { groups: [aGroup({ slug: 'one', name })] },
        writer({ batch: name }),
      );

    const added = await Promise.all(names.map(add));

    expect(added.filter(Boolean)).toHaveLength(1);
    const { groups } = await readDirectoryRecords(store);
    expect(groups.map(({ name }) => name)).toEqual([names[added.indexOf(true)]]);
    expect(await readChanges(store, { limit: 50 })).toHaveLength(1);
    expect(await add(groups[0]?.name ?? '')).toBe(false);
  });

  it('that is too much for one piece goes in several, each with its entries', () => {
    const sizes = [3, 3, 3, 9, 1].map((megabytes) => megabytes * 1_048_576);

    expect(inPieces(sizes, (size) => size).map((piece) => piece.length)).toEqual([2, 1, 1, 1]);
  });

  it('by two at the same moment makes one record', async () => {
    const written = await Promise.all([
      putGroup(store, aGroup(), writer({ by: 'ada' })),
      putGroup(store, aGroup(), writer({ by: 'ben' })),
    ]);

    expect(written).toContain(true);
    expect(await countRecords(store)).toMatchObject({ group: 1 });
  });
});

describe('a step of which the log tells', () => {
  /** Each begins with what must be there, and gives back the step, which must not have begun. */
  const steps: Readonly<Record<string, () => Promise<(by: Writer) => Promise<unknown>>>> = {
    'the next step of a wave': async () => {
      const wave = aWave({ state: 'open' });
      await putWave(store, wave, writer());
      return (by) => changeWave(store, wave, { state: 'closed' }, by);
    },
    'signs of life of several groups': async () => {
      await putRecords(
        store,
        { groups: [aGroup({ slug: 'one' }), aGroup({ slug: 'two' })] },
        writer(),
      );
      const sign = {
        kind: 'last-event',
        date: '2026-03',
        source: 'its calendar',
        url: null,
      } as const;
      return (by) =>
        changeSigns(store, new Map(['one', 'two'].map((slug) => [slug, () => [sign]])), by);
    },
    'inviting somebody': async () => (by) => invitePerson(store, { ...ana, staff: true }, by),
    'giving somebody more roles': async () => {
      await invitePerson(store, ana, writer());
      return (by) => invitePerson(store, { ...ana, groups: ['one'] }, by);
    },
    'changing what somebody may do': async () => {
      const { person } = await invitePerson(store, ana, writer());
      return (by) => changePerson(store, person.id, { ...ana, partners: [] }, null, by);
    },
    'taking somebody out': async () => {
      const { person } = await invitePerson(store, ana, writer());
      const session = { token: 'one', userId: person.id, expiresAt: now };
      await sessionModel(store.connection).create(session);
      return (by) => takeOutPerson(store, person.id, by);
    },
    'replacing a personal link': async () => {
      const invitation = await addInvitation(store, invited, now);
      return (by) => replaceLink(store, invitation, { tokenHash: 'next', addresses: [] }, by);
    },
    'taking a personal link back': async () => {
      const invitation = await addInvitation(store, invited, now);
      return (by) => revokeLink(store, invitation, by);
    },
    'erasing a contact': async () => {
      await putGroup(store, aGroup({ contacts: [ana.address, 'desk@group.example'] }), writer());
      return (by) => eraseContacts(store, ana.address, by);
    },
  };
  const roles = { staff: false, partners: ['tulsa-data-center'], groups: [] };
  const ana = { address: 'ana@urban.example', name: 'Ana', ...roles };
  const invited = { wave: '2026-06', partner: 'one', addresses: [], tokenHash: 'first' };

  const allThatIsStored = async () => {
    const collections = await store.connection.db?.collections();
    const read = collections?.map(async (one) => [one.collectionName, await one.find().toArray()]);
    return Object.fromEntries(await Promise.all(read ?? []));
  };

  it.each(Object.keys(steps))('is taken with its entry, or not at all: %s', async (name) => {
    const take = await steps[name]?.();
    // Whatever goes wrong between what is changed and its entry: here the log takes none of this batch.
    const log = changeModel(store.connection).collection;
    await putCity(store, aCity(), writer({ batch: 'cut off' }));
    await log.createIndex(
      { batch: 1 },
      { unique: true, name: 'fault', partialFilterExpression: { batch: 'cut off' } },
    );
    const before = await allThatIsStored();

    const cutOff = Promise.resolve(take?.(writer({ batch: 'cut off' })));
    await cutOff.catch((error) => expect(String(error)).toMatch(/E11000/));
    expect(await allThatIsStored()).toEqual(before);

    await log.dropIndex('fault');
    await take?.(writer({ batch: 'again' }));
    const entries = await readChanges(store, { batch: 'again', limit: 10 });
    expect(entries).toHaveLength(name.endsWith('several groups') ? 2 : 1);
    expect(await allThatIsStored()).not.toEqual(before);
  });

  it('is not taken where what it changes is not as it was read, with or without transactions', async () => {
    const wave = aWave({ state: 'open' });
    await putWave(store, { ...wave, closes: '2026-12-24' }, writer());
    const before = await allThatIsStored();

    for (const one of [store, { ...store, embedded: false }]) {
      const step = await changeWave(one, wave, { closes: '2026-12-31' }, writer());
      expect(step).toBe('moved-on');
      const nobody = { ...ana, id: '0123456789abcdef01234567' };
      await expect(removePerson(one, nobody)).rejects.toMatchObject({ code: 112 });
    }

    expect(await allThatIsStored()).toEqual(before);
  });

  it('of several at the same moment loses none: roles that are given, and who was there before', async () => {
    const groups = ['one', 'two', 'three'];
    await Promise.all(
      groups.map((group) =>
        addPerson(store, ana.address, { ...roles, groups: [group] }, now, (before, after) => [
          logWriting(
            store,
            [{ record: 'person', slug: after.id, field: 'groups', before, after }],
            writer({ batch: 'given' }),
          ),
        ]),
      ),
    );

    expect(await readPeople(store)).toMatchObject([{ groups: expect.arrayContaining(groups) }]);
    const given = await readChanges(store, { batch: 'given', limit: 10 });
    const counts = given.map(({ after }) => (after as { groups: string[] }).groups.length);
    expect(counts.sort()).toEqual([1, 2, 3]);
  });
});

describe('filing a report', () => {
  it('appends it and leaves the earlier ones', async () => {
    const { id: _, ...first } = aReport({ level: 'none' });
    await appendReport(store, first, writer());
    await appendReport(store, { ...first, level: 'some' }, writer());

    const { reports } = await readDirectoryRecords(store);

    expect(reports.map(({ level }) => level).sort()).toEqual(['none', 'some']);
    expect(reports[0]).toMatchObject({ by: 'ada', createdAt: now.toISOString() });
  });

  it('twice under the same identifier files it once', async () => {
    const report = aReport({ id: derivedReportId('lots') });

    expect(await appendReport(store, report, writer())).toBe(true);
    expect(await appendReport(store, report, writer())).toBe(false);

    expect(await countRecords(store)).toMatchObject({ report: 1 });
    expect(await readRevision(store)).toBe(1);
  });
});

describe('reading the directory again', () => {
  const records = () => ({
    cities: [aCity()],
    partners: [aPartner()],
    groups: [aGroup()],
    reports: [aReport()],
  });
  const untouched = ['cities', 'partners', 'groups', 'waves', 'collaborations'] as const;

  it('reads what a write touched, and keeps the rest', async () => {
    await putRecords(store, records(), writer());
    const again = keepReading(store, () => now);
    const before = await again();

    await appendReport(store, { ...aReport(), id: derivedReportId('another') }, writer());
    const after = await again();

    expect(after.reports).toHaveLength(before.reports.length + 1);
    expect(after.revision).toBe(before.revision + 1);
    for (const part of untouched) expect(after[part]).toBe(before[part]);
    expect(after).toEqual(await readDirectoryRecords(store));
  });

  it('reads everything after a write that does not say what it touched', async () => {
    await putRecords(store, records(), writer());
    const again = keepReading(store, () => now);
    const before = await again();

    await raiseRevision(store);
    const after = await again();

    for (const part of untouched) expect(after[part]).not.toBe(before[part]);
    expect(after).toEqual({ ...before, revision: before.revision + 1 });
  });

  it('sees what another reader does, whatever is written in between', async () => {
    const again = keepReading(store, () => now);
    const steps = [
      () => putRecords(store, records(), writer()),
      () => putGroup(store, aGroup({ name: 'A new name' }), writer()),
      () => putCity(store, aCity({ slug: 'another-tx', name: 'Another', state: 'TX' }), writer()),
      () => appendReport(store, { ...aReport(), id: derivedReportId('more') }, writer()),
      () => putWave(store, aWave(), writer()),
    ];
    for (const step of steps) {
      await step();
      expect(await again()).toEqual(await readDirectoryRecords(store));
    }
  });

  it('reads everything anew on a new day', async () => {
    await putRecords(store, records(), writer());
    const moving = { now };
    const again = keepReading(store, () => moving.now);
    const before = await again();

    moving.now = new Date('2026-03-13T00:00:01.000Z');

    expect((await again()).groups).not.toBe(before.groups);
  });
});

/** Any value that a stored document may hold, in names that repeat. */
const anyValue = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom('', 'tulsa-ok', 'Zürich \u{1f30d}', 'a\0b'),
    fc.double().map((number) => new Double(number)),
    fc.integer().map((number) => new Int32(number)),
    fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map((number) => Long.fromBigInt(number)),
    fc.constantFrom(true, false, null, /a+/i, Buffer.from('bytes')),
    fc.date({ noInvalidDate: true }),
    fc.constantFrom('0123456789ab', 'ba9876543210').map((text) => new ObjectId(Buffer.from(text))),
    fc.array(tie('value'), { maxLength: 3 }),
    tie('document'),
  ),
  document: fc.dictionary(fc.constantFrom('a', 'b', 'Näme', '__proto__', '7'), tie('value')),
}));

describe('a whole collection', () => {
  it('is read as the driver would read each document', () => {
    fc.assert(
      fc.property(fc.array(anyValue.document, { maxLength: 12 }), (documents) => {
        const read = documentReader();
        for (const bytes of documents.map((document) =>
          Buffer.from(serialize(document as object)),
        )) {
          expect({ ...read(bytes) }).toEqual(deserialize(bytes));
        }
      }),
    );
  });

  it.each([
    [{ a: [] }, { a: {} }],
    [
      { a: new Double(1.5) },
      { a: new Date(new DataView(new Float64Array([1.5]).buffer).getInt32(4, true) * 2 ** 32) },
    ],
  ])('is read by the types of its values, where %j and %j have the same bytes', (one, other) => {
    const read = documentReader();
    for (const bytes of [one, other].map((document) => Buffer.from(serialize(document)))) {
      expect({ ...read(bytes) }).toEqual(deserialize(bytes));
    }
  });

  it('keeps parts once that many of its documents have alike', () => {
    const read = documentReader();
    const bytesOf = (name: string) =>
      Buffer.from(serialize({ name, topics: ['transport', 'water'] }));

    const one = read(bytesOf('One'))['topics'];

    expect(read(bytesOf('Another'))['topics']).toBe(one);
    expect(Object.isFrozen(one)).toBe(true);
  });

  it('comes in batches, whoever keeps it', async () => {
    const cities = Array.from({ length: 1_100 }, (_, index) =>
      aCity({ slug: `city-${String(index).padStart(4, '0')}-ok`, lat: 36, lng: -95 }),
    );
    const point = { type: 'Point', coordinates: [-95, 36] };
    await store.connection
      .collection('cities')
      .insertMany(cities.map(({ lat: _lat, lng: _lng, ...city }) => ({ ...city, point })));

    expect(await readCities(store)).toEqual(cities);
    expect(await readCities({ ...store, embedded: false })).toEqual(cities);
  });
});
