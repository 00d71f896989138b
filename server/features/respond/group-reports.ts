// What partners reported about a group, for its organizers: they confirm it or dispute it, and both stay.
import type { Request, RequestHandler, Response } from 'express';
import { z } from 'zod';
import type { Directory, GroupEntry } from '../../directory/directory.ts';
import { verdicts } from '../../domain/words.ts';
import { notFound } from '../../errors.ts';
import { groupReportsPath } from '../../paths.ts';
import type { Services } from '../../services.ts';
import { giveVerdict } from '../../survey/give-verdict.ts';
import { viewerOf } from '../../web/access.ts';
import { sendPage } from '../../web/render.ts';
import { groupReportsPage, reportAnchor, reportsAbout } from './group-reports-page.ts';

const longestNote = 500;

const form = z.object({
  report: z.string().catch(''),
  verdict: z.enum(verdicts).nullable().catch(null),
  note: z
    .string()
    .catch('')
    .transform((typed) => typed.replaceAll('\r\n', '\n').slice(0, 20_000).trim()),
});

export function showGroupReports({ directory }: Services): RequestHandler {
  return (req, res) => {
    const now = directory.current();
    sendPage(res, 'respond/group-reports', groupReportsPage(now, findGroup(now, req), null));
  };
}

export function sendVerdict(services: Services): RequestHandler {
  return async (req, res) => {
    const directory = services.directory.current();
    const group = findGroup(directory, req);
    const said = form.parse(req.body ?? {});
    const report = reportsAbout(directory, group.slug).find(({ id }) => id === said.report);
    if (!report) throw notFound('This report is not about this group, or it was answered anew.');
    const { verdict, note } = said;
    if (verdict === null || note.length > longestNote) {
      const message =
        verdict === null
          ? 'Choose whether you confirm or dispute it'
          : `The note has ${note.length} characters. Shorten it to ${longestNote}`;
      return sendRefused(res, directory, group, { report: report.id, note, message });
    }
    const by = viewerOf(res)?.id ?? null;
    await giveVerdict(services, { report: report.id, group: group.slug, verdict, note }, by);
    res.redirect(303, `${groupReportsPath(group.slug)}#${reportAnchor(report.id)}`);
  };
}

function sendRefused(
  res: Response,
  directory: Directory,
  group: GroupEntry,
  refused: { readonly report: string; readonly note: string; readonly message: string },
): void {
  sendPage(res, 'respond/group-reports', groupReportsPage(directory, group, refused), 422);
}

function findGroup(directory: Directory, req: Request): GroupEntry {
  const group = directory.findGroup(String(req.params['slug']));
  if (!group) throw notFound('There is no civic tech group at this address.');
  return group;
}
