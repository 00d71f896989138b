// Addresses of the surveys: the list, one wave, and what its closing froze.
import { createHash } from 'node:crypto';
import { type RequestHandler, type Response, Router } from 'express';
import type { Wave } from '../../domain/records.ts';
import { notFound } from '../../errors.ts';
import { paths, surveyExportPath, surveyPath, withQuery } from '../../paths.ts';
import type { Services } from '../../services.ts';
import { anyone } from '../../web/access.ts';
import { asFile } from '../../web/export-name.ts';
import { formatDate } from '../../web/format.ts';
import { findNear, sendMissing } from '../../web/missing-page.ts';
import { sendPage, sendShared } from '../../web/render.ts';
import { changesCsv, changesPage } from './changes-page.ts';
import { parseChanges } from './changes-query.ts';
import { levelsCsv } from './levels-figure.ts';
import { staffSurveyRoutes } from './staff-routes.ts';
import { surveysPage } from './surveys-page.ts';
import { totalsPage } from './totals-page.ts';
import { wavePage } from './wave-page.ts';

const exportTypes = {
  json: 'application/json; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
} as const;

function whyNotFrozen({ name, state, closes, aggregate }: Wave): string {
  if (aggregate) return `${name} is known by its totals alone: there are no answers to export.`;
  return state === 'open'
    ? `${name} is open until ${formatDate(closes)}. Its export is made when it closes.`
    : `${name} was closed without an export.`;
}

export function surveyRoutes(services: Services): Router {
  const { config, directory } = services;
  const router = Router();
  router.use(staffSurveyRoutes(services));

  /** The bytes that the closing froze, whatever the records say by now. */
  function sendExport(format: 'json' | 'csv'): RequestHandler {
    return (req, res) => {
      const now = directory.current();
      const wave = now.findWave(String(req.params['wave']));
      if (!wave) throw notFound('There is no such survey, and so no export of it.');
      const frozen = now.frozenWave(wave.slug);
      if (!frozen) throw notFound(whyNotFrozen(wave));
      const body = frozen[format];
      sendShared(res, now, {
        type: exportTypes[format],
        body,
        canonical: surveyExportPath(wave.slug, format),
        etag: `W/"${createHash('sha256').update(body).digest('base64url')}"`,
        headers: asFile(now, `survey-${wave.slug}.${format}`),
      });
    };
  }

  router.get(paths.surveys, anyone, (req, res) => {
    sendPage(res, 'survey/surveys', surveysPage(directory.current(), req.query, config.publicUrl));
  });

  const sendTable = (res: Response, name: string, canonical: string, body: string): void => {
    const now = directory.current();
    sendShared(res, now, { type: exportTypes.csv, body, canonical, headers: asFile(now, name) });
  };

  // Before the pages of a wave, whose patterns would take these names for a wave's.
  router.get(paths.surveyChanges, anyone, (req, res) => {
    sendPage(res, 'survey/changes', changesPage(directory.current(), req.query, config.publicUrl));
  });

  router.get(paths.surveyTables.changes, anyone, (req, res) => {
    const query = parseChanges(directory.current(), req.query);
    const canonical = withQuery(paths.surveyTables.changes, query.values);
    sendTable(res, 'gap-changes.csv', canonical, changesCsv(directory.current(), query));
  });

  router.get(paths.surveyTables.levels, anyone, (_req, res) => {
    const body = levelsCsv(directory.current());
    sendTable(res, 'levels.csv', paths.surveyTables.levels, body);
  });

  // Before the page of a wave: its pattern would take the ending for a part of the name.
  router.get(paths.surveyExport.json, anyone, sendExport('json'));
  router.get(paths.surveyExport.csv, anyone, sendExport('csv'));

  router.get(paths.survey, anyone, (req, res) => {
    const now = directory.current();
    const slug = String(req.params['wave']);
    const wave = now.findWave(slug);
    if (wave?.aggregate) {
      const page = totalsPage(now, wave, wave.aggregate, config.publicUrl);
      return sendPage(res, 'survey/totals', page);
    }
    if (wave) {
      return sendPage(res, 'survey/wave', wavePage(now, wave, req.query, config.publicUrl));
    }
    sendMissing(res, {
      noun: 'survey',
      slug,
      section: 'surveys',
      list: { label: 'See all surveys', href: paths.surveys },
      near: findNear(slug, now.waves).map((one) => ({
        label: one.name,
        href: surveyPath(one.slug),
      })),
    });
  });

  return router;
}
