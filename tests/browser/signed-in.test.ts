// Every page that opens to somebody alone, in a real browser: for people who are signed in, and behind personal
// links. The list is made from the table of who may do what: a new page fails here until it has a sample.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { dayOf } from '../../server/domain/dates.ts';
import { askIntroduction } from '../../server/introductions/ask-introduction.ts';
import { introductionToken } from '../../server/introductions/tokens.ts';
import { mergeGroups } from '../../server/merging/merge-groups.ts';
import {
  confirmAddressPath,
  eraseMinePath,
  groupEditPath,
  groupReportsPath,
  groupStopPath,
  importBatchPath,
  introductionPath,
  mergeGroupsPath,
  mergePath,
  myDataPath,
  newIntroductionPath,
  noIntroductionsPath,
  outreachPath,
  partnerEditPath,
  partnerReportPath,
  paths,
  respondPath,
  returnLinkPath,
  staffIntroductionPath,
  staffSuggestionPath,
  staffWavePath,
  stillHerePath,
  subscriptionPath,
  subscriptionStopPath,
  suggestionPath,
  takeBackChangePath,
  undoImportPath,
  uploadPath,
  withQuery,
} from '../../server/paths.ts';
import { askToReturn } from '../../server/still-here/bring-back.ts';
import { confirmationToken, returnToken } from '../../server/still-here/links.ts';
import { addAddressLink } from '../../server/store/address-links.ts';
import { readChanges } from '../../server/store/changes.ts';
import { makeConfirmation } from '../../server/store/confirmations.ts';
import { acceptUpload } from '../../server/store/import-uploads.ts';
import { readIntroductions } from '../../server/store/introductions.ts';
import { addPerson, readPeople } from '../../server/store/people.ts';
import { findSubscription, readUnconfirmedKeys } from '../../server/store/subscriptions.ts';
import { readSuggestions } from '../../server/store/suggestions.ts';
import { askToBeTold } from '../../server/subscriptions/ask.ts';
import { confirmToken, stopToken } from '../../server/subscriptions/links.ts';
import { sendSuggestion } from '../../server/suggestions/send-suggestion.ts';
import { invitePartners } from '../../server/survey/invite-partners.ts';
import { makeWave } from '../../server/survey/make-wave.ts';
import { openWave } from '../../server/survey/open-wave.ts';
import { hashOf, personalToken } from '../../server/survey/personal-link.ts';
import { table } from '../access/table.ts';
import { startTestSite, type TestSite } from '../support/browser.ts';
import { findFaults } from '../support/page-faults.ts';
import { signInAs } from '../support/sign-in.ts';

const partner = 'data-driven-detroit';
const group = 'code-for-pittsburgh';

let site: TestSite;
/** Somebody who is everything at once. */
let cookie: string;
/** An open wave, and one that is not yet. */
let wave: string;
let draft: string;
/** A list that waits, and the name of an import. */
let lists: { readonly open: string; readonly accepted: string };
/** Of the page on which a sender follows a correction. */
let suggestionToken: string;
/** Of the page on which a group answers whether it wants to be introduced. */
let introductionLink: string;
/** Of the mail that asks a group whether it is still here. */
let stillHereLink: string;

beforeAll(async () => {
  site = await startTestSite();
  const { services } = site;
  const writer = { by: null, origin: 'web' as const, batch: randomUUID(), now: services.clock() };
  const plan = {
    name: 'Civic tech survey, November 2026',
    opens: '2026-11-22',
    closes: '2026-12-22',
    introduction: 'Twelve years on, we ask again.',
  };
  wave = (await makeWave(services, plan, writer)).slug;
  draft = (await makeWave(services, { ...plan, opens: '2027-05-01', closes: '2027-06-01' }, writer))
    .slug;
  await invitePartners(services, await openWave(services, wave, writer));
  suggestionToken = await sendSuggestion(services, {
    kind: 'correction',
    about: { record: 'group', slug: group },
    seen: { name: 'Code for Pittsburgh', website: '', topics: 'housing' },
    proposed: { name: 'Code for Pittsburgh', website: 'https://new.example/', topics: '' },
    text: 'They moved.',
    known: 'Their last meeting',
    sender: null,
    stamp: 'of a form',
  });
  await services.directory.refresh();
  introductionLink = await askOrganizer();
  stillHereLink = await askGroup();
  const roles = { staff: true, partners: [partner], groups: [group] };
  const { id } = await signInAs(site, { ...roles, address: 'ana@urban.example' });
  await makeAddressLinks(id);
  cookie = (await signInAs(site, { ...roles, address: 'ana@urban.example' })).cookie;
  lists = { open: await uploadList('open'), accepted: await importList() };
}, 120_000);

afterAll(() => site?.close());

/** Two groups far from the others' places become one. */
async function mergeTwo(): Promise<string> {
  const [keep = none, other = none] = site.services.directory.current().groups.slice(-2);
  const asked = { keep: keep.slug, other: other.slug, choices: {}, mark: '', by: null };
  const outcome = await mergeGroups(site.services, asked);
  return outcome.kind === 'merged' ? outcome.batch : none.slug;
}

/** A group that fits the partner, and that has no contact. */
const nearGroup = (): string =>
  site.services.directory.current().findPartner(partner)?.groupsInReach[0]?.group.slug ?? group;

/** A partner of the seed asks the organizer of a group near it; the token in the organizer's mail. */
async function askOrganizer(): Promise<string> {
  const { services } = site;
  await addPerson(
    services.store,
    'bo@code.example',
    { staff: false, partners: [], groups: [group] },
    services.clock(),
  );
  const asking = services.directory.current().findGroup(group)?.partnersInReach[0] ?? partner;
  const outcome = await askIntroduction(services, {
    ...{ partner: asking, group, from: 'partner', form: 'one', word: 'We map vacant lots.' },
    contact: { name: 'Cy', address: 'cy@urban.example' },
    person: { id: 'somebody', staff: true, partners: [asking], groups: [] },
  });
  if (outcome.kind !== 'asked') throw new Error(`not asked: ${outcome.refusal.kind}`);
  const { key, round, recipients } = outcome.introduction;
  const reader = recipients[0]?.addressHash ?? '';
  return introductionToken(services.secret, { key, round, reader });
}

const rows = `name,website,city,latitude,longitude
Open Tulsa,open.example.org,"Tulsa, OK",36.154,95.993
Nowhere lab,,,,
`;

/** Staff upload a list of two, one of them suspicious. */
async function uploadList(name: string): Promise<string> {
  const send = (path: string, body: FormData | URLSearchParams) =>
    fetch(new URL(path, site.origin), {
      ...{ method: 'POST', body, headers: { cookie }, redirect: 'manual' },
    });
  const file = new FormData();
  file.append('file', new Blob([rows]), `${name}.csv`);
  const sent = await send(paths.staff.imports, file);
  const columns = String(sent.headers.get('location'));
  const held = ['name', 'website', 'place', 'lat', 'lng'].map((one, at) => [`column-${at}`, one]);
  const list = { list: 'the list', date: '2026-06' };
  await send(columns, new URLSearchParams({ ...list, ...Object.fromEntries(held) }));
  return columns.split('/').at(-2) ?? '';
}

async function importList(): Promise<string> {
  const { store, imports } = site.services;
  const id = await uploadList('accepted');
  await acceptUpload(store, id, { batch: 'accepted', by: null });
  await imports.finish();
  return 'accepted';
}

/** A request to the group, and its link. */
async function askGroup(): Promise<string> {
  const { store, secret, clock } = site.services;
  const request = { group, round: 1 };
  const token = confirmationToken(secret, request, 'bo@code.example');
  await makeConfirmation(store, { ...request, tokenHashes: [hashOf(token)] }, clock());
  return token;
}

/** Somebody says that a closed group is there again. */
async function askReturn(): Promise<string> {
  const { services } = site;
  const address = 'eve@code.example';
  await askToReturn(services, { slug: group, name: 'Code for Pittsburgh', contacts: [] }, address);
  return returnToken(services.secret, group, address, dayOf(services.clock()));
}

/** A place that somebody wants to hear of. */
async function askForNews(): Promise<{ readonly confirm: string; readonly stop: string }> {
  const { services } = site;
  const tulsa = { name: 'Tulsa, OK', country: 'US', lat: 36.15, lng: -95.99 };
  await askToBeTold(services, { address: 'finn@example.org', place: tulsa, miles: 50 });
  const [key = ''] = await readUnconfirmedKeys(services.store, new Date('2100-01-01'));
  const asked = await findSubscription(services.store, key);
  return {
    confirm: confirmToken(services.secret, key),
    stop: stopToken(services.secret, 'finn@example.org', asked?.placeKey ?? ''),
  };
}

/** Tokens of the links that prove an address. */
const addressTokens = { see: 's'.repeat(43), change: 'c'.repeat(43) } as const;

async function makeAddressLinks(person: string): Promise<void> {
  for (const use of ['see', 'change'] as const) {
    await addAddressLink(site.services.store, {
      ...{ use, person, address: 'ana@urban.example', tokenHash: hashOf(addressTokens[use]) },
      expiresAt: new Date('2100-01-01'),
    });
  }
}

/** One address for each page; the wave is open. */
const samples: Readonly<Record<string, () => string | Promise<string>>> = {
  [paths.signInConfirm]: async () =>
    withQuery(paths.signInConfirm, {
      token: await site.services.signIn.makeToken('ana@urban.example'),
    }),
  [paths.account]: () => paths.account,
  [paths.accountData]: () => paths.accountData,
  [paths.eraseAccount]: () => paths.eraseAccount,
  [paths.confirmAddress]: () => confirmAddressPath(addressTokens.change),
  [paths.myData]: () => myDataPath(addressTokens.see),
  [paths.eraseMine]: () => eraseMinePath(addressTokens.see),
  [paths.staff.erasePerson]: () => paths.staff.erasePerson,
  [paths.respond]: () =>
    respondPath(personalToken(site.services.secret, { wave, partner, issue: 1 })),
  [paths.partnerReport]: () => partnerReportPath(partner),
  [paths.partnerEdit]: () => partnerEditPath(partner),
  [paths.groupReports]: () => groupReportsPath(group),
  [paths.groupEdit]: () => groupEditPath(group),
  [paths.groupStop]: () => groupStopPath(group),
  [paths.stillHere]: () => stillHerePath(stillHereLink),
  [paths.stillHereChanged]: () => stillHerePath(stillHereLink, 'changed'),
  [paths.stillHereStopped]: () => stillHerePath(stillHereLink, 'stopped'),
  [paths.stillHereNoMore]: () => stillHerePath(stillHereLink, 'no-more'),
  [paths.returnLink]: async () => returnLinkPath(await askReturn()),
  [paths.subscription]: async () => subscriptionPath((await askForNews()).confirm),
  [paths.subscriptionStop]: async () => subscriptionStopPath((await askForNews()).stop),
  [paths.staff.stillHere]: () => withQuery(paths.staff.stillHere, { standing: 'waiting' }),
  [paths.staff.home]: () => paths.staff.home,
  [paths.staff.gaps]: () => paths.staff.gaps,
  [paths.staff.outreach]: () => outreachPath('memphis-tn'),
  [paths.staff.surveys]: () => paths.staff.surveys,
  [paths.staff.waves]: () => paths.staff.waves,
  [paths.staff.newWave]: () => paths.staff.newWave,
  [paths.staff.wave]: () => staffWavePath(wave),
  [paths.staff.editWave]: () => ofWave(paths.staff.editWave, wave),
  [paths.staff.wavePreview]: () => ofWave(paths.staff.wavePreview, wave),
  [paths.staff.openWave]: () => ofWave(paths.staff.openWave, draft),
  [paths.staff.remindWave]: () => ofWave(paths.staff.remindWave, wave),
  [paths.staff.closeWave]: () => ofWave(paths.staff.closeWave, wave),
  [paths.staff.wavePartner]: () => ofWave(paths.staff.wavePartner, wave),
  [paths.suggestion]: () => suggestionPath(suggestionToken),
  [paths.newIntroduction]: () => newIntroductionPath(partner, nearGroup()),
  [paths.introduction]: () => introductionPath(introductionLink),
  [paths.noIntroductions]: () => noIntroductionsPath(introductionLink),
  [paths.myIntroductions]: () => paths.myIntroductions,
  [paths.staff.introductions]: () => paths.staff.introductions,
  [paths.staff.introduction]: async () => {
    const [first] = await readIntroductions(site.services.store);
    return staffIntroductionPath(first?.id ?? none.slug);
  },
  [paths.staff.suggestions]: () => paths.staff.suggestions,
  [paths.staff.suggestion]: async () => {
    const [first] = await readSuggestions(site.services.store);
    return staffSuggestionPath(first?.id ?? none.slug);
  },
  [paths.staff.mail]: () => paths.staff.mail,
  [paths.partnerCollaborations]: () => paths.partnerCollaborations.replace(':slug', partner),
  [paths.partnerNewCollaboration]: () => paths.partnerNewCollaboration.replace(':slug', partner),
  [paths.partnerEditCollaboration]: () => {
    const { slug, partner: whose } = collaborations().find((one) => one.partner) ?? none;
    return paths.partnerEditCollaboration
      .replace(':slug', String(whose))
      .replace(':collaboration', slug);
  },
  [paths.staff.collaborations]: () => paths.staff.collaborations,
  [paths.staff.newCollaboration]: () => paths.staff.newCollaboration,
  [paths.staff.editCollaboration]: () =>
    paths.staff.editCollaboration.replace(':slug', collaborations()[0]?.slug ?? none.slug),
  [paths.staff.convenings]: () => paths.staff.convenings,
  [paths.staff.newConvening]: () => paths.staff.newConvening,
  [paths.staff.convening]: () => ofConvening(paths.staff.convening),
  [paths.staff.editConvening]: () => ofConvening(paths.staff.editConvening),
  [paths.staff.people]: () => paths.staff.people,
  [paths.staff.newPerson]: () => paths.staff.newPerson,
  [paths.staff.person]: () => ofPerson(paths.staff.person),
  [paths.staff.removePerson]: () => ofPerson(paths.staff.removePerson),
  [paths.staff.mergeGroups]: () => mergeGroupsPath(group, nearGroup()),
  [paths.staff.merge]: async () => mergePath(await mergeTwo()),
  [paths.staff.merges]: () => paths.staff.merges,
  [paths.staff.imports]: () => paths.staff.imports,
  [paths.staff.upload]: () => uploadPath(lists.open),
  [paths.staff.uploadColumns]: () => uploadPath(lists.open, 'columns'),
  [paths.staff.acceptUpload]: () => uploadPath(lists.open, 'accept'),
  [paths.staff.dropUpload]: () => uploadPath(lists.open, 'drop'),
  [paths.staff.importBatch]: () => importBatchPath(lists.accepted),
  [paths.staff.undoImport]: () => undoImportPath(lists.accepted),
  [paths.staff.checks]: () => paths.staff.checks,
  [paths.staff.changes]: () => paths.staff.changes,
  [paths.staff.takeBackChange]: async () => {
    const [change] = await readChanges(site.services.store, { record: 'partner', limit: 1 });
    return takeBackChangePath(change?.id ?? none.slug);
  },
};

/** The page of a wave, and of the partner where one is named. */
function ofWave(path: string, slug: string): string {
  return path.replace(':wave', slug).replace(':slug', partner);
}

const none = { slug: 'none', partner: null };
const collaborations = () => site.services.directory.current().collaborations;
const ofConvening = (path: string): string =>
  path.replace(':slug', site.services.directory.current().convenings[0]?.slug ?? none.slug);

async function ofPerson(path: string): Promise<string> {
  const [person] = await readPeople(site.services.store);
  return path.replace(':id', person?.id ?? none.slug);
}

/** Whose secret is in the address: they come without a cookie. */
const byLink: readonly string[] = [
  paths.introduction,
  paths.noIntroductions,
  paths.respond,
  paths.suggestion,
  paths.signInConfirm,
];

/** What people save, or the map draws. */
const downloads: readonly string[] = [
  paths.accountDataFile,
  paths.myDataFile,
  paths.staff.gapsTable,
  paths.staff.gapsMap,
  paths.staff.surveyBarriers,
  paths.staff.surveyBarrierPartners,
  paths.staff.surveyAnswering,
  paths.staff.export,
];

const { everyone: _, ...narrower } = table;
const pages = Object.values(narrower)
  .flat()
  .filter((name) => name.startsWith('GET '))
  .map((name) => name.slice('GET '.length))
  .filter((path) => !downloads.includes(path));

describe('every page that is not for everyone', () => {
  it('has a sample here', () => {
    expect(Object.keys(samples).sort()).toEqual([...pages].sort());
  });

  it.each(Object.keys(samples))(
    '%s answers, is accessible, fits every screen and complains of nothing',
    async (path) => {
      const address = (await samples[path]?.()) ?? '';
      const visitor = byLink.includes(path) ? {} : { cookie };
      const answer = await fetch(new URL(address, site.origin), { headers: visitor });
      expect(answer.status).toBe(200);
      expect(answer.headers.get('cache-control')).toBe('private, no-store');

      expect(await findFaults(site, address, visitor)).toEqual([]);
    },
    60_000,
  );
});

describe('signing in', () => {
  it('is done by keyboard alone, from the page that was asked for and back to it', async () => {
    const { store, clock, signIn } = site.services;
    const roles = { staff: false, partners: [partner], groups: [] };
    await addPerson(store, 'eve@urban.example', roles, clock());
    const visit = await site.visit(paths.account, { width: 390 });
    const { page } = visit;
    const press = async (name: string, key: string): Promise<void> => {
      for (let tabs = 0; tabs < 30; tabs += 1) {
        await page.keyboard.press('Tab');
        if ((await focusedOf(page)) === name) return page.keyboard.press(key);
      }
      throw new Error(`the keyboard does not reach "${name}"`);
    };

    expect(page.url()).toBe(`${site.origin}/sign-in?next=%2Faccount`);
    await press('address', 'e');
    await page.keyboard.type('ve at urban');
    await press('Send me a link', 'Enter');
    await page.getByRole('alert').waitFor();
    await press('Enter your mail address, such as ana@example.org', 'Enter');
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.type('eve@urban.example');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Check your mail' }).waitFor();

    const token = await signIn.makeToken('eve@urban.example');
    await page.goto(withQuery(paths.signInConfirm, { token, next: paths.account }));
    await press('Sign in', 'Enter');
    await page.getByRole('heading', { name: 'Your account' }).waitFor();
    expect(await page.getByText('eve@urban.example').isVisible()).toBe(true);
    await press('Sign out', 'Enter');
    await page.waitForURL(`${site.origin}/`);

    // The page with the mistake is a 422, which the console notes.
    expect(visit.complaints.filter((said) => !said.includes('422'))).toEqual([]);
    expect(visit.outside).toEqual([]);
    await visit.leave();
  });
});

/** The name of the field, or the text of the link or button, that has the focus. */
const focusedOf = (page: { evaluate<T>(code: string): Promise<T> }): Promise<string> =>
  page.evaluate<string>(
    `(() => {
      const focused = document.activeElement;
      return focused?.getAttribute('name') || focused?.textContent?.trim() || '';
    })()`,
  );
