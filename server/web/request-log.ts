// One line per request that reaches the pipeline, with a reference that error pages repeat.
// It names the route, not the address: addresses hold places, tokens and what people typed.
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Request, RequestHandler } from 'express';
import type { Logger } from 'pino';
import { pinoHttp } from 'pino-http';

/** `GET /cities/:slug`, or the method alone where no route took the request. */
function routeOf(req: IncomingMessage): string {
  const route = (req as Request).route as { path?: unknown } | undefined;
  return typeof route?.path === 'string' ? route.path : '(no route)';
}

export function logRequests(log: Logger): RequestHandler {
  return pinoHttp({
    logger: log,
    genReqId: (_req, res) => {
      const reference = randomUUID().slice(0, 8);
      res.setHeader('x-request-id', reference);
      return reference;
    },
    autoLogging: { ignore: (req) => req.url === '/healthz' || req.url === '/readyz' },
    // The error handler logs a failure once, with its cause; here only the outcome is noted.
    customLogLevel: () => 'info',
    serializers: { req: () => undefined, res: () => undefined, err: () => undefined },
    customProps: (req, res) => ({
      reference: String(req.id),
      method: req.method,
      route: routeOf(req),
      status: res.statusCode,
    }),
    customSuccessMessage: () => 'answered',
    customErrorMessage: () => 'answered',
  }) as unknown as RequestHandler;
}
