// Addresses of the surveys.
import { Router } from 'express';
import { paths, surveyPath } from '../../paths.ts';
import type { Services } from '../../services.ts';
import { findNear, sendMissing } from '../../web/missing-page.ts';
import { sendPage } from '../../web/render.ts';
import { surveyPage } from './survey-page.ts';
import { surveysPage } from './surveys-page.ts';

export function surveyRoutes({ config, directory }: Services): Router {
  const router = Router();

  router.get(paths.surveys, (req, res) => {
    sendPage(res, 'survey/surveys', surveysPage(directory.current(), req.query, config.publicUrl));
  });

  router.get(paths.survey, (req, res) => {
    const now = directory.current();
    const slug = req.params['wave'];
    const wave = now.findWave(slug);
    if (wave) {
      sendPage(res, 'survey/survey', surveyPage(now, wave, config.publicUrl));
      return;
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
