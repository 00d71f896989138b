// Addresses of cities, partners, groups and gaps: each answers from the one snapshot of its request.
import { type Response, Router } from 'express';
import { cityPath, groupPath, partnerPath, paths } from '../../paths.ts';
import type { Services } from '../../services.ts';
import { viewerOf } from '../../web/access.ts';
import { cityLabel } from '../../web/format.ts';
import { findNear, sendMissing } from '../../web/missing-page.ts';
import { sendPage } from '../../web/render.ts';
import { citiesPage } from './cities-page.ts';
import { cityPage } from './city-page.ts';
import { gapsPage } from './gaps-page.ts';
import { groupPage } from './group-page.ts';
import { groupsPage } from './groups-page.ts';
import { partnerPage } from './partner-page.ts';
import { partnersPage } from './partners-page.ts';
import { scorecardPage } from './scorecard-page.ts';

export function directoryRoutes({ config, directory, places }: Services): Router {
  const router = Router();
  const { publicUrl, tiles } = config;
  const settings = { publicUrl, tiles };

  router.get(paths.cities, (req, res) => {
    sendPage(res, 'directory/list', citiesPage(directory.current(), req.query, publicUrl));
  });

  const missingCity = (res: Response, slug: string): void =>
    sendMissing(res, {
      noun: 'city',
      slug,
      section: 'cities',
      list: { label: 'See all cities', href: paths.cities },
      near: findNear(slug, directory.current().cities).map((near) => ({
        label: cityLabel(near),
        href: cityPath(near.slug),
      })),
    });

  router.get(paths.city, (req, res) => {
    const now = directory.current();
    const city = now.findCity(req.params.slug);
    if (!city) return missingCity(res, req.params.slug);
    sendPage(res, 'directory/city', cityPage(now, city, settings));
  });

  router.get(paths.cityScorecard, (req, res) => {
    const now = directory.current();
    const city = now.findCity(req.params.slug);
    if (!city) return missingCity(res, req.params.slug);
    sendPage(res, 'directory/scorecard', scorecardPage(now, city, publicUrl));
  });

  router.get(paths.partners, (req, res) => {
    sendPage(res, 'directory/list', partnersPage(directory.current(), req.query, publicUrl));
  });

  router.get(paths.partner, (req, res) => {
    const now = directory.current();
    const { slug } = req.params;
    const partner = now.findPartner(slug);
    if (partner) {
      sendPage(res, 'directory/partner', partnerPage(now, partner, publicUrl, viewerOf(res)));
      return;
    }
    sendMissing(res, {
      noun: 'NNIP partner',
      slug,
      section: 'partners',
      list: { label: 'See all NNIP partners', href: paths.partners },
      near: findNear(slug, now.partners).map((near) => ({
        label: near.name,
        href: partnerPath(near.slug),
      })),
    });
  });

  router.get(paths.groups, (req, res) => {
    sendPage(res, 'directory/list', groupsPage(directory.current(), req.query, publicUrl));
  });

  router.get(paths.group, (req, res) => {
    const now = directory.current();
    const { slug } = req.params;
    const group = now.findGroup(slug);
    if (group) {
      sendPage(res, 'directory/group', groupPage(now, group, publicUrl, viewerOf(res)));
      return;
    }
    sendMissing(res, {
      noun: 'civic tech group',
      slug,
      section: 'groups',
      list: { label: 'See all civic tech groups', href: paths.groups },
      near: now
        .searchGroups(slug.slice(0, 100).replaceAll('-', ' '))
        .slice(0, 5)
        .map((near) => ({ label: near.name, href: groupPath(near.slug) })),
    });
  });

  router.get(paths.gaps, (req, res) => {
    sendPage(res, 'directory/gaps', gapsPage(directory.current(), req.query, settings, places));
  });

  return router;
}
