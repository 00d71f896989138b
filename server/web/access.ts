// Who is asking, and what is open to them. Every route line names one of these guards.
import type { Request, RequestHandler, Response } from 'express';
import { forbidden } from '../errors.ts';
import { paths, withQuery } from '../paths.ts';

/** A person who is signed in. One person can be staff, of partners and of groups at once. */
export interface SignedIn {
  readonly id: string;
  readonly address: string;
  readonly name: string;
  readonly staff: boolean;
  /** Slugs of the partners they answer for. */
  readonly partners: readonly string[];
  /** Slugs of the groups they organize. */
  readonly groups: readonly string[];
}

/** The person behind a request, or null. Set by the accounts feature before any route. */
export const viewerOf = (res: Response): SignedIn | null =>
  (res.locals['viewer'] as SignedIn | null | undefined) ?? null;

/** Notes that somebody asks as a person whom the store could not be asked for, and why. */
export const notePersonUnknown = (res: Response, reason: unknown): void => {
  res.locals['personUnknown'] = reason;
};

/** Open to everyone; named so that each route says so. */
export const anyone: RequestHandler = (_req, _res, next) => next();

/** Anyone who is signed in; others are asked to sign in first and come back after. */
export const signedIn: RequestHandler = allow(() => true, '');

export const staffOnly: RequestHandler = allow(
  (viewer) => viewer.staff,
  'This page is for NNIP staff. Your account has no such role.',
);

/** The people of the partner that the address names, and staff. */
export const partnerOrStaff: RequestHandler = allow(
  (viewer, req) => viewer.staff || viewer.partners.includes(slugOf(req)),
  'This page is for the people of this partner and NNIP staff. Your account is for another one.',
);

/** The organizers of the group that the address names, and staff. */
export const organizerOrStaff: RequestHandler = allow(
  (viewer, req) => viewer.staff || viewer.groups.includes(slugOf(req)),
  'This page is for the organizers of this group and NNIP staff. Your account is for another one.',
);

const slugOf = (req: Request): string => String(req.params['slug'] ?? '');

/** Characters of the page that signing in leads back to; what is longer leaves the filters out, or leads home. */
export const longestNext = 500;

function allow(
  isOpen: (viewer: SignedIn, req: Request) => boolean,
  refusal: string,
): RequestHandler {
  return (req, res, next) => {
    const viewer = viewerOf(res);
    if (viewer && isOpen(viewer, req)) return next();
    if (viewer) return next(forbidden(refusal));
    if (res.locals['personUnknown']) return next(res.locals['personUnknown']);
    if (req.method === 'GET' || req.method === 'HEAD') {
      const page = [req.originalUrl, req.baseUrl + req.path].find(
        (one) => one.length <= longestNext,
      );
      return res.redirect(303, page ? withQuery(paths.signIn, { next: page }) : paths.signIn);
    }
    next(
      forbidden(
        'You are not signed in any more, so nothing was changed. Sign in and send it again.',
      ),
    );
  };
}
