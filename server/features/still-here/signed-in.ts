// What organizers and staff do on a group's own pages: bring it up to date, say that it is active, or has stopped.
import type { Request, RequestHandler, Response } from 'express';
import type { GroupEntry } from '../../directory/directory.ts';
import { doublesOfGroup } from '../../directory/doubles-of-group.ts';
import { dayOf } from '../../domain/dates.ts';
import { notFound } from '../../errors.ts';
import { groupEditPath, groupPath, groupStopPath } from '../../paths.ts';
import type { Services } from '../../services.ts';
import { type Answerer, confirmGroup, stopGroup } from '../../still-here/answer.ts';
import { formTexts } from '../../still-here/edit-group.ts';
import { readConfirmationsOf } from '../../store/confirmations.ts';
import { readReturnsOf } from '../../store/group-returns.ts';
import { viewerOf } from '../../web/access.ts';
import { sendPage } from '../../web/render.ts';
import { editPage } from './edit-page.ts';
import { parseStop } from './form.ts';
import { type OwnView, ownView } from './own-view.ts';
import { saveForm } from './save-form.ts';
import { stopPage } from './stop-page.ts';

/** @throws Problem (not found) */
export function groupOf({ directory }: Services, req: Request): GroupEntry {
  const group = directory.current().findGroup(String(req.params['slug']));
  if (!group) throw notFound('There is no civic tech group at this address.');
  return group;
}

/** Whoever organizes the group speaks as such, also when they are staff. */
const roleOf = (res: Response, { slug }: GroupEntry): 'organizer' | 'staff' =>
  viewerOf(res)?.groups.includes(slug) ? 'organizer' : 'staff';

const answererOf = (res: Response, group: GroupEntry): Answerer => ({
  confirmer: roleOf(res, group),
  by: viewerOf(res)?.id ?? null,
  request: null,
});

async function ownOf(
  { store, directory }: Services,
  res: Response,
  group: GroupEntry,
): Promise<OwnView> {
  if (!viewerOf(res)?.staff) return ownView(group, null);
  const [requests, returns] = await Promise.all([
    readConfirmationsOf(store, group.slug),
    readReturnsOf(store, group.slug),
  ]);
  const doubles = doublesOfGroup(directory.current(), group).map((double) => double.group);
  return ownView(group, { requests, returns, doubles });
}

/** Staff have the field of contact addresses, also where they organize the group themselves. */
const formRole = (res: Response): 'organizer' | 'staff' =>
  viewerOf(res)?.staff ? 'staff' : 'organizer';

export const showEdit =
  (services: Services): RequestHandler =>
  async (req, res) => {
    const group = groupOf(services, req);
    const shown = formTexts(group);
    const page = editPage({
      group,
      typed: shown,
      shown,
      errors: [],
      choices: [],
      current: null,
      action: groupEditPath(group.slug),
      by: formRole(res),
      contacts: group.contacts.join('\n'),
      own: await ownOf(services, res, group),
      today: services.directory.current().today,
    });
    sendPage(res, 'still-here/edit', page);
  };

export const saveEdit =
  (services: Services): RequestHandler =>
  async (req, res) => {
    const group = groupOf(services, req);
    const saved = await saveForm(services, req, res, {
      group,
      action: groupEditPath(group.slug),
      by: formRole(res),
      own: await ownOf(services, res, group),
      answerer: answererOf(res, group),
    });
    if (saved) res.redirect(303, groupPath(group.slug));
  };

export const confirmOwn =
  (services: Services): RequestHandler =>
  async (req, res) => {
    const group = groupOf(services, req);
    await confirmGroup(services, group.slug, answererOf(res, group));
    res.redirect(303, groupPath(group.slug));
  };

const stopLinks = (group: GroupEntry) => [
  { href: groupEditPath(group.slug), label: 'No, it is still active' },
];

export const showStop =
  (services: Services): RequestHandler =>
  (req, res) => {
    const group = groupOf(services, req);
    const action = groupStopPath(group.slug);
    const typed = { word: '', since: '' };
    const page = stopPage({ group, action, typed, errors: [], links: stopLinks(group) });
    sendPage(res, 'still-here/stop', page);
  };

export const stopOwn =
  (services: Services): RequestHandler =>
  async (req, res) => {
    const group = groupOf(services, req);
    const { typed, errors } = parseStop(req.body, dayOf(services.clock()));
    if (errors.length > 0) {
      const action = groupStopPath(group.slug);
      const page = stopPage({ group, action, typed, errors, links: stopLinks(group) });
      return sendPage(res, 'still-here/stop', page, 422);
    }
    const stopping = { word: typed.word, since: typed.since || null };
    await stopGroup(services, group.slug, stopping, answererOf(res, group));
    res.redirect(303, groupPath(group.slug));
  };
