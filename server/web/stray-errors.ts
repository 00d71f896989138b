// Errors that no handler caught: thrown later, in a timer or a stream, or a promise that nobody waited for. The request
// that they belong to is answered as failed; everybody else goes on. What a request shares with others is a snapshot
// that is never changed and a store in a thread of its own, so there is nothing half done to fear. Where such errors
// do not end, the program stops and leaves it to whoever supervises it to start it anew.
import { AsyncLocalStorage } from 'node:async_hooks';
import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express';
import type { Logger } from 'pino';

interface Asked {
  readonly req: Request;
  readonly res: Response;
  readonly answer: ErrorRequestHandler;
}

const asked = new AsyncLocalStorage<Asked>();

/** Keeps in mind which request something is done for. @param answer tells the failure to whoever asked */
export function rememberRequest(answer: ErrorRequestHandler): RequestHandler {
  return (req, res, next) => asked.run({ req, res, answer }, next);
}

/** So many within a minute are no accident of single requests. */
const mostInAMinute = 30;

/** From now on a stray error ends no more than its own request. @param giveUp is called when they do not end */
export function keepErrorsInBounds(log: Logger, giveUp: () => void): void {
  let lately: number[] = [];
  const take = (error: unknown): void => {
    const now = performance.now();
    lately = [...lately.filter((at) => now - at < 60_000), now];
    const request = asked.getStore();
    log.error(
      { err: error, reference: request ? String(request.req.id ?? '') : null },
      'an error that nobody caught',
    );
    if (request) fail(request, error);
    if (lately.length === mostInAMinute) {
      log.fatal({ errors: lately.length }, 'too many errors that nobody caught: stopping');
      giveUp();
    }
  };
  process.on('uncaughtException', take);
  process.on('unhandledRejection', take);
}

function fail({ req, res, answer }: Asked, error: unknown): void {
  if (res.writableEnded) return;
  // Half an answer must not look like a whole one.
  if (res.headersSent) res.destroy();
  else answer(error, req, res, () => res.destroy());
}
