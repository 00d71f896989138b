// Every page of the site in a real browser: accessible, without complaint, at home on wide and narrow screens,
// in light and dark. The list is made from the table of who may do what: a new page fails here until
// it has a sample.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Directory } from '../../server/directory/directory.ts';
import type { Group } from '../../server/domain/records.ts';
import {
  bringBackPath,
  cityPath,
  cityScorecardPath,
  collaborationPath,
  conveningPath,
  groupPath,
  partnerPath,
  paths,
  suggestGroupPath,
  surveyPath,
  withQuery,
} from '../../server/paths.ts';
import { changeGroup } from '../../server/still-here/change-group.ts';
import { table } from '../access/table.ts';
import { findBarriers } from '../support/accessibility.ts';
import { startTestSite, type TestSite } from '../support/browser.ts';
import { findFaults } from '../support/page-faults.ts';

const closedGroup = 'code-for-pittsburgh';

const slugOf = (records: readonly { readonly slug: string }[]): string =>
  records[0]?.slug ?? 'none';

/** One address for each page, with a record that the starting directory holds. */
const samples: Readonly<Record<string, (directory: Directory) => string>> = {
  '/': () => paths.home,
  '/find': () => withQuery(paths.find, { place: 'Springfield, MO' }),
  '/cities': () => paths.cities,
  '/cities/:slug': () => cityPath('memphis-tn'),
  '/partners': () => paths.partners,
  '/partners/:slug': ({ partners }) => partnerPath(slugOf(partners)),
  '/groups': () => paths.groups,
  '/groups/:slug': ({ groups }) => groupPath(slugOf(groups)),
  '/gaps': () => paths.gaps,
  '/cities/:slug/scorecard': () => cityScorecardPath('pittsburgh-pa'),
  '/surveys/changes': () =>
    withQuery(paths.surveyChanges, { from: '2012-01-01', to: '2020-01-01', cause: 'dormant' }),
  '/surveys': () => paths.surveys,
  '/surveys/:wave': ({ waves }) => surveyPath(slugOf(waves)),
  '/collaborations': () => paths.collaborations,
  '/collaborations/:slug': ({ collaborations }) => collaborationPath(slugOf(collaborations)),
  '/convenings': () => paths.convenings,
  '/convenings/:slug': ({ convenings }) => conveningPath(slugOf(convenings)),
  '/data': () => paths.data,
  '/about': () => paths.about,
  '/privacy': () => paths.privacy,
  '/privacy/mine': () => paths.askForData,
  '/privacy/erased': () => paths.erased,
  '/subscribe': () => withQuery(paths.subscribe, { place: 'Tulsa, OK' }),
  '/suggest': ({ groups }) => suggestGroupPath(slugOf(groups)),
  '/sign-in': () => paths.signIn,
  '/subscribe/asked': () => paths.subscribeAsked,
  '/groups/:slug/bring-back': () => bringBackPath(closedGroup),
  '/embed/map': () => withQuery(paths.embedMap, { state: 'PA' }),
};

/** What is no page: files, answers for programs and for whoever operates the site. */
const isPage = (path: string): boolean =>
  !/\.\w+$|^\/api\/|^\/(healthz|readyz|metrics)$/.test(path);
const pages = table.everyone
  .filter((name) => name.startsWith('GET '))
  .map((name) => name.slice('GET '.length))
  .filter(isPage);

let site: TestSite;

beforeAll(async () => {
  site = await startTestSite();
  const closed = { date: '2026-03-03', reason: 'its organizer says that it has stopped' };
  const change = (group: Group) => ({ ...group, closed });
  await changeGroup(site.services, closedGroup, change, { by: null, origin: 'web' });
}, 120_000);

afterAll(() => site?.close());

describe('every page', () => {
  it('has a sample here', () => {
    expect(Object.keys(samples).sort()).toEqual([...pages].sort());
  });

  it.each(Object.keys(samples))(
    '%s answers, is accessible, fits every screen and complains of nothing',
    async (path) => {
      const address = samples[path]?.(site.services.directory.current()) ?? '';
      const answer = await fetch(new URL(address, site.origin));
      expect(answer.status).toBe(200);

      expect(await findFaults(site, address)).toEqual([]);
    },
    60_000,
  );

  it('that is missing is accessible too', async () => {
    const visit = await site.visit('/cities/atlantis');

    expect(await visit.page.title()).not.toBe('');
    expect(await findBarriers(visit.page)).toEqual([]);

    await visit.leave();
  });
});
