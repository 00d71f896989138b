// The one way for forms into the program: bounded, never unpacked, and as clean text.
import { type RequestHandler, urlencoded } from 'express';
import { cleanForm } from '../domain/clean-text.ts';

/**
 * Takes a form that a page of ours sends.
 * @param limit of the whole body, such as `64kb`
 * @param fields at most; more are answered with 413
 */
export function formBody(limit: string, fields = 1_000): RequestHandler {
  // No browser packs a form: what is packed could be of any size.
  const parse = urlencoded({ extended: false, limit, parameterLimit: fields, inflate: false });
  return (req, res, next) => {
    parse(req, res, (error: unknown) => {
      if (error) return next(error);
      cleanBody(req);
      next();
    });
  };
}

/** Puts clean text in the place of what was sent. */
export function cleanBody(req: { body?: unknown }): void {
  if (typeof req.body === 'object' && req.body !== null) {
    req.body = cleanForm(req.body as Record<string, unknown>);
  }
}
