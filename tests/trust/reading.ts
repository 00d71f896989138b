// Reads what was answered as its reader would, and says what in it would act: the same judge for every format.
import { load } from 'cheerio';
import { parse as parseCsv } from 'csv-parse/sync';
import { parseAtomFeed } from 'feedsmith';
import { unzipSync } from 'fflate';
import ICAL from 'ical.js';

/** Everything in a page that is not as our own templates write it; none is well. */
export function liveIn(html: string, { mail = false } = {}): string[] {
  const page = load(html);
  const found: string[] = [];
  page('*').each((_, element) => {
    const { name, attribs } = element as unknown as {
      readonly name: string;
      readonly attribs: Readonly<Record<string, string>>;
    };
    if (
      ['iframe', 'object', 'embed', 'applet', 'frame', 'style', 'planted-mark', 'img'].includes(
        name,
      )
    ) {
      if (!(mail && name === 'style')) found.push(`<${name}>`);
    }
    if (name === 'base' && attribs['href'] !== undefined) found.push('<base href>');
    if (name === 'meta' && attribs['http-equiv'] !== undefined && !mail)
      found.push('<meta http-equiv>');
    if (name === 'script' && !isOurScript(page(element).text(), attribs)) found.push('<script>');
    for (const [attribute, value] of Object.entries(attribs)) {
      if (/^on|^planted|[^a-z0-9:-]/.test(attribute)) found.push(`<${name} ${attribute}>`);
      if (attribute === 'style' && !mail) found.push(`<${name} style>`);
      if (
        /^(href|src|action|formaction|xlink:href|data|poster|cite|srcset|ping)$/.test(attribute)
      ) {
        if (!leadsNowhereElse(value)) found.push(`<${name} ${attribute}="${value.slice(0, 60)}">`);
      }
    }
  });
  return [...new Set(found)];
}

function isOurScript(text: string, attribs: Readonly<Record<string, string>>): boolean {
  if (attribs['type'] === 'application/ld+json') return JSON.parse(text) !== null;
  return text === '' && /^\/assets\/[\w.-]+\.js$/.test(attribs['src'] ?? '');
}

/** http, https and mail alone; nothing that begins one address and ends in another. */
function leadsNowhereElse(value: string): boolean {
  if (!URL.canParse(value, 'https://crosswalk.example/')) return false;
  const url = new URL(value, 'https://crosswalk.example/');
  if (url.host.startsWith('planted')) return false;
  return (
    ['http:', 'https:'].includes(url.protocol) ||
    (url.protocol === 'mailto:' && !/[\r\n]|%0[ad]/i.test(value))
  );
}

/** Cells that a spreadsheet would run. */
export function formulasIn(csv: string): string[] {
  const rows: string[][] = parseCsv(csv, { bom: true, relax_column_count: false });
  return rows
    .flat()
    .filter((cell) => /^[=+\-@\t\r\n＝＋－＠]/.test(cell) && !Number.isFinite(Number(cell)));
}

const notXml = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u;
const ownElements =
  /^(feed|entry|id|title|subtitle|updated|published|author|name|uri|link|summary|content|category|generator|rights|icon|logo|urlset|url|loc|lastmod|sitemapindex|sitemap|svg|rect|g|text|path|circle|use|line|polygon|polyline)$/;

/** What is wrong with a document of XML that our own elements alone may stand in. */
export function wrongInXml(xml: string): string[] {
  const wrong: string[] = notXml.test(xml) ? ['a character that XML does not have'] : [];
  if (
    /&(?!(amp|lt|gt|quot|apos|#\d+|#x[\da-f]+);)/i.test(xml.replace(/<!\[CDATA\[.*?\]\]>/gs, ''))
  ) {
    wrong.push('a bare &');
  }
  load(xml, { xml: true })('*').each((_, element) => {
    const { name, attribs } = element as unknown as {
      name: string;
      attribs: Record<string, string>;
    };
    if (!ownElements.test(name)) wrong.push(`<${name}>`);
    for (const [attribute, value] of Object.entries(attribs)) {
      if (/^on/i.test(attribute)) wrong.push(`<${name} ${attribute}>`);
      if (attribute === 'href' && !leadsNowhereElse(value)) wrong.push(`href ${value}`);
    }
  });
  return [...new Set(wrong)];
}

/** Properties and components that our calendars do not have. */
function wrongInCalendar(text: string): string[] {
  const calendar = new ICAL.Component(ICAL.parse(text));
  const wrong = calendar
    .getAllSubcomponents()
    .flatMap((event) => event.getAllProperties().map(({ name }) => name))
    .filter((name) => /bcc|location:|planted|attach|alarm/.test(name));
  const urls = [...text.replace(/\r\n[ \t]/g, '').matchAll(/^URL[^:]*:(.*)$/gm)].map(
    ([, url]) => url ?? '',
  );
  const lines = text.split(/\r\n|\n|\r/).filter((line) => /^Bcc:/.test(line));
  return [...wrong, ...lines, ...urls.filter((url) => !leadsNowhereElse(url.trim()))];
}

/** Texts of JSON under names that programs take for links. */
function badLinksIn(value: unknown, name = ''): string[] {
  if (typeof value === 'string') {
    const isLink = /(url|website|link|href|rss|page)$/i.test(name) && value !== '';
    return isLink && !leadsNowhereElse(value) ? [`${name}: ${value.slice(0, 60)}`] : [];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    badLinksIn(inner, Array.isArray(value) ? name : key),
  );
}

/** Judges a body by the type that it says it is of. */
export function wrongIn(type: string, body: Buffer): string[] {
  const text = body.toString('utf8');
  if (/^text\/html/.test(type)) return liveIn(text);
  if (/^text\/csv/.test(type)) return formulasIn(text);
  if (/json/.test(type)) return badLinksIn(JSON.parse(text));
  if (/^text\/calendar/.test(type)) return wrongInCalendar(text);
  if (/atom/.test(type)) return [...wrongInXml(text), ...(parseAtomFeed(text) ? [] : ['no feed'])];
  if (/xml/.test(type)) return wrongInXml(text);
  if (/zip/.test(type)) {
    return Object.entries(unzipSync(body)).flatMap(([name, bytes]) =>
      wrongIn(typeOfFile(name), Buffer.from(bytes)).map((what) => `${name}: ${what}`),
    );
  }
  return /^(text\/plain|image\/(png|x-icon))/.test(type) ? [] : [`nobody judges ${type}`];
}

function typeOfFile(name: string): string {
  if (name.endsWith('.csv')) return 'text/csv';
  if (name.endsWith('json')) return 'application/json';
  return 'text/plain';
}
