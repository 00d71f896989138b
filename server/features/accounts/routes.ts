// Signing in by mailed link, signing out, and one's own account.
// A link opens a page with one button: mail scanners that follow links use nothing up.
import { randomUUID } from 'node:crypto';
import { type RequestHandler, Router } from 'express';
import { linkMinutes } from '../../accounts/sign-in.ts';
import { signInLink } from '../../accounts/sign-in-link.ts';
import { groupPath, partnerPath, paths } from '../../paths.ts';
import type { Services } from '../../services.ts';
import { findPerson, findPersonByAddress } from '../../store/people.ts';
import { anyone, type SignedIn, signedIn, viewerOf } from '../../web/access.ts';
import { formBody } from '../../web/form-body.ts';
import { keepAddressPrivate } from '../../web/private-address.ts';
import { limitRequests } from '../../web/rate-limit.ts';
import { sendPage } from '../../web/render.ts';
import { accountPage, allOthers } from './account-page.ts';
import { parseNext, parseSignInForm, parseToken } from './form.ts';
import { confirmPage, linkSentPage, linkSpentPage, signInPage } from './page.ts';

const form = formBody('8kb');
const quarterHour = 15 * 60_000;

export function accountRoutes(services: Services): Router {
  const router = Router();
  const perSender = limitRequests({ max: 20, windowMs: quarterHour });
  // Guessing a token is hopeless; this only keeps somebody from trying. A whole office may share one address.
  const perSenderUsing = limitRequests({ max: 100, windowMs: quarterHour });
  const perAddress = limitRequests({
    max: 4,
    windowMs: quarterHour,
    keyOf: (req) => parseSignInForm(req.body).address,
  });

  router.get(paths.signIn, anyone, showSignIn);
  router.post(paths.signIn, anyone, form, perSender, perAddress, askForLink(services));
  router.get(paths.signInConfirm, anyone, showConfirm);
  router.post(paths.signInConfirm, anyone, form, perSenderUsing, useLink(services));
  router.post(paths.signOut, anyone, perSenderUsing, signOut(services));
  router.get(paths.account, signedIn, showAccount(services));
  router.post(paths.endSession, signedIn, form, endSession(services));
  return router;
}

const showSignIn: RequestHandler = (req, res) => {
  const viewer = viewerOf(res);
  const next = parseNext(req.query['next']);
  if (viewer) return res.redirect(303, next || homeOf(viewer));
  sendPage(res, 'accounts/sign-in', signInPage({ typed: '', address: null, next }, false));
};

/** Says the same, and as quickly, whether or not anybody has the address. */
function askForLink(services: Services): RequestHandler {
  return (req, res) => {
    const asked = parseSignInForm(req.body);
    if (asked.address === null) {
      return sendPage(res, 'accounts/sign-in', signInPage(asked, true), 422);
    }
    const { address, next } = asked;
    mailLink(services, address, next).catch((error: unknown) => {
      services.log.error({ err: error, reference: req.id }, 'a sign-in link could not be made');
    });
    sendPage(res, 'accounts/notice', linkSentPage(), 202);
  };
}

async function mailLink(services: Services, address: string, next: string): Promise<void> {
  const { config, store, signIn, mail, clock } = services;
  if (!(await findPersonByAddress(store, address))) return;
  const token = await signIn.makeToken(address);
  await mail.post({
    key: `sign-in ${randomUUID()}`,
    to: address,
    purpose: 'sign-in',
    about: null,
    template: 'sign-in',
    data: { link: signInLink(config.publicUrl, token, next), minutes: linkMinutes },
    useUntil: new Date(clock().getTime() + linkMinutes * 60_000),
  });
}

const showConfirm: RequestHandler = (req, res) => {
  keepAddressPrivate(res);
  const token = parseToken(req.query['token']);
  if (token === null) return sendPage(res, 'accounts/notice', linkSpentPage(), 400);
  sendPage(res, 'accounts/confirm', confirmPage(token, parseNext(req.query['next'])));
};

function useLink({ signIn, store }: Services): RequestHandler {
  return async (req, res) => {
    const token = parseToken(req.body?.token);
    const cookies = token && (await signIn.useToken(token, req.get('user-agent') ?? ''));
    if (!cookies) return sendPage(res, 'accounts/notice', linkSpentPage(), 400);
    for (const cookie of cookies) res.append('set-cookie', cookie);
    const found = await signIn.findSession(cookies.map(nameAndValue).join('; '));
    const person = found && (await findPerson(store, found.person));
    res.redirect(303, parseNext(req.body?.next) || (person ? homeOf(person) : paths.account));
  };
}

function signOut({ signIn }: Services): RequestHandler {
  return async (req, res) => {
    const cookies = await signIn.signOut(req.headers.cookie ?? '');
    for (const cookie of cookies) res.append('set-cookie', cookie);
    res.redirect(303, paths.home);
  };
}

function showAccount({ signIn, directory }: Services): RequestHandler {
  return async (req, res) => {
    const viewer = viewerOf(res) as SignedIn;
    const cookie = req.headers.cookie ?? '';
    const [sessions, found] = await Promise.all([
      signIn.listSessions(cookie),
      signIn.findSession(cookie),
    ]);
    const current = found?.session.id ?? '';
    const page = accountPage(directory.current(), viewer, sessions, current);
    sendPage(res, 'accounts/account', page);
  };
}

/** A session that has ended already is no mistake: the list shows that it is gone. */
function endSession({ signIn }: Services): RequestHandler {
  return async (req, res) => {
    const cookie = req.headers.cookie ?? '';
    const session = String(req.body?.session);
    if (session === allOthers) await signIn.endOtherSessions(cookie);
    else await signIn.endSession(cookie, session);
    res.redirect(303, `${paths.account}#sessions`);
  };
}

/** Where a person starts: staff at what there is to do, a partner or an organizer on their own page. */
function homeOf(person: Pick<SignedIn, 'staff' | 'partners' | 'groups'>): string {
  const [partner] = person.partners;
  const [group] = person.groups;
  if (person.staff) return paths.staff.home;
  if (partner) return partnerPath(partner);
  return group ? groupPath(group) : paths.account;
}

const nameAndValue = (setCookie: string): string => setCookie.split(';', 1)[0] ?? '';
