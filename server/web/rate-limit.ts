// How often one sender may ask for something. Counts live in this process and start anew with it.
import type { Request, RequestHandler } from 'express';
import {
  type ClientRateLimitInfo,
  ipKeyGenerator,
  rateLimit,
  type Store,
} from 'express-rate-limit';
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
    store: countSteadily(options.windowMs),
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

/**
 * Counts per key in windows of the time since the start: a clock that jumps shuts nobody out and lets nobody in.
 * Keys whose window is over are forgotten once per window.
 */
function countSteadily(windowMs: number): Store {
  const counts = new Map<string, { hits: number; until: number }>();
  let swept = performance.now();
  const infoOf = ({ hits, until }: { hits: number; until: number }): ClientRateLimitInfo => ({
    totalHits: hits,
    resetTime: new Date(Date.now() + Math.max(0, until - performance.now())),
  });
  return {
    localKeys: true,
    increment(key) {
      const now = performance.now();
      if (now - swept > windowMs) {
        for (const [old, { until }] of counts) if (until <= now) counts.delete(old);
        swept = now;
      }
      const found = counts.get(key);
      const count = found && found.until > now ? found : { hits: 0, until: now + windowMs };
      count.hits += 1;
      counts.set(key, count);
      return infoOf(count);
    },
    decrement(key) {
      const found = counts.get(key);
      if (found && found.hits > 0) found.hits -= 1;
    },
    resetKey(key) {
      counts.delete(key);
    },
  };
}
