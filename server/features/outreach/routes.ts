// Addresses of staff's work on gaps: the work queue, the list of gaps, and one city's page with its forms.

import { randomUUID } from 'node:crypto';
import { type RequestHandler, Router } from 'express';
import { z } from 'zod';
import { readBoard } from '../../outreach/gap-rows.ts';
import { readQueue } from '../../outreach/queue/read-queue.ts';
import { paths } from '../../paths.ts';
import type { Services } from '../../services.ts';
import { assignOwner } from '../../store/outreach.ts';
import { endSnooze, snooze } from '../../store/snoozes.ts';
import { type SignedIn, staffOnly, viewerOf } from '../../web/access.ts';
import { exportName } from '../../web/export-name.ts';
import { formBody } from '../../web/form-body.ts';
import { formOf } from '../../web/form-fields.ts';
import { sendPage } from '../../web/render.ts';
import { assignedText } from './change-text.ts';
import { cityRoutes } from './city-routes.ts';
import { backTo, readAssignForm, readSnoozeForm } from './form.ts';
import { nobody } from './gap-list.ts';
import { gapsCsv, gapsGeojson, staffGapsPage } from './gaps-page.ts';
import { withNotice } from './notice.ts';
import { queuePage } from './queue-page.ts';

const form = formBody('256kb', 5_000);
const staffOf = (res: Parameters<typeof viewerOf>[0]): SignedIn => viewerOf(res) as SignedIn;

export function outreachRoutes(services: Services): Router {
  const { staff } = paths;
  const router = Router();
  router.get(staff.home, staffOnly, showQueue(services));
  router.post(staff.snooze, staffOnly, form, snoozeItem(services));
  router.get(staff.gaps, staffOnly, showGaps(services));
  router.get(staff.gapsTable, staffOnly, downloadGaps(services));
  router.get(staff.gapsMap, staffOnly, mapGaps(services));
  router.post(staff.assignGaps, staffOnly, form, assign(services));
  router.use(cityRoutes(services));
  return router;
}

async function readQueueOf(services: Services) {
  const board = await readBoard(services);
  const context = { store: services.store, board, today: board.directory.today };
  return { board, items: await readQueue(context) };
}

function showQueue(services: Services): RequestHandler {
  return async (req, res) => {
    const { board, items } = await readQueueOf(services);
    sendPage(res, 'outreach/queue', queuePage(board, items, req.query, staffOf(res)));
  };
}

/** An empty day shows the item again at once. */
function snoozeItem(services: Services): RequestHandler {
  return async (req, res) => {
    const { store, clock } = services;
    const typed = readSnoozeForm.parse(formOf(req.body));
    const back = backTo(typed.back, paths.staff.home);
    const { board, items } = await readQueueOf(services);
    const item = items.find(({ key }) => key === typed.key);
    if (!item) return res.redirect(303, back);
    if (typed.until === '') {
      await endSnooze(store, item.key);
      return res.redirect(303, withNotice(back, 'back'));
    }
    const isDay = z.iso.date().safeParse(typed.until).success;
    if (!isDay || typed.until <= board.directory.today) {
      const query = Object.fromEntries(new URL(back, 'http://here.invalid').searchParams);
      const error = `“${item.title}” was not snoozed: choose a day after today.`;
      return sendPage(
        res,
        'outreach/queue',
        queuePage(board, items, query, staffOf(res), error),
        422,
      );
    }
    const by = staffOf(res).id;
    await snooze(store, { key: item.key, until: typed.until, by }, clock());
    res.redirect(303, withNotice(back, 'snoozed'));
  };
}

function showGaps(services: Services): RequestHandler {
  return async (req, res) => {
    const board = await readBoard(services);
    const { tiles } = services.config;
    sendPage(res, 'outreach/gaps', staffGapsPage(board, req.query, staffOf(res), { tiles }));
  };
}

function downloadGaps(services: Services): RequestHandler {
  return async (req, res) => {
    const board = await readBoard(services);
    const { publicUrl } = services.config;
    res
      .set('cache-control', 'private, no-store')
      .attachment(exportName(services.directory.current(), 'staff-gaps.csv'))
      .type('text/csv')
      .send(gapsCsv(board, req.query, staffOf(res), publicUrl));
  };
}

function mapGaps(services: Services): RequestHandler {
  return async (req, res) => {
    const board = await readBoard(services);
    res
      .set('cache-control', 'private, no-store')
      .type('application/geo+json')
      .send(JSON.stringify(gapsGeojson(board, req.query, staffOf(res))));
  };
}

/** Gives the chosen cities one owner. */
function assign(services: Services): RequestHandler {
  return async (req, res) => {
    const typed = readAssignForm.parse(formOf(req.body));
    const back = backTo(typed.back, paths.staff.gaps);
    const board = await readBoard(services);
    const owner = board.staff.find(({ id }) => id === typed.owner);
    const cities = typed.city.filter((city) => board.find(city));
    if (cities.length === 0 || (!owner && typed.owner !== nobody)) {
      const query = Object.fromEntries(new URL(back, 'http://here.invalid').searchParams);
      const error = 'Nothing was changed: choose one city or more, and who is to be on them.';
      const { tiles } = services.config;
      const page = staffGapsPage(board, query, staffOf(res), { tiles }, error);
      return sendPage(res, 'outreach/gaps', page, 422);
    }
    const entry = {
      by: staffOf(res).id,
      kind: 'change' as const,
      text: assignedText(owner ?? null),
      key: `assign ${randomUUID()}`,
    };
    const now = services.clock();
    const count = await assignOwner(services.store, cities, owner?.id ?? null, { entry, now });
    res.redirect(303, withNotice(back, 'assigned', count));
  };
}
