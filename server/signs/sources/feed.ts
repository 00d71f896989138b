// A news feed (RSS, Atom, RDF or JSON Feed): the day and the address of its newest item that has one to be believed.
import { parseFeed } from 'feedsmith';
import { type Day, dayOf } from '../../domain/dates.ts';
import { isTrustedDay } from '../../domain/signs.ts';

export interface NewestItem {
  readonly day: Day;
  readonly url: string | null;
}

interface Item {
  readonly dates: readonly (string | undefined)[];
  readonly url: string | undefined;
}

/**
 * Null where no item has a day: one in the future or before 2005 is a mistake, and no sign.
 * @throws Error where the text is no feed
 */
export function readFeed(text: string, today: Day): NewestItem | null {
  let newest: NewestItem | null = null;
  for (const { dates, url } of itemsOf(text)) {
    for (const date of dates) {
      const day = toDay(date);
      if (day === null || !isTrustedDay(day, today)) continue;
      if (newest === null || day > newest.day) newest = { day, url: toLink(url) };
    }
  }
  return newest;
}

function itemsOf(text: string): Item[] {
  const { format, feed } = parseFeed(text);
  switch (format) {
    case 'rss':
      return (feed.items ?? []).map(({ pubDate, dc, link }) => ({
        dates: [pubDate, ...(dc?.dates ?? [])],
        url: link,
      }));
    case 'rdf':
      return (feed.items ?? []).map(({ dc, link }) => ({ dates: dc?.dates ?? [], url: link }));
    case 'atom':
      return (feed.entries ?? []).map(({ published, updated, links }) => ({
        // A whole feed that is made anew dates all its entries to now: the day of publishing goes before.
        dates: [published ?? updated],
        url: links?.[0]?.href,
      }));
    case 'json':
      return (feed.items ?? []).map(({ date_published, url }) => ({
        dates: [date_published],
        url,
      }));
  }
}

function toDay(date: string | undefined): Day | null {
  const moment = new Date(date ?? '');
  return Number.isNaN(moment.getTime()) ? null : dayOf(moment);
}

const toLink = (url: string | undefined): string | null =>
  url !== undefined && /^https?:\/\//i.test(url) && URL.canParse(url) ? url : null;
