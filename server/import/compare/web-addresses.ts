// What stands in a column of web addresses: an address, one without its beginning, or something else.

export type AddressReading =
  | { readonly kind: 'address'; readonly url: string }
  | { readonly kind: 'none' }
  | { readonly kind: 'no-scheme'; readonly proposed: string }
  /** `proposed`: the one address that stands within other text, or null. */
  | { readonly kind: 'wrong'; readonly proposed: string | null };

/** A web address as the records have them: with http or https, and a dot in its host. */
export const isWebAddress = (text: string): boolean =>
  /^https?:\/\/[^\s/]+\.[^\s]+$/i.test(text) && URL.canParse(text);

const bare = /^(?:[\p{L}\p{N}-]+\.)+\p{L}{2,}(?:[/:?#]\S*)?$/iu;
const within = /https?:\/\/[^\s"'<>]+|(?:[\p{L}\p{N}-]+\.)+\p{L}{2,}(?:\/[^\s"'<>]*)?/iu;

export function readAddress(text: string): AddressReading {
  if (text === '') return { kind: 'none' };
  if (isWebAddress(text)) return { kind: 'address', url: text };
  if (bare.test(text) && isWebAddress(`http://${text}`)) {
    return { kind: 'no-scheme', proposed: `http://${text}` };
  }
  const [found] = within.exec(text) ?? [];
  const url = found === undefined || /^https?:/i.test(found) ? found : `http://${found}`;
  return { kind: 'wrong', proposed: url !== undefined && isWebAddress(url) ? url : null };
}
