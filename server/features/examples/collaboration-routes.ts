// Writing up collaborations: staff anywhere, a partner's people under their partner's address.
import { type Request, type RequestHandler, type Response, Router } from 'express';
import type { Directory, PartnerEntry } from '../../directory/directory.ts';
import type { Collaboration, Source } from '../../domain/records.ts';
import { notFound } from '../../errors.ts';
import { type Seen, saveCollaboration } from '../../examples/save.ts';
import {
  collaborationPath,
  partnerCollaborationsPath,
  partnerEditCollaborationPath,
  partnerNewCollaborationPath,
  partnerPath,
  paths,
  staffEditCollaborationPath,
} from '../../paths.ts';
import type { Services } from '../../services.ts';
import { findCollaboration, readCollaborations } from '../../store/collaborations.ts';
import { partnerOrStaff, staffOnly } from '../../web/access.ts';
import { formBody } from '../../web/form-body.ts';
import { formWriter } from '../../web/form-writer.ts';
import { sendPage } from '../../web/render.ts';
import { parseCollaborationForm, toCollaboration } from './collaboration-form.ts';
import {
  collaborationFormPage,
  emptyForm,
  type FormSurroundings,
  toForm,
} from './collaboration-form-page.ts';
import { partnerCollaborationsPage, staffCollaborationsPage } from './collaboration-list-page.ts';
import { conflictNote } from './conflict-note.ts';

const form = formBody('64kb');

const named = [
  { field: 'title', name: 'Title' },
  { field: 'summary', name: 'What they did' },
  { field: 'partner', name: 'NNIP partner' },
  { field: 'partnerName', name: 'Name of another partner' },
  { field: 'group', name: 'Civic tech group' },
  { field: 'groupName', name: 'Name of another group' },
  { field: 'city', name: 'City' },
  { field: 'from', name: 'Began' },
  { field: 'to', name: 'Ended' },
  { field: 'link', name: 'Where to read more' },
  { field: 'state', name: 'Who can read it' },
] as const;

export function collaborationRoutes(services: Services): Router {
  const router = Router();
  const { staff } = paths;

  router.get(staff.collaborations, staffOnly, listAll(services));
  router.get(staff.newCollaboration, staffOnly, showForm(services));
  router.post(staff.newCollaboration, staffOnly, form, save(services));
  router.get(staff.editCollaboration, staffOnly, showForm(services));
  router.post(staff.editCollaboration, staffOnly, form, save(services));
  router.get(paths.partnerCollaborations, partnerOrStaff, listOwn(services));
  router.get(paths.partnerNewCollaboration, partnerOrStaff, showForm(services));
  router.post(paths.partnerNewCollaboration, partnerOrStaff, form, save(services));
  router.get(paths.partnerEditCollaboration, partnerOrStaff, showForm(services));
  router.post(paths.partnerEditCollaboration, partnerOrStaff, form, save(services));
  return router;
}

function listAll({ directory, store }: Services): RequestHandler {
  return async (req, res) => {
    const all = await readCollaborations(store);
    sendPage(res, 'examples/list', staffCollaborationsPage(directory.current(), all, req.query));
  };
}

function listOwn({ directory, store }: Services): RequestHandler {
  return async (req, res) => {
    const now = directory.current();
    const partner = partnerOf(now, req);
    const all = await readCollaborations(store);
    sendPage(res, 'examples/list', partnerCollaborationsPage(now, partner, all, req.query));
  };
}

/** Which form this address is: whose, and over which record. */
interface Place {
  readonly surroundings: FormSurroundings;
  readonly before: Collaboration | null;
}

const partnerOf = (directory: Directory, req: Request): PartnerEntry => {
  const partner = directory.findPartner(String(req.params['slug']));
  if (!partner) throw notFound('The directory has no partner of this name.');
  return partner;
};

const missing = () => notFound('There is no collaboration of this name.');

/** @throws Problem (not found) where the partner or the record is not there, or is another partner's. */
async function placeOf({ directory, store }: Services, req: Request): Promise<Place> {
  const now = directory.current();
  const underPartner = req.path.startsWith(`${paths.partners}/`);
  const slug = underPartner ? req.params['collaboration'] : req.params['slug'];
  const before =
    slug === undefined ? null : ((await findCollaboration(store, String(slug))) ?? null);
  if (slug !== undefined && !before) throw missing();
  if (underPartner) return placeUnderPartner(now, partnerOf(now, req), before);
  const title = before ? `Edit “${before.title}”` : 'Write up an example';
  return {
    before,
    surroundings: {
      directory: now,
      title,
      crumbs: [{ label: 'Collaborations', href: paths.staff.collaborations }, { label: title }],
      action: before ? staffEditCollaborationPath(before.slug) : paths.staff.newCollaboration,
      cancel: before ? collaborationPath(before.slug) : paths.staff.collaborations,
      ownPartner: null,
      choosePartner:
        before || req.query['partner'] || req.method === 'POST'
          ? null
          : paths.staff.newCollaboration,
    },
  };
}

function placeUnderPartner(
  directory: Directory,
  partner: PartnerEntry,
  before: Collaboration | null,
): Place {
  if (before && before.partner !== partner.slug) throw missing();
  const title = before ? `Edit “${before.title}”` : 'Write up an example';
  return {
    before,
    surroundings: {
      directory,
      title,
      crumbs: [
        { label: partner.name, href: partnerPath(partner.slug) },
        { label: 'Its collaborations', href: partnerCollaborationsPath(partner.slug) },
        { label: title },
      ],
      action: before
        ? partnerEditCollaborationPath(partner.slug, before.slug)
        : partnerNewCollaborationPath(partner.slug),
      cancel: partnerCollaborationsPath(partner.slug),
      ownPartner: partner,
      choosePartner: null,
    },
  };
}

function showForm(services: Services): RequestHandler {
  return async (req, res) => {
    const { surroundings, before } = await placeOf(services, req);
    const { directory, ownPartner } = surroundings;
    const asked = ownPartner ?? directory.findPartner(String(req.query['partner'] ?? ''));
    const values = before ? toForm(directory, before) : emptyForm(asked);
    sendPage(res, 'examples/collaboration-form', collaborationFormPage(surroundings, values));
  };
}

function save(services: Services): RequestHandler {
  return async (req, res) => {
    const { surroundings, before } = await placeOf(services, req);
    const { directory, ownPartner } = surroundings;
    const sent = parseCollaborationForm(req.body);
    const typed = ownPartner ? { ...sent, partner: ownPartner.slug, partnerName: '' } : sent;
    const parsed = toCollaboration(directory, typed, before, sourceOf(ownPartner, directory.today));
    if (parsed.errors) {
      const page = collaborationFormPage(surroundings, typed, parsed.errors);
      return sendPage(res, 'examples/collaboration-form', page, 422);
    }
    const seen: Seen | null = before && { slug: before.slug, updatedAt: typed.updatedAt };
    const outcome = await saveCollaboration(
      services,
      parsed.value,
      seen,
      formWriter(services, res),
    );
    if (outcome.kind === 'gone') throw missing();
    if (outcome.kind === 'saved') return res.redirect(303, collaborationPath(outcome.slug));
    const now = toForm(directory, outcome.now);
    const values = { ...typed, updatedAt: outcome.now.updatedAt };
    const note = conflictNote('example', typed, now, named);
    sendConflict(res, collaborationFormPage(surroundings, values, [], note));
  };
}

const sendConflict = (res: Response, page: ReturnType<typeof collaborationFormPage>): void =>
  sendPage(res, 'examples/collaboration-form', page, 409);

const sourceOf = (partner: PartnerEntry | null, today: string): Source => ({
  note: `Written up by ${partner?.name ?? 'NNIP staff'}`,
  url: null,
  date: today,
  // A partner speaks for itself; staff look before they write.
  verified: partner === null,
});
