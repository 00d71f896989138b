// A whole introduction over HTTP, with a real mail server and a clock that the tests move: asked, answered in every
// way, refused by the rules, kept through a crash; and nobody's address anywhere before both agree.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { load } from 'cheerio';
import { pino } from 'pino';
import request from 'supertest';
import { keepIntroductions } from '../../server/introductions/keep-introductions.ts';
import { newIntroductionPath, paths } from '../../server/paths.ts';
import { endIntroduction, readIntroductions } from '../../server/store/introductions.ts';
import { readOutreachOf } from '../../server/store/outreach.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { aCity, aGroup, aPartner, someRecords } from '../support/builders.ts';
import { type SignedInPerson, signInAs } from '../support/sign-in.ts';
import { type DeliveredMail, type SmtpReceiver, startSmtpReceiver } from '../support/smtp.ts';

let app: TestApp;
let smtp: SmtpReceiver;
let now = new Date('2026-06-01T15:00:00Z');
const logged: string[] = [];

const partner = 'tulsa-data-center';
const ana = 'ana@tulsa-data.example';
const groups = ['abc', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];

beforeAll(async () => {
  smtp = await startSmtpReceiver();
  app = await startTestApp({
    clock: () => now,
    config: { smtpUrl: smtp.url, mailFrom: 'Crosswalk <crosswalk@crosswalk.example>' },
    log: pino({ level: 'trace' }, { write: (line: string) => logged.push(line) }),
    records: someRecords({
      cities: [aCity(), aCity({ slug: 'boise-id', lat: 43.6, lng: -116.2 })],
      partners: [
        aPartner({ topics: ['housing'] }),
        aPartner({ slug: 'near', name: 'Near Data' }),
        aPartner({ slug: 'nearer', name: 'Nearer Data', contacts: ['desk@nearer.example'] }),
      ],
      groups: [
        ...groups.map((name) =>
          aGroup({ slug: name, name: `Code ${name}`, topics: ['housing'], contacts: [to(name)] }),
        ),
        aGroup({ slug: 'silent', name: 'Silent Coders' }),
        aGroup({ slug: 'far', name: 'Far Coders', city: 'boise-id', lat: 43.6, lng: -116.2 }),
        aGroup({ slug: 'over', name: 'Over', closed: { date: '2025-01-01', reason: '' } }),
      ],
    }),
  });
  await app.services.outreach.settled();
});
afterAll(async () => {
  await app?.close();
  await smtp?.close();
});

const to = (group: string): string => `talk@${group}.example`;
const pass = (days: number): void => {
  now = new Date(now.getTime() + days * 86_400_000);
};

/** Signed in once a day: sessions end. */
const signedIn = new Map<string, Promise<SignedInPerson>>();
function as(roles: Parameters<typeof signInAs>[1] & { readonly address: string }) {
  const key = `${roles.address} ${now.toISOString()}`;
  const person = signedIn.get(key) ?? signInAs(app, roles);
  signedIn.set(key, person);
  return person;
}
const asAna = () => as({ partners: [partner], address: ana });
const asStaff = () => as({ staff: true, address: 'nia@urban.example' });
const asNear = () => as({ partners: ['near'], address: 'near@near.example' });
const textOf = (html: string): string => load(html)('main').text().replace(/\s+/g, ' ').trim();

async function ask(person: SignedInPerson, group: string, more: Record<string, string> = {}) {
  const path = newIntroductionPath(more['partner'] ?? partner, group);
  return person.agent
    .post(path)
    .type('form')
    .send({ form: randomUUID(), ...more });
}

/** The mails that came since, once all have left. */
async function mailsOf(work: () => Promise<unknown>): Promise<readonly DeliveredMail[]> {
  // What was asked before may still be on its way.
  await app.services.mail.drain();
  const before = smtp.mails.length;
  await work();
  await app.services.mail.drain();
  return smtp.mails.slice(before);
}

const linkIn = ({ text }: DeliveredMail): string =>
  /\/introductions\/[A-Za-z0-9_-]{43}(?!\/)/.exec(text)?.[0] ?? 'none';
const answer = (link: string, fields: Record<string, string>) =>
  request(app.app).post(link).type('form').send(fields);

/** Asks, and gives the link in the mail that the group got. */
async function askedLink(group: string, more: Record<string, string> = {}): Promise<string> {
  const person = await asAna();
  const mails = await mailsOf(() =>
    ask(person, group, more).then((sent) => expect(sent.status).toBe(303)),
  );
  const mail = mails.find((one) => one.to.includes(to(group)));
  if (!mail) throw new Error('nobody was asked');
  return linkIn(mail);
}

const stateOf = async (group: string): Promise<string | undefined> =>
  (await readIntroductions(app.services.store)).find((one) => one.group === group)?.state;

describe('an introduction that is accepted', () => {
  let asked: DeliveredMail;
  let link: string;

  it('goes to the other side with the reasons and the personal word, and without the asker’s address', async () => {
    const person = await asAna();
    const form = await person.agent.get(newIntroductionPath(partner, 'one'));
    expect(textOf(form.text)).toContain('You both work on housing');

    const mails = await mailsOf(() =>
      ask(person, 'one', { word: 'We map vacant lots.\n\nYou too?' }),
    );

    expect(mails.map((mail) => mail.to)).toEqual([[to('one')]]);
    [asked] = mails as [DeliveredMail];
    link = linkIn(asked);
    expect(asked.headers.get('subject')).toBe('Tulsa Data Center would like to meet Code one');
    const flowing = asked.text.replace(/\s+/g, ' ');
    for (const words of ['We map vacant lots.', 'You too?', 'You both work on housing']) {
      expect(flowing).toContain(words);
    }
    expect(asked.headers.get('reply-to')).toBeUndefined();
  });

  it('changes nothing when a mail scanner opens every link', async () => {
    for (const opened of [link, `${link}/never`]) {
      const page = await request(app.app).get(opened);
      expect(page.status).toBe(200);
      expect(page.headers['cache-control']).toBe('private, no-store');
      expect(page.headers['x-robots-tag']).toBe('noindex');
    }

    expect(await stateOf('one')).toBe('asked');
  });

  it('shows neither address anywhere before both agree', async () => {
    const people = [
      await asAna(),
      await asStaff(),
      await signInAs(app, { groups: ['one'], address: 'org@one.example' }),
    ];
    const addresses = [
      ...[paths.myIntroductions, `/partners/${partner}`, '/groups/one', link],
      ...[newIntroductionPath(partner, 'one'), paths.staff.introductions],
      ...['/api/v1/partners', '/api/v1/groups', '/api/v1/groups.csv', '/staff/outreach/tulsa-ok'],
    ];
    for (const address of addresses) {
      const answers = [
        request(app.app).get(address),
        ...people.map(({ agent }) => agent.get(address)),
      ];
      for (const { text } of await Promise.all(answers)) {
        const shown = load(text)('main').html() ?? text;
        // Staff's messages about a gap name the contacts of the directory, as ever.
        if (!address.startsWith('/staff/outreach')) expect(shown).not.toContain(to('one'));
        expect(shown).not.toContain(ana);
      }
    }
    expect(asked.raw).not.toContain(ana);
    expect(logged.join('\n')).not.toMatch(/@tulsa-data|talk@|introductions\/[A-Za-z0-9_-]{43}/);
  });

  it('gives both the other’s address once it is accepted, each mail answered to the other', async () => {
    const mails = await mailsOf(() => answer(link, { choice: 'accept', word: 'Gladly.' }));

    const byReader = new Map(mails.map((mail) => [mail.to[0], mail]));
    expect([...byReader.keys()].sort()).toEqual([ana, to('one')].sort());
    expect(byReader.get(ana)?.headers.get('reply-to')).toContain(to('one'));
    expect(byReader.get(to('one'))?.headers.get('reply-to')).toContain(ana);
    expect(byReader.get(ana)?.text).toContain('Gladly.');
    expect(byReader.get(ana)?.text).toContain(`/partners/${partner}/report`);
  });

  it('is over then: the link only says so, and pressing again mails nobody', async () => {
    const mails = await mailsOf(() => answer(link, { choice: 'decline', word: 'No.' }));

    expect(mails).toEqual([]);
    const page = await request(app.app).get(link);
    expect(textOf(page.text)).toContain('The introduction was accepted');
    expect(page.text).not.toContain('value="accept"');
  });

  it('is on the pages of both, for those two with the address, and in the log of the city', async () => {
    const { agent } = await asAna();
    expect((await agent.get(paths.myIntroductions)).text).toContain(to('one'));
    const colleague = await signInAs(app, {
      partners: [partner],
      address: 'cy@tulsa-data.example',
    });
    const seen = await colleague.agent.get(paths.myIntroductions);
    expect(textOf(seen.text)).toContain('Code one');
    expect(seen.text).not.toContain(to('one'));

    const [item] = await readOutreachOf(app.services.store, 'tulsa-ok');
    expect(item?.log.map(({ text }) => text)).toEqual([
      'Tulsa Data Center asked for an introduction to Code one.',
      'Code one accepted an introduction to Tulsa Data Center: each has the other’s address now.',
    ]);
  });

  it('cannot be asked for again soon', async () => {
    const sent = await ask(await asAna(), 'one');

    expect(sent.status).toBe(409);
    expect(textOf(sent.text)).toContain('were introduced on 1 June 2026');
  });
});

describe('an introduction that is declined', () => {
  it('tells the asker kindly, with the word and without the address, and rests for six months', async () => {
    pass(1);
    const link = await askedLink('two');
    const mails = await mailsOf(() =>
      answer(link, { choice: 'decline', word: 'Perhaps next year.' }),
    );

    expect(mails.map((mail) => mail.to)).toEqual([[ana]]);
    expect(mails[0]?.text).toContain('Perhaps next year.');
    expect(mails[0]?.raw).not.toContain(to('two'));
    const again = await ask(await asAna(), 'two');
    expect(again.status).toBe(409);
    expect(textOf(again.text)).toContain('You can ask again from 2 December 2026 on');
  });

  it('takes no address into its word', async () => {
    const link = await askedLink('three');
    const refused = await answer(link, { choice: 'decline', word: 'Write to bo@three.example' });

    expect(refused.status).toBe(422);
    expect(textOf(refused.text)).toContain('Leave mail addresses out');
    expect(await stateOf('three')).toBe('asked');
  });
});

describe('whoever asks not to be written to again', () => {
  it('is not: by this one, by a reminder, or by anybody else', async () => {
    pass(1);
    const link = await askedLink('four');
    // As a mail program sends it for "unsubscribe".
    const mails = await mailsOf(() => answer(`${link}/never`, { 'List-Unsubscribe': 'One-Click' }));

    expect(mails.map((mail) => mail.to)).toEqual([[ana]]);
    expect(await stateOf('four')).toBe('declined');
    const other = await asNear();
    const sent = await ask(other, 'four', { partner: 'near' });
    expect(sent.status).toBe(409);
    expect(textOf(sent.text)).toContain('asked not to be written to about introductions');
    expect(textOf((await request(app.app).get(link)).text)).toContain('we keep to that');
  });

  it('is not offered to staff for a message either', async () => {
    const { agent } = await asStaff();
    const drafts = async () => (await agent.get('/staff/outreach/tulsa-ok')).text;
    expect(await drafts()).toContain(to('abc'));

    const link = await askedLink('abc');
    await mailsOf(() => answer(`${link}/never`, {}));

    expect(await drafts()).not.toContain(to('abc'));
    expect(textOf(await drafts())).toContain('Code abc asked not to be written to');
  });

  it('may think otherwise under their account', async () => {
    const { agent } = await signInAs(app, { groups: ['four'], address: to('four') });
    const kept = await agent.get(paths.myIntroductions);
    expect(textOf(kept.text)).toContain('Write to me again');

    await agent.post(paths.introductionsMail).type('form').send({ choice: 'again' });

    const other = await asNear();
    const mails = await mailsOf(() => ask(other, 'four', { partner: 'near' }));
    expect(mails.map((mail) => mail.to)).toEqual([[to('four')]]);
  });
});

describe('time', () => {
  it('reminds once after ten days, ends after thirty, and tells the asker', async () => {
    pass(1);
    const link = await askedLink('five');
    const keep = () => keepIntroductions(app.services);
    const about = (mails: readonly DeliveredMail[]) =>
      mails.filter((mail) => mail.raw.includes('Code five')).map((mail) => mail.to[0]);

    pass(9);
    expect(about(await mailsOf(keep))).toEqual([]);
    pass(1);
    const [reminder] = (await mailsOf(keep)).filter((mail) => mail.to[0] === to('five'));
    expect(reminder?.headers.get('subject')).toBe(
      'Still open: Tulsa Data Center would like to meet Code five',
    );
    expect(linkIn(reminder as DeliveredMail)).toBe(link);
    pass(20);
    expect(about(await mailsOf(keep))).toEqual([]);
    pass(1);
    expect((await answer(link, { choice: 'accept' })).status).toBe(303);
    expect(await stateOf('five')).toBe('asked');
    expect(about(await mailsOf(keep))).toEqual([ana]);
    expect(await stateOf('five')).toBe('expired');
    expect(textOf((await request(app.app).get(link)).text)).toContain('This question has ended');
  });
});

describe('asking', () => {
  it('is for those who speak for one of the two', async () => {
    const path = newIntroductionPath(partner, 'six');
    const visitor = await request(app.app).get(path);
    expect(visitor.headers['location']).toBe(`/sign-in?next=${encodeURIComponent(path)}`);

    const stranger = await signInAs(app, { partners: ['near'], groups: ['seven'] });
    expect((await stranger.agent.get(path)).status).toBe(403);
    expect((await ask(stranger, 'six')).status).toBe(403);
    const [one] = await readIntroductions(app.services.store);
    const guess = `${paths.myIntroductions}/${one?.id}`;
    expect((await stranger.agent.post(guess).type('form').send({ choice: 'accept' })).status).toBe(
      404,
    );
  });

  it.each([
    ['far', 'are no match any more'],
    ['over', 'are no match any more'],
  ])('is for matches: not %s', async (group, words) => {
    const { agent } = await asAna();

    expect(textOf((await agent.get(newIntroductionPath(partner, group))).text)).toContain(words);
    expect((await ask(await asAna(), group)).status).toBe(409);
  });

  it('cannot put a header into the mail, or an address', async () => {
    const word = 'Hello\r\nBcc: eve@evil.example\r\n\r\n<script>alert(1)</script>';
    const refused = await ask(await asAna(), 'six', { word });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('&lt;script&gt;');

    const harmless = word.replace('eve@evil.example', 'eve, evil');
    const [mail] = await mailsOf(async () => ask(await asAna(), 'six', { word: harmless }));
    expect(mail?.to).toEqual([to('six')]);
    expect(mail?.headers.get('bcc')).toBeUndefined();
    expect(mail?.html).not.toContain('<script>alert');
  });

  it('sends the same form twice as one', async () => {
    const person = await asAna();
    const form = { form: 'once' };
    const mails = await mailsOf(async () => {
      expect((await ask(person, 'seven', form)).status).toBe(303);
      expect((await ask(person, 'seven', form)).status).toBe(303);
    });

    expect(mails).toHaveLength(1);
  });

  it('is kept for staff where nobody is known, who find somebody and send it', async () => {
    const person = await asAna();
    const form = await person.agent.get(newIntroductionPath(partner, 'silent'));
    expect(textOf(form.text)).toContain('Ask NNIP staff to help');
    expect(await mailsOf(() => ask(person, 'silent'))).toEqual([]);

    const { agent } = await asStaff();
    const queue = load((await agent.get(paths.staff.home)).text);
    const item = queue('a').filter(
      (_, a) => queue(a).text() === 'Tulsa Data Center to Silent Coders',
    );
    const page = String(item.attr('href'));
    expect(textOf((await agent.get(page)).text)).toContain('No address is known');
    expect((await agent.post(page).type('form').send({ choice: 'again' })).status).toBe(409);

    await signInAs(app, { groups: ['silent'], address: 'found@silent.example' });
    const mails = await mailsOf(() => agent.post(page).type('form').send({ choice: 'again' }));
    expect(mails.map((mail) => mail.to)).toEqual([['found@silent.example']]);
    expect(textOf((await agent.get(paths.staff.introductions)).text)).toContain('Silent Coders');
    expect((await agent.get(`${paths.staff.introductions}?state=accepted`)).text).not.toContain(
      'Silent',
    );
  });

  it('stops at five a day for one person', async () => {
    pass(1);
    const other = await asNear();
    for (const group of ['one', 'two', 'three', 'eight', 'nine']) {
      expect((await ask(other, group, { partner: 'near' })).status).toBe(303);
    }

    const sixth = await ask(other, 'silent', { partner: 'near' });
    expect(sixth.status).toBe(409);
    expect(textOf(sixth.text)).toContain('You asked for 5 introductions today');
  });
});

describe('staff', () => {
  it('ask in the name of a partner that agreed, which may withdraw it', async () => {
    pass(10);
    const { agent } = await asStaff();
    const path = newIntroductionPath('nearer', 'eight', 'partner');
    expect((await agent.post(path).type('form').send({ form: 'a' })).status).toBe(422);
    const mails = await mailsOf(() =>
      agent
        .post(path)
        .type('form')
        .send({ form: 'a', contact: 'desk@nearer.example', agreed: 'yes' }),
    );
    const note = mails.find((mail) => mail.to.includes('desk@nearer.example'));
    expect(mails.map((mail) => mail.to[0]).sort()).toEqual(
      ['desk@nearer.example', to('eight')].sort(),
    );

    await answer(linkIn(note as DeliveredMail), { choice: 'withdraw' });

    const asked = mails.find((mail) => mail.to.includes(to('eight'))) as DeliveredMail;
    const gone = await answer(linkIn(asked), { choice: 'accept' });
    expect(gone.status).toBe(303);
    expect(textOf((await request(app.app).get(linkIn(asked))).text)).toContain('was withdrawn');
  });
});

describe('mail that is refused', () => {
  it('is told to the asker and to staff, and sent again once the address is another', async () => {
    smtp.behave({
      refuse: { at: 'recipient', code: 550, text: 'No such user', only: [to('nine')] },
    });
    const person = await asAna();
    await mailsOf(() => ask(person, 'nine'));
    const mails = await mailsOf(() => keepIntroductions(app.services));
    smtp.behave({});

    expect(mails.filter((mail) => mail.raw.includes('Code nine')).map((mail) => mail.to)).toEqual([
      [ana],
    ]);
    expect(await stateOf('nine')).toBe('could-not-be-sent');
    const { agent } = await asStaff();
    expect(textOf((await agent.get(paths.staff.home)).text)).toContain(
      'Their address refused the mail',
    );
  });
});

describe('a crash between an introduction and its mails', () => {
  it('loses none and sends none twice', async () => {
    const { store, mail } = app.services;
    const link = await askedLink('eight');
    const [one] = await readIntroductions(store);
    const recipient = one?.recipients[0];
    const contact = { name: '', address: String(recipient?.address) };
    // As far as accepting comes when the program stops after its document.
    await endIntroduction(
      store,
      String(one?.id),
      { state: 'accepted', answer: { contact, word: '' } },
      now,
    );
    expect(await mailsOf(() => mail.drain())).toEqual([]);

    const first = await mailsOf(() => keepIntroductions(app.services));
    const second = await mailsOf(() => keepIntroductions(app.services));

    expect(first.map((sent) => sent.to[0]).sort()).toEqual([ana, to('eight')].sort());
    expect(second).toEqual([]);
    expect(textOf((await request(app.app).get(link)).text)).toContain('was accepted');
  });
});
