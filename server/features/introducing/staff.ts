// Introductions for staff: the list, and one of them with what staff can do about it.
import type { RequestHandler, Response } from 'express';
import { notFound } from '../../errors.ts';
import {
  sendIntroductionAgain,
  setIntroductionAside,
  withdrawIntroduction,
} from '../../introductions/answer-introduction.ts';
import { personLabel } from '../../outreach/gap-rows.ts';
import { staffIntroductionPath } from '../../paths.ts';
import type { Services } from '../../services.ts';
import {
  findIntroduction,
  type Introduction,
  readIntroductions,
} from '../../store/introductions.ts';
import { findMailsAbout } from '../../store/mails.ts';
import { findPerson } from '../../store/people.ts';
import { sendPage } from '../../web/render.ts';
import { parseAnswerForm } from './form.ts';
import { staffListPage } from './staff-list-page.ts';
import { staffPage } from './staff-page.ts';

export const listAll =
  ({ store, directory }: Services): RequestHandler =>
  async (req, res) => {
    const all = await readIntroductions(store);
    sendPage(res, 'introducing/list', staffListPage(directory.current(), all, req.query));
  };

async function introductionOf({ store }: Services, id: unknown): Promise<Introduction> {
  const found = await findIntroduction(store, String(id));
  if (!found) throw notFound('There is no introduction under this address.');
  return found;
}

async function send(
  { store, directory }: Services,
  res: Response,
  one: Introduction,
  { notice, status }: { readonly notice: string; readonly status: number },
): Promise<void> {
  const [person, mails] = await Promise.all([
    findPerson(store, one.by),
    findMailsAbout(store, { kind: 'introduction', slug: one.id }),
  ]);
  const asker = person ? personLabel(person) : 'A person who is not there any more';
  const page = staffPage(directory.current(), one, { asker, mails, notice });
  sendPage(res, 'introducing/one', page, status);
}

export const showOne =
  (services: Services): RequestHandler =>
  async (req, res) => {
    const one = await introductionOf(services, req.params['introduction']);
    await send(services, res, one, { notice: '', status: 200 });
  };

const notices = {
  nobody: 'Still nobody of them is known who wants such mail, so nothing was sent.',
  'too-late': 'Somebody else did something with it a moment before you. Below is how it stands.',
} as const;

export const changeOne =
  (services: Services): RequestHandler =>
  async (req, res) => {
    const one = await introductionOf(services, req.params['introduction']);
    const outcome = await change(services, one, parseAnswerForm(req.body).choice);
    if (outcome === 'done') return res.redirect(303, staffIntroductionPath(one.id));
    const latest = await introductionOf(services, one.id);
    await send(services, res, latest, { notice: notices[outcome], status: 409 });
  };

async function change(
  services: Services,
  one: Introduction,
  choice: string,
): Promise<'done' | keyof typeof notices> {
  if (choice === 'again') {
    const outcome = await sendIntroductionAgain(services, one);
    return outcome === 'sent' ? 'done' : outcome;
  }
  const moves = { aside: setIntroductionAside, withdraw: withdrawIntroduction } as const;
  const move = choice === 'aside' || choice === 'withdraw' ? moves[choice] : null;
  return move && (await move(services, one)) ? 'done' : 'too-late';
}
