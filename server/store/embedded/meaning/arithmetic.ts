// Sums and products that keep BSON's number types: int grows to long, long and int become double beside a double.
// Decimals are refused: JavaScript has no exact arithmetic for them.
import { Double, Int32, Long } from 'bson';
import { badValue, unsupported, wrongType } from '../failure.ts';
import { typeName, typeNumber } from './predicates.ts';

const isWhole = (value: unknown): boolean => [16, 18].includes(typeNumber(value) ?? 0);

const bigOf = (value: unknown): bigint => BigInt(String(value));

/** A whole result in the smallest type that the inputs allow. */
function whole(result: bigint, long: boolean, name: string): unknown {
  if (!long && result >= -2147483648n && result <= 2147483647n) return new Int32(Number(result));
  if (result < -(2n ** 63n) || result >= 2n ** 63n) {
    throw badValue(
      `Failed to apply ${name} operations to current value: the result exceeds 64 bits`,
    );
  }
  return Long.fromBigInt(result);
}

/** @throws Failure where one of them is no number, the result is too long, or either is a decimal. */
export function combine(current: unknown, change: unknown, name: '$inc' | '$mul'): unknown {
  for (const value of [current, change]) {
    if (typeNumber(value) === 19) throw unsupported(`${name} on decimals`);
    if (![1, 16, 18].includes(typeNumber(value) ?? 0)) {
      throw wrongType(
        value === change
          ? `Cannot ${name === '$inc' ? 'increment' : 'multiply'} with non-numeric argument of type ${typeName(value)}`
          : `Cannot apply ${name} to a value of non-numeric type ${typeName(value)}`,
      );
    }
  }
  if (isWhole(current) && isWhole(change)) {
    const [a, b] = [bigOf(current), bigOf(change)];
    const long = typeNumber(current) === 18 || typeNumber(change) === 18;
    return whole(name === '$inc' ? a + b : a * b, long, name);
  }
  const [a, b] = [Number(String(current)), Number(String(change))];
  return new Double(name === '$inc' ? a + b : a * b);
}
