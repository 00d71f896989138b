// Merging two records of one group, and parting them again. Staff only.
import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import type { GroupEntry } from '../../directory/directory.ts';
import { type MergeChoices, mergeFields, mergeSides } from '../../domain/merge.ts';
import { conflict, notFound } from '../../errors.ts';
import { markOf, mergeGroups, partGroups, readConflicts } from '../../merging/merge-groups.ts';
import { mergePath, paths } from '../../paths.ts';
import type { Services } from '../../services.ts';
import { findGroup } from '../../store/groups.ts';
import { findBatch, type ImportBatch, readBatches } from '../../store/import-batches.ts';
import { readPeople } from '../../store/people.ts';
import { staffOnly, viewerOf } from '../../web/access.ts';
import { formBody } from '../../web/form-body.ts';
import { formOf, typedText } from '../../web/form-fields.ts';
import { sendPage } from '../../web/render.ts';
import { donePage, mergePage, pickPage } from './merge-page.ts';
import { mergesPage } from './merges-page.ts';

const mostShown = 1000;

export function mergingRoutes(services: Services): Router {
  const router = Router();
  const form = formBody('64kb');
  const { staff } = paths;

  router.get(staff.mergeGroups, staffOnly, (req, res) => showPair(services, req, res));
  router.post(staff.mergeGroups, staffOnly, form, (req, res) => merge(services, req, res));
  router.get(staff.merges, staffOnly, async (req, res) => {
    const [batches, people] = await Promise.all([
      readBatches(services.store, mostShown, 'merge'),
      readPeople(services.store),
    ]);
    sendPage(res, 'merging/merges', mergesPage(batches, people, req.query));
  });
  router.get(staff.merge, staffOnly, async (req, res) => {
    const batch = await mergeOf(services, req);
    const conflicts = await readConflicts(services.store, batch);
    sendPage(res, 'merging/done', donePage(services.directory.current(), batch, conflicts));
  });
  router.post(staff.merge, staffOnly, async (req, res) => {
    const batch = await mergeOf(services, req);
    const outcome = await partGroups(services, batch.name, viewerOf(res)?.id ?? null);
    if (outcome.kind === 'conflict') {
      throw conflict(
        `The merge cannot be taken back as a whole, because these were changed since: ${outcome.records.join(', ')}.`,
      );
    }
    if (outcome.kind === 'not-now') throw conflict('It is taken back already, or just now.');
    res.redirect(303, mergePath(batch.name));
  });
  return router;
}

async function mergeOf({ store }: Services, req: Request): Promise<ImportBatch> {
  const batch = await findBatch(store, String(req.params['name']));
  if (batch?.kind !== 'merge') throw notFound('There was no merge of this name.');
  return batch;
}

function groupOf({ directory }: Services, slug: string): GroupEntry {
  const group = directory.current().groups.find((one) => one.slug === slug);
  if (!group) throw notFound(`There is no civic tech group “${slug.slice(0, 80)}”.`);
  return group;
}

const pairOf = z.object({ keep: typedText, other: typedText, q: typedText });

async function showPair(services: Services, req: Request, res: Response): Promise<void> {
  const { keep: keepSlug, other: otherSlug, q } = pairOf.parse(formOf(req.query));
  const keep = groupOf(services, keepSlug);
  if (otherSlug === '') {
    const page = pickPage(services.directory.current(), keep, q.slice(0, 100));
    sendPage(res, 'merging/pick', page);
    return;
  }
  await showForm(services, res, [keep, groupOf(services, otherSlug)], {}, '');
}

async function showForm(
  { store }: Services,
  res: Response,
  [keep, other]: readonly [GroupEntry, GroupEntry],
  choices: MergeChoices,
  problem: string,
): Promise<void> {
  if (keep.slug === other.slug) throw notFound('A record cannot be merged with itself.');
  const stored = [await findGroup(store, keep.slug), await findGroup(store, other.slug)] as const;
  const mark = stored[0] && stored[1] ? markOf(stored[0], stored[1]) : '';
  sendPage(
    res,
    'merging/merge',
    mergePage(keep, other, choices, mark, problem),
    problem === '' ? 200 : 409,
  );
}

const choicesOf = (form: object): MergeChoices =>
  Object.fromEntries(
    mergeFields.flatMap((field) => {
      const side = (form as Readonly<Record<string, unknown>>)[field];
      const known = mergeSides.find((one) => one === side);
      return known ? [[field, known]] : [];
    }),
  );

const markForm = z.object({ mark: typedText });

async function merge(services: Services, req: Request, res: Response): Promise<void> {
  const form = formOf(req.body);
  const { keep, other } = pairOf.parse(form);
  const { mark } = markForm.parse(form);
  const choices = choicesOf(form);
  const by = viewerOf(res)?.id ?? null;
  const outcome = await mergeGroups(services, { keep, other, choices, mark, by });
  if (outcome.kind === 'merged') return res.redirect(303, mergePath(outcome.batch));
  const problem =
    outcome.kind === 'introductions'
      ? `Both have an open introduction to the partner ${outcome.partner}. Wait for the end of one of them, or end it, and merge then.`
      : outcome.kind === 'conflict'
        ? `These were changed at the same moment: ${outcome.records.join(', ')}. Look at both again.`
        : outcome.kind === 'changed-meanwhile'
          ? 'One of the two was changed since this page was opened. Look at both again.'
          : outcome.kind === 'not-now'
            ? 'They are being merged just now. Try again in a minute.'
            : '';
  if (problem === '') throw notFound('One of the two is not in the directory any more.');
  const pair = [groupOf(services, keep), groupOf(services, other)] as const;
  await showForm(services, res, pair, choices, problem);
}
