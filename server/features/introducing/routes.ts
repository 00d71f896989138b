// Introductions: asked for by those who are signed in, answered by link or from one's account, seen by staff.
import { Router } from 'express';
import { paths } from '../../paths.ts';
import type { Services } from '../../services.ts';
import { anyone, signedIn, staffOnly } from '../../web/access.ts';
import { formBody } from '../../web/form-body.ts';
import { limitRequests } from '../../web/rate-limit.ts';
import { receiveAnswer, receiveNever, showAnswer } from './answer.ts';
import { receiveAsk, showAsk } from './ask.ts';
import { answerMine, chooseMail, showMine } from './mine.ts';
import { changeOne, listAll, showOne } from './staff.ts';

const form = formBody('64kb');

export function introducingRoutes(services: Services): Router {
  const router = Router();
  // Guessing a token is hopeless; a whole office may share one address.
  const perSender = limitRequests({ max: 60, windowMs: 3_600_000 });

  router.get(paths.newIntroduction, signedIn, showAsk(services));
  router.post(paths.newIntroduction, signedIn, form, receiveAsk(services));
  router.get(paths.introduction, anyone, showAnswer(services));
  router.post(paths.introduction, anyone, form, perSender, receiveAnswer(services));
  router.get(paths.noIntroductions, anyone, showAnswer(services));
  router.post(paths.noIntroductions, anyone, form, perSender, receiveNever(services));
  router.get(paths.myIntroductions, signedIn, showMine(services));
  router.post(paths.introductionsMail, signedIn, form, chooseMail(services));
  router.post(paths.myIntroduction, signedIn, form, answerMine(services));
  router.get(paths.staff.introductions, staffOnly, listAll(services));
  router.get(paths.staff.introduction, staffOnly, showOne(services));
  router.post(paths.staff.introduction, staffOnly, form, changeOne(services));
  return router;
}
