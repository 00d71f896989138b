// Values as bytes keep the order and the equality of the values: what indexes stand on.
import { expect, it } from '@jest/globals';
import { Decimal128, Double, Int32, Long, MaxKey, MinKey, ObjectId } from 'bson';
import fc from 'fast-check';
import { compareValues } from '../../../server/store/embedded/bson/compare.ts';
import { inverted, valueKey } from '../../../server/store/embedded/bson/key.ts';
import { numberKey } from '../../../server/store/embedded/bson/number-key.ts';

const number = fc.oneof(
  fc.double(),
  fc.double().map((value) => new Double(value)),
  fc.integer().map((value) => new Int32(value)),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map((value) => Long.fromBigInt(value)),
  fc
    .tuple(fc.bigInt({ min: -(10n ** 33n), max: 10n ** 33n }), fc.integer({ min: -40, max: 40 }))
    .map(([digits, power]) => Decimal128.fromString(`${digits}E${power}`)),
);

const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    number,
    fc.string({ unit: 'binary' }),
    fc.constantFrom(null, true, false, new MinKey(), new MaxKey()),
    fc.date({ noInvalidDate: true }),
    fc.uint8Array({ minLength: 12, maxLength: 12 }).map((bytes) => new ObjectId(bytes)),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'cc'), tie('value'), { maxKeys: 3 }),
  ),
}));

it('numbers of all types have one order', () => {
  const ascending = [
    Number.NaN,
    Number.NEGATIVE_INFINITY,
    Decimal128.fromString('-1E+6000'),
    -Number.MAX_VALUE,
    Long.fromString('-9223372036854775808'),
    -1,
    Decimal128.fromString('-1E-6000'),
    0,
    Decimal128.fromString('1E-6000'),
    Number.MIN_VALUE,
    Decimal128.fromString('0.1'),
    0.1,
    1,
    9007199254740992,
    Long.fromString('9007199254740993'),
    Decimal128.fromString('9007199254740993.5'),
    9007199254740994,
    Long.fromString('9223372036854775807'),
    Number.MAX_VALUE,
    Decimal128.fromString('1E+6000'),
    Number.POSITIVE_INFINITY,
  ];

  ascending.forEach((lower, i) => {
    for (const higher of ascending.slice(i + 1)) {
      expect([lower, higher, Buffer.compare(numberKey(lower), numberKey(higher))]).toEqual([
        lower,
        higher,
        -1,
      ]);
    }
  });
});

it('equal numbers have equal bytes, whatever their type', () => {
  const fives = [5, new Int32(5), new Double(5), Long.fromNumber(5), Decimal128.fromString('5.00')];

  expect(new Set(fives.map((five) => numberKey(five).toString('hex'))).size).toBe(1);
  expect(numberKey(-0)).toEqual(numberKey(0));
});

it('bytes compare as their values do', () => {
  fc.assert(
    fc.property(value, value, (a, b) => {
      expect(Math.sign(Buffer.compare(valueKey(a), valueKey(b)))).toBe(
        Math.sign(compareValues(a, b)),
      );
    }),
    { numRuns: 800 },
  );
});

it('inverted bytes compare the other way, also with something behind them', () => {
  fc.assert(
    fc.property(value, value, (a, b) => {
      const [x, y] = [a, b].map((each) =>
        Buffer.concat([inverted(valueKey(each)), Buffer.from([7])]),
      );
      expect(Math.sign(Buffer.compare(x as Buffer, y as Buffer))).toBe(
        -Math.sign(compareValues(a, b)) + 0,
      );
    }),
    { numRuns: 800 },
  );
});
