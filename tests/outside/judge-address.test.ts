// Which addresses are never asked: anything inside a network, in whatever spelling.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isPublicAddress, judgeUrl } from '../../server/outside/judge-address.ts';

const isRefused = (address: string): boolean => 'refused' in judgeUrl(address);

/** [first address, bits that are fixed] of networks that are nobody's to ask. */
const innerNetworks: readonly (readonly [number, number])[] = [
  [0x00000000, 8],
  [0x0a000000, 8],
  [0x64400000, 10],
  [0x7f000000, 8],
  [0xa9fe0000, 16],
  [0xac100000, 12],
  [0xc0000000, 24],
  [0xc0a80000, 16],
  [0xc6120000, 15],
  [0xe0000000, 4],
  [0xf0000000, 4],
];

const anyInner: fc.Arbitrary<number> = fc
  .tuple(fc.constantFrom(...innerNetworks), fc.nat({ max: 0xffffffff }))
  .map(([[start, bits], rest]) => (start + (rest % 2 ** (32 - bits))) >>> 0);

const bytesOf = (number: number): number[] =>
  [24, 16, 8, 0].map((shift) => (number >>> shift) & 0xff);
const dotted = (number: number): string => bytesOf(number).join('.');
const hex = (number: number): string =>
  [number >>> 16, number & 0xffff].map((part) => part.toString(16)).join(':');

const spellings: Readonly<Record<string, (number: number) => string>> = {
  plain: dotted,
  decimal: (number) => String(number),
  hexadecimal: (number) => `0x${number.toString(16)}`,
  octal: (number) => `0${number.toString(8)}`,
  'octal parts': (number) =>
    bytesOf(number)
      .map((byte) => `0${byte.toString(8)}`)
      .join('.'),
  'hexadecimal parts': (number) =>
    bytesOf(number)
      .map((byte) => `0x${byte.toString(16)}`)
      .join('.'),
  'two parts': (number) => `${number >>> 24}.${number & 0xffffff}`,
  'full width': (number) =>
    dotted(number).replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit))),
  'dot at the end': (number) => `${dotted(number)}.`,
  'mapped to IPv6': (number) => `[::ffff:${dotted(number)}]`,
  'mapped in hexadecimal': (number) => `[::ffff:${hex(number)}]`,
  'compatible with IPv6': (number) => `[::${hex(number)}]`,
  NAT64: (number) => `[64:ff9b::${hex(number)}]`,
  '6to4': (number) => `[2002:${hex(number)}::1]`,
};

describe('an address inside a network', () => {
  it.each(Object.keys(spellings))('is refused when spelt: %s', (spelling) => {
    fc.assert(
      fc.property(anyInner, (number) => {
        const host = spellings[spelling]?.(number) ?? '';

        expect([host, isRefused(`http://${host}/calendar.ics`)]).toEqual([host, true]);
      }),
      { numRuns: 100 },
    );
  });

  it.each([
    '::',
    '::1',
    'fe80::1',
    'fec0::1',
    'fc00::1',
    'fd12:3456::1',
    'ff02::1',
    '2001:db8::1',
    '2001::1',
    '64:ff9b:1::1',
    '100::1',
    '168.63.129.16',
    'fe80::1%eth0',
    'no address',
    '',
  ])('is refused as what a name leads to: %s', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  it.each([
    'http://localhost/',
    'http://LOCALHOST./',
    'http://printer.local/',
    'http://db.internal/',
    'http://router.home.arpa/',
    'http://intranet/',
    'http://[fe80::1%25eth0]/',
  ])('is refused by its name: %s', (address) => {
    expect(isRefused(address)).toBe(true);
  });
});

describe('a web address', () => {
  it.each([
    ['file:///etc/passwd', 'only http and https addresses are asked'],
    ['ftp://group.example/', 'only http and https addresses are asked'],
    ['javascript:alert(1)', 'only http and https addresses are asked'],
    ['http://user:word@group.example/', 'its address holds a user name or password'],
    ['http://group.example:25/', "port 25 is none of the web's"],
    ['not an address', 'it is no web address'],
  ])('is refused: %s', (address, refused) => {
    expect(judgeUrl(address)).toEqual({ refused });
  });

  it.each([
    ['https://group.example/events#next', 'https://group.example/events'],
    ['http://group.example:8080/', 'http://group.example:8080/'],
    ['webcal://group.example/all.ics', 'https://group.example/all.ics'],
    ['http://93.184.215.14/', 'http://93.184.215.14/'],
    ['http://[2606:4700::1111]/', 'http://[2606:4700::1111]/'],
  ])('is asked: %s', (address, asked) => {
    const judged = judgeUrl(address);

    expect('url' in judged && judged.url.href).toBe(asked);
  });
});
