// Pages by cursor: every record once, whatever the limit and whatever comes and goes between two pages.
// First on made-up records, then over the API on the starting directory; filters are in queries.test.ts.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { invalid } from '../../server/errors.ts';
import { byName, newestFirst, takePage } from '../../server/features/api/paging.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { aCity, aGroup } from '../support/builders.ts';
import { ask, bodyOf, read } from './api.ts';

interface Named {
  readonly name: string;
  readonly slug: string;
}

const order = byName<Named>();
const inOrder = (records: readonly Named[]) =>
  [...records].sort((one, other) => order.compare(order.keyOf(one), order.keyOf(other)));

// Few letters, so that names often tie; slugs never do.
const records = fc
  .uniqueArray(fc.tuple(fc.constantFrom('a', 'B', 'é', 'é b', ''), fc.nat(40)), {
    selector: ([, id]) => id,
  })
  .map((pairs) => inOrder(pairs.map(([name, id]) => ({ name, slug: `s${id}` }))));

describe('pages by cursor', () => {
  it('give the whole selection once, whatever the limit', () => {
    fc.assert(
      fc.property(records, fc.integer({ min: 1, max: 12 }), (selection, limit) => {
        const seen: Named[] = [];
        let cursor: string | undefined;
        for (let pages = 0; pages === 0 || (cursor !== undefined && pages < 50); pages += 1) {
          const page = takePage(selection, order, { limit, cursor });
          seen.push(...page.entries);
          cursor = page.nextCursor ?? undefined;
        }

        expect(seen).toEqual(selection);
      }),
    );
  });

  it('neither repeat nor skip a record that stays while others come and go between two pages', () => {
    fc.assert(
      fc.property(records, records, fc.integer({ min: 1, max: 12 }), (before, after, limit) => {
        const first = takePage(before, order, { limit });
        fc.pre(first.nextCursor !== null);
        const cursor = first.nextCursor ?? undefined;
        const rest = takePage(after, order, { limit: 500, cursor }).entries;

        const seen = new Set(first.entries.map((one) => JSON.stringify(one)));
        const stayed = before.filter((one) =>
          after.some((other) => JSON.stringify(other) === JSON.stringify(one)),
        );
        const given = rest.map((one) => JSON.stringify(one));
        for (const one of stayed.map((record) => JSON.stringify(record))) {
          expect([seen.has(one), given.includes(one)]).toEqual([seen.has(one), !seen.has(one)]);
        }
      }),
    );
  });

  it('put the newest first and tell equal dates apart by slug', () => {
    const byDate = newestFirst<{ slug: string; on: string }>(({ on }) => [on], 1);
    const events = [
      { slug: 'c', on: '2026-03' },
      { slug: 'a', on: '2026-01-02' },
      { slug: 'b', on: '2026-01-02' },
      { slug: 'd', on: '2014' },
    ];
    const { nextCursor } = takePage(events, byDate, { limit: 2 });
    const rest = takePage(events, byDate, { limit: 2, cursor: nextCursor ?? undefined });

    expect(rest).toEqual({ entries: events.slice(2), nextCursor: null });
  });

  it('refuse a cursor of another collection', () => {
    const { nextCursor } = takePage(
      [
        { slug: 'a', on: '2026' },
        { slug: 'b', on: '2025' },
      ],
      newestFirst(({ on }) => [on], 1),
      { limit: 1 },
    );

    expect(() => takePage([], order, { limit: 1, cursor: nextCursor ?? '' })).toThrow(
      invalid('cursor is not one that this address gave; begin without it.'),
    );
  });
});

describe('pages of the starting directory', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ seed: true });
  });
  afterAll(() => app.close());

  interface List {
    readonly items: readonly unknown[];
    readonly total: number;
    readonly next: string | null;
  }

  it.each(['cities', 'partners', 'groups', 'gaps', 'collaborations', 'convenings', 'waves'])(
    'of %s add up to the whole, in the order of the directory',
    async (name) => {
      const whole = await read<List>(app, `/api/v1/${name}?limit=500`);
      expect(whole.next).toBeNull();
      expect(whole.items).toHaveLength(whole.total);

      for (const limit of [7, 50]) {
        const seen: unknown[] = [];
        let address: string | null = `http://localhost:3000/api/v1/${name}?limit=${limit}`;
        while (address !== null && seen.length <= whole.total) {
          const { pathname, search }: URL = new URL(address);
          const page: List = await read<List>(app, pathname + search);
          expect(page.total).toBe(whole.total);
          seen.push(...page.items);
          address = page.next;
        }
        expect(seen).toEqual(whole.items);
      }
    },
  );

  it('keep the filters in the address of the next page, which the Link header gives too', async () => {
    const response = await ask(app, '/api/v1/groups?kind=brigade&limit=5');
    const { next } = bodyOf<List>(response);

    expect(response.headers['link']).toBe(`<${next}>; rel="next"`);
    const { origin, searchParams } = new URL(next ?? '');
    expect(origin).toBe('http://localhost:3000');
    expect([searchParams.get('kind'), searchParams.get('limit')]).toEqual(['brigade', '5']);
  });

  it('lead on from records with long names', async () => {
    const own = await startTestApp({
      records: {
        cities: [aCity()],
        groups: ['a', 'b', 'c'].map((letter) =>
          aGroup({ name: letter.repeat(150), slug: letter.repeat(150) }),
        ),
      },
    });
    const { next } = await read<List>(own, '/api/v1/groups?limit=1');
    const { pathname, search } = new URL(next ?? '');
    const page = await read<{ items: { slug: string }[] }>(own, pathname + search);
    await own.close();

    expect(page.items.map(({ slug }) => slug)).toEqual(['b'.repeat(150)]);
  });

  it('hold 100 records unless told otherwise', async () => {
    const { items, total } = await read<List>(app, '/api/v1/groups');

    expect([items.length, total]).toEqual([100, 229]);
  });
});
