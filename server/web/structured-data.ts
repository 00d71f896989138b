// schema.org data as text that may stand inside a <script> element: the only unescaped output of the templates.

const escapes: Readonly<Record<string, string>> = {
  '<': '\\u003c',
  '>': '\\u003e',
  '&': '\\u0026',
  '\u2028': '\\u2028',
  '\u2029': '\\u2029',
};

/**
 * JSON-LD of the given data, with schema.org as its context.
 * Every character that could end the element or the line is written as an escape, which JSON reads back unchanged.
 */
export function toJsonLd(data: Readonly<Record<string, unknown>>): string {
  const json = JSON.stringify({ '@context': 'https://schema.org', ...data });
  return json.replace(/[<>&\u2028\u2029]/g, (character) => escapes[character] ?? '');
}
