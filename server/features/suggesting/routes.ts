// Suggestions: anybody sends one in and follows it, staff decide.
import { type RequestHandler, Router } from 'express';
import { notFound } from '../../errors.ts';
import { paths } from '../../paths.ts';
import type { Services } from '../../services.ts';
import { findSuggestionByToken, readSuggestions } from '../../store/suggestions.ts';
import { hashOf, parsePersonalToken } from '../../survey/personal-link.ts';
import { anyone, staffOnly } from '../../web/access.ts';
import { formBody } from '../../web/form-body.ts';
import { keepAddressPrivate } from '../../web/private-address.ts';
import { limitRequests } from '../../web/rate-limit.ts';
import { sendPage } from '../../web/render.ts';
import { decideSuggestionForm, showSuggestion } from './decide.ts';
import { followPage } from './follow-page.ts';
import { readSenderAddress, textOf } from './form.ts';
import { receiveForm, showForm } from './receive.ts';
import { suggestionsPage } from './staff-list-page.ts';

const form = formBody('64kb');
const hour = 3_600_000;

/** One suggestion takes a form or two; a whole office may share one address. */
export const mostForms = 40;
/** Forms that name one mail address, so that nobody's mailbox is filled by somebody else. */
export const mostFormsPerAddress = 12;

export function suggestingRoutes(services: Services): Router {
  const router = Router();
  const perSender = limitRequests({ max: mostForms, windowMs: hour });
  const perAddress = limitRequests({
    max: mostFormsPerAddress,
    windowMs: hour,
    keyOf: (req) => readSenderAddress(textOf(req.body, 'sender').trim())?.toLowerCase() ?? null,
  });

  router.get(paths.suggest, anyone, showForm(services));
  router.post(paths.suggest, anyone, form, perSender, perAddress, receiveForm(services));
  router.get(paths.suggestion, anyone, follow(services));
  router.get(paths.staff.suggestions, staffOnly, listSuggestions(services));
  router.get(paths.staff.suggestion, staffOnly, showSuggestion(services));
  router.post(paths.staff.suggestion, staffOnly, form, decideSuggestionForm(services));
  return router;
}

function follow({ store, directory }: Services): RequestHandler {
  return async (req, res) => {
    keepAddressPrivate(res);
    const token = parsePersonalToken(req.params['token']);
    const suggestion = token && (await findSuggestionByToken(store, hashOf(token)));
    if (!suggestion) throw notFound('There is no suggestion under this address.');
    sendPage(res, 'suggesting/follow', followPage(directory.current(), suggestion));
  };
}

function listSuggestions({ store, directory }: Services): RequestHandler {
  return async (req, res) => {
    const all = await readSuggestions(store);
    sendPage(res, 'suggesting/list', suggestionsPage(directory.current(), all, req.query));
  };
}
