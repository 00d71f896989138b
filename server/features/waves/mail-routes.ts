// Addresses of the outbox: what did not arrive, and sending it again on a person's word.
import { type RequestHandler, Router } from 'express';
import type { Directory } from '../../directory/directory.ts';
import { conflict } from '../../errors.ts';
import { sendAgain } from '../../mail/outbox.ts';
import { paths } from '../../paths.ts';
import type { Services } from '../../services.ts';
import { readInvitations } from '../../store/invitations.ts';
import { findMail, type Mail, readMailProblems, readWaitingMails } from '../../store/mails.ts';
import type { Store } from '../../store/store.ts';
import { readWaves } from '../../store/waves.ts';
import { staffOnly } from '../../web/access.ts';
import { formBody } from '../../web/form-body.ts';
import { sendPage } from '../../web/render.ts';
import { textIn } from './form.ts';
import { mailPage, whySettled } from './mail-page.ts';
import { readNotice, withNotice } from './notice.ts';

const form = formBody('8kb');

export function mailRoutes(services: Services): Router {
  const router = Router();
  router.get(paths.staff.mail, staffOnly, showMail(services));
  router.post(paths.staff.sendAgain, staffOnly, form, again(services));
  return router;
}

/** The waves and invitations that these mails belong to. */
async function readSurroundings(store: Store, mails: readonly Mail[]) {
  const slugs = [...new Set(mails.flatMap(({ wave }) => wave ?? []))];
  const [waves, ...invitations] = await Promise.all([
    readWaves(store),
    ...slugs.map((slug) => readInvitations(store, slug)),
  ]);
  return { waves, invitations: invitations.flat() };
}

function showMail({ store, directory }: Services): RequestHandler {
  return async (req, res) => {
    const [problems, waiting] = await Promise.all([
      readMailProblems(store),
      readWaitingMails(store),
    ]);
    const surroundings = await readSurroundings(store, problems);
    const notice = readNotice(req.query);
    const facts = { problems, waiting, notice, ...surroundings };
    sendPage(res, 'waves/mail', mailPage(directory.current(), facts));
  };
}

/** A mail that nobody needs any more is not sent again: it may carry a link that was replaced. */
function again({ store, directory, clock, mail: mailer }: Services): RequestHandler {
  return async (req, res) => {
    const mail = await findMail(store, textIn(req.body, 'mail'));
    const why = mail && (await findWhySettled(store, directory.current(), mail));
    if (!mail || why || !(await sendAgain(store, mail.id, { clock }))) {
      throw conflict(
        `This mail cannot be sent again: ${why || 'it waits or was sent, or what it said is gone'}.`,
      );
    }
    mailer.wake();
    res.redirect(303, withNotice(paths.staff.mail, 'again'));
  };
}

const findWhySettled = async (
  store: Store,
  directory: Directory,
  mail: Mail,
): Promise<string | null> => whySettled(directory, await readSurroundings(store, [mail]), mail);
