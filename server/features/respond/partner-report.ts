// Reporting between waves: the same form for people with an account. While a survey that asked the partner is open,
// what they send is its answer to that survey, and the page says so.
import type { Request, RequestHandler, Response } from 'express';
import type { Directory, PartnerEntry } from '../../directory/directory.ts';
import type { Wave } from '../../domain/records.ts';
import { notFound } from '../../errors.ts';
import { partnerReportPath, withQuery } from '../../paths.ts';
import type { Services } from '../../services.ts';
import { findInvitation } from '../../store/invitations.ts';
import { findLeftOver, prefillOf } from '../../survey/prefill.ts';
import { recordAnswer } from '../../survey/record-answer.ts';
import { viewerOf } from '../../web/access.ts';
import { sendPage } from '../../web/render.ts';
import { parseDraft, parseReportId, toAnswer } from './form.ts';
import { type AnswerForm, answerPage, type Notice } from './form-page.ts';
import { answersOf } from './open-link.ts';
import { findSuggested } from './suggested.ts';
import { thanksPage } from './thanks-page.ts';

export function showReportForm(services: Services): RequestHandler {
  return async (req, res) => {
    const directory = services.directory.current();
    const partner = findPartner(directory, req);
    if (sendThanks(services, req, res, partner)) return;
    sendPage(res, 'respond/answer', answerPage(await openForm(services, directory, partner)));
  };
}

export function sendReport(services: Services): RequestHandler {
  return async (req, res) => {
    const directory = services.directory.current();
    const partner = findPartner(directory, req);
    const draft = parseDraft(req.body, directory);
    const parsed = toAnswer(draft);
    if ('errors' in parsed) {
      const form = await openForm(services, directory, partner);
      const refused = { draft, errors: parsed.errors };
      return sendPage(res, 'respond/answer', answerPage({ ...form, refused }), 422);
    }
    const recorded = await recordAnswer(services, {
      partner,
      wave: openWaveFor(directory, partner)?.slug ?? null,
      answer: parsed.answer,
      basedOn: parseReportId(req.body?.basedOn),
      by: viewerOf(res)?.id ?? null,
    });
    if (recorded.kind === 'not-open') {
      const form = await openForm(services, await services.directory.refresh(), partner);
      const shown = { ...form, notices: [closedMeanwhile], refused: { draft, errors: [] } };
      return sendPage(res, 'respond/answer', answerPage(shown), 409);
    }
    res.redirect(
      303,
      withQuery(partnerReportPath(partner.slug), {
        done: recorded.report,
        meanwhile: recorded.kind === 'recorded' ? recorded.meanwhile : null,
        same: recorded.kind === 'unchanged' ? 'yes' : null,
      }),
    );
  };
}

const closedMeanwhile: Notice = {
  title: 'The survey closed while you were filling in the form',
  text: 'Nothing was filed yet. Send it again, and it is added as a report of today.',
};

function findPartner(directory: Directory, req: Request): PartnerEntry {
  const partner = directory.findPartner(String(req.params['slug']));
  if (!partner) throw notFound('There is no NNIP partner at this address.');
  return partner;
}

const openWaveFor = (directory: Directory, partner: PartnerEntry): Wave | undefined =>
  directory.waves.find(({ state, asked }) => state === 'open' && asked.includes(partner.slug));

/** False where the address names no answer of this partner: then the form is shown. */
function sendThanks(
  { config, directory: current }: Services,
  req: Request,
  res: Response,
  partner: PartnerEntry,
): boolean {
  const directory = current.current();
  const report = directory.reportsOf(partner.slug).find(({ id }) => id === req.query['done']);
  if (!report || report.origin === 'collaboration') return false;
  const answers = answersOf(directory, partner.slug, report.wave);
  const page = thanksPage({
    directory,
    partner,
    wave: report.wave === null ? null : (directory.findWave(report.wave) ?? null),
    report,
    answers,
    meanwhile: answers.find(({ id }) => id === req.query['meanwhile']) ?? null,
    unchanged: req.query['same'] === 'yes',
    action: partnerReportPath(partner.slug),
    freshMonths: config.freshMonths,
  });
  sendPage(res, 'respond/thanks', page);
  return true;
}

async function openForm(
  { store }: Services,
  directory: Directory,
  partner: PartnerEntry,
): Promise<AnswerForm> {
  const wave = openWaveFor(directory, partner) ?? null;
  const others = directory.waves.flatMap(({ slug }) => (slug === wave?.slug ? [] : [slug]));
  const invitation = wave ? await findInvitation(store, wave.slug, partner.slug) : undefined;
  return {
    directory,
    partner,
    wave,
    prefill: prefillOf({
      wave: wave?.slug ?? null,
      draft: invitation?.draft ?? null,
      reports: directory.reportsOf(partner.slug),
      leftOver: await findLeftOver(store, partner.slug, others),
    }),
    answers: answersOf(directory, partner.slug, wave?.slug ?? null),
    suggested: await findSuggested(store, partner.slug),
    action: partnerReportPath(partner.slug),
    keep: null,
    notices: wave
      ? [
          {
            title: `“${wave.name}” is open, and asks you`,
            text: 'What you send here is filed as your answer to it.',
          },
        ]
      : [],
  };
}
