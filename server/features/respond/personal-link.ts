// The personal link: its form, sending an answer, keeping half of one, and the thanks. GET and HEAD never write.
import type { RequestHandler, Response } from 'express';
import { respondPath, withQuery } from '../../paths.ts';
import type { Services } from '../../services.ts';
import { noteOpened } from '../../store/invitations.ts';
import { keepUnsent } from '../../survey/keep-unsent.ts';
import { findLeftOver, prefillOf } from '../../survey/prefill.ts';
import { recordAnswer } from '../../survey/record-answer.ts';
import { viewerOf } from '../../web/access.ts';
import { keepAddressPrivate } from '../../web/private-address.ts';
import { sendPage } from '../../web/render.ts';
import { parseDraft, parseReportId, toAnswer } from './form.ts';
import { type AnswerForm, answerPage } from './form-page.ts';
import { closedPage, notOpenYetPage, replacedLinkPage, unknownLinkPage } from './notice-page.ts';
import { answersOf, type LiveLink, openLink, type PersonalLink } from './open-link.ts';
import { findSuggested } from './suggested.ts';
import { type Thanks, thanksPage } from './thanks-page.ts';

/** On everything below the link, its errors too. */
export const hideAddress: RequestHandler = (_req, res, next) => {
  keepAddressPrivate(res);
  next();
};

export function showAnswerForm(services: Services): RequestHandler {
  return async (req, res) => {
    const link = await openLink(services, req.params['token']);
    if (link.kind !== 'open') return sendNotice(res, link);
    const done = link.answers.find(({ id }) => id === req.query['done']);
    if (done) {
      const meanwhile = link.answers.find(({ id }) => id === req.query['meanwhile']) ?? null;
      const unchanged = req.query['same'] === 'yes';
      const thanks = { ...link, report: done, meanwhile, unchanged };
      return sendPage(res, 'respond/thanks', thanksPage(toThanks(services, thanks)));
    }
    const form = await openForm(services, link);
    sendPage(res, 'respond/answer', answerPage({ ...form, notices: keptNotice(req.query) }));
  };
}

export function sendAnswer(services: Services): RequestHandler {
  return async (req, res) => {
    const link = await openLink(services, req.params['token']);
    if (link.kind !== 'open' && link.kind !== 'closed') return sendNotice(res, link);
    const draft = parseDraft(req.body, link.directory);
    const parsed = toAnswer(draft);
    if (link.kind === 'open' && 'errors' in parsed) {
      const form = await openForm(services, link);
      const refused = { draft, errors: parsed.errors };
      return sendPage(res, 'respond/answer', answerPage({ ...form, refused }), 422);
    }
    const recorded =
      link.kind === 'open' && 'answer' in parsed
        ? await recordAnswer(services, {
            partner: link.partner,
            wave: link.wave.slug,
            answer: parsed.answer,
            basedOn: parseReportId(req.body?.basedOn),
            by: viewerOf(res)?.id ?? null,
          })
        : ({ kind: 'not-open' } as const);
    if (recorded.kind === 'not-open') {
      await keepUnsent(services, link.invitation, draft);
      return sendClosed(res, await reread(services, link), true);
    }
    res.redirect(
      303,
      withQuery(respondPath(link.token), {
        done: recorded.report,
        meanwhile: recorded.kind === 'recorded' ? recorded.meanwhile : null,
        same: recorded.kind === 'unchanged' ? 'yes' : null,
      }),
    );
  };
}

/** For the page's script, which is told nothing; and for the button of those without it, who see the form again. */
export function keepHalf(services: Services): RequestHandler {
  return async (req, res) => {
    const link = await openLink(services, req.params['token']);
    if (link.kind !== 'open' && link.kind !== 'closed') return sendNotice(res, link);
    await keepUnsent(services, link.invitation, parseDraft(req.body, link.directory));
    if (link.kind === 'closed') return sendClosed(res, link, true);
    if (req.body?.later === undefined) return res.status(204).end();
    res.redirect(303, withQuery(respondPath(link.token), { kept: 'yes' }));
  };
}

export function noteFirstInteraction(services: Services): RequestHandler {
  return async (req, res) => {
    const link = await openLink(services, req.params['token']);
    if (link.kind !== 'open' && link.kind !== 'closed') return sendNotice(res, link);
    await noteOpened(services.store, link.invitation.id, services.clock());
    res.status(204).end();
  };
}

function sendNotice(res: Response, link: PersonalLink): void {
  if (link.kind === 'closed') sendClosed(res, link, false);
  else if (link.kind === 'replaced') sendPage(res, 'respond/notice', replacedLinkPage(), 410);
  else if (link.kind === 'not-open') sendPage(res, 'respond/notice', notOpenYetPage(), 403);
  else sendPage(res, 'respond/notice', unknownLinkPage(), 404);
}

function sendClosed(res: Response, link: LiveLink, kept: boolean): void {
  const { directory, partner, wave, answers } = link;
  sendPage(res, 'respond/notice', closedPage(directory, partner, wave, answers, kept), 410);
}

/** The link as it is once the snapshot knows what the store knows. */
async function reread(services: Services, link: LiveLink): Promise<LiveLink> {
  const directory = await services.directory.refresh();
  const answers = answersOf(directory, link.partner.slug, link.wave.slug);
  return { ...link, directory, answers };
}

const keptNotice = (query: Record<string, unknown>): AnswerForm['notices'] =>
  query['kept'] === 'yes'
    ? [{ title: 'Kept', text: 'You can leave this page, and come back with the same link.' }]
    : [];

async function openForm({ store }: Services, link: LiveLink): Promise<AnswerForm> {
  const { directory, partner, wave, invitation, answers } = link;
  const others = directory.waves.flatMap(({ slug }) => (slug === wave.slug ? [] : [slug]));
  const action = respondPath(link.token);
  return {
    directory,
    partner,
    wave,
    prefill: prefillOf({
      wave: wave.slug,
      draft: invitation.draft,
      reports: directory.reportsOf(partner.slug),
      leftOver: await findLeftOver(store, partner.slug, others),
    }),
    answers,
    suggested: await findSuggested(store, partner.slug),
    action,
    keep: { draft: `${action}/draft`, opened: `${action}/opened` },
    notices: [],
  };
}

const toThanks = (
  { config }: Services,
  link: LiveLink & Pick<Thanks, 'report' | 'meanwhile' | 'unchanged'>,
): Thanks => ({
  directory: link.directory,
  partner: link.partner,
  wave: link.wave,
  report: link.report,
  answers: link.answers,
  meanwhile: link.meanwhile,
  unchanged: link.unchanged,
  action: respondPath(link.token),
  freshMonths: config.freshMonths,
});
