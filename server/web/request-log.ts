// One line per request that reaches the pipeline, with a reference that error pages repeat.
// It names the route, not the address: addresses hold places, tokens and what people typed.
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Request, RequestHandler } from 'express';
import type { Logger } from 'pino';
import { pinoHttp } from 'pino-http';

/** `GET /cities/:slug`, or the method alone where no route took the request. */
function routeOf(req: IncomingMessage): string {
  const route = (req as Request).route as { path?: unknown } | undefined;
  return typeof route?.path === 'string' ? route.path : '(no route)';
}

function outcomeOf(req: IncomingMessage, res: ServerResponse, value: { responseTime: number }) {
  return {
    method: req.method,
    route: routeOf(req),
    status: res.statusCode,
    milliseconds: value.responseTime,
  };
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
    // The bindings would be printed twice: once for the request's own logger and once for the outcome.
    quietReqLogger: true,
    customAttributeKeys: { reqId: 'reference' },
    customSuccessObject: outcomeOf,
    customErrorObject: (req, res, _error, value) => outcomeOf(req, res, value),
    customSuccessMessage: () => 'answered',
    customErrorMessage: () => 'answered',
  }) as unknown as RequestHandler;
}
