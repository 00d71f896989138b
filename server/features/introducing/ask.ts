// Asking for an introduction: shows the form to whoever speaks for one of the two, and takes it in.
import { randomUUID } from 'node:crypto';
import type { RequestHandler, Response } from 'express';
import { askingSides, ownSides, type Side } from '../../domain/introduction.ts';
import { forbidden, notFound } from '../../errors.ts';
import { askIntroduction, readRefusal } from '../../introductions/ask-introduction.ts';
import { contactsOf, nameToShow, reachableOf } from '../../introductions/contacts.ts';
import { findPair, nameOf, reasonsFor } from '../../introductions/pair.ts';
import { refusalSentence } from '../../introductions/words.ts';
import { paths, staffIntroductionPath } from '../../paths.ts';
import type { Services } from '../../services.ts';
import { mayBeWrittenTo } from '../../store/do-not-write.ts';
import type { Contact } from '../../store/introductions.ts';
import { type SignedIn, viewerOf } from '../../web/access.ts';
import type { FieldError } from '../../web/form-fields.ts';
import type { RawQuery } from '../../web/list.ts';
import { sendPage } from '../../web/render.ts';
import { type AskState, askPage } from './ask-page.ts';
import {
  type AskForm,
  type AskQuery,
  emptyAskForm,
  parseAskForm,
  readAskQuery,
  wordErrors,
} from './form.ts';

interface Asking {
  readonly state: AskState;
  readonly viewer: SignedIn;
  /** Whom staff may name, with their addresses. */
  readonly contacts: readonly Contact[] | null;
}

/** @throws Problem (not found) where the directory has no such two; (forbidden) for whoever speaks for neither */
async function readAsking(
  services: Services,
  res: Response,
  raw: RawQuery,
  typed: AskForm,
): Promise<Asking> {
  const directory = services.directory.current();
  const query = readAskQuery(raw);
  const viewer = viewerOf(res) as SignedIn;
  if (!directory.findPartner(query.partner) || !directory.findGroup(query.group)) {
    throw notFound(
      'An introduction is asked for on the page of a partner or a group. These two are not in the directory.',
    );
  }
  const from = sideOf(viewer, query);
  const isOwn = ownSides(viewer, query).length > 0;
  const [contacts, obstacle] = await Promise.all([
    isOwn || from === null ? null : contactsToName(services, query, from),
    from === null
      ? { refusal: '', isNobodyKnown: false }
      : obstacleOf(services, viewer, query, from),
  ]);
  const pair = findPair(directory, query);
  const state = {
    ...{ directory, query, from, typed, errors: [] },
    ...obstacle,
    reasons: pair ? reasonsFor(directory, pair, isOwn && from ? from : 'everybody') : [],
    isOwn,
    contacts: contacts?.map(({ address }) => address) ?? null,
  };
  return { state, viewer, contacts };
}

/** Null while staff have not said in whose name they ask. */
function sideOf(viewer: SignedIn, query: AskQuery): Side | null {
  const [own] = ownSides(viewer, query);
  if (own) return own;
  if (askingSides(viewer, query).length > 0) return query.from;
  throw forbidden(
    'An introduction is asked for by the people of the partner, the organizers of the group, and NNIP staff. Your account is for others.',
  );
}

const contactsToName = async (services: Services, query: AskQuery, from: Side) =>
  mayBeWrittenTo(
    services,
    await contactsOf(services.store, services.directory.current(), from, query),
  );

/** What stands in the way, in words, and whether there is anybody to ask. */
async function obstacleOf(
  services: Services,
  viewer: SignedIn,
  query: AskQuery,
  from: Side,
): Promise<Pick<AskState, 'refusal' | 'isNobodyKnown'>> {
  const directory = services.directory.current();
  const to = from === 'partner' ? 'group' : 'partner';
  const names = { from: nameOf(directory, from, query), to: nameOf(directory, to, query) };
  const ask = { partner: query.partner, group: query.group, from };
  const [refusal, reachable] = await Promise.all([
    readRefusal(services, { ...ask, person: viewer }),
    reachableOf(services, directory, ask, null),
  ]);
  const found = findPair(directory, query) ? refusal : { kind: 'no-match' as const };
  const stands = found ?? (reachable.isUnwanted ? { kind: 'unwanted' as const } : null);
  return {
    refusal: stands ? refusalSentence(stands, names, from) : '',
    isNobodyKnown: reachable.contacts.length === 0,
  };
}

export const showAsk =
  (services: Services): RequestHandler =>
  async (req, res) => {
    const { state } = await readAsking(services, res, req.query, emptyAskForm(randomUUID()));
    sendPage(res, 'introducing/ask', askPage(state));
  };

export const receiveAsk =
  (services: Services): RequestHandler =>
  async (req, res) => {
    const typed = parseAskForm(req.body);
    const form = typed.form || randomUUID();
    const { state, viewer, contacts } = await readAsking(services, res, req.query, {
      ...typed,
      form,
    });
    const { from, query } = state;
    const refuse = (errors: readonly FieldError[], status: number): void =>
      sendPage(res, 'introducing/ask', askPage({ ...state, errors }), status);
    if (from === null) return refuse([], 422);
    const errors = errorsIn(typed, contacts);
    if (errors.length > 0) return refuse(errors, 422);

    const contact = contacts
      ? contacts.find(({ address }) => address === typed.contact)
      : { name: nameToShow(viewer.name), address: viewer.address };
    if (!contact) return refuse([], 409);
    const { partner, group } = query;
    const { word } = typed;
    const outcome = await askIntroduction(services, {
      ...{ partner, group, from, form, word, contact },
      person: viewer,
    });
    if (outcome.kind === 'refused') {
      const { state: latest } = await readAsking(services, res, req.query, { ...typed, form });
      return sendPage(res, 'introducing/ask', askPage(latest), 409);
    }
    const { id } = outcome.introduction;
    res.redirect(303, contacts ? staffIntroductionPath(id) : `${paths.myIntroductions}#i-${id}`);
  };

function errorsIn(typed: AskForm, contacts: readonly Contact[] | null): FieldError[] {
  const isNamed = contacts?.some(({ address }) => address === typed.contact) ?? true;
  return [
    ...(isNamed ? [] : [{ field: 'contact', message: 'Choose whose address may be passed on' }]),
    ...(contacts && typed.agreed === ''
      ? [{ field: 'agreed', message: 'Say that they asked for it and agree' }]
      : []),
    ...wordErrors(typed.word, 'if they accept'),
  ];
}
