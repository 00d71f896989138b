// Finding a mail address in whatever is stored, and taking it out: in a text, a list or a record within a record.
// No store here: what is plain data goes in, and the same without the address comes out.

/** Stands where something about a person was. */
export const erasedMark = '[erased]';

/** Lists of addresses, each of which stands for one person as a whole: "Ana Lima <ana@urban.example>". */
const addressLists: ReadonlySet<string> = new Set(['contacts', 'addresses']);

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** The address as it stands in a text, whatever its case; not as a part of a longer one. */
const patternOf = (address: string): RegExp =>
  new RegExp(`(?<![\\w.%+-])${escaped(address.trim())}(?![\\w-]|\\.\\w)`, 'giu');

/** A whole text that is this address, whatever its case: addresses are kept as they were typed. */
export const sameAddress = (address: string): RegExp =>
  new RegExp(`^\\s*${escaped(address.trim())}\\s*$`, 'i');

export const mentions = (text: string, address: string): boolean => patternOf(address).test(text);

/** True where any text of the value has the address. */
export function holdsAddress(value: unknown, address: string): boolean {
  return withoutAddress(value, address) !== value;
}

/**
 * The value without the address, marked where it was. The very same value where it does not have it.
 * @param isList the value is a list of addresses: an entry that has it goes as a whole
 */
export function withoutAddress<T>(value: T, address: string, isList = false): T {
  const pattern = patternOf(address);
  const clean = (one: unknown, whole: boolean): unknown => {
    if (typeof one === 'string') {
      pattern.lastIndex = 0;
      if (!pattern.test(one)) return one;
      return whole ? erasedMark : one.replace(pattern, erasedMark);
    }
    if (Array.isArray(one)) {
      const cleaned = one.map((item) => clean(item, whole));
      return cleaned.some((item, index) => item !== one[index]) ? cleaned : one;
    }
    if (!isPlain(one)) return one;
    const entries = Object.entries(one);
    const cleaned = entries.map(([name, item]) => [name, clean(item, addressLists.has(name))]);
    return cleaned.some(([, item], index) => item !== entries[index]?.[1])
      ? Object.fromEntries(cleaned)
      : one;
  };
  return clean(value, isList) as T;
}

/** A record within a record; dates, identifiers and bytes are left as they are. */
const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' &&
  value !== null &&
  [Object.prototype, null].includes(Object.getPrototypeOf(value));
