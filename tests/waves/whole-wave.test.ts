// One wave from its draft to its frozen export, and the start of the next one, as staff and partners go through it.
// What goes wrong on the way is in steps.test.ts.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { paths, respondPath, staffWavePath, waveStepPath } from '../../server/paths.ts';
import { readPartners } from '../../server/store/partners.ts';
import { putPartner } from '../../server/store/put-records.ts';
import { programWriter } from '../../server/store/writer.ts';
import {
  addressOf,
  partnerCount,
  slugOf,
  startWaveWorld,
  tokenIn,
  type WaveWorld,
} from '../support/wave-world.ts';

/** One wave from its making to its end, in the order in which it happens. */
describe('a whole wave', () => {
  let world: WaveWorld;
  const wave = '2026-07';
  const page = staffWavePath(wave);
  const answered = Array.from({ length: 12 }, (_, index) => slugOf(index + 1));

  beforeAll(async () => {
    world = await startWaveWorld();
  });
  afterAll(() => world.close());

  const tokenTo = (slug: string): string =>
    tokenIn(world.smtp.mails.find(({ to }) => to.includes(addressOf(slug))) ?? { text: '' });
  const frozen = async (): Promise<{ json: string; csv: string }> => {
    await world.services.directory.refresh();
    const found = world.services.directory.current().frozenWave(wave);
    return { json: found?.json ?? 'none', csv: found?.csv ?? 'none' };
  };

  it('is made as a draft that asks nobody', async () => {
    expect(await world.makeWave()).toBe(wave);

    const text = await world.read(page);

    expect(text).toContain('It will ask 37 partners');
    expect(text).not.toContain('Gone');
    await world.delivered();
    expect(world.smtp.mails).toHaveLength(0);
  });

  it('says before opening how many mails go out', async () => {
    const question = await world.read(waveStepPath(wave, 'open'));

    expect(question).toContain('It asks 37 partners until 31 July 2026');
    expect(question).toContain('37 invitations go out by mail at once.');
    expect((await world.services.directory.refresh()).findWave(wave)?.state).not.toBe('open');
  });

  it('delivers one invitation to each partner that is not former', async () => {
    const text = await world.press(waveStepPath(wave, 'open'));
    await world.delivered();

    expect(text).toContain('The wave is open. 37 invitations are on the way.');
    const to = world.smtp.mails.flatMap((mail) => mail.to).sort();
    expect(to).toEqual(
      Array.from({ length: partnerCount }, (_, index) => addressOf(slugOf(index + 1))),
    );
    expect(new Set(world.smtp.mails.map(tokenIn)).size).toBe(37);
    expect(world.smtp.mails.every(({ text: mail }) => mail.includes('We ask again.'))).toBe(true);
  });

  it('shows who opened and who answered', async () => {
    for (const slug of answered) {
      await request(world.app)
        .post(respondPath(tokenTo(slug)))
        .type('form')
        .send({ level: 'some', basedOn: '' })
        .expect(303);
    }
    for (const number of [13, 14, 15]) {
      const opened = paths.respondOpened.replace(':token', tokenTo(slugOf(number)));
      await request(world.app).post(opened).expect(204);
    }
    await world.delivered();

    const text = await world.read(page);

    expect(text).toContain('12 of 37 partners answered');
    expect(text).toContain('37 All partners 12 Answered 3 Opened, not answered yet 22 Asked');
    expect(await world.read(`${page}?state=opened`)).toContain('3 of 37 partners');
  });

  it('reminds only those who have not answered, with the same link', async () => {
    world.pass(7);
    const before = world.smtp.mails.length;

    const text = await world.press(waveStepPath(wave, 'remind'));
    await world.delivered();

    expect(text).toContain('Reminded 25 partners that have not answered.');
    const reminders = world.smtp.mails.slice(before);
    expect(reminders).toHaveLength(25);
    expect(reminders.flatMap(({ to }) => to)).not.toContain(addressOf(slugOf(1)));
    const linkOf = new Map(
      world.smtp.mails.slice(0, 37).map((mail) => [mail.to[0], tokenIn(mail)]),
    );
    expect(reminders.every((mail) => linkOf.get(mail.to[0]) === tokenIn(mail))).toBe(true);
  });

  it('reminds nobody twice on one day', async () => {
    const before = world.smtp.mails.length;

    const text = await world.press(waveStepPath(wave, 'remind'));
    await world.delivered();

    expect(text).toContain('Reminded no partners');
    expect(world.smtp.mails).toHaveLength(before);
  });

  it('closes after the question, and freezes what was answered', async () => {
    await world.answer(wave, slugOf(12), 'extensive', {
      publicNote: '=1+1',
      internalNote: 'a secret',
      barriers: ['no-time'],
    });
    expect(await world.read(waveStepPath(wave, 'close'))).toContain('This cannot be undone.');

    const text = await world.press(waveStepPath(wave, 'close'));
    const { json, csv } = await frozen();

    expect(text).toContain('The wave is closed, and its export is frozen.');
    expect(JSON.parse(json)).toMatchObject({
      wave,
      invited: 37,
      respondents: 12,
      levels: { some: 11, extensive: 1, none: 0 },
    });
    expect(JSON.parse(json).answers[11]).toMatchObject({
      slug: slugOf(12),
      firstLevel: 'some',
      level: 'extensive',
    });
    expect(csv).toContain("'=1+1");
    for (const secret of ['a secret', 'no-time', '@partners.example']) {
      expect(json).not.toContain(secret);
      expect(csv).not.toContain(secret);
    }
  });

  it('stays byte for byte the same whatever is edited later', async () => {
    const before = await frozen();
    const { store, clock } = world.services;
    const [first] = await readPartners(store);
    if (!first) throw new Error('no partner');
    await putPartner(store, { ...first, name: 'Renamed' }, programWriter('web', clock()));
    await world.answer(wave, slugOf(30), 'leads');

    await world.press(waveStepPath(wave, 'close'));

    expect(await frozen()).toEqual(before);
  });

  it('takes no further step once it is closed', async () => {
    const { agent } = world.staff;

    await agent.post(waveStepPath(wave, 'open')).expect(409);
    await agent.post(waveStepPath(wave, 'remind')).expect(409);
    await agent.get(waveStepPath(wave, 'edit')).expect(409);
    await agent.get(waveStepPath(wave, 'close')).expect(303);
  });

  it('is followed by the next wave, whose form is filled with the last answer', async () => {
    world.pass(180);
    const next = await world.makeWave({
      name: 'Civic tech survey, January 2027',
      opens: '2027-01-05',
      closes: '2027-01-31',
    });
    const before = world.smtp.mails.length;
    await world.press(waveStepPath(next, 'open'));
    await world.delivered();

    const mail = world.smtp.mails
      .slice(before)
      .find(({ to }) => to.includes(addressOf(slugOf(12))));
    const form = await request(world.app).get(respondPath(tokenIn(mail ?? { text: '' })));

    expect(form.status).toBe(200);
    expect(form.text).toMatch(/value="extensive"[^>]*checked|checked[^>]*value="extensive"/);
    expect(form.text).toMatch(/as you answered in July 2026/i);
  });
});
