// What people who mean harm try against every route: writing from other sites, addresses in odd spellings, operators
// in queries, other hosts, ways to other sites, and reading in the log what is nobody's business.
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { load } from 'cheerio';
import { pino } from 'pino';
import request from 'supertest';
import { createApp } from '../../server/app.ts';
import { paths, withQuery } from '../../server/paths.ts';
import { type Route, routesOf } from '../access/routes.ts';
import { table } from '../access/table.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { aCity, aGroup, aPartner, aWave } from '../support/builders.ts';
import { cookiesOf, type SignedInPerson, signInAs } from '../support/sign-in.ts';
import { type Asker, openAsker } from './ask.ts';
import { inTurn } from './turns.ts';

const publicUrl = 'https://crosswalk.example';
const logged: string[] = [];
let now = new Date('2026-11-22T12:00:00Z');
let test: TestApp;
let asker: Asker;
let staff: SignedInPerson;
let routes: readonly Route[];
let writes: readonly Route[];
let reads: readonly Route[];

beforeAll(async () => {
  const log = pino({ level: 'trace', base: null }, { write: (line: string) => logged.push(line) });
  test = await startTestApp({
    log,
    clock: () => now,
    config: { publicUrl },
    records: {
      cities: [aCity()],
      partners: [aPartner({ contacts: ['ana@partner.example'] })],
      groups: [
        aGroup({ contacts: ['bob@group.example'] }),
        aGroup({
          name: 'Open Tulsa',
          closed: { date: '2024', reason: 'no time' },
          contacts: ['cyd@group.example'],
        }),
      ],
      waves: [aWave({ slug: '2026-07', state: 'open', asked: ['tulsa-data-center'] })],
    },
  });
  staff = await signInAs(test, { staff: true, address: 'dee@staff.example' });
  asker = await openAsker(test.app);
  routes = routesOf(createApp(test.services).express);
  writes = routes.filter(({ method }) => method !== 'GET');
  reads = routes.filter(({ method }) => method === 'GET');
});
afterAll(async () => {
  asker?.close();
  await test?.close();
});

/** The address of a record that is there, or of one that is not. */
function addressOf({ path }: Route): string {
  const slug = path.startsWith('/groups')
    ? 'code-for-tulsa'
    : path.startsWith('/cities')
      ? 'tulsa-ok'
      : 'tulsa-data-center';
  return path
    .replace(':slug', slug)
    .replace(':city', 'tulsa-ok')
    .replace(':wave', '2026-07')
    .replace(':token', 'x'.repeat(43))
    .replace(/:\w+/g, 'none');
}

let senders = 0;
/** Each from a place of its own: how often one may ask is counted. */
const newPlace = (): string => `198.51.${(senders++ >> 8) % 256}.${senders % 256}`;

/** Everything that is stored, as text. */
async function allThatIsStored(): Promise<string> {
  const { db } = test.services.store.connection;
  const names = ((await db?.listCollections().toArray()) ?? []).map(({ name }) => name).sort();
  const all = names.map(async (name) => [
    name,
    await db?.collection(name).find().sort({ _id: 1 }).toArray(),
  ]);
  return JSON.stringify(await Promise.all(all));
}

const fingerprint = async (): Promise<string> =>
  createHash('sha256')
    .update(await allThatIsStored())
    .digest('hex');

/** Writes that need no account. */
const openWrites = (): Route[] => {
  const open = [...table.everyone, ...table['whoever has the link']];
  return writes.filter((one) => open.includes(`POST ${one.path}`));
};

/** What browsers of all ages say of a write that began on another site. */
const foreign: readonly Readonly<Record<string, string>>[] = [
  { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
  { origin: 'https://evil.crosswalk.example', 'sec-fetch-site': 'same-site' },
  { 'sec-fetch-site': 'cross-site' },
  { 'sec-fetch-site': 'same-site' },
  { origin: 'https://evil.example' },
  { origin: 'null' },
  { origin: 'https://crosswalk.example.evil.example' },
  { origin: 'https://crosswalk.example:8443' },
  { origin: 'http://crosswalk.example' },
  { origin: 'https://evil.example', 'x-forwarded-host': 'evil.example' },
];

describe('a write that another site sends', () => {
  it('is refused on every route, with the cookie of staff, and changes nothing', async () => {
    const before = await fingerprint();
    const taken: string[] = [];
    for (const [turn, route] of writes.entries()) {
      for (const said of inTurn(foreign, turn, 3)) {
        const headers = { cookie: staff.cookie, ...said };
        const { status } = await asker.ask('POST', addressOf(route), headers);
        if (status !== 403) taken.push(`${route.path}: ${status} for ${JSON.stringify(said)}`);
      }
    }

    expect(writes.length).toBeGreaterThan(60);
    expect(taken).toEqual([]);
    expect(await fingerprint()).toBe(before);
  });

  it('is not made of a GET by any header or query', async () => {
    const before = await fingerprint();
    const failed: string[] = [];
    for (const route of writes) {
      const path = `${addressOf(route)}?_method=POST&choice=accept&sure=yes`;
      const { status } = await asker.ask('GET', path, {
        cookie: staff.cookie,
        'x-http-method-override': 'POST',
        'x-http-method': 'POST',
        'x-method-override': 'POST',
      });
      if (status >= 500) failed.push(`${route.path}: ${status}`);
    }

    expect(failed).toEqual([]);
    expect(await fingerprint()).toBe(before);
  });

  it('finds no other method to go by', async () => {
    const before = await fingerprint();
    const methods = ['put', 'patch', 'delete'] as const;
    const taken: string[] = [];
    for (const [index, path] of [...new Set(routes.map((route) => route.path))].entries()) {
      const method = methods[index % 3] ?? 'put';
      const route = { method: method.toUpperCase(), path };
      if (routes.some((one) => one.path === path && one.method === route.method)) continue;
      const { status } = await asker.ask(route.method, addressOf(route), { cookie: staff.cookie });
      if (![404, 405].includes(status)) taken.push(`${method} ${path}: ${status}`);
    }

    expect(taken).toEqual([]);
    expect(await fingerprint()).toBe(before);
  });
});

describe('an address in another spelling', () => {
  const closed = (): Route[] => {
    const open = new Set([...table.everyone, ...table['whoever has the link']]);
    return reads.filter((one) => !one.path.startsWith('/api/') && !open.has(`GET ${one.path}`));
  };
  const spellings: readonly ((address: string) => string)[] = [
    (address) => `${address}/`,
    (address) => `${address}//`,
    (address) => address.toUpperCase(),
    (address) => address.replace('/', '//'),
    (address) => `/.${address}`,
    (address) => `/about/..${address}`,
    (address) => `/about/%2e%2e${address}`,
    (address) =>
      address.replace(/\/(\w)/, (_, one: string) => `/%${one.charCodeAt(0).toString(16)}`),
    (address) => `/${address.slice(1).replaceAll('/', '%2f')}`,
    (address) => `/${address.slice(1).replaceAll('/', '\\')}`,
    (address) => `${address};x=1`,
    (address) => `${address}%00`,
    (address) => `${address}%20`,
    (address) => `${address}?x=1`,
    (address) => `http://crosswalk.example${address}`,
  ];

  it('opens to a visitor nothing that is closed, by GET or by HEAD', async () => {
    const opened: string[] = [];
    for (const [index, route] of closed().entries()) {
      for (const spell of inTurn(spellings, index, 4)) {
        const path = spell(addressOf(route));
        const method = spellings.indexOf(spell) % 2 === 0 ? 'GET' : 'HEAD';
        const { status, headers } = await asker.ask(method, path);
        const isAsked = status === 303 && String(headers.location).startsWith(`${paths.signIn}?`);
        if (!isAsked && ![400, 403, 404].includes(status))
          opened.push(`${method} ${path}: ${status}`);
      }
    }

    expect(closed().length).toBeGreaterThan(50);
    expect(opened).toEqual([]);
  });
});

/** Everything that a browser has ever taken for another site. */
const elsewhere = [
  '//evil.example',
  '/\\evil.example',
  '\\\\evil.example',
  'https:evil.example',
  'https:/evil.example',
  'https://evil.example',
  'HTTPS://evil.example',
  '%2f%2fevil.example',
  '/%2fevil.example',
  '/\t/evil.example',
  '/\n/evil.example',
  '/\r\nLocation: https://evil.example',
  ' //evil.example',
  '/.//evil.example',
  '//crosswalk.example@evil.example',
  'https://crosswalk.example.evil.example',
  'javascript:alert(1)',
  'data:text/html,x',
];
const isOurs = (location: string): boolean =>
  new URL(location, publicUrl).origin === publicUrl && !/^[\\/]{2}|[\t\r\n]/.test(location);
const names = ['next', 'back', 'return', 'returnTo', 'redirect', 'url', 'to'];

describe('a way to another site', () => {
  it('is taken by no address, whatever its query asks for', async () => {
    const left: string[] = [];
    for (const [index, route] of reads.entries()) {
      const evil = elsewhere[index % elsewhere.length] ?? '';
      const query = new URLSearchParams(names.map((name) => [name, evil]));
      for (const cookie of inTurn(['', staff.cookie], index, 1)) {
        const { headers } = await asker.ask('GET', `${addressOf(route)}?${query}`, { cookie });
        const { location } = headers;
        if (location && !isOurs(location)) left.push(`${route.path}: ${location}`);
      }
    }

    expect(left).toEqual([]);
  });

  it.each([paths.signIn, paths.signInConfirm, paths.staff.snooze, paths.staff.assignGaps])(
    'is taken by no form that leads on: %s',
    async (path) => {
      const left: string[] = [];
      for (const evil of elsewhere) {
        const token =
          path === paths.signInConfirm ? await test.services.signIn.makeToken(staff.address) : 'x';
        const filled = {
          token,
          address: 'x',
          key: 'gap:tulsa-ok',
          days: '7',
          gaps: 'tulsa-ok',
          owner: staff.id,
        };
        const answer = await request(test.app)
          .post(path)
          .set({
            cookie: path.startsWith('/staff') ? staff.cookie : '',
            'x-forwarded-for': newPlace(),
          })
          .type('form')
          .redirects(0)
          .send({ ...filled, ...Object.fromEntries(names.map((name) => [name, evil])) });
        const location = answer.headers['location'];
        if (answer.status >= 500) left.push(`${answer.status} for ${evil}`);
        if (location && !isOurs(location)) left.push(location);
        load(answer.text)('[name=next], [name=back]').each((_, field) => {
          const value = load(answer.text)(field).attr('value') ?? '';
          if (value !== '' && !isOurs(value)) left.push(`kept ${value}`);
        });
      }

      expect(left).toEqual([]);
    },
  );
});

describe('a query', () => {
  const known =
    'q place lat lng flag state country city kind liveness topic status show sort direction page per_page cursor limit ' +
    'partner group wave record by from to token done n same map miles radius within size level fields of record origin';

  it('with operators, names of the language, lists or nonsense is refused in words or says nothing', async () => {
    const all = [...new Set(known.split(' '))];
    let index = 0;
    const queries = [
      all.map((name) => `${name}[$ne]=1&${name}[$where]=sleep(9e9)&${name}.$gt=`).join('&'),
      `__proto__[planted]=1&constructor[prototype][planted]=1&__proto__.planted=1&${all.map((name) => `${name}=__proto__&${name}=constructor`).join('&')}`,
      all.map((name) => `${name}=${index++ % 2 === 0 ? 'toString' : '-1e309'}`).join('&'),
      all.map((name) => `${name}=%00%ff%0d%0a'"<`).join('&'),
    ];
    const failed: string[] = [];
    for (const [turn, route] of reads.entries()) {
      const cookie =
        route.path.startsWith('/staff') || /report|edit|account/.test(route.path)
          ? staff.cookie
          : '';
      for (const query of inTurn(queries, turn, 1)) {
        const answer = await asker.ask('GET', `${addressOf(route)}?${query}`, { cookie });
        if (answer.status >= 500)
          failed.push(`${route.path}: ${answer.status} for ${query.slice(0, 40)}`);
      }
    }

    expect(failed).toEqual([]);
    expect(({} as Record<string, unknown>)['planted']).toBeUndefined();
  });
});

describe('a form', () => {
  const fields =
    'token address place miles choice word key sure erase name kind level group website sender stamp from';

  it('with operators in place of words opens nothing and changes nothing', async () => {
    const before = await fingerprint();
    const names = fields.split(' ');
    const bodies = [
      ['application/x-www-form-urlencoded', names.map((name) => `${name}[$ne]=1&${name}.$gt=`)],
      [
        'application/x-www-form-urlencoded',
        names.map((name) => `${name}[]=1&${name}[__proto__]=1`),
      ],
      [
        'application/json',
        [JSON.stringify(Object.fromEntries(names.map((name) => [name, { $gt: '' }])))],
      ],
    ] as const;
    const taken: string[] = [];
    for (const route of openWrites()) {
      for (const [type, parts] of bodies) {
        const headers = { 'content-type': type, 'x-forwarded-for': newPlace() };
        const answer = await asker.ask('POST', addressOf(route), headers, parts.join('&'));
        const isIn = /session[\w.]*=[^;]/.test(String(answer.headers['set-cookie'] ?? ''));
        if (answer.status >= 500 || isIn) taken.push(`${route.path}: ${answer.status} for ${type}`);
      }
    }

    expect(openWrites().length).toBeGreaterThan(10);
    expect(taken).toEqual([]);
    expect(await fingerprint()).toBe(before);
  });
});

describe('the name of another host', () => {
  const strange = {
    host: 'evil.example',
    'x-forwarded-host': 'evil.example',
    'x-forwarded-proto': 'evil',
    'x-forwarded-port': '666',
    'x-forwarded-prefix': '/evil.example',
    'x-original-url': '/evil.example',
    'x-rewrite-url': '/staff',
    'x-host': 'evil.example',
    forwarded: 'host=evil.example',
    'accept-language': 'evil.example',
    'user-agent': 'evil.example',
    referer: 'https://evil.example/',
  };

  it('is in no answer, and in no answer that is kept for the next', async () => {
    const shown: string[] = [];
    for (const { path, method } of reads) {
      const address = addressOf({ path, method });
      for (const headers of [strange, {}]) {
        const answer = await asker.ask('GET', address, headers);
        const text = `${JSON.stringify(answer.headers)} ${answer.text ?? ''}`;
        if (text.includes('evil')) shown.push(path);
      }
    }

    expect(shown).toEqual([]);
  });

  it('is kept for nobody who asks in an odd way', async () => {
    const { text } = await request(test.app).get(paths.cities);
    for (const odd of [
      '?utm_source=evil',
      '?flag=evil',
      '?q=evil',
      '?page=1&page=evil',
      '?__proto__=evil',
      '#evil',
    ]) {
      await request(test.app)
        .get(paths.cities + odd)
        .set({ range: 'bytes=0-1', 'cache-control': 'evil' });
    }

    expect((await request(test.app).get(paths.cities)).text).toBe(text);
  });
});

describe('what is sent', () => {
  it('is refused where it is larger than a form, however it is packed, on every route', async () => {
    const big = `a=${'x'.repeat(3_000_000)}`;
    const gzipped = gzipSync(big);
    const wrong: string[] = [];
    for (const [turn, route] of writes.entries()) {
      const headers = {
        cookie: route.path === paths.signOut ? '' : staff.cookie,
        'x-forwarded-for': newPlace(),
      };
      const post = (body: string | Buffer, more = {}) =>
        asker.ask('POST', addressOf(route), { ...headers, ...more }, body);
      const many = Array.from({ length: 6_000 }, (_, index) => `a${index}=1`).join('&');
      const tricks = [
        () => post(many),
        () => post(gzipped, { 'content-encoding': 'gzip' }),
        () => post(big),
      ];
      for (const trick of inTurn(tricks, turn, 1)) {
        const { status } = await trick();
        if (status >= 500) wrong.push(`${route.path}: ${status}`);
      }
    }

    expect((await request(test.app).post(paths.signIn).type('form').send(big)).status).toBe(413);
    expect(wrong).toEqual([]);
  });
});

describe('how often one sender may write', () => {
  it('is limited on every route that needs no account', async () => {
    const free: string[] = [];
    for (const route of openWrites()) {
      const { headers } = await request(test.app)
        .post(addressOf(route))
        .set('x-forwarded-for', newPlace())
        .type('form')
        .send({ address: 'x' });
      if (!headers['ratelimit-policy']) free.push(route.path);
    }

    expect(openWrites().length).toBeGreaterThan(10);
    expect(free).toEqual([]);
  });

  const askFrom = (app: TestApp['app'], from: string) =>
    request(app)
      .post(paths.subscribe)
      .set('x-forwarded-for', from)
      .type('form')
      .send({ address: 'x' });
  const askUntilRefused = async (
    app: TestApp['app'],
    from: (turn: number) => string,
  ): Promise<number> => {
    for (let turn = 0; turn < 100; turn += 1) {
      if ((await askFrom(app, from(turn))).status === 429) return turn;
    }
    return Number.POSITIVE_INFINITY;
  };

  it('counts the neighbours of an IPv6 network as one, and the next network anew', async () => {
    const { handle } = createApp(test.services);
    const often = await askUntilRefused(
      handle,
      (turn) => `2001:db8:0:${turn.toString(16)}::${turn + 1}`,
    );

    expect(often).toBeLessThan(100);
    expect((await askFrom(handle, '2001:db8:0:ff::9')).status).toBe(429);
    expect((await askFrom(handle, '2001:db8:0:100::9')).status).not.toBe(429);
  });

  it('believes a proxy’s word about the sender from the proxies of the settings alone', async () => {
    const config = { ...test.services.config, trustedProxies: [] };
    const { handle } = createApp({ ...test.services, config });
    const often = await askUntilRefused(handle, (turn) => `192.0.2.${turn}`);

    expect(often).toBeLessThan(100);
    const trusted = createApp(test.services).handle;
    // The proxy adds its own caller at the end: what the caller wrote before it counts for nothing.
    const dodged = await askUntilRefused(trusted, (turn) => `10.9.8.${turn}, 203.0.113.7`);
    expect(dodged).toBe(often);
  });
});

describe('the log', () => {
  it('has no token, no mail address and no subject of a mail in any line, through whole flows; nor has the store a token to compare', async () => {
    const { app } = test;
    const start = logged.length;
    const post = (path: string, values: Record<string, string>, cookie = '') =>
      request(app)
        .post(path)
        .set({ cookie, 'x-forwarded-for': newPlace() })
        .type('form')
        .redirects(0)
        .send(values);
    await post(paths.signIn, { address: staff.address });
    await post(paths.subscribe, { address: 'eve@reader.example', place: 'Tulsa, OK', miles: '50' });
    await post('/groups/open-tulsa/bring-back', { address: 'cyd@group.example' });
    const suggestion = load((await request(app).get(paths.suggest)).text)('main form');
    const stamp = Object.fromEntries(
      suggestion
        .find('input[type=hidden]')
        .toArray()
        .map((field) => [field.attribs['name'] ?? '', field.attribs['value'] ?? '']),
    );
    now = new Date(now.getTime() + 60_000);
    await post(paths.suggest, {
      ...stamp,
      name: 'Code for Owasso',
      kind: 'brigade',
      place: 'Owasso, OK',
      website: 'owasso.example',
      known: 'a friend',
      sender: 'fay@sender.example',
    });
    const form = '/introductions/new?partner=tulsa-data-center&group=code-for-tulsa';
    const asking = load((await staff.agent.get(form)).text)('main form');
    const filled = new URLSearchParams(asking.serialize());
    await post(
      form,
      { ...Object.fromEntries(filled), word: 'hello', from: 'partner' },
      staff.cookie,
    );
    await post(
      '/staff/waves/2026-07/partners/tulsa-data-center',
      { addresses: 'ana@partner.example' },
      staff.cookie,
    );

    const mails = await mailsUntil(4);
    const tokens = new Set(
      mails.flatMap((mail) => mail.match(/[A-Za-z0-9_-]{43}|(?<=token=)[A-Za-z]{32}/g) ?? []),
    );
    const subjects = mails.map((mail) => /^Subject: (.*)$/m.exec(mail)?.[1] ?? '');
    for (const mail of mails) {
      for (const link of new Set(mail.match(/https:\/\/crosswalk\.example\/[\w/?=&%.-]+/g) ?? [])) {
        const path = link.slice(publicUrl.length);
        await request(app).get(path).set('x-forwarded-for', newPlace());
        const token = /token=([A-Za-z]+)/.exec(path)?.[1] ?? '';
        const answer = await post(path.split('?')[0] ?? '', {
          token,
          choice: 'accept',
          word: 'yes',
        });
        for (const cookie of [cookiesOf(answer.headers['set-cookie'])].filter(Boolean))
          tokens.add(cookie);
      }
    }
    const people = [
      'ana@partner',
      'bob@group',
      'cyd@group',
      'dee@staff',
      'eve@reader',
      'fay@sender',
    ];

    expect(tokens.size).toBeGreaterThan(3);
    expect(logged.length - start).toBeGreaterThan(20);
    const told = [
      ...tokens,
      ...subjects,
      ...people,
      staff.cookie.split('=')[1] ?? '?',
      'x'.repeat(43),
    ].filter((secret) => logged.some((line) => secret !== '' && line.includes(secret)));
    expect(told).toEqual([]);
    // A link is found by the hash of what it ends with: how long that takes tells nothing of another's.
    const stored = await allThatIsStored();
    const links = [...tokens].filter((token) => /^[\w-]{43}$|^[A-Za-z]{32}$/.test(token));
    expect(links.length).toBeGreaterThan(3);
    expect(links.filter((token) => stored.includes(token))).toEqual([]);
  });

  it('is one line of JSON for each thing said, whatever was asked for', async () => {
    await request(test.app).get('/find?place=%0d%0a{"level":60}');
    await request(test.app).get('/%0a%0d{"level":60,"msg":"forged"}');

    expect(logged.filter((line) => line.trimEnd().includes('\n'))).toEqual([]);
    expect(logged.map((line) => JSON.parse(line).msg)).not.toContain('forged');
    expect(logged.filter((line) => line.includes('"level":50'))).toEqual([]);
  });
});

/** Every mail of the mail folder, when there are so many at least. */
async function mailsUntil(many: number): Promise<string[]> {
  const folder = join(test.services.config.dataDir, 'mail');
  for (let turn = 0; turn < 100; turn += 1) {
    await test.services.mail.drain();
    const files = await readdir(folder).catch(() => []);
    if (files.length >= many) {
      const raw = await Promise.all(files.map((name) => readFile(join(folder, name), 'utf8')));
      return raw.map((mail) => mail.replace(/=\r?\n/g, '').replaceAll('=3D', '='));
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`${many} mails did not come`);
}

describe('an error page', () => {
  it('tells a reference, and nothing of the inside', async () => {
    const services = {
      ...test.services,
      directory: { ...test.services.directory, current: explode },
    };
    const silent = { ...services, log: pino({ level: 'silent' }) } as typeof test.services;
    const { express } = createApp(silent);
    for (const path of [paths.cities, paths.api.cities, withQuery(paths.find, { place: 'x' })]) {
      const { status, text } = await request(express).get(path).set('accept', '*/*');

      expect(status).toBe(500);
      expect(text).not.toMatch(/at \w+ \(|node_modules|\.ts:|\/work|secret-detail|Error:/);
    }
  });
});
const explode = (): never => {
  throw new Error('secret-detail');
};
