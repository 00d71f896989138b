// Addresses of the surveys for staff: one page, and each of its figures as CSV. Nothing here is ever shared or kept.
import { type Response, Router } from 'express';
import { notFound } from '../../errors.ts';
import { paths } from '../../paths.ts';
import type { Services } from '../../services.ts';
import { staffOnly } from '../../web/access.ts';
import { exportName } from '../../web/export-name.ts';
import { sendPage } from '../../web/render.ts';
import { answeringCsv, answeringOf } from './answering.ts';
import { barrierPartnersCsv, barriersCsv } from './barriers.ts';
import { chosenRows, parseStaffSurveys, staffSurveysPage } from './staff-page.ts';

export function staffSurveyRoutes({ directory, places }: Services): Router {
  const { staff } = paths;
  const router = Router();

  const sendTable = (res: Response, name: string, body: string): void => {
    res
      .set('cache-control', 'private, no-store')
      .attachment(exportName(directory.current(), name))
      .type('text/csv')
      .send(body);
  };

  router.get(staff.surveys, staffOnly, (req, res) => {
    sendPage(res, 'survey/staff', staffSurveysPage(directory.current(), places, req.query));
  });

  router.get(staff.surveyBarriers, staffOnly, (_req, res) => {
    sendTable(res, 'staff-barriers.csv', barriersCsv(directory.current()));
  });

  router.get(staff.surveyBarrierPartners, staffOnly, (req, res) => {
    const now = directory.current();
    const rows = chosenRows(now, parseStaffSurveys(now, req.query));
    sendTable(res, 'staff-barrier-partners.csv', barrierPartnersCsv(rows));
  });

  router.get(staff.surveyAnswering, staffOnly, (req, res) => {
    const now = directory.current();
    const { answering } = parseStaffSurveys(now, req.query);
    if (!answering) throw notFound('No survey has answers of its own yet.');
    const name = `staff-answering-${answering.slug}.csv`;
    sendTable(res, name, answeringCsv(answeringOf(now, places, answering)));
  });

  return router;
}
