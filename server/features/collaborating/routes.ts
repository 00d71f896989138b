// Addresses of collaborations and convenings.
import { Router } from 'express';
import { collaborationPath, conveningPath, paths } from '../../paths.ts';
import type { Services } from '../../services.ts';
import { findNear, sendMissing } from '../../web/missing-page.ts';
import { sendPage } from '../../web/render.ts';
import { collaborationPage } from './collaboration-page.ts';
import { collaborationsPage } from './collaborations-page.ts';
import { conveningPage } from './convening-page.ts';
import { conveningsPage } from './convenings-page.ts';

export function collaboratingRoutes({ config, directory }: Services): Router {
  const router = Router();
  const { publicUrl } = config;

  router.get(paths.collaborations, (req, res) => {
    const page = collaborationsPage(directory.current(), req.query, publicUrl);
    sendPage(res, 'collaborating/list', page);
  });

  router.get(paths.collaboration, (req, res) => {
    const now = directory.current();
    const { slug } = req.params;
    const collaboration = now.findCollaboration(slug);
    if (collaboration) {
      const page = collaborationPage(now, collaboration, publicUrl);
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
      sendPage(res, 'collaborating/convening', conveningPage(now, convening, publicUrl));
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
