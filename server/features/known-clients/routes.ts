// The addresses that clients of the Code for America API and readers of the Brigade list ask for, answered in the
// shapes they were written for. The API of our own is features/api; nothing here is described there.
import { type Request, type Response, Router } from 'express';
import type { Directory } from '../../directory/directory.ts';
import { paths, withQuery } from '../../paths.ts';
import type { Services } from '../../services.ts';
import { anyone } from '../../web/access.ts';
import { openToAll, openToEverySite } from '../../web/open-to-all.ts';
import { sendShared } from '../../web/render.ts';
import { toBrigadeList } from './brigade-list.ts';
import { emptyLists, toFeature, toOrganization, withExtras } from './organization.ts';
import { organizationNames } from './organization-names.ts';
import { toOrganizationPage } from './organization-page.ts';
import { findOrganizations, latestFirst, parseOrganizationQuery } from './organization-query.ts';

const searchOf = (req: Request): URLSearchParams => {
  const start = req.originalUrl.indexOf('?');
  return new URLSearchParams(start === -1 ? '' : req.originalUrl.slice(start));
};

const sampleMember = ({ sampleData }: Directory) => (sampleData ? { sampleData: true } : {});

/** @param canonical the address under which the answer may be kept; '' keeps it nowhere */
function sendText(
  res: Response,
  directory: Directory,
  body: string,
  canonical: string,
  type = 'application/json',
): void {
  sendShared(res, directory, {
    type,
    body,
    canonical,
    headers: {
      ...openToEverySite,
      'crosswalk-revision': String(directory.revision),
      vary: 'Accept-Encoding',
    },
  });
}

/** The old API's own words. */
const notThere = (res: Response): void => {
  res.status(404).set('cache-control', 'no-store').json({ status: 'Resource Not Found' });
};

export function knownClientRoutes(services: Services): Router {
  const router = Router();
  const { publicUrl } = services.config;
  const { organizations, organizationsMap, organization, organizationList, brigadeList } =
    paths.knownClients;

  router.get(organizationsMap, anyone, (req, res) => {
    const directory = services.directory.current();
    const found = findOrganizations(directory, parseOrganizationQuery(searchOf(req)), publicUrl);
    const collection = {
      type: 'FeatureCollection',
      ...sampleMember(directory),
      features: found.map(toFeature),
    };
    sendText(res, directory, JSON.stringify(collection), organizationsMap, 'application/geo+json');
  });

  router.get(organizations, anyone, (req, res) => {
    const directory = services.directory.current();
    const search = searchOf(req);
    const query = parseOrganizationQuery(search);
    const found = latestFirst(findOrganizations(directory, query, publicUrl));
    const page = {
      ...toOrganizationPage(found, search, query, publicUrl),
      ...sampleMember(directory),
    };
    const canonical = withQuery(organizations, {
      page: search.get('page'),
      per_page: search.get('per_page'),
    });
    sendText(res, directory, JSON.stringify(page), canonical);
  });

  router.get(organization, anyone, (req, res) => {
    const directory = services.directory.current();
    const names = organizationNames(directory);
    const group = names.find(String(req.params['name'] ?? ''));
    if (!group) return notThere(res);
    const found = withExtras(toOrganization(group, names, publicUrl));
    sendText(res, directory, JSON.stringify({ ...found, ...sampleMember(directory) }), '');
  });

  router.get(organizationList, anyone, (req, res) => {
    const directory = services.directory.current();
    const group = organizationNames(directory).find(String(req.params['name'] ?? ''));
    if (!group || !emptyLists.some((list) => list === req.params['list'])) return notThere(res);
    sendText(res, directory, JSON.stringify({ total: 0, pages: {}, objects: [] }), '');
  });

  router.use(brigadeList, openToAll);
  router.get(brigadeList, anyone, (_req, res) => {
    const directory = services.directory.current();
    sendText(res, directory, toBrigadeList(directory), brigadeList);
  });

  return router;
}
