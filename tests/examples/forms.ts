// Reads a form of a page back as a browser would send it.
import { load } from 'cheerio';

/** What sending the page's main form unchanged would send: hidden, typed, chosen and ticked values. */
export function fieldsOf(html: string): Record<string, string | string[]> {
  const $ = load(html);
  const form = $('form[method="post"]').not('[action="/sign-out"]').first();
  const fields: Record<string, string | string[]> = {};
  for (const { name, value } of form.serializeArray()) {
    const known = fields[name];
    if (known === undefined) fields[name] = value;
    else fields[name] = Array.isArray(known) ? [...known, value] : [known, value];
  }
  // cheerio looks for the chosen option among the select's children, and not in its groups.
  for (const select of form.find('select').toArray()) {
    const chosen = $(select).find('option[selected]').first();
    const option = chosen.length > 0 ? chosen : $(select).find('option').first();
    fields[$(select).attr('name') ?? ''] = option.attr('value') ?? '';
  }
  return fields;
}

/** The messages of the error summary. */
export function errorsOf(html: string): string[] {
  const $ = load(html);
  return $('.error-summary li')
    .toArray()
    .map((item) => $(item).text().trim());
}
