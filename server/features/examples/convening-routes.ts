// Keeping convenings: the list, one with who could meet there, and its form. Staff only.
import { type Request, type RequestHandler, Router } from 'express';
import type { Convening } from '../../domain/records.ts';
import { notFound } from '../../errors.ts';
import { type Seen, saveConvening } from '../../examples/save.ts';
import { paths, staffConveningPath, staffEditConveningPath } from '../../paths.ts';
import type { Services } from '../../services.ts';
import { findConvening } from '../../store/convenings.ts';
import { staffOnly } from '../../web/access.ts';
import { formBody } from '../../web/form-body.ts';
import { formWriter } from '../../web/form-writer.ts';
import { sendPage } from '../../web/render.ts';
import { conflictNote } from './conflict-note.ts';
import { isSearch, parseConveningForm, resolvePlace, toConvening } from './convening-form.ts';
import {
  type ConveningSurroundings,
  conveningFormPage,
  emptyConveningForm,
  toConveningForm,
} from './convening-form-page.ts';
import { staffConveningPage, staffConveningsPage } from './convening-pages.ts';

const form = formBody('64kb');

const named = [
  { field: 'name', name: 'Name' },
  { field: 'kind', name: 'Kind' },
  { field: 'start', name: 'Begins' },
  { field: 'end', name: 'Ends' },
  { field: 'place', name: 'Place' },
  { field: 'website', name: 'Website' },
  { field: 'partners', name: 'NNIP partners who go' },
  { field: 'groups', name: 'Civic tech groups who go' },
] as const;

export function conveningRoutes(services: Services): Router {
  const router = Router();
  const { staff } = paths;
  const { directory } = services;

  router.get(staff.convenings, staffOnly, (req, res) => {
    sendPage(res, 'examples/list', staffConveningsPage(directory.current(), req.query));
  });
  router.get(staff.newConvening, staffOnly, showForm(services));
  router.post(staff.newConvening, staffOnly, form, save(services));
  router.get(staff.convening, staffOnly, (req, res) => {
    const now = directory.current();
    const convening = now.findConvening(String(req.params['slug']));
    if (!convening) throw missing();
    sendPage(res, 'examples/convening', staffConveningPage(now, convening, req.query));
  });
  router.get(staff.editConvening, staffOnly, showForm(services));
  router.post(staff.editConvening, staffOnly, form, save(services));
  return router;
}

const missing = () => notFound('There is no convening of this name.');

async function findBefore({ store }: Services, req: Request): Promise<Convening | null> {
  const { slug } = req.params;
  if (slug === undefined) return null;
  const before = await findConvening(store, String(slug));
  if (!before) throw missing();
  return before;
}

function surroundingsOf(
  { directory, places }: Services,
  before: Convening | null,
  place: string,
): ConveningSurroundings {
  const now = directory.current();
  const title = before ? `Edit “${before.name}”` : 'Add a convening';
  const city = before && before.place === place ? before.city : resolvePlace(now, places, place);
  return {
    directory: now,
    title,
    crumbs: [
      { label: 'Convenings', href: paths.staff.convenings },
      ...(before ? [{ label: before.name, href: staffConveningPath(before.slug) }] : []),
      { label: before ? 'Edit' : title },
    ],
    action: before ? staffEditConveningPath(before.slug) : paths.staff.newConvening,
    cancel: before ? staffConveningPath(before.slug) : paths.staff.convenings,
    centre: (city === null ? undefined : now.findCity(city)) ?? null,
  };
}

function showForm(services: Services): RequestHandler {
  return async (req, res) => {
    const before = await findBefore(services, req);
    const values = before ? toConveningForm(before) : emptyConveningForm;
    const surroundings = surroundingsOf(services, before, values.place);
    sendPage(res, 'examples/convening-form', conveningFormPage(surroundings, values));
  };
}

function save(services: Services): RequestHandler {
  return async (req, res) => {
    const before = await findBefore(services, req);
    const typed = parseConveningForm(req.body);
    const surroundings = surroundingsOf(services, before, typed.place);
    const { directory } = surroundings;
    if (isSearch(typed)) {
      const page = conveningFormPage(surroundings, typed, [], null, true);
      return sendPage(res, 'examples/convening-form', page);
    }
    const parsed = toConvening({ directory, places: services.places }, typed, before, {
      note: 'Kept by NNIP staff',
      url: null,
      date: directory.today,
      verified: true,
    });
    if (parsed.errors) {
      const page = conveningFormPage(surroundings, typed, parsed.errors);
      return sendPage(res, 'examples/convening-form', page, 422);
    }
    const seen: Seen | null = before && { slug: before.slug, updatedAt: typed.updatedAt };
    const outcome = await saveConvening(services, parsed.value, seen, formWriter(services, res));
    if (outcome.kind === 'gone') throw missing();
    if (outcome.kind === 'saved') return res.redirect(303, staffConveningPath(outcome.slug));
    const note = conflictNote('convening', typed, toConveningForm(outcome.now), named);
    const values = { ...typed, updatedAt: outcome.now.updatedAt };
    const page = conveningFormPage(surroundings, values, [], note);
    sendPage(res, 'examples/convening-form', page, 409);
  };
}
