// Addresses of one partner in one wave: correcting its addresses, and what can be done with its personal link.
import { type RequestHandler, type Response, Router } from 'express';
import { notFound } from '../../errors.ts';
import { paths, wavePartnerPath } from '../../paths.ts';
import type { Services } from '../../services.ts';
import { correctAddress, parseAddresses } from '../../survey/correct-address.ts';
import { findWave } from '../../survey/find-wave.ts';
import { renewLink } from '../../survey/renew-link.ts';
import { revokeLink } from '../../survey/revoke-link.ts';
import { showLink } from '../../survey/show-link.ts';
import { readProgress } from '../../survey/wave-progress.ts';
import { staffOnly } from '../../web/access.ts';
import { formBody } from '../../web/form-body.ts';
import { sendPage } from '../../web/render.ts';
import { textIn } from './form.ts';
import { readNotice, withNotice } from './notice.ts';
import { type PartnerPageFacts, partnerPage } from './partner-page.ts';
import { writerOf } from './writer.ts';

const form = formBody('64kb');

export function partnerRoutes(services: Services): Router {
  const { staff } = paths;
  const router = Router();
  router.get(staff.wavePartner, staffOnly, showPartner(services));
  router.post(staff.wavePartner, staffOnly, form, correct(services));
  router.post(staff.showLink, staffOnly, show(services));
  router.post(staff.renewLink, staffOnly, renew(services));
  router.post(staff.revokeLink, staffOnly, revoke(services));
  return router;
}

type Params = Readonly<Record<string, unknown>>;

async function send(
  { store, directory }: Services,
  res: Response,
  params: Params,
  more: Partial<PartnerPageFacts> = {},
): Promise<void> {
  const wave = await findWave(store, String(params['wave']));
  const slug = String(params['slug']);
  const all = await readProgress(store, wave);
  const progress = all.find(({ partner }) => partner.slug === slug);
  if (!progress) throw notFound(`${wave.name} does not ask a partner “${slug.slice(0, 40)}”.`);
  const page = partnerPage(directory.current(), { wave, progress, ...more });
  sendPage(res, 'waves/partner', page, more.wrong ? 422 : 200);
}

const showPartner =
  (services: Services): RequestHandler =>
  (req, res) =>
    send(services, res, req.params, { notice: readNotice(req.query) });

function correct(services: Services): RequestHandler {
  return async (req, res) => {
    const wave = await findWave(services.store, String(req.params['wave']));
    const slug = String(req.params['slug']);
    const typed = textIn(req.body, 'addresses');
    const parsed = parseAddresses(typed);
    if (!parsed.ok) {
      return send(services, res, req.params, { wrong: { typed, message: parsed.message } });
    }
    const writer = writerOf(res, services);
    const { mails } = await correctAddress(services, slug, parsed.addresses, writer);
    await services.directory.refresh();
    res.redirect(303, withNotice(wavePartnerPath(wave.slug, slug), 'corrected', mails));
  };
}

/** The link stands on the answer to the POST alone: it is in no address, and no GET shows it. */
function show(services: Services): RequestHandler {
  return async (req, res) => {
    const { wave, slug } = req.params;
    const writer = writerOf(res, services);
    const shown = await showLink(services, String(wave), String(slug), writer);
    await send(services, res, req.params, { shown });
  };
}

function renew(services: Services): RequestHandler {
  return async (req, res) => {
    const { wave, slug } = { wave: String(req.params['wave']), slug: String(req.params['slug']) };
    const { mails } = await renewLink(services, wave, slug, writerOf(res, services));
    res.redirect(303, withNotice(wavePartnerPath(wave, slug), 'renewed', mails));
  };
}

function revoke(services: Services): RequestHandler {
  return async (req, res) => {
    const { wave, slug } = { wave: String(req.params['wave']), slug: String(req.params['slug']) };
    await revokeLink(services, wave, slug, writerOf(res, services));
    res.redirect(303, withNotice(wavePartnerPath(wave, slug), 'revoked'));
  };
}
