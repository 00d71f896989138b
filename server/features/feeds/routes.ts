// What programs read beside the API: the feed of changes, calendars, and what every site is asked for at fixed
// addresses. Each answer follows from the address and the directory alone, and is kept ready like a page.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type RequestHandler, type Response, Router } from 'express';
import type { Directory } from '../../directory/directory.ts';
import { notFound } from '../../errors.ts';
import { cityCalendarPath, paths, sitemapPartPath } from '../../paths.ts';
import { root } from '../../root.ts';
import type { Services } from '../../services.ts';
import { readChanges } from '../../store/changes.ts';
import { anyone } from '../../web/access.ts';
import { exportName } from '../../web/export-name.ts';
import { openToEverySite } from '../../web/open-to-all.ts';
import { sendShared } from '../../web/render.ts';
import { type Calendar, toIcs } from './calendar.ts';
import { cityCalendar, conveningsCalendar } from './calendar-events.ts';
import { changesFeed, mostRows } from './changes-feed.ts';
import { robotsText } from './robots.ts';
import { sitemap, sitemapPages, sitemapPart } from './sitemap.ts';

const xml = 'application/xml; charset=utf-8';

export function feedRoutes(services: Services): Router {
  const router = Router();
  const { directory, config } = services;
  const { publicUrl } = config;
  const { feeds } = paths;

  router.get(feeds.changes, anyone, sendChanges(services));
  router.get(feeds.convenings, anyone, (_req, res) => {
    const now = directory.current();
    sendCalendar(res, now, conveningsCalendar(now, publicUrl), feeds.convenings, 'convenings');
  });
  router.get(feeds.city, anyone, (req, res) => {
    const now = directory.current();
    const city = now.findCity(String(req.params['slug']));
    if (!city) throw notFound('The directory has no city of this name.');
    const calendar = cityCalendar(now, city, publicUrl);
    sendCalendar(res, now, calendar, cityCalendarPath(city.slug), city.slug);
  });
  router.get(feeds.sitemap, anyone, (_req, res) => {
    const now = directory.current();
    const body = sitemap(sitemapPages(now), publicUrl);
    sendShared(res, now, { type: xml, body, canonical: feeds.sitemap });
  });
  router.get(feeds.sitemapPart, anyone, (req, res) => {
    const now = directory.current();
    const part = Number(req.params['part']);
    const body = sitemapPart(sitemapPages(now), part, publicUrl);
    if (body === undefined) throw notFound('The sitemap has no such part.');
    sendShared(res, now, { type: xml, body, canonical: sitemapPartPath(part) });
  });
  router.get(feeds.robots, anyone, (_req, res) => {
    const now = directory.current();
    const body = robotsText(publicUrl, now.sampleData);
    sendShared(res, now, { type: 'text/plain; charset=utf-8', body, canonical: feeds.robots });
  });
  router.get(feeds.favicon, anyone, sendIcon(services, feeds.favicon, 'image/x-icon'));
  router.get(feeds.touchIcon, anyone, sendIcon(services, feeds.touchIcon, 'image/png'));
  return router;
}

/** The log is read once for each state of the directory, however the address is spelled. */
function sendChanges({ directory, store, config }: Services): RequestHandler {
  let made: { readonly of: Directory; readonly body: Promise<string> } | null = null;
  const bodyOf = (now: Directory): Promise<string> => {
    if (made?.of === now) return made.body;
    const body = readChanges(store, { limit: mostRows }).then((rows) =>
      changesFeed(now, rows, config.publicUrl),
    );
    made = { of: now, body };
    body.catch(() => {
      made = null;
    });
    return body;
  };
  return async (_req, res) => {
    const now = directory.current();
    const type = 'application/atom+xml; charset=utf-8';
    const body = await bodyOf(now);
    const canonical = paths.feeds.changes;
    sendShared(res, now, { type, body, canonical, headers: openToEverySite });
  };
}

function sendCalendar(
  res: Response,
  directory: Directory,
  calendar: Calendar,
  canonical: string,
  name: string,
): void {
  sendShared(res, directory, {
    type: 'text/calendar; charset=utf-8',
    body: toIcs(calendar),
    canonical,
    // Shown where a calendar program takes it, and named well where it is saved.
    headers: {
      ...openToEverySite,
      'content-disposition': `inline; filename="${exportName(directory, name)}.ics"`,
    },
  });
}

/** Browsers and feed readers ask for these by themselves; pages name the drawing, which is hashed. */
function sendIcon({ directory }: Services, path: string, type: string): RequestHandler {
  const body = readFileSync(join(root, 'public/images', path.slice(1)));
  const etag = `"${createHash('sha256').update(body).digest('hex').slice(0, 16)}"`;
  const headers = { 'cache-control': 'public, max-age=86400' };
  return (_req, res) => {
    sendShared(res, directory.current(), { type, body, canonical: path, headers, etag });
  };
}
