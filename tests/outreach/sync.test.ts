// The promise that staff rely on: every open gap has exactly one open item, whatever happens to the gaps.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays } from '../../server/domain/dates.ts';
import { type Level, levels } from '../../server/domain/words.ts';
import { syncOutreach } from '../../server/outreach/sync-outreach.ts';
import { readDirectoryRecords } from '../../server/store/directory-records.ts';
import { openOutreach, readOpenOutreach, readOutreachOf } from '../../server/store/outreach.ts';
import { appendReport, putGroup, putPartner } from '../../server/store/put-records.ts';
import { programWriter } from '../../server/store/writer.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { aGroup, aPartner, aReport, someRecords } from '../support/builders.ts';

const cities = ['tulsa-ok', 'norman-ok', 'moore-ok'];
const partnerIn = (city: string) =>
  aPartner({ name: `Partner of ${city}`, city, lat: 36 + cities.indexOf(city), lng: -96 });
const groupIn = (city: string) =>
  aGroup({ name: `Group of ${city}`, city, lat: 36 + cities.indexOf(city), lng: -96 });

let app: TestApp;
let today = '2026-11-22';
const now = () => new Date(`${today}T12:00:00Z`);
const writer = () => programWriter('web', now());

beforeAll(async () => {
  app = await startTestApp({
    records: someRecords({ partners: cities.map(partnerIn), groups: cities.map(groupIn) }),
    clock: now,
  });
});
afterAll(() => app?.close());

/** On a day of its own, so that it is the newest. */
async function report(city: string, level: Level): Promise<void> {
  today = addDays(today, 1);
  const { id: _id, ...given } = aReport({ partner: partnerIn(city).slug, level, date: today });
  await appendReport(app.services.store, given, writer());
}
const closeGroup = (city: string) =>
  putGroup(
    app.services.store,
    { ...groupIn(city), closed: { date: today, reason: 'a person said so' } },
    writer(),
  );
const reviveGroup = (city: string) => putGroup(app.services.store, groupIn(city), writer());

const join = (city: string) => putPartner(app.services.store, partnerIn(city), writer());

async function follow(): Promise<void> {
  await app.services.directory.refresh();
  await app.services.outreach.settled();
}

async function expectOneItemPerGap(): Promise<void> {
  const gaps = app.services.directory.current().cities.filter(({ isGap }) => isGap);
  const items = await readOpenOutreach(app.services.store);

  expect(items.map(({ city }) => city).sort()).toEqual(gaps.map(({ slug }) => slug).sort());
  for (const item of items) {
    expect(item.facts.cause).toBe(gaps.find(({ slug }) => slug === item.city)?.flag);
  }
}

describe('outreach items', () => {
  it('are one for each gap at the start', async () => {
    await app.services.outreach.settled();

    await expectOneItemPerGap();
  });

  it('stay one for each open gap, whoever answers, closes and revives', async () => {
    const city = fc.constantFrom(...cities);
    const step = fc.oneof(
      fc.record({ kind: fc.constant('answer' as const), city, level: fc.constantFrom(...levels) }),
      fc.record({ kind: fc.constantFrom('close' as const, 'revive' as const), city }),
      fc.record({ kind: fc.constantFrom('leave' as const, 'join' as const), city }),
      fc.record({ kind: fc.constant('wait' as const), days: fc.constantFrom(1, 400, 800) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 6 }), async (steps) => {
        for (const one of steps) {
          if (one.kind === 'answer') await report(one.city, one.level);
          if (one.kind === 'close') await closeGroup(one.city);
          if (one.kind === 'revive') await reviveGroup(one.city);
          if (one.kind === 'join') await join(one.city);
          if (one.kind === 'leave') {
            const left = { ...partnerIn(one.city), status: 'former' as const };
            await putPartner(app.services.store, left, writer());
          }
          if (one.kind === 'wait') today = addDays(today, one.days);
          await follow();
          await expectOneItemPerGap();
        }
      }),
      { numRuns: 12 },
    );
  });

  it('are opened once, however many processes follow the same change', async () => {
    const { store, directory } = app.services;
    await join('tulsa-ok');
    await report('tulsa-ok', 'some');
    await follow();
    await report('tulsa-ok', 'none');
    const snapshot = await directory.refresh();

    await Promise.all(Array.from({ length: 6 }, () => syncOutreach(store, snapshot, now())));

    const open = (await readOutreachOf(store, 'tulsa-ok')).filter((item) => item.open);
    expect(open).toHaveLength(1);
  });

  it('are not touched from a snapshot that the store has left behind', async () => {
    const { store, directory } = app.services;
    await join('norman-ok');
    await report('norman-ok', 'none');
    await follow();
    const old = directory.current();
    await report('norman-ok', 'leads');
    await follow();

    expect(await syncOutreach(store, old, now())).toBe(false);

    expect((await readOutreachOf(store, 'norman-ok')).some((item) => item.open)).toBe(false);
    expect((await readDirectoryRecords(store)).revision).toBeGreaterThan(old.revision);
  });

  it('note once what became of the gap, and keep what was done when they close', async () => {
    const { store } = app.services;
    await join('moore-ok');
    await reviveGroup('moore-ok');
    await report('moore-ok', 'unaware');
    await follow();
    await closeGroup('moore-ok');
    await report('moore-ok', 'none');
    await follow();
    await follow();
    const [before] = await readOutreachOf(store, 'moore-ok');
    await report('moore-ok', 'extensive');
    await follow();
    const [after] = await readOutreachOf(store, 'moore-ok');

    expect(before?.open).toBe(true);
    expect(before?.log.at(-1)).toMatchObject({
      kind: 'fact',
      by: null,
      text: expect.stringContaining('Group of moore-ok closed.'),
    });
    expect(before?.log.at(-1)?.text).toContain('The cause is now “No contact”');
    expect(after).toMatchObject({
      id: before?.id,
      open: false,
      closeReason: expect.stringMatching(/^Partner of moore-ok reported: Works closely/),
    });
    expect(after?.log.slice(0, -1)).toEqual(before?.log);
  });

  it('cannot be open twice for one city, whatever is written', async () => {
    const { store } = app.services;
    const facts = { cause: 'no-group' as const, reports: [], groups: [] };
    await openOutreach(store, [{ city: 'enid-ok', facts }], now());
    await openOutreach(
      store,
      [
        { city: 'enid-ok', facts },
        { city: 'ada-ok', facts },
      ],
      now(),
    );

    expect(await readOutreachOf(store, 'enid-ok')).toHaveLength(1);
    expect(await readOutreachOf(store, 'ada-ok')).toHaveLength(1);
  });
});
