// Where partners and groups have their say: the personal link, reports between waves, a partner's own profile,
// and what a group's organizers say of reports about it.
import { Router } from 'express';
import { paths } from '../../paths.ts';
import type { Services } from '../../services.ts';
import { anyone, organizerOrStaff, partnerOrStaff } from '../../web/access.ts';
import { formBody } from '../../web/form-body.ts';
import { limitRequests } from '../../web/rate-limit.ts';
import { sendVerdict, showGroupReports } from './group-reports.ts';
import { sendReport, showReportForm } from './partner-report.ts';
import {
  hideAddress,
  keepHalf,
  noteFirstInteraction,
  sendAnswer,
  showAnswerForm,
} from './personal-link.ts';
import { saveProfile, showProfile } from './profile.ts';

/** Room for notes far longer than we take: what is too long is said on the form, with what was typed. */
const form = formBody('512kb');
const quarterHour = 15 * 60_000;

export function respondRoutes(services: Services): Router {
  const router = Router();
  // A whole institution may send from one address, and a page keeps what is typed every few seconds.
  const sending = limitRequests({ max: 120, windowMs: quarterHour });
  const keeping = limitRequests({ max: 1500, windowMs: quarterHour });

  router.use(paths.respond, hideAddress);
  router.get(paths.respond, anyone, showAnswerForm(services));
  router.post(paths.respond, anyone, sending, form, sendAnswer(services));
  router.post(paths.respondDraft, anyone, keeping, form, keepHalf(services));
  router.post(paths.respondOpened, anyone, keeping, noteFirstInteraction(services));

  router.get(paths.partnerReport, partnerOrStaff, showReportForm(services));
  router.post(paths.partnerReport, partnerOrStaff, sending, form, sendReport(services));
  router.get(paths.partnerEdit, partnerOrStaff, showProfile(services));
  router.post(paths.partnerEdit, partnerOrStaff, sending, form, saveProfile(services));

  router.get(paths.groupReports, organizerOrStaff, showGroupReports(services));
  router.post(paths.groupReports, organizerOrStaff, sending, form, sendVerdict(services));
  return router;
}
