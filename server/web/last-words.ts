// Takes what went wrong while an error was being put into words: a page cannot be made of it, so it is one sentence.
// Without this, Express would print the error itself for whoever asks.
import type { ErrorRequestHandler } from 'express';
import type { Logger } from 'pino';

export function answerBluntly(log: Logger): ErrorRequestHandler {
  return (error: unknown, req, res, next) => {
    const reference = String(req.id ?? '');
    log.error({ err: error, reference }, 'an error page could not be made');
    // What was begun is broken off, so that nobody takes it for the whole.
    if (res.headersSent) return next(error);
    res.status(500).set('cache-control', 'no-store').type('text/plain');
    res.send(`Something went wrong on our side. Try again in a moment. Reference: ${reference}\n`);
  };
}
