// A web page: its words, the feeds and calendars it names, the meetings it announces (schema.org), and whether anybody
// but a seller of names is there.
import { createHash } from 'node:crypto';
import { DomUtils, parseDocument } from 'htmlparser2';
import type { Day } from '../../domain/dates.ts';
import { fold } from '../../domain/fold.ts';

export interface PageRead {
  /** Stands for its visible words without digits; null where there are too few to tell a change by. */
  readonly mark: string | null;
  readonly isParked: boolean;
  /** True where its words name one of the names. */
  names(names: readonly string[]): boolean;
  readonly feeds: readonly string[];
  readonly calendars: readonly string[];
  /** Days of the events that it announces as schema.org data. */
  readonly eventDays: readonly Day[];
}

type Element = Parameters<typeof DomUtils.getAttributeValue>[0];

const hidden = new Set(['script', 'style', 'noscript', 'template', 'svg', 'iframe', 'object']);
const fewestLetters = 150;

const parkedWords =
  /(domain (name )?(is|may be) (for sale|parked|available)|buy this domain|this domain (has expired|is registered|was recently registered)|parked free|domain parking|account (has been )?suspended|website (is )?suspended|site not (found|published)|there isnt a github pages site here|default web page|welcome to nginx|apache2? .{0,12}default page|future home of)/;

/** @param address where it stands, so that its links can be followed */
export function readPage(html: string, address: string): PageRead {
  const document = parseDocument(html);
  const elements = DomUtils.getElementsByTagName(() => true, document.children, true);
  const words = fold(visibleText(document.children));
  const letters = words.replace(/\p{N}+/gu, '').replace(/ +/g, ' ');
  const shown = fold(`${titleOf(elements)} ${words}`);
  const links = linksOf(elements, address);
  return {
    mark:
      letters.length < fewestLetters
        ? null
        : createHash('sha256').update(letters).digest('base64url').slice(0, 22),
    // Real pages say much more than a notice does.
    isParked: shown.length < 3_000 && (parkedWords.test(shown) || nameSellers.test(html)),
    names: (names) =>
      names.some((name) => ` ${shown} `.includes(` ${fold(name)} `) && fold(name) !== ''),
    feeds: links.feeds,
    calendars: links.calendars,
    eventDays: eventDaysOf(elements),
  };
}

/** Their addresses stand in links and scripts. */
const nameSellers = /\b(sedo|sedoparking|parkingcrew|bodis|afternic|hugedomains|dan)\.com\b/i;

function visibleText(nodes: readonly unknown[]): string {
  const parts: string[] = [];
  const waiting = [...nodes].reverse() as {
    type: string;
    name?: string;
    data?: string;
    children?: unknown[];
  }[];
  while (waiting.length > 0) {
    const node = waiting.pop();
    if (!node) break;
    if (node.type === 'text') parts.push(node.data ?? '');
    else if (node.children && !hidden.has(node.name ?? '') && node.name !== 'head') {
      for (const child of [...node.children].reverse()) waiting.push(child as typeof node);
    }
  }
  return parts.join(' ');
}

function titleOf(elements: readonly Element[]): string {
  const title = elements.find(({ name }) => name === 'title');
  const site = elements.find(
    (one) => one.name === 'meta' && DomUtils.getAttributeValue(one, 'property') === 'og:site_name',
  );
  return [
    title ? DomUtils.textContent(title) : '',
    site ? (DomUtils.getAttributeValue(site, 'content') ?? '') : '',
  ].join(' ');
}

const feedTypes = new Set([
  'application/rss+xml',
  'application/atom+xml',
  'application/rdf+xml',
  'application/feed+json',
]);

function linksOf(elements: readonly Element[], address: string) {
  const feeds = new Set<string>();
  const calendars = new Set<string>();
  for (const element of elements) {
    const href = DomUtils.getAttributeValue(element, 'href') ?? srcOf(element);
    if (!href || !URL.canParse(href, address)) continue;
    const target = new URL(href, address).href;
    const type = (DomUtils.getAttributeValue(element, 'type') ?? '').toLowerCase();
    const isAlternate =
      element.name === 'link' &&
      /\balternate\b/i.test(DomUtils.getAttributeValue(element, 'rel') ?? '');
    if (isAlternate && feedTypes.has(type)) {
      // WordPress names the comments on its pages as a second feed.
      if (!/\/comments\/feed/i.test(target)) feeds.add(target);
    } else if (isAlternate && type === 'text/calendar') calendars.add(target);
    else {
      const calendar = calendarAddress(target);
      if (calendar) calendars.add(calendar);
    }
  }
  return { feeds: [...feeds], calendars: [...calendars] };
}

const srcOf = (element: Element): string | undefined =>
  element.name === 'iframe' ? DomUtils.getAttributeValue(element, 'src') : undefined;

/** The iCalendar file behind an address, or null where it shows no sign of being one. */
export function calendarAddress(address: string): string | null {
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  if (/^webcals?:$/.test(url.protocol)) {
    const overHttps = url.href.replace(/^webcals?:/, 'https:');
    return URL.canParse(overHttps) ? overHttps : null;
  }
  if (!/^https?:$/.test(url.protocol)) return null;
  if (url.pathname.toLowerCase().endsWith('.ics')) return url.href;
  const isGoogle = url.hostname === 'calendar.google.com' || url.hostname === 'www.google.com';
  const id = url.searchParams.get('src') ?? url.searchParams.get('cid');
  return isGoogle && url.pathname.startsWith('/calendar/') && id?.includes('@')
    ? `https://calendar.google.com/calendar/ical/${encodeURIComponent(id)}/public/basic.ics`
    : null;
}

function eventDaysOf(elements: readonly Element[]): Day[] {
  return elements
    .filter(
      (one) =>
        one.name === 'script' &&
        DomUtils.getAttributeValue(one, 'type')?.toLowerCase() === 'application/ld+json',
    )
    .flatMap((one) => eventDaysIn(toJson(DomUtils.textContent(one)), 0));
}

function toJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const deepest = 8;

function eventDaysIn(value: unknown, depth: number): Day[] {
  if (depth > deepest || typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((one) => eventDaysIn(one, depth + 1));
  const { '@type': type, startDate, eventStatus } = value as Record<string, unknown>;
  const isEvent = [type].flat().some((one) => typeof one === 'string' && /Event$/.test(one));
  const isOff = typeof eventStatus === 'string' && /Cancelled|Postponed/.test(eventStatus);
  const day = typeof startDate === 'string' ? startDate.slice(0, 10) : '';
  const own = isEvent && !isOff && /^\d{4}-\d{2}-\d{2}$/.test(day) ? [day] : [];
  const inner = Object.values(value).flatMap((one) => eventDaysIn(one, depth + 1));
  return [...own, ...inner];
}
