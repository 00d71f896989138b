// Is this group still there? The mailed links, a group's own pages, and the way back of a closed one.
import { Router } from 'express';
import { paths } from '../../paths.ts';
import type { Services } from '../../services.ts';
import { anyone, organizerOrStaff, staffOnly } from '../../web/access.ts';
import { formBody } from '../../web/form-body.ts';
import { keepAddressPrivate } from '../../web/private-address.ts';
import { limitRequests } from '../../web/rate-limit.ts';
import {
  sayActive,
  sayChanged,
  sayNoMore,
  sayStopped,
  showActive,
  showChanged,
  showNoMore,
  showStopped,
} from './by-link.ts';
import { parseAddress } from './form.ts';
import { askBack, lookAtOne, sayReturn, showBringBack, showReturn } from './return-handlers.ts';
import { confirmOwn, saveEdit, showEdit, showStop, stopOwn } from './signed-in.ts';
import { listRequests } from './staff-list.ts';

const form = formBody('128kb');
const quarterHour = 15 * 60_000;
const hour = 3_600_000;

/** Links asked for from one place, a whole office perhaps. */
export const mostReturns = 20;
/** Links mailed to one address, so that nobody's mailbox is filled by somebody else. */
export const mostReturnsPerAddress = 5;

export function stillHereRoutes(services: Services): Router {
  const router = Router();
  const answering = limitRequests({ max: 120, windowMs: quarterHour });
  const perSender = limitRequests({ max: mostReturns, windowMs: hour });
  const perAddress = limitRequests({
    max: mostReturnsPerAddress,
    windowMs: hour,
    keyOf: (req) => parseAddress(req.body).address,
  });

  router.use([paths.stillHere, paths.returnLink], (_req, res, next) => {
    keepAddressPrivate(res);
    next();
  });
  router.get(paths.stillHere, anyone, showActive(services));
  router.post(paths.stillHere, anyone, answering, sayActive(services));
  router.get(paths.stillHereChanged, anyone, showChanged(services));
  router.post(paths.stillHereChanged, anyone, answering, form, sayChanged(services));
  router.get(paths.stillHereStopped, anyone, showStopped(services));
  router.post(paths.stillHereStopped, anyone, answering, form, sayStopped(services));
  router.get(paths.stillHereNoMore, anyone, showNoMore(services));
  router.post(paths.stillHereNoMore, anyone, answering, sayNoMore(services));

  router.get(paths.groupEdit, organizerOrStaff, showEdit(services));
  router.post(paths.groupEdit, organizerOrStaff, answering, form, saveEdit(services));
  router.post(paths.groupConfirm, organizerOrStaff, answering, confirmOwn(services));
  router.get(paths.groupStop, organizerOrStaff, showStop(services));
  router.post(paths.groupStop, organizerOrStaff, answering, form, stopOwn(services));

  router.get(paths.bringBack, anyone, showBringBack(services));
  router.post(paths.bringBack, anyone, form, perSender, perAddress, askBack(services));
  router.get(paths.returnLink, anyone, showReturn(services));
  router.post(paths.returnLink, anyone, answering, sayReturn(services));

  router.get(paths.staff.stillHere, staffOnly, listRequests(services));
  router.post(paths.staff.groupReturn, staffOnly, form, lookAtOne(services));
  return router;
}
