// One's own introductions under one's account, with the same choices as behind the links in mails.
import type { RequestHandler, Response } from 'express';
import { stateOn } from '../../domain/introduction.ts';
import { notFound } from '../../errors.ts';
import {
  acceptIntroduction,
  declineIntroduction,
  withdrawIntroduction,
} from '../../introductions/answer-introduction.ts';
import { nameToShow } from '../../introductions/contacts.ts';
import { paths } from '../../paths.ts';
import type { Services } from '../../services.ts';
import {
  endDoNotWrite,
  findDoNotWrite,
  hashAddress,
  keepDoNotWrite,
} from '../../store/do-not-write.ts';
import { findIntroduction, readIntroductionsOf } from '../../store/introductions.ts';
import { type SignedIn, viewerOf } from '../../web/access.ts';
import { sendPage } from '../../web/render.ts';
import { parseAnswerForm, wordErrors } from './form.ts';
import { isAskedBy, isAskedOf, myIntroductionsPage, type Refused } from './mine-page.ts';

async function send(services: Services, res: Response, refused?: Refused): Promise<void> {
  const { store, secret, directory } = services;
  const viewer = viewerOf(res) as SignedIn;
  const hash = hashAddress(secret, viewer.address);
  const [all, kept] = await Promise.all([
    readIntroductionsOf(store, viewer),
    findDoNotWrite(store, [hash]),
  ]);
  const options = { isKept: kept.has(hash), ...(refused ? { refused } : {}) };
  const page = myIntroductionsPage(directory.current(), viewer, all, options);
  sendPage(res, 'introducing/mine', page, refused ? 422 : 200);
}

export const showMine =
  (services: Services): RequestHandler =>
  (_req, res) =>
    send(services, res);

export const answerMine =
  (services: Services): RequestHandler =>
  async (req, res) => {
    const viewer = viewerOf(res) as SignedIn;
    const one = await findIntroduction(services.store, String(req.params['id']));
    if (!one || !(isAskedOf(viewer, one) || isAskedBy(viewer, one))) {
      throw notFound('None of your introductions is under this address.');
    }
    const { choice, word } = parseAnswerForm(req.body);
    const isOpen = stateOn(one, services.directory.current().today) === 'asked';
    if (isOpen && isAskedBy(viewer, one) && choice === 'withdraw') {
      await withdrawIntroduction(services, one);
    }
    if (isOpen && isAskedOf(viewer, one) && (choice === 'accept' || choice === 'decline')) {
      const errors = wordErrors(word, choice === 'decline' ? 'never' : 'if they accept');
      if (errors.length > 0) return send(services, res, { id: one.id, word, errors });
      const contact = { name: nameToShow(viewer.name), address: viewer.address };
      if (choice === 'accept') await acceptIntroduction(services, one, { contact, word });
      else await declineIntroduction(services, one, word);
    }
    res.redirect(303, `${paths.myIntroductions}#i-${one.id}`);
  };

/** Whether one is written to about introductions at all. */
export const chooseMail =
  ({ store, secret, clock }: Services): RequestHandler =>
  async (req, res) => {
    const { address } = viewerOf(res) as SignedIn;
    const { choice } = parseAnswerForm(req.body);
    const hash = hashAddress(secret, address);
    if (choice === 'never') await keepDoNotWrite(store, hash, 'introduction', clock());
    if (choice === 'again') await endDoNotWrite(store, hash);
    res.redirect(303, `${paths.myIntroductions}#mail`);
  };
