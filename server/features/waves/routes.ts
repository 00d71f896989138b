// Addresses of the staff side of the survey: its waves, their partners, and the outbox.
import { type RequestHandler, Router } from 'express';
import { dayOf } from '../../domain/dates.ts';
import { conflict } from '../../errors.ts';
import { paths, staffWavePath } from '../../paths.ts';
import type { Services } from '../../services.ts';
import { readPartners } from '../../store/partners.ts';
import { readWaves } from '../../store/waves.ts';
import { closeWave } from '../../survey/close-wave.ts';
import { editWave } from '../../survey/edit-wave.ts';
import { findWave } from '../../survey/find-wave.ts';
import { invitePartners } from '../../survey/invite-partners.ts';
import { makeWave } from '../../survey/make-wave.ts';
import { openWave } from '../../survey/open-wave.ts';
import { remindPartners } from '../../survey/remind-partners.ts';
import { changeable, parsePlan } from '../../survey/wave-plan.ts';
import { partnersOf, readProgress } from '../../survey/wave-progress.ts';
import { staffOnly } from '../../web/access.ts';
import { formBody } from '../../web/form-body.ts';
import { sendPage } from '../../web/render.ts';
import { confirmPage, type Step } from './confirm-page.ts';
import { planOf, readPlan } from './form.ts';
import { mailRoutes } from './mail-routes.ts';
import { readNotice, withNotice } from './notice.ts';
import { partnerRoutes } from './partner-routes.ts';
import { planPage } from './plan-page.ts';
import { previewPage } from './preview-page.ts';
import { wavePage } from './wave-page.ts';
import { wavesPage } from './waves-page.ts';
import { writerOf } from './writer.ts';

const form = formBody('64kb');

export function wavesRoutes(services: Services): Router {
  const { staff } = paths;
  const router = Router();
  router.get(staff.waves, staffOnly, showWaves(services));
  router.get(staff.newWave, staffOnly, showNewWave);
  router.post(staff.newWave, staffOnly, form, make(services));
  router.get(staff.wave, staffOnly, showWave(services));
  router.get(staff.editWave, staffOnly, showPlan(services));
  router.post(staff.editWave, staffOnly, form, edit(services));
  router.get(staff.wavePreview, staffOnly, showPreview(services));
  router.get(staff.openWave, staffOnly, ask(services, 'open'));
  router.post(staff.openWave, staffOnly, open(services));
  router.get(staff.remindWave, staffOnly, ask(services, 'remind'));
  router.post(staff.remindWave, staffOnly, remind(services));
  router.get(staff.closeWave, staffOnly, ask(services, 'close'));
  router.post(staff.closeWave, staffOnly, close(services));
  router.use(partnerRoutes(services));
  router.use(mailRoutes(services));
  return router;
}

const showWaves =
  ({ store, directory }: Services): RequestHandler =>
  async (req, res) => {
    const waves = await readWaves(store);
    sendPage(res, 'waves/waves', wavesPage(directory.current(), waves, req.query));
  };

const emptyPlan = { name: '', opens: '', closes: '', introduction: '' };

const showNewWave: RequestHandler = (_req, res) => {
  sendPage(res, 'waves/plan', planPage(null, emptyPlan));
};

function make(services: Services): RequestHandler {
  return async (req, res) => {
    const typed = readPlan(req.body);
    const parsed = parsePlan(typed, dayOf(services.clock()));
    if (!parsed.ok) return sendPage(res, 'waves/plan', planPage(null, typed, parsed.errors), 422);
    const wave = await makeWave(services, parsed.plan, writerOf(res, services));
    await services.directory.refresh();
    res.redirect(303, withNotice(staffWavePath(wave.slug), 'made'));
  };
}

function showWave({ store, directory, clock }: Services): RequestHandler {
  return async (req, res) => {
    const wave = await findWave(store, String(req.params['wave']));
    const progress = wave.aggregate ? [] : await readProgress(store, wave);
    const now = directory.current();
    const page = wavePage(now, {
      wave,
      progress,
      isFrozen: now.frozenWave(wave.slug) !== undefined,
      raw: req.query,
      notice: readNotice(req.query),
      now: clock(),
    });
    sendPage(res, 'waves/wave', page);
  };
}

function showPlan({ store }: Services): RequestHandler {
  return async (req, res) => {
    const wave = await findWave(store, String(req.params['wave']));
    if (wave.state === 'closed') throw conflict(`${wave.name} is closed: it stays as it is.`);
    sendPage(res, 'waves/plan', planPage(wave, planOf(wave)));
  };
}

function edit(services: Services): RequestHandler {
  return async (req, res) => {
    const wave = await findWave(services.store, String(req.params['wave']));
    const sent = Object.entries(readPlan(req.body));
    const fields: readonly string[] = changeable[wave.state];
    const typed = {
      ...planOf(wave),
      ...Object.fromEntries(sent.filter(([field]) => fields.includes(field))),
    };
    const parsed = parsePlan(typed, dayOf(services.clock()));
    if (!parsed.ok) return sendPage(res, 'waves/plan', planPage(wave, typed, parsed.errors), 422);
    await editWave(services, wave.slug, parsed.plan, writerOf(res, services));
    await services.directory.refresh();
    res.redirect(303, withNotice(staffWavePath(wave.slug), 'saved'));
  };
}

function showPreview(services: Services): RequestHandler {
  return async (req, res) => {
    const wave = await findWave(services.store, String(req.params['wave']));
    const [example] = partnersOf(wave, await readPartners(services.store));
    const page = await previewPage(services, wave, example?.name ?? 'Your organization');
    sendPage(res, 'waves/preview', page);
  };
}

const stateOfStep = { open: 'draft', remind: 'open', close: 'open' } as const;

/** The question before a step; where the step is not possible any more, the wave as it is now. */
function ask({ store, clock }: Services, step: Step): RequestHandler {
  return async (req, res) => {
    const wave = await findWave(store, String(req.params['wave']));
    if (wave.state !== stateOfStep[step]) return res.redirect(303, staffWavePath(wave.slug));
    const page = confirmPage(step, wave, await readProgress(store, wave), clock());
    sendPage(res, 'waves/confirm', page);
  };
}

function open(services: Services): RequestHandler {
  return async (req, res) => {
    const wave = await openWave(services, String(req.params['wave']), writerOf(res, services));
    await services.directory.refresh();
    const { mails } = await invitePartners(services, wave);
    res.redirect(303, withNotice(staffWavePath(wave.slug), 'opened', mails));
  };
}

function remind(services: Services): RequestHandler {
  return async (req, res) => {
    const slug = String(req.params['wave']);
    const partners = await remindPartners(services, slug);
    res.redirect(303, withNotice(staffWavePath(slug), 'reminded', partners));
  };
}

function close(services: Services): RequestHandler {
  return async (req, res) => {
    const wave = await closeWave(services, String(req.params['wave']), writerOf(res, services));
    await services.directory.refresh();
    res.redirect(303, withNotice(staffWavePath(wave.slug), 'closed'));
  };
}
