// Every page of the site in a real browser: accessible, without complaint, at home on wide and narrow screens,
// in light and dark. The list is made from paths.ts: a new page fails here until it has a sample.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Directory } from '../../server/directory/directory.ts';
import {
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
import { findBarriers } from '../support/accessibility.ts';
import { startTestSite, type TestSite } from '../support/browser.ts';
import { findFaults } from '../support/page-faults.ts';

const slugOf = (records: readonly { readonly slug: string }[]): string =>
  records[0]?.slug ?? 'none';

/** One address for each page, with a record that the starting directory holds. */
const samples: Readonly<Record<string, (directory: Directory) => string>> = {
  home: () => paths.home,
  find: () => withQuery(paths.find, { place: 'Springfield, MO' }),
  cities: () => paths.cities,
  city: () => cityPath('memphis-tn'),
  partners: () => paths.partners,
  partner: ({ partners }) => partnerPath(slugOf(partners)),
  groups: () => paths.groups,
  group: ({ groups }) => groupPath(slugOf(groups)),
  gaps: () => paths.gaps,
  cityScorecard: () => cityScorecardPath('pittsburgh-pa'),
  surveyChanges: () =>
    withQuery(paths.surveyChanges, { from: '2012-01-01', to: '2020-01-01', cause: 'dormant' }),
  surveys: () => paths.surveys,
  survey: ({ waves }) => surveyPath(slugOf(waves)),
  collaborations: () => paths.collaborations,
  collaboration: ({ collaborations }) => collaborationPath(slugOf(collaborations)),
  convenings: () => paths.convenings,
  convening: ({ convenings }) => conveningPath(slugOf(convenings)),
  data: () => paths.data,
  about: () => paths.about,
  subscribe: () => withQuery(paths.subscribe, { place: 'Tulsa, OK' }),
  suggest: ({ groups }) => suggestGroupPath(slugOf(groups)),
  signIn: () => paths.signIn,
};

/** Addresses that are no pages for people, and those that only answer to a form. */
const notPages = [
  ...['api', 'health', 'ready', 'metrics', 'assets'],
  ...['respondOpened', 'respondDraft', 'signOut', 'endSession', 'surveyExport', 'surveyTables'],
  ...['subscribeAsked', 'feeds'],
];
/** Pages that only open to somebody: signed-in.test.ts has their samples. */
const notPublic = [
  ...['respond', 'signInConfirm', 'account', 'suggestion'],
  ...['subscription', 'subscriptionStop'],
  ...['partnerReport', 'partnerEdit', 'groupReports', 'staff'],
  ...['partnerCollaborations', 'partnerNewCollaboration', 'partnerEditCollaboration'],
];
const pageNames = Object.keys(paths).filter(
  (name) => !notPages.includes(name) && !notPublic.includes(name),
);

let site: TestSite;

beforeAll(async () => {
  site = await startTestSite();
}, 120_000);

afterAll(() => site?.close());

describe('every page', () => {
  it('has a sample here', () => {
    expect(Object.keys(samples).sort()).toEqual([...pageNames].sort());
  });

  it.each(Object.keys(samples))(
    '"%s" answers, is accessible, fits every screen and complains of nothing',
    async (name) => {
      const address = samples[name]?.(site.services.directory.current()) ?? '';
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
