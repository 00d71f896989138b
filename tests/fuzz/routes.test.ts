// Every route and every form of the real application, asked and sent with anything: never an error of ours, never silence.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { load } from 'cheerio';
import fc from 'fast-check';
import request from 'supertest';
import { makeOperations } from '../../server/features/api/operations.ts';
import { table } from '../access/table.ts';
import { type OpenWave, openWave, wave } from '../respond/wave.ts';
import { aCity, aCollaboration, aConvening } from '../support/builders.ts';
import { type SignedInPerson, signInAs } from '../support/sign-in.ts';
import { cases, givesMemoryBack, isLong, patience, runs } from './cases.ts';
import { hostileText } from './hostile.ts';
import { listenForFaults, type Sent, type Visitor, visit } from './visitor.ts';

const { log, faults } = listenForFaults();
const strays: unknown[] = [];
const keepStray = (error: unknown): void => void strays.push(error);
let world: OpenWave;
let staff: SignedInPerson;
let visitor: Visitor;
let forms: Form[];

beforeAll(async () => {
  process.on('unhandledRejection', keepStray);
  process.on('uncaughtException', keepStray);
  world = await openWave({
    log,
    records: {
      cities: [aCity()],
      collaborations: [aCollaboration()],
      convenings: [aConvening()],
    },
  });
  staff = await signInAs(world, { staff: true });
  visitor = await visit(world);
  // Before anything is changed: some of them are there only while a wave is open.
  forms = await formsOf();
}, patience);
afterAll(async () => {
  await visitor?.close();
  await world?.close();
  process.off('unhandledRejection', keepStray);
  process.off('uncaughtException', keepStray);
});

const names = [
  ...Object.values(table).flat(),
  ...makeOperations('http://localhost:3000').map(
    ({ path }) => `GET ${path.replace('{slug}', ':slug')}`,
  ),
];
const routes = names.map((name) => {
  const [method = 'GET', path = '/'] = name.split(' ');
  return { method, path };
});
const [readings, writings] = [true, false].map((reads) =>
  routes.filter(({ method }) => (method === 'GET') === reads),
) as [typeof routes, typeof routes];

/** Those that end a session or an account are sent without one. */
const endsSession = /sign-out|sessions|erase|\/remove|\/account\/address/;

/** In the long run each route has all its cases; otherwise they share them. */
const inTurn = (those: typeof routes): [string, typeof routes][] =>
  isLong
    ? those.map((route) => [`${route.method} ${route.path}`, [route]])
    : [['every route', those]];

const percent = (text: string, encoding: 'utf8' | 'latin1'): string =>
  [...Buffer.from(text.slice(0, 3_000), encoding)]
    .map((byte) => `%${byte.toString(16).padStart(2, '0')}`)
    .join('');

/** A text as an address may hold it, well or badly. */
const written: fc.Arbitrary<string> = fc
  .tuple(hostileText, fc.constantFrom('utf8' as const, 'latin1' as const, 'raw' as const))
  .map(([text, how]) => (how === 'raw' ? text : percent(text, how)));

const valid: Readonly<Record<string, readonly string[]>> = {
  slug: ['tulsa-ok', 'code-for-tulsa', 'tulsa-data-center'],
  city: ['tulsa-ok'],
  wave: [wave],
};
const tokens = () => [world.tokenOf('tulsa-data-center'), 'x'.repeat(43)];

type Filled = (path: string) => string;
/** Puts a value into each place that a route's path leaves open. */
const filled: fc.Arbitrary<Filled> = fc
  .tuple(fc.array(fc.oneof(fc.nat(9), written), { minLength: 3, maxLength: 3 }), fc.boolean())
  .map(([values, isValid]): Filled => {
    const isUsable = isValid || values.every((value) => typeof value === 'number');
    return (path) => {
      let at = 0;
      return path.replace(/:(\w+)/g, (_, name: string) => {
        const value = values[at++ % values.length] ?? 0;
        const known = name === 'token' ? tokens() : (valid[name] ?? ['none']);
        const usual = known[(typeof value === 'number' ? value : 0) % known.length] ?? 'none';
        return isUsable || typeof value === 'number' ? usual : value;
      });
    };
  });

const fieldNames = [
  ...['q', 'flag', 'state', 'city', 'kind', 'topic', 'sort', 'direction', 'page', 'place', 'lat'],
  ...[
    'lng',
    'within',
    'from',
    'to',
    'next',
    'cursor',
    'limit',
    'partner',
    'group',
    'show',
    'about',
  ],
  ...['slug', 'cause', 'change', 'a[b]', 'a[]', 'flag[$ne]', '__proto__', 'constructor', 'token'],
];
const query = fc
  .array(fc.tuple(fc.oneof(fc.constantFrom(...fieldNames), written), written), { maxLength: 5 })
  .map((pairs) => pairs.map(([name, value]) => `${name}=${value}`).join('&'));

const headerNames = [
  ...[
    'accept',
    'accept-encoding',
    'accept-language',
    'if-none-match',
    'if-modified-since',
    'range',
  ],
  ...['cookie', 'host', 'origin', 'referer', 'sec-fetch-site', 'x-forwarded-for', 'user-agent'],
  ...['x-forwarded-proto', 'x-forwarded-host', 'content-type', 'cache-control', 'x-request-id'],
  ...['if-match', 'authorization', 'te', 'forwarded', 'x-http-method-override'],
];
const headers = fc
  .array(
    fc.tuple(
      fc.constantFrom(...headerNames),
      fc.oneof(
        hostileText,
        fc.constantFrom('gzip, br;q=x', 'bytes=0-0,1-1', '"a", W/"b"', 'null', '::1', '*', 'a=b;'),
        hostileText.map((text) => `crosswalk.session_token=${text}`),
        hostileText.map((text) => `crosswalk.session_token=${percent(text, 'utf8')}`),
      ),
    ),
    { maxLength: 4 },
  )
  .map((pairs) =>
    Object.fromEntries(
      pairs.map(([name, text]) => [
        name,
        text.replace(/[^\t\x20-\x7e\x80-\xff]/g, '').slice(0, 2_000),
      ]),
    ),
  );

const fields = fc.array(fc.tuple(fc.oneof(fc.constantFrom(...fieldNames), written), written), {
  maxLength: 8,
});
/** What may stand behind a POST, and what it says that it is. */
const body: fc.Arbitrary<Pick<Sent, 'body' | 'headers'>> = fc
  .tuple(
    fc.oneof(
      fields.map((pairs) => Buffer.from(pairs.map(([a, b]) => `${a}=${b}`).join('&'))),
      hostileText.map((text) => Buffer.from(text)),
      fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
      fc.json().map((text) => Buffer.from(text)),
      fc.constantFrom('a', 'a=', 'a[b]', '%', '&').map((part) => Buffer.alloc(200_000, part)),
      fc.constant(Buffer.from(Array.from({ length: 5_000 }, (_, i) => `f${i}=1`).join('&'))),
      fc.constant(Buffer.from(`a${'[b]'.repeat(2_000)}=1`)),
      fc.constant(Buffer.from('--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n')),
    ),
    fc.constantFrom(
      'application/x-www-form-urlencoded',
      'application/x-www-form-urlencoded',
      'application/x-www-form-urlencoded',
      'application/x-www-form-urlencoded; charset=utf-7',
      'application/x-www-form-urlencoded; charset=iso-8859-1',
      'multipart/form-data; boundary=x',
      'multipart/form-data',
      'application/json',
      'text/plain',
      ';;;',
      '',
    ),
    fc.constantFrom('', '', '', 'gzip', 'br', 'nonsense'),
  )
  .map(([bytes, type, encoding]) => ({
    body: bytes,
    headers: {
      ...(type === '' ? {} : { 'content-type': type }),
      ...(encoding === '' ? {} : { 'content-encoding': encoding }),
    },
  }));

const cookieFor = (path: string, isStaff: boolean): Record<string, string> =>
  isStaff && !endsSession.test(path) ? { cookie: staff.cookie } : {};

/** Anything but an error of ours; what was logged comes with it. */
async function isAnswered(sent: Sent, mayEnd = false): Promise<void> {
  faults.length = 0;
  const status = await visitor.send(sent);
  const said = { sent: `${sent.method} ${sent.path}`, status, faults: [...faults], strays };

  expect(said).toEqual({ ...said, faults: [], strays: [] });
  expect(status).toBeLessThan(500);
  if (!mayEnd) expect(status).toBeGreaterThan(0);
}

describe('an address', () => {
  it.each(inTurn(readings))(
    'of %s is answered, whatever it holds',
    async (_, those) => {
      await givesMemoryBack(() =>
        fc.assert(
          fc.asyncProperty(
            fc.constantFrom(...those),
            filled,
            query,
            fc.constantFrom('GET', 'GET', 'HEAD'),
            fc.boolean(),
            async ({ path }, fill, search, method, isStaff) => {
              const address = `${fill(path)}?${search}`;
              await isAnswered({ method, path: address, headers: cookieFor(path, isStaff) });
            },
          ),
          runs(),
        ),
      );
    },
    patience,
  );

  it(
    'of no route is answered, whatever the method',
    async () => {
      const methods = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'PROPFIND'];
      await givesMemoryBack(() =>
        fc.assert(
          fc.asyncProperty(
            fc.constantFrom(...methods),
            fc.array(fc.oneof(written, fc.constantFrom('..', 'api', 'v1', 'staff', 'cities', '')), {
              maxLength: 5,
            }),
            async (method, parts) => isAnswered({ method, path: `/${parts.join('/')}` }),
          ),
          runs(),
        ),
      );
    },
    patience,
  );
});

describe('a header', () => {
  it.each(inTurn(readings))(
    'at %s does no harm, whatever it says',
    async (_, those) => {
      await givesMemoryBack(() =>
        fc.assert(
          fc.asyncProperty(
            fc.constantFrom(...those),
            filled,
            headers,
            async ({ path }, fill, said) =>
              // Node itself ends what is no HTTP any more.
              isAnswered({ method: 'GET', path: fill(path), headers: said }, true),
          ),
          runs(),
        ),
      );
    },
    patience,
  );
});

describe('a body', () => {
  it.each(inTurn(writings))(
    'at %s is taken or refused',
    async (_, those) => {
      await givesMemoryBack(() =>
        fc.assert(
          fc.asyncProperty(
            fc.constantFrom(...those),
            filled,
            body,
            fc.boolean(),
            async ({ path }, fill, sent, isStaff) => {
              const more = { ...sent.headers, ...cookieFor(path, isStaff) };
              // A body that is too large may meet a closed door.
              await isAnswered({ method: 'POST', path: fill(path), ...sent, headers: more }, true);
            },
          ),
          runs(),
        ),
      );
    },
    patience,
  );
});

interface Form {
  readonly action: string;
  readonly fields: readonly (readonly [name: string, value: string])[];
}

const open = new Set(
  [...table.everyone, ...table['whoever has the link']].map((name) => name.replace('GET ', '')),
);

/** Every form that a page of ours holds, for a visitor or else for staff, as the page prints it. */
async function formsOf(): Promise<Form[]> {
  const found = new Map<string, Form>();
  for (const { path } of readings) {
    for (const slug of path.includes(':slug') ? (valid['slug'] ?? []) : ['none']) {
      const address = path
        .replace(':slug', slug)
        .replace(/:(\w+)/g, (_, name: string) => valid[name]?.[0] ?? tokens()[0] ?? '');
      const cookie = open.has(path) ? '' : staff.cookie;
      const page = await request(world.app).get(address).set('cookie', cookie);
      if (!String(page.headers['content-type']).startsWith('text/html')) continue;
      for (const form of formsIn(page.text, address)) {
        const key = `${form.action} ${form.fields.map(([name]) => name)}`;
        if (!endsSession.test(form.action)) found.set(key, form);
      }
    }
  }
  return [...found.values()];
}

function formsIn(html: string, address: string): Form[] {
  const $ = load(html);
  return $('form[method=post]')
    .toArray()
    .map((form) => ({
      action: $(form).attr('action') ?? address,
      fields: $(form)
        .find('[name]')
        .toArray()
        .map((one) => [$(one).attr('name') ?? '', String($(one).val() ?? '')] as const),
    }));
}

type Damage = (fields: Form['fields']) => (readonly [string, string])[];
const damage: fc.Arbitrary<Damage> = fc
  .array(
    fc.tuple(
      fc.nat(40),
      fc.constantFrom('replace', 'replace', 'replace', 'drop', 'double', 'rename', 'array'),
      hostileText,
    ),
    { maxLength: 4 },
  )
  .map(
    (changes): Damage =>
      (given) => {
        const all = [...given];
        for (const [which, how, text] of changes) {
          const at = which % Math.max(1, all.length);
          const [name, value] = all[at] ?? ['extra', ''];
          if (how === 'drop') all.splice(at, 1);
          else if (how === 'double') all.push([name, text]);
          else if (how === 'rename') all[at] = [text, value];
          else if (how === 'array') all[at] = [`${name}[]`, text];
          else all[at] = [name, text];
        }
        return all;
      },
  );

describe('a form of our pages', () => {
  it(
    'is taken or refused in words, however it is filled in',
    async () => {
      expect(forms.length).toBeGreaterThan(25);
      let count = 0;
      await givesMemoryBack(() =>
        fc.assert(
          fc.asyncProperty(
            fc.nat(),
            damage,
            fc.constantFrom('utf8' as const, 'utf8' as const, 'latin1' as const),
            async (_, change, encoding) => {
              const form = forms[count++ % forms.length] as Form;
              // Steps of a wave are taken again and again.
              if (count % forms.length === 0) await world.turnTo('open');
              const sent = change(form.fields)
                .map((pair) => pair.map((text) => percent(text, encoding)).join('='))
                .join('&');
              await isAnswered({
                method: 'POST',
                path: form.action,
                body: Buffer.from(sent),
                headers: {
                  'content-type': 'application/x-www-form-urlencoded',
                  ...cookieFor(form.action, true),
                },
              });
            },
          ),
          { ...runs(), numRuns: isLong ? cases * forms.length : cases },
        ),
      );
    },
    patience,
  );
});

describe('what is no request', () => {
  it.each([
    ['nothing but blanks', Buffer.alloc(2_000, ' ')],
    ['no HTTP', Buffer.from('\x16\x03\x01\x02\x00\x01\x00\x01\xfc', 'latin1')],
    ['a line without an end', Buffer.from(`GET /${'a'.repeat(200_000)}`)],
    ['headers without an end', Buffer.from(`GET / HTTP/1.1\r\n${'a: b\r\n'.repeat(20_000)}`)],
    ['no host', Buffer.from('GET / HTTP/1.1\r\n\r\n')],
    ['a whole address', Buffer.from('GET http://evil.example/ HTTP/1.1\r\nHost: a\r\n\r\n')],
    ['an address that is none', Buffer.from('GET //[::1 HTTP/1.1\r\nHost: a\r\n\r\n')],
    ['a star', Buffer.from('OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n')],
    ['a tunnel', Buffer.from('CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n')],
    [
      'another protocol',
      Buffer.from('GET / HTTP/1.1\r\nHost: a\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n'),
    ],
    [
      'a length that is wrong',
      Buffer.from('POST /sign-in HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\na'),
    ],
    [
      'pieces that are wrong',
      Buffer.from('POST /sign-in HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n'),
    ],
    [
      'two lengths',
      Buffer.from(
        'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      ),
    ],
    ['many requests at once', Buffer.from('GET / HTTP/1.1\r\nHost: a\r\n\r\n'.repeat(200))],
  ])('such as %s takes nobody down', async (_, bytes) => {
    faults.length = 0;
    const heard = await visitor.write(bytes);

    expect(heard).not.toMatch(/HTTP\/1\.1 5/);
    expect(faults).toEqual([]);
    await isAnswered({ method: 'GET', path: '/' });
  });
});
