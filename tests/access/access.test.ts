// Every route of the application against everybody who may come by: open to those whom the table names,
// closed in words to the rest, and never written to from another site.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request, { type Test } from 'supertest';
import { createApp } from '../../server/app.ts';
import { paths } from '../../server/paths.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { aCity, aGroup, aPartner, aWave } from '../support/builders.ts';
import { type Roles, signInAs } from '../support/sign-in.ts';
import { type Route, routesOf } from './routes.ts';
import { type Rule, rules, table, type VisitorKind, visitors } from './table.ts';

let test: TestApp;
let routes: Route[];

beforeAll(async () => {
  test = await startTestApp({
    records: {
      cities: [aCity()],
      partners: [
        aPartner({ slug: 'tulsa-data-center' }),
        aPartner({ slug: 'other-data-center', name: 'Other Data Center' }),
      ],
      groups: [
        aGroup({ slug: 'code-for-tulsa' }),
        aGroup({ slug: 'open-tulsa', name: 'Open Tulsa' }),
      ],
      waves: [aWave({ slug: '2026-07', state: 'open' })],
    },
  });
  routes = routesOf(createApp(test.services).express);
});
afterAll(() => test?.close());

const roles: Readonly<Record<VisitorKind, Roles | null>> = {
  visitor: null,
  'partner of it': { partners: ['tulsa-data-center'] },
  'partner of another': { partners: ['other-data-center'] },
  'organizer of it': { groups: ['code-for-tulsa'] },
  'organizer of another': { groups: ['open-tulsa'] },
  staff: { staff: true },
};

/** A record that is there for each name in a path, or something that is not. */
function addressOf({ path }: Route): string {
  const slug = path.startsWith('/groups')
    ? 'code-for-tulsa'
    : path.startsWith('/cities')
      ? 'tulsa-ok'
      : 'tulsa-data-center';
  return path
    .replace(':slug', slug)
    .replace(':wave', '2026-07')
    .replace(':token', 'x'.repeat(43))
    .replace(/:\w+/g, 'none');
}

const nameOf = ({ method, path }: Route): string => `${method} ${path}`;
const listed = new Map(
  Object.entries(table).flatMap(([rule, names]) =>
    names.map((name) => [name, rule as Rule] as const),
  ),
);
/** The API is read by everyone, as its own tests hold it to. */
const isApi = ({ path }: Route): boolean => path.startsWith(paths.api.root);

function send({ method, path }: Route, cookie: string | null): Test {
  const asked = request(test.app);
  const address = addressOf({ method, path });
  const sent = method === 'GET' ? asked.get(address) : asked.post(address).type('form').send({});
  return cookie === null ? sent : sent.set('cookie', cookie);
}

/** What came of it: `open`, or how it was closed. */
async function outcomeOf(route: Route, cookie: string | null): Promise<string> {
  const answer = await send(route, cookie).redirects(0);
  const next = String(answer.headers['location'] ?? '');
  if (answer.status === 303 && next.startsWith(`${paths.signIn}?next=`)) return 'asked to sign in';
  if (answer.status === 403) return 'refused';
  return answer.status >= 500 ? `failed with ${answer.status}` : 'open';
}

function expectedOf(rule: Rule, kind: VisitorKind, method: string): string {
  if ((rules[rule] as readonly VisitorKind[]).includes(kind)) return 'open';
  return kind === 'visitor' && method === 'GET' ? 'asked to sign in' : 'refused';
}

describe('the table of who may do what', () => {
  it('names every route of the application, and no other', () => {
    const known = [...listed.keys()].sort();
    const there = routes.filter((route) => !isApi(route)).map(nameOf);

    expect(there.sort()).toEqual(known);
  });

  it('names each route once', () => {
    expect(Object.values(table).flat()).toHaveLength(listed.size);
  });

  it('names every staff address under staff', () => {
    const staff = [...listed].filter(([name]) => name.includes(' /staff'));

    expect(staff.filter(([, rule]) => rule !== 'staff')).toEqual([]);
  });
});

describe.each(visitors)('for a %s', (kind) => {
  let cookie: string | null = null;

  beforeAll(async () => {
    const role = roles[kind];
    cookie = role ? (await signInAs(test, role)).cookie : null;
  });

  it.each(Object.values(paths.staff))('%s opens to staff alone', async (path) => {
    const outcome = await outcomeOf({ method: 'GET', path }, cookie);

    expect(outcome).toBe(expectedOf('staff', kind, 'GET'));
  });

  it('every route is as open as the table says', async () => {
    // Signing out comes last: it takes the session with it.
    const inTurn = [...routes].sort((a, b) => Number(isSignOut(a)) - Number(isSignOut(b)));
    const wrong: string[] = [];
    for (const route of inTurn) {
      const rule = isApi(route) ? 'everyone' : listed.get(nameOf(route));
      if (!rule) continue;
      const expected = expectedOf(rule, kind, route.method);
      const outcome = await outcomeOf(route, cookie);
      if (outcome !== expected) wrong.push(`${nameOf(route)}: ${outcome}, not ${expected}`);
    }

    expect(wrong).toEqual([]);
  });
});

const isSignOut = ({ path }: Route): boolean => path === paths.signOut;

describe('a write that another site sends', () => {
  it('is refused on every route, even with the cookie of staff', async () => {
    const { cookie } = await signInAs(test, { staff: true });
    const writes = routes.filter(({ method }) => method !== 'GET');
    const taken: string[] = [];
    for (const route of writes) {
      for (const headers of [
        { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
        { origin: 'https://evil.example' },
        { origin: 'null' },
      ]) {
        const answer = await send(route, cookie).set(headers);
        const said = answer.text.includes('This form was sent from another site');
        if (answer.status !== 403 || !said) taken.push(`${nameOf(route)}: ${answer.status}`);
      }
    }

    expect(writes.length).toBeGreaterThan(3);
    expect(taken).toEqual([]);
  });
});
