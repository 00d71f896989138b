// Every step that staff take on a wave, by itself: refused plans, addresses, bounces, links, two at once, and a stop
// in the middle of opening or closing. One wave from draft to export is in whole-wave.test.ts.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import {
  partnerLinkPath,
  paths,
  respondPath,
  staffWavePath,
  wavePartnerPath,
  waveStepPath,
} from '../../server/paths.ts';
import { readChanges } from '../../server/store/changes.ts';
import { readMailProblems } from '../../server/store/mails.ts';
import { changeWave, findStoredWave } from '../../server/store/wave-steps.ts';
import { programWriter } from '../../server/store/writer.ts';
import { closeWave } from '../../server/survey/close-wave.ts';
import { finishWaves } from '../../server/survey/finish-waves.ts';
import { openWave } from '../../server/survey/open-wave.ts';
import { aPartner } from '../support/builders.ts';
import {
  addressOf,
  slugOf,
  startWaveWorld,
  thePartners,
  tokenIn,
  type WaveWorld,
} from '../support/wave-world.ts';

const wave = '2026-07';
const rude = '<b>Data & "Maps"</b>';

describe('the staff pages of a wave', () => {
  let world: WaveWorld;
  const first = slugOf(1);
  const mailsTo = (address: string) => world.smtp.mails.filter(({ to }) => to.includes(address));

  beforeAll(async () => {
    world = await startWaveWorld({
      partners: [...thePartners(3), aPartner({ slug: 'no-address', name: rude, contacts: [] })],
    });
  });
  afterAll(() => world.close());

  it('keep what was typed when a plan will not do', async () => {
    const { agent } = world.staff;

    const answer = await agent
      .post(paths.staff.newWave)
      .type('form')
      .send({ name: rude, opens: '2026-07-10', closes: '2026-07-09', introduction: 'Kept words' });

    expect(answer.status).toBe(422);
    expect(answer.text).toContain('The closing day is before the opening day');
    expect(answer.text).toContain('&lt;b&gt;Data &amp; &#34;Maps&#34;&lt;/b&gt;');
    expect(answer.text).toContain('Kept words');
  });

  it.each([
    [{ name: ' ' }, 'Give the wave a name'],
    [{ opens: '2026-02-30' }, 'Enter the opening day'],
    [{ closes: 'soon' }, 'Enter the closing day'],
    [{ opens: '2026-06-01', closes: '2026-06-30' }, 'The closing day is in the past'],
  ])('refuse the plan %j', async (over, message) => {
    const answer = await world.staff.agent
      .post(paths.staff.newWave)
      .type('form')
      .send({ name: 'A wave', opens: '2026-07-01', closes: '2026-07-31', ...over });

    expect(answer.status).toBe(422);
    expect(answer.text).toContain(message);
  });

  it('name a second wave of one month apart', async () => {
    expect(await world.makeWave({ name: 'First', introduction: 'One.\n\nTwo.' })).toBe(wave);
    expect(await world.makeWave({ name: 'Second' })).toBe('2026-07-2');
    expect(await world.read(paths.staff.waves)).toMatch(
      /First Draft .* Second Draft|Second Draft .* First Draft/,
    );
  });

  it('preview the mail and the questions without sending anything', async () => {
    const text = await world.read(waveStepPath(wave, 'preview'));

    expect(text).toContain('First: a minute for');
    expect(text).toContain('How do you work with civic tech groups?');
    await world.delivered();
    expect(world.smtp.mails).toHaveLength(0);
  });

  it('open it once when two staff press the button at the same moment', async () => {
    const { agent } = world.staff;

    const answers = await Promise.all([
      agent.post(waveStepPath(wave, 'open')),
      agent.post(waveStepPath(wave, 'open')),
    ]);
    await world.delivered();

    expect(answers.map(({ status }) => status)).toEqual([303, 303]);
    expect(world.smtp.mails.flatMap(({ to }) => to).sort()).toEqual(
      [1, 2, 3].map((n) => addressOf(slugOf(n))),
    );
  });

  it('refuse to open another one beside it, and name the open one', async () => {
    const answer = await world.staff.agent.post(waveStepPath('2026-07-2', 'open'));

    expect(answer.status).toBe(409);
    expect(answer.text).toContain('First is open. Close it first');
  });

  it('print a name as it is written, never as markup', async () => {
    const { text } = await world.staff.agent.get(staffWavePath(wave));

    expect(text).toContain('&lt;b&gt;Data');
    expect(text).not.toContain('<b>Data');
  });

  it('say who has no address, and mail the invitation when one is added', async () => {
    expect(await world.read(`${staffWavePath(wave)}?state=no-address`)).toContain(
      '1 of 4 partners',
    );

    const text = await world.press(wavePartnerPath(wave, 'no-address'), {
      addresses: 'new@partners.example\nNEW@partners.example',
    });
    await world.delivered();

    expect(text).toContain('1 invitation is on the way');
    expect(mailsTo('new@partners.example')).toHaveLength(1);
    const [change] = await readChanges(world.services.store, {
      record: 'partner',
      slug: 'no-address',
      limit: 1,
    });
    expect(change).toMatchObject({
      field: 'contacts',
      by: world.staff.id,
      after: ['new@partners.example'],
    });
  });

  it('refuse what is no address, and keep it in its field', async () => {
    const answer = await world.staff.agent
      .post(wavePartnerPath(wave, first))
      .type('form')
      .send({ addresses: 'ok@partners.example not-one' });

    expect(answer.status).toBe(422);
    expect(answer.text).toContain('“not-one” is not a mail address');
    expect(answer.text).toContain('ok@partners.example not-one');
  });

  it('show a bounce with its reason, and what became of it once the address is corrected', async () => {
    world.smtp.behave({ refuse: { at: 'recipient', code: 550, text: 'No such user' } });
    await world.press(wavePartnerPath(wave, first), { addresses: 'wrong@partners.example' });
    await world.delivered();

    const before = await world.read(paths.staff.mail);
    expect(before).toContain('1 mail needs somebody to look at it.');
    expect(before).toContain('No such user');
    expect(await world.read(staffWavePath(wave))).toContain('No such user');

    world.smtp.behave({});
    await world.press(wavePartnerPath(wave, first), { addresses: 'right@partners.example' });
    await world.delivered();
    expect(mailsTo('right@partners.example')).toHaveLength(1);
    const after = await world.read(paths.staff.mail);
    expect(after).toContain('Every mail arrived');
    expect(after).toContain('the partner has another address now');
  });

  it('send a bounced mail again when staff say so, and never one that has another address now', async () => {
    world.smtp.behave({ refuse: { at: 'recipient', code: 550, text: 'Mailbox full' } });
    await world.press(wavePartnerPath(wave, slugOf(2)), { addresses: 'full@partners.example' });
    await world.delivered();
    world.smtp.behave({});
    const problems = await readMailProblems(world.services.store);
    const idOf = (address: string): string => problems.find(({ to }) => to === address)?.id ?? '';

    const text = await world.press(paths.staff.sendAgain, { mail: idOf('full@partners.example') });
    await world.delivered();

    expect(text).toContain('The mail is sent again.');
    expect(mailsTo('full@partners.example')).toHaveLength(1);
    await world.staff.agent
      .post(paths.staff.sendAgain)
      .type('form')
      .send({ mail: idOf('wrong@partners.example') })
      .expect(409);
  });

  it('show a personal link on request alone, and note who looked', async () => {
    const { agent, id } = world.staff;
    const token = tokenIn(mailsTo('right@partners.example')[0] ?? { text: '' });
    expect((await agent.get(wavePartnerPath(wave, first))).text).not.toContain(token);

    const shown = await agent.post(partnerLinkPath(wave, first, 'show-link'));

    expect(shown.text).toContain(token);
    expect(shown.headers['cache-control']).toContain('no-store');
    const [change] = await readChanges(world.services.store, { record: 'invitation', limit: 1 });
    expect(change).toMatchObject({ slug: `${wave}/${first}`, field: 'link shown', by: id });
    expect(JSON.stringify(change)).not.toContain(token);
  });

  it('replace a link: the old one says so, the new one is mailed and works', async () => {
    const old = tokenIn(mailsTo('right@partners.example')[0] ?? { text: '' });

    await world.press(partnerLinkPath(wave, first, 'renew-link'));
    await world.delivered();

    const mails = mailsTo('right@partners.example');
    const fresh = tokenIn(mails[1] ?? { text: '' });
    expect(mails).toHaveLength(2);
    expect(fresh).not.toBe(old);
    await request(world.app).get(respondPath(fresh)).expect(200);
    const replaced = await request(world.app).get(respondPath(old));
    expect(replaced.status).not.toBe(200);
    expect(replaced.text).toMatch(/replaced|newer/i);
  });

  it('take a link back: it takes no answer, and nobody is reminded of it', async () => {
    await world.press(partnerLinkPath(wave, slugOf(3), 'revoke-link'));
    const token = tokenIn(mailsTo(addressOf(slugOf(3)))[0] ?? { text: '' });

    const page = await request(world.app).get(respondPath(token));
    world.pass(3);
    await world.press(waveStepPath(wave, 'remind'));
    await world.delivered();

    expect(page.status).not.toBe(200);
    expect(mailsTo(addressOf(slugOf(3)))).toHaveLength(1);
    expect(await world.read(`${staffWavePath(wave)}?state=revoked`)).toContain('1 of 4 partners');
  });

  it('change the closing day of an open wave, and not its name', async () => {
    await world.press(waveStepPath(wave, 'edit'), {
      name: 'Other',
      closes: '2026-08-15',
      introduction: '',
    });

    const stored = await findStoredWave(world.services.store, wave);
    expect(stored).toMatchObject({ name: 'First', closes: '2026-08-15', introduction: '' });
  });

  it.each([
    staffWavePath('2031-01'),
    waveStepPath('2031-01', 'open'),
    wavePartnerPath(wave, 'nobody'),
    wavePartnerPath('2031-01', slugOf(1)),
  ])('answer 404 at %s', async (path) => {
    await world.staff.agent.get(path).expect(404);
  });

  it('change nothing when they are read', async () => {
    const { agent } = world.staff;
    const before = (await world.services.directory.refresh()).revision;
    const pages = [
      paths.staff.waves,
      paths.staff.newWave,
      staffWavePath(wave),
      waveStepPath(wave, 'remind'),
      waveStepPath(wave, 'close'),
      waveStepPath(wave, 'preview'),
      wavePartnerPath(wave, first),
      paths.staff.mail,
    ];
    for (const path of pages) await agent.get(path).expect(200);

    await world.delivered();
    expect((await world.services.directory.refresh()).revision).toBe(before);
  });

  it('are closed to everybody who is not staff', async () => {
    await request(world.app).get(staffWavePath(wave)).expect(303);
    await request(world.app).post(waveStepPath(wave, 'close')).expect(403);
  });
});

describe('a stop in the middle', () => {
  let world: WaveWorld;
  const writer = () => programWriter('web', world.services.clock());

  beforeAll(async () => {
    world = await startWaveWorld();
    await world.makeWave();
  });
  afterAll(() => world.close());

  it('of opening leaves no partner without its mail and none with two', async () => {
    await openWave(world.services, wave, writer());
    let posted = 0;
    const stopping = {
      ...world.services,
      mail: {
        ...world.services.mail,
        post: async (mail: Parameters<typeof world.services.mail.post>[0]) => {
          posted += 1;
          if (posted > 9) throw new Error('stopped');
          return world.services.mail.post(mail);
        },
      },
    };
    await expect(finishWaves(stopping)).rejects.toThrow('stopped');

    await Promise.all([finishWaves(world.services), finishWaves(world.services)]);
    await world.delivered();
    await finishWaves(world.services);
    await world.delivered();

    const to = world.smtp.mails.flatMap((mail) => mail.to);
    expect(to).toHaveLength(37);
    expect(new Set(to).size).toBe(37);
  });

  it('of closing is made good at the next start', async () => {
    const { store, directory } = world.services;
    await world.answer(wave, slugOf(5), 'leads');
    const open = await findStoredWave(store, wave);
    if (!open) throw new Error('no wave');
    await changeWave(store, open, { state: 'closed' }, writer());
    expect((await directory.refresh()).frozenWave(wave)).toBeUndefined();

    world.pass(1);
    await finishWaves(world.services);

    const json = (await directory.refresh()).frozenWave(wave)?.json ?? '{}';
    expect(JSON.parse(json)).toMatchObject({
      respondents: 1,
      closedAt: '2026-07-01T09:00:00.000Z',
    });
  });

  it('freezes one export when two close it at the same moment', async () => {
    const { store, directory } = world.services;
    const next = await world.makeWave({ name: 'Next', opens: '2026-07-02', closes: '2026-07-31' });
    await openWave(world.services, next, writer());

    await Promise.all([
      closeWave({ store }, next, writer(), { amongOthers: false }),
      closeWave({ store }, next, writer(), { amongOthers: false }),
    ]);

    expect((await directory.refresh()).frozenWave(next)).toBeDefined();
  });
});
