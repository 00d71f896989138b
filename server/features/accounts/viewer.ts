// Who is behind a request: the person whose session the cookie names, with what they may do today.
import type { RequestHandler } from 'express';
import type { Services } from '../../services.ts';
import { findPerson } from '../../store/people.ts';
import { awayAfter, refuseWhileAway, storeTroubleOf } from '../../store/trouble.ts';
import { notePersonUnknown, type SignedIn } from '../../web/access.ts';

/** A store that hangs must not keep a page that needs nothing of it, milliseconds. */
const patience = 4_000;

/**
 * Looks nobody up for a request without a cookie of ours. While the store cannot say who somebody is, what is open to
 * everyone goes on, and the rest waits for it.
 */
export function recognizeViewer(services: Services): RequestHandler {
  return async (req, res, next) => {
    const cookie = req.headers.cookie;
    res.locals['viewer'] = null;
    if (!cookie?.includes('crosswalk.')) return next();
    try {
      refuseWhileAway(services.store);
      res.locals['viewer'] = await awayAfter(patience, findViewer(services, cookie));
    } catch (error) {
      if (storeTroubleOf(error) === undefined) throw error;
      notePersonUnknown(res, error);
    }
    next();
  };
}

/** Roles are read anew each time, so that taking one away works at once. */
async function findViewer({ signIn, store }: Services, cookie: string): Promise<SignedIn | null> {
  const found = await signIn.findSession(cookie);
  return found ? ((await findPerson(store, found.person)) ?? null) : null;
}
