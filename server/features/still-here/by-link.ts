// The links of the mail: each GET opens a page with one button and changes nothing, each POST acts once.
import type { Request, RequestHandler, Response } from 'express';
import { dayOf } from '../../domain/dates.ts';
import { stillHerePath } from '../../paths.ts';
import type { Services } from '../../services.ts';
import { type Answerer, confirmGroup, refuseMails, stopGroup } from '../../still-here/answer.ts';
import { formTexts } from '../../still-here/edit-group.ts';
import {
  addressOfLink,
  type KnownLink,
  openStillHereLink,
  type StillHereLink,
} from '../../still-here/open-link.ts';
import { sendPage } from '../../web/render.ts';
import { activePage, refusePage } from './button-page.ts';
import { editPage } from './edit-page.ts';
import { parseStop } from './form.ts';
import { answeredPage, expiredPage, noMorePage, unknownPage } from './notice-page.ts';
import { saveForm } from './save-form.ts';
import { stopPage } from './stop-page.ts';

type Handle = (link: KnownLink, req: Request, res: Response) => Promise<void> | void;

/** Leads an open link on, and says of any other why it is not. */
const withLink =
  (services: Services, handle: Handle): RequestHandler =>
  async (req, res) => {
    const link = await openStillHereLink(services, req.params['token']);
    if (link.kind === 'open') return handle(link, req, res);
    sendNotice(services, link, res);
  };

function sendNotice({ directory }: Services, link: StillHereLink, res: Response): void {
  const { today } = directory.current();
  if (link.kind === 'unknown') sendPage(res, 'still-here/notice', unknownPage(), 404);
  else if (link.kind === 'expired') sendPage(res, 'still-here/notice', expiredPage(link), 410);
  else sendPage(res, 'still-here/notice', answeredPage(link, today));
}

async function answererOf(services: Services, link: KnownLink): Promise<Answerer> {
  const person = (await addressOfLink(services, link))?.person ?? null;
  return { confirmer: 'contact', by: person, request: link.request };
}

/** Back to the link, which says by now what was answered. */
const done = ({ token }: KnownLink, res: Response): void => res.redirect(303, stillHerePath(token));

export const showActive = (services: Services): RequestHandler =>
  withLink(services, (link, _req, res) => {
    const { today } = services.directory.current();
    sendPage(res, 'still-here/button', activePage(link, today));
  });

export const sayActive = (services: Services): RequestHandler =>
  withLink(services, async (link, _req, res) => {
    await confirmGroup(services, link.group.slug, await answererOf(services, link));
    done(link, res);
  });

const activeLink = ({ token }: KnownLink) => ({
  href: stillHerePath(token),
  label: 'No, we are still active',
});

export const showStopped = (services: Services): RequestHandler =>
  withLink(services, (link, _req, res) => {
    const { token, group } = link;
    const typed = { word: '', since: '' };
    const action = stillHerePath(token, 'stopped');
    const links = [activeLink(link)];
    sendPage(res, 'still-here/stop', stopPage({ group, action, typed, errors: [], links }));
  });

export const sayStopped = (services: Services): RequestHandler =>
  withLink(services, async (link, req, res) => {
    const { token, group } = link;
    const { typed, errors } = parseStop(req.body, dayOf(services.clock()));
    if (errors.length > 0) {
      const action = stillHerePath(token, 'stopped');
      const page = stopPage({ group, action, typed, errors, links: [activeLink(link)] });
      return sendPage(res, 'still-here/stop', page, 422);
    }
    const stopping = { word: typed.word, since: typed.since || null };
    await stopGroup(services, group.slug, stopping, await answererOf(services, link));
    done(link, res);
  });

export const showChanged = (services: Services): RequestHandler =>
  withLink(services, ({ token, group }, _req, res) => {
    const shown = formTexts(group);
    const page = editPage({
      group,
      typed: shown,
      shown,
      errors: [],
      choices: [],
      current: null,
      action: stillHerePath(token, 'changed'),
      by: 'link',
      contacts: '',
      own: null,
      today: services.directory.current().today,
    });
    sendPage(res, 'still-here/edit', page);
  });

export const sayChanged = (services: Services): RequestHandler =>
  withLink(services, async (link, req, res) => {
    const { token, group } = link;
    const saved = await saveForm(services, req, res, {
      group,
      action: stillHerePath(token, 'changed'),
      by: 'link',
      own: null,
      answerer: await answererOf(services, link),
    });
    if (saved) done(link, res);
  });

/** Open for as long as the request is known: who does not want mail may say so at any time. */
export const showNoMore =
  (services: Services): RequestHandler =>
  async (req, res) => {
    const link = await openStillHereLink(services, req.params['token']);
    if (link.kind === 'unknown') return sendNotice(services, link, res);
    sendPage(res, 'still-here/button', refusePage(link));
  };

/** Answered with a page rather than led on: mail programs press this button by themselves (RFC 8058). */
export const sayNoMore =
  (services: Services): RequestHandler =>
  async (req, res) => {
    const link = await openStillHereLink(services, req.params['token']);
    if (link.kind === 'unknown') return sendNotice(services, link, res);
    const found = await addressOfLink(services, link);
    if (found) await refuseMails(services, found.address);
    res.set('cache-control', 'private, no-store');
    sendPage(res, 'still-here/notice', noMorePage(link));
  };
