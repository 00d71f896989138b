// For whoever operates Crosswalk: is the process up, can it answer, and its figures for Prometheus.
import { type Request, Router } from 'express';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { notFound } from '../errors.ts';
import { paths } from '../paths.ts';
import type { Services } from '../services.ts';
import { readRevision } from '../store/directory-records.ts';
import { addOperatorFigures } from './operator-figures.ts';
import { within } from './within.ts';

/** What is counted while it runs. */
export interface Figures {
  readonly registry: Registry;
  /** Times to answer, by method, route and status. */
  readonly seconds: Histogram<'method' | 'route' | 'status'>;
}

export function healthRoutes(services: Services, { registry, seconds }: Figures): Router {
  const router = Router();

  router.use(timeRequests(seconds));

  router.get(paths.health, (_req, res) => {
    res.set('cache-control', 'no-store').json({ status: 'up' });
  });

  router.get(paths.ready, async (_req, res) => {
    const revision = services.directory.current().revision;
    const stored = await within(2_000, readRevision(services.store));
    const ready = stored !== undefined;
    res
      .status(ready ? 200 : 503)
      .set('cache-control', 'no-store')
      .json({
        status: ready
          ? 'ready'
          : 'the store does not answer; pages are served from the last snapshot',
        revision,
      });
  });

  router.get(paths.metrics, async (req, res) => {
    if (!isLocal(req)) throw notFound('There is no page at this address.');
    res.type(registry.contentType).send(await registry.metrics());
  });

  return router;
}

/** A loopback caller that did not come through a proxy on the same machine. */
function isLocal(req: Request): boolean {
  const address = req.socket.remoteAddress ?? '';
  const proxied =
    req.headers['x-forwarded-for'] !== undefined || req.headers['forwarded'] !== undefined;
  return !proxied && /^(127\.|::1$|::ffff:127\.)/.test(address);
}

/** @param keptBytes of the answers that are kept ready */
export function openFigures(services: Services, keptBytes: () => number): Figures {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: 'crosswalk_revision',
    help: 'Revision of the directory snapshot that is served',
    registers: [registry],
    collect() {
      this.set(services.directory.current().revision);
    },
  });
  new Gauge({
    name: 'crosswalk_partner_cities',
    help: 'Partner cities by flag',
    labelNames: ['flag'],
    registers: [registry],
    collect() {
      for (const [flag, count] of Object.entries(services.directory.current().flagCounts)) {
        this.set({ flag }, count);
      }
    },
  });
  addOperatorFigures(registry, services, keptBytes);
  const seconds = new Histogram({
    name: 'crosswalk_request_seconds',
    help: 'Time to answer a request that was not kept ready, by route',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.001, 0.005, 0.02, 0.1, 0.5, 2],
    registers: [registry],
  });
  return { registry, seconds };
}

function timeRequests(seconds: Figures['seconds']) {
  return (req: Request, res: import('express').Response, next: () => void) => {
    const stop = seconds.startTimer();
    res.on('finish', () => {
      const route = (req.route as { path?: unknown } | undefined)?.path;
      stop({
        method: req.method,
        route: typeof route === 'string' ? route : '(none)',
        status: String(res.statusCode),
      });
    });
    next();
  };
}
