// Markup planted in every text field of every model, read back in every page, table, feed, calendar and picture.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { load } from 'cheerio';
import request from 'supertest';
import { createApp } from '../../server/app.ts';
import { drawCity } from '../../server/features/pictures/drawing.ts';
import { raiseRevision } from '../../server/store/revision.ts';
import { type Route, routesOf } from '../access/routes.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { type SignedInPerson, signInAs } from '../support/sign-in.ts';
import { type Answered, type Asker, openAsker } from './ask.ts';
import { plantEverywhere, planted, token } from './plant.ts';
import { liveIn, wrongIn, wrongInXml } from './reading.ts';
import { inTurn } from './turns.ts';

let test: TestApp;
let routes: readonly Route[];
let asker: Asker;
let staff: SignedInPerson;
let organization = '';
let identifiers: ReadonlyMap<string, string>;

beforeAll(async () => {
  test = await startTestApp({ config: { logLevel: 'error' } });
  identifiers = await plantEverywhere(test.services.store.connection);
  await raiseRevision(test.services.store);
  await test.services.directory.refresh();
  asker = await openAsker(test.app);
  staff = await signInAs(test, {
    staff: true,
    partners: ['tulsa-data-center'],
    groups: ['code-for-tulsa'],
  });
  const list = await request(test.app).get('/api/organizations');
  organization = decodeURIComponent(list.body.objects[0].api_url.split('/').at(-1));
  routes = routesOf(createApp(test.services).express).filter(({ method }) => method === 'GET');
});
afterAll(async () => {
  asker?.close();
  await test?.close();
});

const slugs: Readonly<Record<string, string>> = {
  cities: 'tulsa-ok',
  partners: 'tulsa-data-center',
  groups: 'code-for-tulsa',
};
const models: Readonly<Record<string, string>> = {
  people: 'Person',
  changes: 'Change',
  'still-here': 'GroupReturn',
  introductions: 'Introduction',
};

/** Addresses that say nothing without a query. */
const queries: Readonly<Record<string, string>> = {
  '/find': '?place=Tulsa',
  '/api/v1/near': '?place=Tulsa',
  '/api/v1/matches': '?city=tulsa-ok',
  '/api/v1/places': '?q=Tul',
  '/introductions/new': '?partner=tulsa-data-center&group=code-for-tulsa',
  '/sign-in/confirm': `?token=${'x'.repeat(32)}`,
  '/suggest': '?group=code-for-tulsa',
};

/** The address of the planted record that a route is about. */
function addressOf(path: string): string {
  const parts = path.split('/').filter((part) => !['staff', 'api', 'v1'].includes(part));
  const model = parts.map((part) => models[part]).find((one) => one !== undefined) ?? '';
  const slug = path.startsWith('/staff/waves') ? slugs['partners'] : slugs[parts[1] ?? ''];
  return (
    path
      .replace('/api/v1/waves/:slug', '/api/v1/waves/2026-01')
      .replace(/^\/surveys\/:wave(?=\.)/, '/surveys/2026-01')
      .replace('/collaborations/:slug', '/collaborations/sown')
      .replace(':slug', slug ?? 'sown')
      .replace(':collaboration', 'sown')
      .replace(':city', 'tulsa-ok')
      .replace(':wave', '2026-07')
      .replace(':token', token)
      .replace(':suggestion', identifiers.get('Suggestion') ?? '')
      .replace(':introduction', identifiers.get('Introduction') ?? '')
      .replace(':id', identifiers.get(model) ?? 'none')
      .replace('organizations/:name', `organizations/${encodeURIComponent(organization)}`)
      .replace(':name', 'sown')
      .replace(':list', 'projects') + (queries[path] ?? '')
  );
}

/** Unpacked, as most tests read it: HEAD is asked the same way. */
const read = (address: string, cookie: string | null, method = 'GET'): Promise<Answered> =>
  asker.ask(method, address, cookie === null ? {} : { cookie });

/** Repeats for staff what was typed, as data; everything else leaves out what is no web address. */
const asTyped = '/staff/export.json';

/** Every answer of every route, as a visitor gets it, and as staff get it who are of the partner and the group too. */
async function readEverything(): Promise<Read[]> {
  const all: Read[] = [];
  for (const { path } of routes) {
    for (const who of ['visitor', 'staff'] as const) {
      const answer = await read(addressOf(path), who === 'staff' ? staff.cookie : null);
      all.push({ path, who, answer, body: answer.body });
    }
  }
  return all;
}

interface Read {
  readonly path: string;
  readonly who: 'visitor' | 'staff';
  readonly answer: Answered;
  readonly body: Buffer;
}

let everything: readonly Read[];
beforeAll(async () => {
  everything = await readEverything();
});

const typeOf = ({ answer }: Read): string => String(answer.headers['content-type']);
const isPage = (one: Read): boolean => typeOf(one).startsWith('text/html');
const isRedirect = ({ answer }: Read): boolean => answer.status >= 300 && answer.status < 400;
const each = (complaints: (one: Read) => readonly string[]): string[] => [
  ...new Set(everything.flatMap((one) => complaints(one).map((said) => `${one.path}: ${said}`))),
];

describe('markup in every text of the store', () => {
  it('is read in an answer of every route', () => {
    const failed = everything.filter(({ answer }) => answer.status >= 500);
    const shown = new Set(
      everything.filter(({ body }) => body.includes('A0 {')).map((one) => one.path),
    );

    expect(failed.map(({ path, answer }) => `${path}: ${answer.status}`)).toEqual([]);
    expect(shown.size).toBeGreaterThan(100);
  });

  it('acts in no page, table, map, feed, calendar or archive, whoever reads it', () => {
    const acting = each((one) => {
      if (isRedirect(one)) return [];
      if (one.path === asTyped) return JSON.parse(one.body.toString()) ? [] : ['no JSON'];
      return wrongIn(typeOf(one), one.body);
    });

    expect(acting).toEqual([]);
  });

  it('stands in no header', () => {
    expect(
      each(({ answer }) =>
        Object.entries(answer.headers)
          .filter(([, value]) => /planted|A0 \{/.test(String(value)))
          .map(([name, value]) => `${name}: ${String(value)}`),
      ),
    ).toEqual([]);
  });

  it('is letters alone in the drawing that becomes a picture', () => {
    const { cities, sampleData } = test.services.directory.current();

    expect(cities.map(({ name }) => name).join()).toContain('<planted-mark');
    expect(cities.flatMap((city) => wrongInXml(drawCity(city, sampleData)))).toEqual([]);
  });
});

describe('every answer of every route', () => {
  it('forbids everything that is written into a page: scripts, styles, plugins, frames and foreign forms', () => {
    const policyOf = ({ answer }: Read) =>
      new Map(
        String(answer.headers['content-security-policy'])
          .split(';')
          .map((directive) => directive.trim().split(' '))
          .map(([name = '', ...values]) => [name, values.join(' ')] as const),
      );

    expect(
      each((one) => {
        const isEmbed = one.path === '/embed/map';
        const policy = policyOf(one);
        const expected = {
          'default-src': "'none'",
          'script-src': "'self'",
          'style-src': "'self'",
          'img-src': "'self' data:",
          'connect-src': "'self'",
          'base-uri': "'none'",
          'form-action': isEmbed ? "'none'" : "'self'",
          'frame-ancestors': isEmbed ? '*' : "'none'",
        };
        const wrong = Object.entries(expected).filter(
          ([name, value]) => policy.get(name) !== value,
        );
        const unsafe = [...policy.values()].filter((value) => /unsafe|blob:|http/.test(value));
        return [...wrong.map(([name]) => `${name} ${policy.get(name)}`), ...unsafe];
      }),
    ).toEqual([]);
  });

  it('is taken for what it says it is, in its own window, and tells other sites no path', () => {
    expect(
      each(({ answer: { headers }, path }) =>
        [
          headers['x-content-type-options'] === 'nosniff' || 'may be sniffed',
          headers['cross-origin-opener-policy'] === 'same-origin' || 'shares its window',
          path === '/embed/map' || headers['x-frame-options'] === 'SAMEORIGIN' || 'may be framed',
          /^(same-origin|strict-origin|no-referrer)$/.test(String(headers['referrer-policy'])) ||
            'tells its path',
          headers['x-powered-by'] === undefined || 'names its parts',
          headers['server'] === undefined || 'names its server',
        ].filter((said) => said !== true),
      ),
    ).toEqual([]);
  });

  it('is kept by nobody else where it was made for one person', () => {
    expect(
      each((one) => {
        const { headers } = one.answer;
        const cache = String(headers['cache-control'] ?? '');
        if (
          one.who === 'staff' &&
          isPage(one) &&
          one.path !== '/embed/map' &&
          !cache.includes('no-store')
        )
          return [cache];
        const isShared =
          one.who === 'visitor' &&
          isPage(one) &&
          one.path !== '/embed/map' &&
          !cache.includes('no-store');
        return isShared && !/cookie/i.test(String(headers['vary']))
          ? ['does not vary with the cookie']
          : [];
      }),
    ).toEqual([]);
  });

  it('may be read by the scripts of other sites where it is data for everybody, and never with a cookie', () => {
    const open = new Set(
      everything
        .filter(({ answer }) => answer.headers['access-control-allow-origin'] !== undefined)
        .map(({ path }) => path),
    );
    const closed = [...open].filter(
      (path) =>
        !/^\/(api\/|organizations\.json|data\/|changes\.atom|.*\.ics|surveys\/.*\.(csv|json))/.test(
          path,
        ),
    );

    expect(open.size).toBeGreaterThan(10);
    expect(closed).toEqual([]);
    expect(
      each(({ answer }) => (answer.headers['access-control-allow-credentials'] ? ['yes'] : [])),
    ).toEqual([]);
  });

  it('has the same headers without a body for HEAD', async () => {
    const passing = new Set([
      'date',
      'x-request-id',
      'connection',
      'keep-alive',
      'content-length',
      'transfer-encoding',
      'ratelimit',
      'ratelimit-policy',
    ]);
    const lasting = (headers: Readonly<Record<string, unknown>>) =>
      Object.fromEntries(Object.entries(headers).filter(([name]) => !passing.has(name)));
    const different: string[] = [];
    for (const { path, who, answer } of everything) {
      if (who === 'staff') continue;
      const head = await read(addressOf(path), null, 'HEAD');
      const [asked, got] = [lasting(head.headers), lasting(answer.headers)];
      const names = Object.keys({ ...asked, ...got }).filter((name) => asked[name] !== got[name]);
      for (const name of names)
        different.push(`${path}: ${name} is ${asked[name]}, not ${got[name]}`);
      if (head.status !== answer.status) different.push(`${path}: ${head.status}`);
      if (head.text) different.push(`${path}: a body`);
    }

    expect(different).toEqual([]);
  });
});

describe('a page whose address is a secret', () => {
  it('is kept by nobody, searched by nobody, and its address goes to no other site', () => {
    const wrong = each(({ path, answer: { headers } }) =>
      path.includes(':token') || path === '/sign-in/confirm'
        ? [
            headers['referrer-policy'] === 'strict-origin' ||
              `referrer ${headers['referrer-policy']}`,
            String(headers['cache-control']).includes('no-store') || 'may be kept',
            headers['x-robots-tag'] === 'noindex' || 'may be searched',
          ].filter((said) => said !== true)
        : [],
    );

    expect(wrong).toEqual([]);
  });

  it('is as private where the secret opens nothing', async () => {
    const wrong: string[] = [];
    for (const { path } of routes.filter((one) => one.path.includes(':token'))) {
      for (const secret of ['w'.repeat(43), 'short', '..%2f..%2fetc%2fpasswd']) {
        const { headers } = await read(path.replace(':token', secret), null);
        if (headers['referrer-policy'] !== 'strict-origin')
          wrong.push(`${path}: its address goes out`);
        if (!String(headers['cache-control']).includes('no-store'))
          wrong.push(`${path}: may be kept`);
      }
    }

    expect(wrong).toEqual([]);
  });
});

interface Form {
  readonly action: string;
  /** Names of its fields, with what a browser would send where nothing is typed. */
  readonly values: ReadonlyMap<string, string>;
  /** Names of those that people type into. */
  readonly typed: readonly string[];
}

/** Every form of every page that writes, once for each address. */
function formsIn(pages: readonly Read[]): Form[] {
  const forms = new Map<string, Form>();
  for (const { path, body } of pages) {
    const page = load(body.toString());
    page('form[method=post]').each((_, form) => {
      const values = new Map<string, string>();
      const typed: string[] = [];
      page(form)
        .find('input, textarea, select, button')
        .each((__, field) => {
          const { name = '', type = '' } = page(field).attr() ?? {};
          if (name === '') return;
          values.set(name, values.get(name) ?? String(page(field).val() ?? ''));
          if (page(field).is('textarea') || /^(|text|search|url)$/.test(type)) typed.push(name);
        });
      const action = page(form).attr('action') ?? addressOf(path);
      forms.set(action, { action, values, typed });
    });
  }
  // Signing out comes last: it takes the session with it.
  return [...forms.values()].sort((a, b) => Number(isEnding(a)) - Number(isEnding(b)));
}
const isEnding = ({ action }: Form): boolean => /sign-out|sessions/.test(action);

describe('every form of every page', () => {
  const send = (action: string, body: string, type = 'application/x-www-form-urlencoded') => {
    const from = `198.51.${(sent++ >> 8) % 256}.${sent % 256}`;
    const headers = { cookie: staff.cookie, 'x-forwarded-for': from, 'content-type': type };
    return asker.ask('POST', action, headers, body);
  };
  let sent = 0;
  let forms: readonly Form[];
  beforeAll(() => {
    forms = formsIn(everything.filter(isPage));
  });

  it('gives markup back as text', async () => {
    const acting: string[] = [];
    let given = 0;
    for (const { action, values, typed } of forms) {
      const body = new URLSearchParams([...values]);
      for (const name of typed) body.set(name, `${planted(name)}`);
      const answer = await send(action, body.toString());
      if (answer.status >= 500) acting.push(`${action}: ${answer.status}`);
      if (answer.text.includes('A0 {')) given += 1;
      for (const what of liveIn(answer.text)) acting.push(`${action}: ${what}`);
    }

    expect(given).toBeGreaterThan(7);
    expect(acting).toEqual([]);
  });

  it('takes operators, names of the language, lists and other types for nothing or for text', async () => {
    const failed: string[] = [];
    for (const [turn, { action, values }] of forms.entries()) {
      const names = [...values.keys()];
      const query = (named: (name: string) => string): string => names.map(named).join('&');
      const operators =
        '__proto__[planted]=1&constructor[prototype][planted]=1&__proto__.planted=1&$where=1&a.b.c=1';
      const language = '__proto__=1&constructor=1&toString=1&hasOwnProperty=1&valueOf=1';
      const bodies = [
        `${operators}&${query((name) => `${name}[$ne]=&${name}[$where]=sleep(9e9)&${name}.$gt=`)}`,
        `${language}&${query((name) => `${name}=a&${name}=b&${name}[]=c&${name}[__proto__][planted]=1`)}`,
        query((name) => `${name}=%00%0d%0a%ff%fe%ed%a0%80`),
      ];
      const json = JSON.stringify(Object.fromEntries(names.map((name) => [name, { $ne: null }])));
      const form = 'application/x-www-form-urlencoded';
      const tricks = [
        ...bodies.map((body) => ({ body, type: form })),
        { body: json, type: 'application/json' },
      ];
      for (const { body, type } of inTurn(tricks, turn, 1)) {
        const answer = await send(action, body, type);
        if (answer.status >= 500)
          failed.push(`${action}: ${answer.status} for ${body.slice(0, 60)}`);
      }
    }

    expect(forms.length).toBeGreaterThan(25);
    expect(failed).toEqual([]);
    expect(({} as Record<string, unknown>)['planted']).toBeUndefined();
  });
});
