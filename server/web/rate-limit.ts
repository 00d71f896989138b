// How often one sender may ask for something. Counts live in this process and start anew with it.
import type { Request, RequestHandler } from 'express';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';
import { Problem } from '../errors.ts';

/**
 * Lets `max` requests through per `windowMs` milliseconds and key; the rest are a 429 in words.
 * The key is the caller's address, an IPv6 one by its /56 network, so that a neighbour's address is no way round;
 * or what `keyOf` says. A request for which it says null is not counted.
 */
export function limitRequests(options: {
  readonly max: number;
  readonly windowMs: number;
  readonly keyOf?: (req: Request) => string | null;
}): RequestHandler {
  const { keyOf } = options;
  return rateLimit({
    windowMs: options.windowMs,
    limit: options.max,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    keyGenerator: (req) => keyOf?.(req) ?? ipKeyGenerator(req.ip ?? '', 56),
    skip: (req) => keyOf !== undefined && keyOf(req) === null,
    handler: (_req, _res, next) =>
      next(
        new Problem(
          'too-many',
          `That was asked for many times in a row. Wait ${minutesIn(options.windowMs)} and try again.`,
        ),
      ),
  });
}

const minutesIn = (milliseconds: number): string => {
  const minutes = Math.max(1, Math.round(milliseconds / 60_000));
  return minutes === 1 ? 'a minute' : `${minutes} minutes`;
};
