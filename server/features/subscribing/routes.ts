// Being told of groups near a place: asking for it, confirming, stopping. No account, no cookie, no address shown.
// A link opens a page with one button: mail scanners that follow links change nothing.
import { type RequestHandler, Router } from 'express';
import type { Place } from '../../directory/places/places.ts';
import { paths, subscriptionPath, subscriptionStopPath } from '../../paths.ts';
import type { Services } from '../../services.ts';
import { findByStopHash } from '../../store/subscriptions.ts';
import { askToBeTold } from '../../subscriptions/ask.ts';
import { confirmSubscription, findToConfirm } from '../../subscriptions/confirm.ts';
import { stopToken } from '../../subscriptions/links.ts';
import { stopSubscription } from '../../subscriptions/stop.ts';
import { hashOf, parsePersonalToken } from '../../survey/personal-link.ts';
import { anyone } from '../../web/access.ts';
import { formBody } from '../../web/form-body.ts';
import type { FieldError } from '../../web/form-fields.ts';
import { keepAddressPrivate } from '../../web/private-address.ts';
import { limitRequests } from '../../web/rate-limit.ts';
import { sendPage } from '../../web/render.ts';
import { parseSubscribeForm, type SubscribeForm } from './form.ts';
import {
  askedPage,
  confirmedPage,
  confirmPage,
  fullPage,
  gonePage,
  stopPage,
  stoppedPage,
  subscribePage,
  toSubscribed,
} from './page.ts';

const form = formBody('8kb');
const hour = 3_600_000;

/** A whole office may share one address of the network. */
export const mostPerSender = 30;
/** Forms that name one mail address, so that nobody's mailbox is filled by somebody else. */
export const mostPerAddress = 6;
/** Guessing a token is hopeless; a mail provider stops mails for many people from one address. */
const mostLinks = 1_000;

export function subscribingRoutes(services: Services): Router {
  const router = Router();
  const perSender = limitRequests({ max: mostPerSender, windowMs: hour });
  const perAddress = limitRequests({
    max: mostPerAddress,
    windowMs: hour,
    keyOf: (req) => parseSubscribeForm(req.body).address,
  });
  const perLink = limitRequests({ max: mostLinks, windowMs: hour });

  router.get(paths.subscribe, anyone, showForm(services));
  router.post(paths.subscribe, anyone, form, perSender, perAddress, receiveForm(services));
  router.get(paths.subscribeAsked, anyone, (_req, res) =>
    sendPage(res, 'subscribing/step', askedPage()),
  );
  router.get(paths.subscription, anyone, showConfirm(services));
  router.post(paths.subscription, anyone, perLink, confirm(services));
  router.get(paths.subscriptionStop, anyone, showStop(services));
  router.post(paths.subscriptionStop, anyone, perLink, stop(services));
  return router;
}

/** The place that a form names; null where it names none that is known. */
function placeOf({ places }: Services, { typed, point }: SubscribeForm): Place | null {
  if (point) {
    return { ...point, name: '', kind: 'coordinates', state: '', country: '', population: 0 };
  }
  const found = typed === '' ? null : places.find(typed);
  return found?.kind === 'found' ? found.place : null;
}

/** Nothing is ever sent from a site of invented records. */
const isOpenTo = ({ directory }: Services): boolean => !directory.current().sampleData;

const showForm =
  (services: Services): RequestHandler =>
  (req, res) => {
    const asked = parseSubscribeForm(req.query);
    const isOpen = isOpenTo(services);
    const page = subscribePage(
      { ...asked, typedAddress: '' },
      placeOf(services, asked),
      [],
      isOpen,
    );
    sendPage(res, 'subscribing/subscribe', page);
  };

function receiveForm(services: Services): RequestHandler {
  return async (req, res) => {
    const asked = parseSubscribeForm(req.body);
    const place = placeOf(services, asked);
    if (!isOpenTo(services)) {
      const page = subscribePage({ ...asked, typedAddress: '' }, place, [], false);
      return sendPage(res, 'subscribing/subscribe', page, 409);
    }
    const errors = errorsIn(asked, place);
    if (errors.length > 0 || !place || asked.address === null) {
      return sendPage(res, 'subscribing/subscribe', subscribePage(asked, place, errors, true), 422);
    }
    const { address, miles } = asked;
    await askToBeTold(services, { address, place: toSubscribed(place), miles });
    res.redirect(303, paths.subscribeAsked);
  };
}

function errorsIn(asked: SubscribeForm, place: Place | null): FieldError[] {
  const errors: FieldError[] = [];
  if (asked.typed === '' && !place) {
    errors.push({ field: 'place', message: 'Enter a place, such as Tulsa, OK or 74103' });
  } else if (!place) {
    const message = 'We know of no place of this name. Try a ZIP code, or the city with its state';
    errors.push({ field: 'place', message });
  }
  if (asked.address === null) {
    const message = 'Enter your mail address, such as ana@example.org';
    errors.push({ field: 'address', message });
  } else if (asked.isTrapped) {
    const message =
      'A field that has to stay empty was filled in, perhaps by your browser. It is empty again: please send it once more';
    errors.push({ field: 'address', message });
  }
  return errors;
}

const hashIn = (value: unknown): string | null => {
  const token = parsePersonalToken(value);
  return token && hashOf(token);
};

function showConfirm(services: Services): RequestHandler {
  return async (req, res) => {
    keepAddressPrivate(res);
    const token = String(req.params['token']);
    const hash = hashIn(token);
    const found = hash ? await findToConfirm(services, hash) : undefined;
    if (!found) return sendPage(res, 'subscribing/step', gonePage(), 404);
    const page =
      found.state === 'confirmed'
        ? confirmedPage(found, stopPathOf(services, found))
        : confirmPage(found, subscriptionPath(token));
    sendPage(res, 'subscribing/step', page);
  };
}

const stopPathOf = (
  { secret }: Services,
  { address, placeKey }: { readonly address: string; readonly placeKey: string },
): string => subscriptionStopPath(stopToken(secret, address, placeKey));

function confirm(services: Services): RequestHandler {
  return async (req, res) => {
    keepAddressPrivate(res);
    const hash = hashIn(req.params['token']);
    const outcome = hash ? await confirmSubscription(services, hash) : ({ kind: 'gone' } as const);
    if (outcome.kind === 'gone') return sendPage(res, 'subscribing/step', gonePage(), 404);
    if (outcome.kind === 'full') return sendPage(res, 'subscribing/step', fullPage(), 409);
    res.redirect(303, subscriptionPath(String(req.params['token'])));
  };
}

function showStop({ store }: Services): RequestHandler {
  return async (req, res) => {
    keepAddressPrivate(res);
    const token = String(req.params['token']);
    const hash = hashIn(token);
    const found = hash ? await findByStopHash(store, hash) : undefined;
    const page = found ? stopPage(found, subscriptionStopPath(token)) : stoppedPage();
    sendPage(res, 'subscribing/step', page);
  };
}

/**
 * The button, and the one click of a mail program (RFC 8058), which sends `List-Unsubscribe=One-Click`, follows no
 * redirect and may come more than once.
 */
function stop({ store }: Services): RequestHandler {
  return async (req, res) => {
    keepAddressPrivate(res);
    const hash = hashIn(req.params['token']);
    if (hash) await stopSubscription(store, hash);
    sendPage(res, 'subscribing/step', stoppedPage());
  };
}
