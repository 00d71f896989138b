// The whole web application as a list: one line per step. It does not listen; main.ts and the tests do.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import express, { type Express } from 'express';
import type { Config } from './config.ts';
import { accountRoutes } from './features/accounts/routes.ts';
import { recognizeViewer } from './features/accounts/viewer.ts';
import { nearQuickly } from './features/api/near-quickly.ts';
import { apiRoutes } from './features/api/routes.ts';
import { publicTables } from './features/api/tables.ts';
import { collaboratingRoutes } from './features/collaborating/routes.ts';
import { directoryRoutes } from './features/directory/routes.ts';
import { downloadRoutes } from './features/downloads/routes.ts';
import { embeddingRoutes } from './features/embedding/routes.ts';
import { exampleRoutes } from './features/examples/routes.ts';
import { feedRoutes } from './features/feeds/routes.ts';
import { finderRoutes } from './features/finder/routes.ts';
import { importingRoutes } from './features/importing/routes.ts';
import { introducingRoutes } from './features/introducing/routes.ts';
import { knownClientRoutes } from './features/known-clients/routes.ts';
import { mergingRoutes } from './features/merging/routes.ts';
import { outreachRoutes } from './features/outreach/routes.ts';
import { pageRoutes } from './features/pages/routes.ts';
import { pictureRoutes } from './features/pictures/routes.ts';
import { privacyRoutes } from './features/privacy/routes.ts';
import { respondRoutes } from './features/respond/routes.ts';
import { staffRecordRoutes } from './features/staff-records/routes.ts';
import { stillHereRoutes } from './features/still-here/routes.ts';
import { subscribingRoutes } from './features/subscribing/routes.ts';
import { suggestingRoutes } from './features/suggesting/routes.ts';
import { surveyRoutes } from './features/survey/routes.ts';
import { wavesRoutes } from './features/waves/routes.ts';
import { paths } from './paths.ts';
import { built, root } from './root.ts';
import type { Services } from './services.ts';
import { staffOnly } from './web/access.ts';
import { createAnswerCache } from './web/answer-cache.ts';
import { type Assets, openAssets } from './web/assets.ts';
import { answerErrors, answerNotFound } from './web/error-pages.ts';
import { healthRoutes, openFigures } from './web/health.ts';
import { answerBluntly } from './web/last-words.ts';
import { redirectMergedGroups } from './web/merged-groups.ts';
import { createQuickAnswers } from './web/quick-answers.ts';
import type { Delivery } from './web/render.ts';
import { logRequests } from './web/request-log.ts';
import { refuseForgedWrites } from './web/same-origin.ts';
import { securityHeaders, sendSecurityHeaders } from './web/security.ts';
import { describeSite } from './web/site.ts';
import { rememberRequest } from './web/stray-errors.ts';
import { toJsonLd } from './web/structured-data.ts';
import { openTemplates } from './web/templates.ts';

const megabyte = 1_048_576;
const views = join(root, 'views');

export interface App {
  /** Answers any request: what is kept ready first, the Express pipeline for the rest. */
  readonly handle: (req: IncomingMessage, res: ServerResponse) => void;
  readonly express: Express;
}

export function createApp(services: Services): App {
  const headers = securityHeaders(services.config);
  const assets = openAssets(built, headers);
  const answers = createAnswerCache({ limit: 64 * megabyte, headers, isPersonal });
  services.directory.onChange(() => answers.clear());

  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  // Only a web server in front that the settings name may say who is asking: limits per caller go by it.
  app.set('trust proxy', [...services.config.trustedProxies]);
  app.set('views', [views]);
  app.set('view engine', 'ejs');
  app.engine(
    'ejs',
    openTemplates(views, () => app.enabled('view cache')),
  );
  app.set('view cache', services.config.production || process.env['NODE_ENV'] !== 'development');
  app.locals['asset'] = assets.address;
  app.locals['toJsonLd'] = toJsonLd;
  const delivery: Delivery = { answers, version: versionOf(assets, services.config) };
  app.locals['delivery'] = delivery;
  const figures = openFigures(services, answers.bytes);
  const quick = createQuickAnswers([nearQuickly(services, delivery)], {
    answers,
    isPersonal,
    log: services.log,
    seconds: figures.seconds,
  });

  app.use(logRequests(services.log));
  app.use(rememberRequest(answerErrors(services.log)));
  app.use(sendSecurityHeaders(headers));
  app.use(embeddingRoutes(services));
  app.use(recognizeViewer(services));
  app.use(describeSite(services));
  app.use(refuseForgedWrites(services.config.publicUrl));
  // Closed as a whole, beside the guard on each route: an address below it that is new is closed too.
  app.use(paths.staff.home, staffOnly);
  app.use(healthRoutes(services, figures));
  app.use(redirectMergedGroups(services));
  app.use(apiRoutes(services));
  app.use(knownClientRoutes(services));
  app.use(downloadRoutes(services, publicTables));
  app.use(pictureRoutes(services));
  // Before the pages: `/cities/tulsa-ok.ics` is no city.
  app.use(feedRoutes(services));
  app.use(finderRoutes(services));
  app.use(directoryRoutes(services));
  app.use(collaboratingRoutes(services));
  app.use(surveyRoutes(services));
  app.use(pageRoutes(services));
  app.use(accountRoutes(services));
  // Before the records of staff: `/staff/people/erase` is nobody's identifier.
  app.use(privacyRoutes(services));
  app.use(exampleRoutes(services));
  app.use(staffRecordRoutes(services));
  app.use(mergingRoutes(services));
  app.use(importingRoutes(services));
  app.use(outreachRoutes(services));
  app.use(wavesRoutes(services));
  app.use(respondRoutes(services));
  app.use(suggestingRoutes(services));
  app.use(introducingRoutes(services));
  app.use(stillHereRoutes(services));
  app.use(subscribingRoutes(services));
  app.use(answerNotFound);
  app.use(answerErrors(services.log));
  app.use(answerBluntly(services.log));

  return {
    handle: (req, res) => {
      if (answers.send(req, res) || assets.send(req, res) || quick.send(req, res)) return;
      app(req, res);
    },
    express: app,
  };
}

/** Whoever carries a cookie of ours may see another page than the rest. */
function isPersonal(req: IncomingMessage): boolean {
  return req.headers.cookie?.includes('crosswalk') ?? false;
}

/** Short mark of all that shapes an answer besides the records: the build and the settings that pages show. */
function versionOf(assets: Assets, config: Config): string {
  const stamps = join(built, 'stamps.json');
  return createHash('sha256')
    .update(assets.version)
    .update(existsSync(stamps) ? readFileSync(stamps) : '')
    .update(JSON.stringify([config.publicUrl, config.reachMiles, config.freshMonths, config.tiles]))
    .digest('hex')
    .slice(0, 8);
}
