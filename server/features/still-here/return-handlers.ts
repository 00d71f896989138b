// The way back of a closed group: the form, the mailed link with its button, and what staff do about it.
import type { RequestHandler, Response } from 'express';
import { notFound } from '../../errors.ts';
import { groupEditPath, returnLinkPath } from '../../paths.ts';
import type { Services } from '../../services.ts';
import {
  askToReturn,
  lookAtReturn,
  openReturnLink,
  type ReturnLink,
  returnGroup,
} from '../../still-here/bring-back.ts';
import { findReturn } from '../../store/group-returns.ts';
import { viewerOf } from '../../web/access.ts';
import { sendPage } from '../../web/render.ts';
import { bringBackPage } from './bring-back-page.ts';
import { returnPage } from './button-page.ts';
import { parseAddress } from './form.ts';
import { mailSentPage, notClosedPage, returnedPage, unknownPage } from './notice-page.ts';
import { groupOf } from './signed-in.ts';

export const showBringBack =
  (services: Services): RequestHandler =>
  (req, res) => {
    const group = groupOf(services, req);
    const { today } = services.directory.current();
    if (group.liveness.state !== 'closed') {
      return sendPage(res, 'still-here/notice', notClosedPage(group));
    }
    sendPage(res, 'still-here/bring-back', bringBackPage(group, today, '', []));
  };

/** The same answer whether the address is known or not. */
export const askBack =
  (services: Services): RequestHandler =>
  async (req, res) => {
    const group = groupOf(services, req);
    if (group.liveness.state !== 'closed') {
      return sendPage(res, 'still-here/notice', notClosedPage(group), 409);
    }
    const { typed, address } = parseAddress(req.body);
    if (address === null) {
      const errors = [
        { field: 'address', message: 'Enter a mail address, such as ana@example.org' },
      ];
      const { today } = services.directory.current();
      const page = bringBackPage(group, today, typed, errors);
      return sendPage(res, 'still-here/bring-back', page, 422);
    }
    await askToReturn(services, group, address);
    res.set('cache-control', 'private, no-store');
    sendPage(res, 'still-here/notice', mailSentPage(group));
  };

/** Why a link has no button; false where it has one. */
function sendReturnNotice(services: Services, link: ReturnLink, res: Response): boolean {
  if (link.kind === 'open') return false;
  if (link.kind !== 'used') {
    sendPage(res, 'still-here/notice', unknownPage(), link.kind === 'expired' ? 410 : 404);
    return true;
  }
  const group = services.directory.current().findGroup(link.asked.group);
  if (!group) throw notFound('This group is no longer in the directory.');
  sendPage(res, 'still-here/notice', returnedPage(group, link.asked.state));
  return true;
}

export const showReturn =
  (services: Services): RequestHandler =>
  async (req, res) => {
    const link = await openReturnLink(services, req.params['token']);
    if (sendReturnNotice(services, link, res) || link.kind !== 'open') return;
    const directory = services.directory.current();
    const group = directory.findGroup(link.asked.group);
    if (!group) throw notFound('This group is no longer in the directory.');
    if (group.liveness.state !== 'closed') {
      return sendPage(res, 'still-here/notice', notClosedPage(group));
    }
    const token = String(req.params['token']);
    sendPage(res, 'still-here/button', returnPage(token, group, directory.today));
  };

export const sayReturn =
  (services: Services): RequestHandler =>
  async (req, res) => {
    const link = await openReturnLink(services, req.params['token']);
    if (sendReturnNotice(services, link, res) || link.kind !== 'open') return;
    await returnGroup(services, link.asked);
    res.redirect(303, returnLinkPath(String(req.params['token'])));
  };

export const lookAtOne =
  (services: Services): RequestHandler =>
  async (req, res) => {
    const id = String(req.params['id']);
    const asked = await findReturn(services.store, id);
    if (!asked) throw notFound('There is no such return of a group.');
    const decision = req.body?.decision === 'undo' ? 'undo' : 'keep';
    await lookAtReturn(services, id, decision, viewerOf(res)?.id ?? null);
    res.redirect(303, groupEditPath(asked.group));
  };
