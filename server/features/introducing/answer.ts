// The link in a mail. Opening it changes nothing, so that mail scanners do no harm; each choice is a button.
import type { RequestHandler, Response } from 'express';
import { stateOn } from '../../domain/introduction.ts';
import { notFound } from '../../errors.ts';
import {
  acceptIntroduction,
  declineIntroduction,
  refuseIntroductions,
  withdrawIntroduction,
} from '../../introductions/answer-introduction.ts';
import { introductionPath } from '../../paths.ts';
import type { Services } from '../../services.ts';
import { findDoNotWrite } from '../../store/do-not-write.ts';
import { findIntroductionByToken, type Introduction } from '../../store/introductions.ts';
import { hashOf, parsePersonalToken } from '../../survey/personal-link.ts';
import { keepAddressPrivate } from '../../web/private-address.ts';
import { sendPage } from '../../web/render.ts';
import { type AnswerState, answerPage, type Reader } from './answer-page.ts';
import { parseAnswerForm, wordErrors } from './form.ts';

interface Opened {
  readonly token: string;
  readonly introduction: Introduction;
  readonly reader: Reader;
}

/** @throws Problem (not found) for a link that leads nowhere */
async function openLink(services: Services, res: Response, given: unknown): Promise<Opened> {
  keepAddressPrivate(res);
  const token = parsePersonalToken(given);
  const hash = token && hashOf(token);
  const introduction = hash && (await findIntroductionByToken(services.store, hash));
  if (!token || !introduction) {
    throw notFound(
      'There is no introduction under this address. It may have been asked anew since.',
    );
  }
  const recipient = introduction.recipients.find(({ tokenHash }) => tokenHash === hash);
  const reader: Reader = recipient
    ? { kind: 'asked', addressHash: recipient.addressHash }
    : { kind: 'asker' };
  return { token, introduction, reader };
}

async function send(
  services: Services,
  res: Response,
  opened: Opened,
  typed: Pick<AnswerState, 'word' | 'errors'>,
  status: number,
): Promise<void> {
  const { reader } = opened;
  const hashes = reader.kind === 'asked' ? [reader.addressHash] : [];
  const kept = await findDoNotWrite(services.store, hashes);
  const directory = services.directory.current();
  const state = { ...opened, ...typed, directory, isKept: kept.size > 0 };
  sendPage(res, 'introducing/answer', answerPage(state), status);
}

export const showAnswer =
  (services: Services): RequestHandler =>
  async (req, res) => {
    const opened = await openLink(services, res, req.params['token']);
    await send(services, res, opened, { word: '', errors: [] }, 200);
  };

export const receiveAnswer =
  (services: Services): RequestHandler =>
  async (req, res) => {
    const opened = await openLink(services, res, req.params['token']);
    const { introduction, reader, token } = opened;
    const { choice, word } = parseAnswerForm(req.body);
    const isOpen = stateOn(introduction, services.directory.current().today) === 'asked';
    if (reader.kind === 'asker') {
      if (choice === 'withdraw' && isOpen) await withdrawIntroduction(services, introduction);
      return res.redirect(303, introductionPath(token));
    }
    const errors = wordErrors(word, choice === 'decline' ? 'never' : 'if they accept');
    if (isOpen && errors.length > 0) return send(services, res, opened, { word, errors }, 422);
    const recipient = introduction.recipients.find(
      ({ addressHash }) => addressHash === reader.addressHash,
    );
    if (choice === 'accept' && recipient?.address) {
      const contact = { name: recipient.name, address: recipient.address };
      await acceptIntroduction(services, introduction, { contact, word });
    }
    if (choice === 'decline') await declineIntroduction(services, introduction, word);
    res.redirect(303, introductionPath(token));
  };

/** Also where a mail program's own "unsubscribe" ends, with a body that is not ours (RFC 8058). */
export const receiveNever =
  (services: Services): RequestHandler =>
  async (req, res) => {
    const { introduction, reader, token } = await openLink(services, res, req.params['token']);
    if (reader.kind === 'asked') {
      await refuseIntroductions(services, introduction, reader.addressHash);
    }
    res.redirect(303, introductionPath(token));
  };
