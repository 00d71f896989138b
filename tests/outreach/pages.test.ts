// The staff pages of outreach over HTTP, on the starting directory.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { load } from 'cheerio';
import { parse } from 'csv-parse/sync';
import { outreachPath, paths, withQuery } from '../../server/paths.ts';
import { readOpenOutreach, readOutreachOf } from '../../server/store/outreach.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { type SignedInPerson, signInAs } from '../support/sign-in.ts';

let app: TestApp;
let ana: SignedInPerson;
let ben: SignedInPerson;

beforeAll(async () => {
  app = await startTestApp({ seed: true });
  ana = await signInAs(app, { staff: true, address: 'ana@urban.example' });
  ben = await signInAs(app, { staff: true, address: 'ben@urban.example' });
});
afterAll(() => app?.close());

async function read(address: string, person = ana) {
  const answer = await person.agent.get(address);
  const $ = load(answer.text);
  return {
    status: answer.status,
    $,
    count: $('.listing-count strong').text(),
    names: $('tbody th')
      .toArray()
      .map((cell) => $(cell).find('a').first().text()),
    text: $('main').text().replace(/\s+/g, ' '),
  };
}

const openItem = async (city: string) => {
  const [item] = await readOutreachOf(app.services.store, city);
  if (!item?.open) throw new Error(`no open item for ${city}`);
  return item;
};

const planOf = async (city: string) => {
  const { $ } = await read(outreachPath(city));
  return { version: $('input[name=version]').attr('value') ?? '' };
};

describe('GET /staff', () => {
  it('holds one item for each gap of the starting directory, 33', async () => {
    const { count, names } = await read(paths.staff.home);

    expect(count).toBe('33 of 33 things to do');
    expect(names).toHaveLength(33);
    expect(await readOpenOutreach(app.services.store)).toHaveLength(33);
  });

  it('shows one kind, and what is mine, as the address says', async () => {
    expect((await read(withQuery(paths.staff.home, { kind: 'gap' }))).count).toMatch(/^33 of 33/);
    expect((await read(withQuery(paths.staff.home, { kind: 'mail' }))).count).toMatch(/^0 of 33/);
    expect((await read(withQuery(paths.staff.home, { owner: 'mine' }))).count).toMatch(/^0 of 33/);
  });

  it('hides what is snoozed until its day, and brings it back on request', async () => {
    const key = `gap ${(await openItem('memphis-tn')).id}`;
    const snooze = (until: string) =>
      ana.agent.post(paths.staff.snooze).type('form').send({ key, until, back: paths.staff.home });

    expect((await snooze('2026-11-22')).status).toBe(422);
    expect((await snooze('2026-12-01')).status).toBe(303);
    const hidden = await read(paths.staff.home);
    const snoozed = await read(withQuery(paths.staff.home, { show: 'snoozed' }));
    expect((await snooze('')).status).toBe(303);
    const back = await read(paths.staff.home);

    expect(hidden.names).not.toContain('Memphis, TN');
    expect(snoozed.names).toEqual(['Memphis, TN']);
    expect(back.names).toContain('Memphis, TN');
  });

  it('sends nobody to another site after a form', async () => {
    const key = `gap ${(await openItem('memphis-tn')).id}`;
    const form = { key, until: '', back: 'https://evil.example/staff?' };

    const answer = await ana.agent.post(paths.staff.snooze).type('form').send(form);

    expect(answer.headers['location']).toMatch(/^\/staff\?done=/);
  });
});

describe('GET /staff/gaps', () => {
  it('names for every gap its cause, since when, and what to do next', async () => {
    const { count, $ } = await read(paths.staff.gaps);

    expect(count).toBe('33 of 33 gaps');
    for (const label of ['Cause', 'Since', 'Nearest group', 'What to do next']) {
      const cells = $(`td[data-label="${label}"]`).toArray();
      expect(cells).toHaveLength(33);
      expect(cells.filter((cell) => $(cell).text().trim() === '')).toEqual([]);
    }
  });

  it.each([
    [{ flag: 'no-group' }, ['Memphis, TN', 'New Haven, CT']],
    [{ flag: 'dormant' }, ['Grand Rapids, MI']],
    [{ state: 'TN' }, ['Memphis, TN', 'Nashville, TN']],
    [{ sort: 'people', direction: 'desc', state: 'TN' }, ['Memphis, TN', 'Nashville, TN']],
  ])('selects and sorts by %j', async (query, names) => {
    const page = await read(withQuery(paths.staff.gaps, query));

    expect(page.names).toEqual(names);
  });

  it('gives exactly the selection as CSV and to the map', async () => {
    const query = { flag: 'no-group,dormant' };
    const csv = await ana.agent.get(withQuery(paths.staff.gapsTable, query));
    const map = await ana.agent
      .get(withQuery(paths.staff.gapsMap, query))
      .buffer(true)
      .parse((res, done) => {
        let body = '';
        res.on('data', (chunk) => {
          body += String(chunk);
        });
        res.on('end', () => done(null, JSON.parse(body)));
      });

    const rows = parse(csv.text, { columns: true, bom: true }) as Record<string, string>[];
    const slugs = ['grand-rapids-mi', 'memphis-tn', 'new-haven-ct'];
    expect(csv.headers['cache-control']).toBe('private, no-store');
    expect(rows.map((row) => row['city'])).toEqual(slugs);
    expect(rows.map((row) => row['stage'])).toEqual(['to-do', 'to-do', 'to-do']);
    expect(rows[1]?.['nextAction']).toContain('Ask Code for Little Rock');
    const { features } = map.body as { features: { properties: { slug: string } }[] };
    expect(features.map(({ properties }) => properties.slug)).toEqual(slugs);
  });

  it('gives many cities one owner at once, and says how many were new to it', async () => {
    const assign = (owner: string, city: string[]) =>
      ana.agent
        .post(paths.staff.assignGaps)
        .type('form')
        .send({ owner, city, back: `${paths.staff.gaps}?state=TN` });

    const answer = await assign(ben.id, ['memphis-tn', 'nashville-tn', 'atlantis']);
    const again = await assign(ben.id, ['memphis-tn', 'nashville-tn']);

    expect(answer.headers['location']).toBe('/staff/gaps?state=TN&done=assigned&n=2');
    expect(again.headers['location']).toBe('/staff/gaps?state=TN&done=assigned');
    expect((await read(withQuery(paths.staff.gaps, { owner: 'mine' }), ben)).names).toEqual([
      'Memphis, TN',
      'Nashville, TN',
    ]);
    expect((await read(paths.staff.home)).count).toMatch(/^31 of 31/);
    expect((await openItem('memphis-tn')).log.at(-1)).toMatchObject({
      by: ana.id,
      kind: 'change',
      text: 'Owner: ben.',
    });
    await assign('none', ['memphis-tn', 'nashville-tn']);
    expect((await read(paths.staff.home)).count).toMatch(/^33 of 33/);
  });

  it.each([
    ['no city', { owner: 'none' }],
    ['an owner who is no staff', { owner: 'f'.repeat(24), city: 'memphis-tn' }],
  ])('changes nothing for %s, and says so', async (_case, form) => {
    const answer = await ana.agent.post(paths.staff.assignGaps).type('form').send(form);

    expect(answer.status).toBe(422);
    expect(load(answer.text)('[role=alert]').text()).toContain('Nothing was changed');
  });
});

describe('/staff/outreach/:city', () => {
  it('puts the next date into the queue when its day has come', async () => {
    const save = async (nextDate: string) =>
      ana.agent
        .post(outreachPath('pittsburgh-pa'))
        .type('form')
        .send({ ...(await planOf('pittsburgh-pa')), owner: ana.id, stage: 'asked', nextDate });

    await save('2026-11-23');
    const before = await read(withQuery(paths.staff.home, { kind: 'date' }));
    await save('2026-11-22');
    const due = await read(withQuery(paths.staff.home, { kind: 'date', owner: 'mine' }));
    await save('2026-12-22');
    const after = await read(withQuery(paths.staff.home, { kind: 'date' }));

    expect([before.names, due.names, after.names]).toEqual([[], ['Pittsburgh, PA'], []]);
  });

  it('takes no plan that means nothing, and keeps what was typed', async () => {
    const typed = { owner: 'nobody-we-know', stage: 'won', nextDate: '2026-02-31' };

    const answer = await ana.agent
      .post(outreachPath('pittsburgh-pa'))
      .type('form')
      .send({ ...(await planOf('pittsburgh-pa')), ...typed });

    const $ = load(answer.text);
    expect(answer.status).toBe(422);
    expect(
      $('.error-summary a')
        .toArray()
        .map((link) => $(link).attr('href')),
    ).toEqual(['#owner', '#stage', '#nextDate']);
    expect($('#nextDate').attr('value')).toBe('2026-02-31');
  });

  it('lets no window undo what another saved, and keeps what was chosen', async () => {
    const window = await planOf('denver-co');
    const save = (person: SignedInPerson, stage: string, version: string) =>
      person.agent
        .post(outreachPath('denver-co'))
        .type('form')
        .send({ version, owner: person.id, stage, nextDate: '' });
    await save(ben, 'introduced', window.version);

    const second = await save(ana, 'asked', window.version);
    const $ = load(second.text);
    const decided = await save(ana, 'asked', $('input[name=version]').attr('value') ?? '');

    expect(second.status).toBe(409);
    expect($('[role=alert]').text()).toContain('Owner: ben. Stage: Introduced, before Asked.');
    expect($('#stage option[selected]').attr('value')).toBe('asked');
    expect(decided.status).toBe(303);
    expect(await openItem('denver-co')).toMatchObject({ owner: ana.id, stage: 'asked' });
  });

  it('keeps a log: what, when, who, once for each form', async () => {
    const { $ } = await read(outreachPath('denver-co'));
    const key = $('.outreach-entry input[name=key]').attr('value');
    const form = { key, kind: 'call', text: 'Spoke with Kim.\nCalls back on Friday.' };
    const add = () =>
      ana.agent
        .post(`${outreachPath('denver-co')}/entry`)
        .type('form')
        .send(form);

    await Promise.all([add(), add(), add()]);

    const calls = (await openItem('denver-co')).log.filter(({ kind }) => kind === 'call');
    expect(calls).toEqual([
      {
        kind: 'call',
        by: ana.id,
        text: form.text,
        at: '2026-11-22T12:00:00.000Z',
        subject: null,
        to: [],
      },
    ]);
    expect((await read(outreachPath('denver-co'))).text).toContain('Call 22 November 2026');
  });

  it('says where no address is known, and offers public pages and the text to copy', async () => {
    const { $, text } = await read(outreachPath('pittsburgh-pa'));

    expect($('.outreach-draft').length).toBe(3);
    expect(text).toContain(
      'No address of Code for Pittsburgh is known. Copy the text below and try:',
    );
    expect($('#body-introduction').text()).toContain('you should know each other');
    expect($('.outreach-draft button')).toHaveLength(0);
  });

  it('is a 404 for a city that has no partner, or is not there', async () => {
    expect((await read(outreachPath('atlantis'))).status).toBe(404);
    expect((await read(outreachPath('tulsa-ok'))).status).toBe(404);
  });
});
