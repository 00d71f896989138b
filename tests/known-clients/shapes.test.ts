// The rules by which groups are put into the shapes of other programs: names, degrees, tags, pages.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { brigadeTags } from '../../server/domain/brigade-tags.ts';
import { toListedDegrees, toListedName } from '../../server/features/known-clients/brigade-list.ts';
import { nameKey, toAddressName } from '../../server/features/known-clients/organization-names.ts';
import { pageLinks } from '../../server/features/known-clients/organization-page.ts';
import { aGroup } from '../support/builders.ts';

describe('names in the addresses of the Code for America API', () => {
  it('lead back to the same name, whatever it holds', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (name) => {
        expect(nameKey(toAddressName(name))).toBe(nameKey(name));
      }),
    );
  });
});

describe('the texts of the Brigade list', () => {
  it('write any degrees with a point and without an exponent', () => {
    fc.assert(
      fc.property(fc.double({ min: -180, max: 180, noNaN: true }), (degrees) => {
        const text = toListedDegrees(degrees);

        expect(text).toMatch(/^-?\d+\.\d+$/);
        expect(Math.abs(Number(text) - degrees)).toBeLessThan(1e-6);
      }),
    );
  });

  it('write any name without the signs that the list forbids', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (name) => {
        expect(toListedName(name)).toMatch(/^[^-/?]+$/);
      }),
    );
  });
});

describe('the tags of a group', () => {
  it('are those of its list, else one for what it is', () => {
    expect(brigadeTags(aGroup({ tags: ['Brigade', 'midwest'] }))).toEqual(['Brigade', 'midwest']);
    expect(brigadeTags(aGroup({ kind: 'brigade' }))).toEqual(['Brigade']);
    expect(brigadeTags(aGroup({ kind: 'other' }))).toEqual([]);
  });
});

describe('the links of a page', () => {
  it('lead through every page from first to last and back', () => {
    fc.assert(
      fc.property(fc.nat(500), fc.integer({ min: 1, max: 50 }), (total, perPage) => {
        const pageOf = (link: string | undefined) =>
          link === undefined ? null : Number(new URL(link).searchParams.get('page') ?? 1);
        const last = Math.max(1, Math.ceil(total / perPage));
        let page = 1;
        for (;;) {
          const links = pageLinks(new URLSearchParams(), { page, perPage }, total, 'http://here');
          expect(pageOf(links.prev)).toBe(page === 1 ? null : page - 1);
          const next = pageOf(links.next);
          if (next === null) break;
          expect(next).toBe(page + 1);
          page = next;
        }
        expect(page).toBe(last);
      }),
      { numRuns: 50 },
    );
  });
});
