// When a proposed group may be in the directory already: the same web address, or a similar name in the same city
// or at the same point.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { areNamesSimilar, findDoubles, webKey } from '../../server/domain/doubles.ts';
import { anyGroup } from '../support/arbitraries.ts';
import { aGroup } from '../support/builders.ts';

const words = ['Code', 'for', 'Tulsa', 'Open', 'Data', 'Brigade', 'Norman', 'Hack', 'the', 'é4x'];
const anyName = fc.oneof(
  fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 5 }).map((some) => some.join(' ')),
  fc.string({ maxLength: 40 }),
);

describe('two names', () => {
  it.each([
    ['Code for Tulsa', 'code for tulsa'],
    ['Code for Tulsa', 'CodeForTulsa'],
    ['Code for Tulsa', 'Code4Tulsa'],
    ['Code for Tulsa', 'Code for Tulsa Brigade'],
    ['Code for Pittsburgh', 'Code for Pitsburg'],
    ['Código para São Paulo', 'Codigo para Sao Paulo'],
    ['Tulsa, Code for', 'Code for Tulsa'],
  ])('"%s" and "%s" are similar', (one, other) => {
    expect(areNamesSimilar(one, other)).toBe(true);
  });

  it.each([
    ['Code for Tulsa', 'Open Tulsa'],
    ['Code for Tulsa', 'Code for Dallas'],
    ['Tulsa', 'Code for Tulsa'],
    ['', ''],
    ['!!!', '???'],
  ])('"%s" and "%s" are not', (one, other) => {
    expect(areNamesSimilar(one, other)).toBe(false);
  });

  it('are similar whichever comes first', () => {
    fc.assert(
      fc.property(anyName, anyName, (one, other) => {
        expect(areNamesSimilar(one, other)).toBe(areNamesSimilar(other, one));
      }),
    );
  });

  it('are similar where they are the same and have a letter in them', () => {
    fc.assert(
      fc.property(anyName, (name) => {
        fc.pre(/[a-z]/i.test(name));
        expect(areNamesSimilar(name, ` ${name.toUpperCase()}`)).toBe(true);
      }),
    );
  });
});

describe('a web address', () => {
  it.each([
    ['https://www.codefortulsa.org/', 'codefortulsa.org'],
    ['http://codefortulsa.org?utm=1#top', 'codefortulsa.org'],
    ['https://github.com/CodeForTulsa/', 'github.com/codefortulsa'],
  ])('%s is known as %s', (address, key) => {
    expect(webKey(address)).toBe(key);
  });

  it.each([
    'https://github.com/',
    'https://www.facebook.com',
    'http://www.',
    'mailto:a@b.org',
    'nothing',
    '',
  ])('"%s" names no group', (address) => {
    expect(webKey(address)).toBeUndefined();
  });
});

describe('near doubles', () => {
  const tulsa = aGroup({ website: 'https://codefortulsa.org', previousNames: ['Hack Tulsa Now'] });
  const candidate = { name: 'Other Name', point: null, city: null, addresses: [] };
  const reasonsFor = (over: object) =>
    findDoubles({ ...candidate, ...over }, [tulsa]).flatMap(({ reasons }) => reasons);

  it('are found by each of their three reasons', () => {
    expect(reasonsFor({ addresses: ['http://www.codefortulsa.org/'] })).toEqual(['web-address']);
    expect(reasonsFor({ name: 'Code4Tulsa', city: 'tulsa-ok' })).toEqual(['name-and-city']);
    expect(reasonsFor({ name: 'Code4Tulsa', point: tulsa })).toEqual(['name-and-point']);
    expect(reasonsFor({ name: 'Hack Tulsa Now!', city: 'tulsa-ok' })).toEqual(['name-and-city']);
  });

  it('are found by every spelling of one address, and by no other address', () => {
    const spelling = fc
      .tuple(
        fc.constantFrom('http://', 'https://', 'HTTPS://', 'https:/', 'ftp://', ''),
        fc.constantFrom('', 'www.', 'WWW.', 'www.www.', 'ana@', 'ana:b@', '\t'),
        fc.constantFrom(
          'tulsa.org',
          'TULSA.ORG',
          'tuls%61.org',
          'tulsä.org',
          'xn--tuls-moa.org',
          '127.1',
          '127.0.0.1',
          '0x7f.0.0.1',
          'meetup.com',
          'www.com',
          '[::1]',
          '',
        ),
        fc.constantFrom('', ':443', ':8080', '.'),
        fc.constantFrom('', '/', '/tulsa', '/Tulsa/', '\\tulsa', '?tulsa', '#tulsa'),
      )
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(spelling, spelling, (one, website) => {
        const found = findDoubles({ ...candidate, addresses: [one] }, [{ ...tulsa, website }]);
        const key = webKey(one);

        expect(found.length).toBe(key !== undefined && key === webKey(website) ? 1 : 0);
      }),
      { numRuns: 2_000 },
    );
  });

  it('are not found by a name far away, nor by a place alone', () => {
    // 0.001 degrees of latitude are 111 metres.
    const away = { lat: tulsa.lat + 0.001, lng: tulsa.lng };

    expect(reasonsFor({ name: 'Code for Tulsa', point: away, city: 'norman-ok' })).toEqual([]);
    expect(reasonsFor({ point: tulsa, city: 'tulsa-ok' })).toEqual([]);
  });

  it('include the group itself, are each listed once, and do not depend on the order of the groups', () => {
    const groups = fc.uniqueArray(anyGroup, { selector: ({ slug }) => slug, maxLength: 6 });
    fc.assert(
      fc.property(groups, fc.nat(), (all, at) => {
        const one = all[at % Math.max(1, all.length)];
        fc.pre(one !== undefined);
        if (!one) return;
        const same = { name: one.name, point: one, city: one.city, addresses: [] };
        const found = findDoubles(same, all).map(({ group }) => group.slug);

        expect(found).toContain(one.slug);
        expect(new Set(found).size).toBe(found.length);
        expect(findDoubles(same, [...all].reverse()).map(({ group }) => group.slug)).toEqual(found);
      }),
    );
  });
});
