// Addresses of collaborations and convenings.
import { Router } from 'express';
import { collaborationPath, conveningPath, paths } from '../../paths.ts';
import type { Services } from '../../services.ts';
import { findCollaboration } from '../../store/collaborations.ts';
import { viewerOf } from '../../web/access.ts';
import { findNear, sendMissing } from '../../web/missing-page.ts';
import { sendPage } from '../../web/render.ts';
import { collaborationPage, editPathFor } from './collaboration-page.ts';
import { collaborationsPage } from './collaborations-page.ts';
import { conveningPage } from './convening-page.ts';
import { conveningsPage } from './convenings-page.ts';

export function collaboratingRoutes({ config, directory, store }: Services): Router {
  const router = Router();
  const { publicUrl } = config;

  router.get(paths.collaborations, (req, res) => {
    const page = collaborationsPage(directory.current(), req.query, publicUrl);
    sendPage(res, 'collaborating/list', page);
  });

  router.get(paths.collaboration, async (req, res) => {
    const now = directory.current();
    const { slug } = req.params;
    const viewer = viewerOf(res);
    const published = now.findCollaboration(slug);
    // The snapshot has no drafts: whoever may edit one sees it.
    const stored = published ?? (viewer ? await findCollaboration(store, slug) : undefined);
    const editHref = stored ? editPathFor(viewer, stored) : null;
    const collaboration = published ?? (editHref === null ? undefined : stored);
    if (collaboration) {
      const page = collaborationPage(now, collaboration, publicUrl, editHref);
      sendPage(res, 'collaborating/collaboration', page);
      return;
    }
    sendMissing(res, {
      noun: 'collaboration',
      slug,
      section: null,
      list: { label: 'See all collaborations', href: paths.collaborations },
      near: findNear(slug, now.collaborations).map((near) => ({
        label: near.title,
        href: collaborationPath(near.slug),
      })),
    });
  });

  router.get(paths.convenings, (req, res) => {
    const page = conveningsPage(directory.current(), req.query, publicUrl);
    sendPage(res, 'collaborating/list', page);
  });

  router.get(paths.convening, (req, res) => {
    const now = directory.current();
    const { slug } = req.params;
    const convening = now.findConvening(slug);
    if (convening) {
      const page = conveningPage(now, convening, publicUrl, viewerOf(res)?.staff ?? false);
      sendPage(res, 'collaborating/convening', page);
      return;
    }
    sendMissing(res, {
      noun: 'convening',
      slug,
      section: null,
      list: { label: 'See all convenings', href: paths.convenings },
      near: findNear(slug, now.convenings).map((near) => ({
        label: near.name,
        href: conveningPath(near.slug),
      })),
    });
  });

  return router;
}
