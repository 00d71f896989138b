// The page of one city's outreach, and its three forms: plan, log, messages.
// What was typed is never lost: a form that cannot be taken comes back with it, and says why.
import { randomUUID } from 'node:crypto';
import { type RequestHandler, type Response, Router } from 'express';
import type { CityEntry, Directory } from '../../directory/directory.ts';
import type { OutreachHistory, OutreachPlan } from '../../domain/outreach.ts';
import { notFound } from '../../errors.ts';
import { type DraftMessage, draftMessages } from '../../outreach/draft-messages.ts';
import { personLabel, readStaff } from '../../outreach/gap-rows.ts';
import { sendMessage } from '../../outreach/send-message.ts';
import { wantedDrafts } from '../../outreach/wanted-drafts.ts';
import { outreachPath, paths } from '../../paths.ts';
import type { Services } from '../../services.ts';
import { addEntry, changePlan, readOutreachOf } from '../../store/outreach.ts';
import type { Person } from '../../store/people.ts';
import { type SignedIn, staffOnly, viewerOf } from '../../web/access.ts';
import { formBody } from '../../web/form-body.ts';
import { peopleIn } from '../../web/gap-words.ts';
import { sendPage } from '../../web/render.ts';
import { planChangeText } from './change-text.ts';
import { outreachPage, type Refused } from './city-page.ts';
import {
  entryErrors,
  isContactKind,
  isStage,
  messageErrors,
  planErrors,
  readEntryForm,
  readMessageForm,
  readPlanForm,
  recipientsOf,
} from './form.ts';
import { readNotice, withNotice } from './notice.ts';

const form = formBody('64kb');

export function cityRoutes(services: Services): Router {
  const { staff } = paths;
  const router = Router();
  router.get(staff.outreach, staffOnly, show(services));
  router.post(staff.outreach, staffOnly, form, savePlan(services));
  router.post(staff.outreachEntry, staffOnly, form, addToLog(services));
  router.post(staff.outreachMessage, staffOnly, form, send(services));
  return router;
}

interface Work {
  readonly directory: Directory;
  readonly city: CityEntry;
  readonly items: readonly OutreachHistory[];
  readonly open: OutreachHistory | undefined;
  readonly staff: readonly Person[];
  readonly drafts: readonly DraftMessage[];
  readonly viewer: SignedIn;
}

/** @throws Problem (not found) for a city that is not there, or never was a partner city */
async function readWork(services: Services, slug: string, res: Response): Promise<Work> {
  const { store, config, outreach } = services;
  await outreach.settled();
  const directory = services.directory.current();
  const city = directory.findCity(slug);
  const [items, staff] = await Promise.all([readOutreachOf(store, slug), readStaff(store)]);
  if (!city || (items.length === 0 && !city.isPartnerCity)) {
    throw notFound('The directory has no partner city of this name.');
  }
  const viewer = viewerOf(res) as SignedIn;
  const sender = `${personLabel(viewer)}, NNIP`;
  const written = draftMessages(directory, city, { sender, publicUrl: config.publicUrl });
  const drafts = await wantedDrafts(services, written);
  return { directory, city, items, open: items.find((item) => item.open), staff, drafts, viewer };
}

function sendWork(
  services: Services,
  res: Response,
  work: Work,
  { notice = '', refused, status = 200 }: { notice?: string; refused?: Refused; status?: number },
): void {
  const page = outreachPage({
    ...work,
    people: peopleIn(services.places, work.city),
    notice,
    newKey: randomUUID,
    ...(refused ? { refused } : {}),
  });
  sendPage(res, 'outreach/city', page, status);
}

const cityOf = (req: Parameters<RequestHandler>[0]): string => String(req.params['city']);

const closedMeanwhile =
  'The gap closed while you were writing, so nothing was saved. What you wrote is kept here, to be copied.';

function show(services: Services): RequestHandler {
  return async (req, res) => {
    const work = await readWork(services, cityOf(req), res);
    sendWork(services, res, work, { notice: readNotice(req.query) });
  };
}

function savePlan(services: Services): RequestHandler {
  return async (req, res) => {
    const work = await readWork(services, cityOf(req), res);
    const plan = readPlanForm(req.body);
    const refuse = (status: number, conflict: string, errors: Refused['errors'] = []): void =>
      sendWork(services, res, work, { refused: { errors, conflict, plan }, status });
    const { open } = work;
    if (!open) return refuse(409, 'The gap closed meanwhile, so nothing was saved.');
    const errors = planErrors(plan, work.staff);
    if (errors.length > 0 || !isStage(plan.stage)) return refuse(422, '', errors);

    const wanted: OutreachPlan = {
      owner: plan.owner || null,
      stage: plan.stage,
      nextDate: plan.nextDate || null,
    };
    const text = planChangeText(open, wanted, work.staff);
    const here = outreachPath(work.city.slug);
    if (text === '') return res.redirect(303, withNotice(here, 'saved'));
    const entry = { by: work.viewer.id, kind: 'change' as const, text, key: randomUUID() };
    const now = services.clock();
    const item = { id: open.id, version: plan.version };
    if (await changePlan(services.store, item, wanted, { entry, now })) {
      return res.redirect(303, withNotice(here, 'saved'));
    }
    const latest = await readWork(services, cityOf(req), res);
    const said = latest.open ? planChangeText(wanted, latest.open, latest.staff) : '';
    const conflict = latest.open
      ? `Somebody changed this item while you were at it, so nothing was saved. It says now: ${said || 'the same as you.'} What you chose is kept below; saving again puts it in place.`
      : closedMeanwhile;
    sendWork(services, res, latest, { refused: { errors: [], conflict, plan }, status: 409 });
  };
}

function addToLog(services: Services): RequestHandler {
  return async (req, res) => {
    const work = await readWork(services, cityOf(req), res);
    const entry = readEntryForm(req.body);
    const refuse = (status: number, conflict: string, errors: Refused['errors'] = []): void =>
      sendWork(services, res, work, { refused: { errors, conflict, entry }, status });
    if (!work.open) return refuse(409, closedMeanwhile);
    const { kind, text, key } = entry;
    const errors = entryErrors(entry);
    if (errors.length > 0 || !isContactKind(kind)) return refuse(422, '', errors);

    const made = { by: work.viewer.id, kind, text, key: `entry ${key || randomUUID()}` };
    await addEntry(services.store, work.open.id, made, services.clock());
    res.redirect(303, withNotice(outreachPath(work.city.slug), 'noted'));
  };
}

function send(services: Services): RequestHandler {
  return async (req, res) => {
    const work = await readWork(services, cityOf(req), res);
    const message = readMessageForm(req.body);
    const refuse = (status: number, conflict: string, errors: Refused['errors'] = []): void =>
      sendWork(services, res, work, { refused: { errors, conflict, message }, status });
    if (!work.open) return refuse(409, closedMeanwhile);
    const draft = work.drafts.find(({ kind }) => kind === message.draft);
    const known = draft ? recipientsOf(draft) : [];
    const errors = messageErrors(message, known);
    if (errors.length > 0) return refuse(422, '', errors);

    const recipients = known.filter(({ address }) => message.to.includes(address));
    const isNew = await sendMessage(
      services,
      work.open,
      {
        key: message.key || randomUUID(),
        subject: message.subject,
        body: message.body,
        recipients,
        sender: work.viewer,
      },
      services.clock(),
    );
    const here = outreachPath(work.city.slug);
    res.redirect(
      303,
      isNew ? withNotice(here, 'sent', recipients.length) : withNotice(here, 'repeated'),
    );
  };
}
