// Numbers as bytes whose order is the order of the numbers, whatever their BSON type: int, long, double, decimal.
// Eight bytes of the nearest double, then what that double leaves over, exactly. Equal numbers give equal bytes.
import type { Decimal128, Double, Int32, Long } from 'bson';

type AnyNumber = number | bigint | Int32 | Double | Long | Decimal128;

const exactly = Buffer.from([0x80]);

/** Big-endian bytes of a double in an order that memcmp understands; NaN comes first, -0 equals 0. */
function doubleKey(value: number): Buffer {
  const key = Buffer.alloc(8);
  if (Number.isNaN(value)) return key;
  key.writeDoubleBE(value === 0 ? 0 : value);
  if ((key[0] as number) & 0x80) for (let i = 0; i < 8; i += 1) key[i] = ~(key[i] as number) & 0xff;
  else key[0] = (key[0] as number) | 0x80;
  return key;
}

/** An exact decimal number: digits times ten to the power. */
interface Exact {
  readonly digits: bigint;
  readonly power: number;
}

/** The exact decimal value of a finite double: every binary fraction is a finite decimal. */
function exactDouble(value: number): Exact {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  const bits = view.getBigUint64(0);
  const biased = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xfffffffffffffn;
  const mantissa = (biased === 0 ? fraction : fraction | (1n << 52n)) * (bits >> 63n ? -1n : 1n);
  const exponent = (biased === 0 ? 1 : biased) - 1075;
  if (exponent >= 0) return { digits: mantissa << BigInt(exponent), power: 0 };
  return { digits: mantissa * 5n ** BigInt(-exponent), power: exponent };
}

function exactDecimal(text: string): Exact {
  const found = /^(-?)(\d+)(?:\.(\d+))?(?:E([+-]?\d+))?$/i.exec(text);
  if (!found) throw new Error(`not a decimal number: ${text}`);
  const [, sign, whole = '', fraction = '', exponent = '0'] = found;
  const digits = BigInt(whole + fraction);
  return { digits: sign ? -digits : digits, power: Number(exponent) - fraction.length };
}

function minus(a: Exact, b: Exact): Exact {
  const power = Math.min(a.power, b.power);
  const scale = (value: Exact): bigint => value.digits * 10n ** BigInt(value.power - power);
  return { digits: scale(a) - scale(b), power };
}

/** What is left over the double, in order: sign, size, digits. Nothing left is one byte between the signs. */
function restKey(rest: Exact): Buffer {
  if (rest.digits === 0n) return exactly;
  const negative = rest.digits < 0n;
  const text = (negative ? -rest.digits : rest.digits).toString();
  const size = Buffer.alloc(4);
  size.writeUInt32BE(text.length + rest.power + 0x40000000);
  // Digits without the zeros at the end, closed by a byte below every digit.
  const body = Buffer.concat([size, Buffer.from(text.replace(/0+$/, '')), Buffer.from([0])]);
  if (!negative) return Buffer.concat([Buffer.from([0x81]), body]);
  return Buffer.concat([Buffer.from([0x7f]), body.map((byte) => ~byte & 0xff)]);
}

function inexactKey(exact: Exact, nearest: number): Buffer {
  const base = Number.isFinite(nearest) ? nearest : Math.sign(nearest) * Number.MAX_VALUE;
  return Buffer.concat([doubleKey(base), restKey(minus(exact, exactDouble(base)))]);
}

/** Bytes that compare as the numbers do; no key is the beginning of another. */
export function numberKey(value: AnyNumber): Buffer {
  if (typeof value === 'number') return Buffer.concat([doubleKey(value), exactly]);
  if (typeof value === 'bigint') return inexactKey({ digits: value, power: 0 }, Number(value));
  switch (value._bsontype) {
    case 'Int32':
    case 'Double':
      return Buffer.concat([doubleKey(value.value), exactly]);
    case 'Long': {
      const plain = value.toNumber();
      if (Number.isSafeInteger(plain)) return Buffer.concat([doubleKey(plain), exactly]);
      return inexactKey({ digits: value.toBigInt(), power: 0 }, Number(value.toBigInt()));
    }
    default: {
      const text = value.toString();
      const plain = Number(text);
      if (/nan|inf/i.test(text)) {
        return numberKey(
          /nan/i.test(text) ? Number.NaN : text.startsWith('-') ? -Infinity : Infinity,
        );
      }
      return inexactKey(exactDecimal(text), plain);
    }
  }
}
