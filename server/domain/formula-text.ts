// Texts that a spreadsheet would run as a formula, made harmless in a CSV and brought back exactly.
// The signs are OWASP's list for CSV injection, with the full-width forms that spreadsheets read the same way.

/** Apostrophes that stand before such a text belong to the rule: else taking one off would not give back what was. */
const dangerous = /^'*[=+\-@\t\r\n＝＋－＠]/;
const neutralised = /^''*[=+\-@\t\r\n＝＋－＠]/;

/** Puts an apostrophe before it, which spreadsheets take as "this is text". */
export const neutralise = (text: string): string => (dangerous.test(text) ? `'${text}` : text);

/** Takes that apostrophe off again. Any text comes back as it was: `restore(neutralise(text)) === text`. */
export const restoreNeutralised = (text: string): string =>
  neutralised.test(text) ? text.slice(1) : text;
