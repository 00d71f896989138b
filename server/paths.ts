// Every address of the site. Handlers, templates and tests all read this table; none spells an address out.

const segment = encodeURIComponent;

export const paths = {
  home: '/',
  find: '/find',
  mapGroups: '/map/groups.json',
  mapCities: '/map/cities.json',
  cities: '/cities',
  city: '/cities/:slug',
  cityScorecard: '/cities/:slug/scorecard',
  cityPicture: '/cities/:slug/picture.png',
  partners: '/partners',
  partner: '/partners/:slug',
  groups: '/groups',
  group: '/groups/:slug',
  gaps: '/gaps',
  surveys: '/surveys',
  surveyChanges: '/surveys/changes',
  surveyTables: { changes: '/surveys/changes.csv', levels: '/surveys/levels.csv' },
  survey: '/surveys/:wave',
  surveyExport: { json: '/surveys/:wave.json', csv: '/surveys/:wave.csv' },
  collaborations: '/collaborations',
  collaboration: '/collaborations/:slug',
  convenings: '/convenings',
  convening: '/convenings/:slug',
  data: '/data',
  about: '/about',
  api: {
    root: '/api/v1',
    openapi: '/api/v1/openapi.json',
    cities: '/api/v1/cities',
    partners: '/api/v1/partners',
    groups: '/api/v1/groups',
    collaborations: '/api/v1/collaborations',
    convenings: '/api/v1/convenings',
    waves: '/api/v1/waves',
    near: '/api/v1/near',
    gaps: '/api/v1/gaps',
    matches: '/api/v1/matches',
    places: '/api/v1/places',
  },
  embedMap: '/embed/map',
  downloads: { archive: '/data/crosswalk.zip', snapshot: '/data/snapshots/:day.zip' },
  /** Where clients written for the Code for America API and readers of the Brigade list look. */
  knownClients: {
    organizations: '/api/organizations',
    organizationsMap: '/api/organizations.geojson',
    organization: '/api/organizations/:name',
    organizationList: '/api/organizations/:name/:list',
    brigadeList: '/organizations.json',
  },
  /** What programs read at fixed addresses. */
  feeds: {
    changes: '/changes.atom',
    convenings: '/convenings.ics',
    city: '/cities/:slug.ics',
    sitemap: '/sitemap.xml',
    sitemapPart: '/sitemap-:part.xml',
    robots: '/robots.txt',
    favicon: '/favicon.ico',
    touchIcon: '/apple-touch-icon.png',
  },
  suggest: '/suggest',
  suggestion: '/suggest/:token',
  subscribe: '/subscribe',
  subscribeAsked: '/subscribe/asked',
  subscription: '/subscribe/:token',
  subscriptionStop: '/stop/:token',
  newIntroduction: '/introductions/new',
  introduction: '/introductions/:token',
  noIntroductions: '/introductions/:token/never',
  myIntroductions: '/account/introductions',
  introductionsMail: '/account/introductions/mail',
  myIntroduction: '/account/introductions/:id',
  respond: '/respond/:token',
  respondOpened: '/respond/:token/opened',
  respondDraft: '/respond/:token/draft',
  signIn: '/sign-in',
  signInConfirm: '/sign-in/confirm',
  signOut: '/sign-out',
  account: '/account',
  accountData: '/account/data',
  accountDataFile: '/account/data.json',
  accountAddress: '/account/address',
  confirmAddress: '/account/address/:token',
  eraseAccount: '/account/erase',
  privacy: '/privacy',
  askForData: '/privacy/mine',
  erased: '/privacy/erased',
  myData: '/privacy/mine/:token',
  myDataFile: '/privacy/mine/:token/data.json',
  eraseMine: '/privacy/mine/:token/erase',
  endSession: '/account/sessions/end',
  partnerReport: '/partners/:slug/report',
  partnerEdit: '/partners/:slug/edit',
  groupReports: '/groups/:slug/reports',
  groupEdit: '/groups/:slug/edit',
  groupConfirm: '/groups/:slug/confirm',
  groupStop: '/groups/:slug/stop',
  bringBack: '/groups/:slug/bring-back',
  returnLink: '/bring-back/:token',
  stillHere: '/still-here/:token',
  stillHereChanged: '/still-here/:token/changed',
  stillHereStopped: '/still-here/:token/stopped',
  stillHereNoMore: '/still-here/:token/no-more',
  partnerCollaborations: '/partners/:slug/collaborations',
  partnerNewCollaboration: '/partners/:slug/collaborations/new',
  partnerEditCollaboration: '/partners/:slug/collaborations/:collaboration/edit',
  staff: {
    home: '/staff',
    surveys: '/staff/surveys',
    surveyBarriers: '/staff/surveys/barriers.csv',
    surveyBarrierPartners: '/staff/surveys/barrier-partners.csv',
    surveyAnswering: '/staff/surveys/answering.csv',
    waves: '/staff/waves',
    newWave: '/staff/waves/new',
    wave: '/staff/waves/:wave',
    editWave: '/staff/waves/:wave/edit',
    openWave: '/staff/waves/:wave/open',
    remindWave: '/staff/waves/:wave/remind',
    closeWave: '/staff/waves/:wave/close',
    wavePreview: '/staff/waves/:wave/preview',
    wavePartner: '/staff/waves/:wave/partners/:slug',
    showLink: '/staff/waves/:wave/partners/:slug/show-link',
    renewLink: '/staff/waves/:wave/partners/:slug/renew-link',
    revokeLink: '/staff/waves/:wave/partners/:slug/revoke-link',
    stillHere: '/staff/still-here',
    groupReturn: '/staff/still-here/returns/:id',
    mail: '/staff/mail',
    sendAgain: '/staff/mail/again',
    gaps: '/staff/gaps',
    gapsTable: '/staff/gaps.csv',
    gapsMap: '/staff/gaps.geojson',
    assignGaps: '/staff/gaps/assign',
    outreach: '/staff/outreach/:city',
    outreachEntry: '/staff/outreach/:city/entry',
    outreachMessage: '/staff/outreach/:city/message',
    snooze: '/staff/snooze',
    suggestions: '/staff/suggestions',
    suggestion: '/staff/suggestions/:suggestion',
    introductions: '/staff/introductions',
    introduction: '/staff/introductions/:introduction',
    people: '/staff/people',
    newPerson: '/staff/people/new',
    erasePerson: '/staff/people/erase',
    person: '/staff/people/:id',
    removePerson: '/staff/people/:id/remove',
    invitePerson: '/staff/people/:id/invite',
    collaborations: '/staff/collaborations',
    newCollaboration: '/staff/collaborations/new',
    editCollaboration: '/staff/collaborations/:slug/edit',
    convenings: '/staff/convenings',
    newConvening: '/staff/convenings/new',
    convening: '/staff/convenings/:slug',
    editConvening: '/staff/convenings/:slug/edit',
    imports: '/staff/import',
    importBatch: '/staff/import/batches/:batch',
    undoImport: '/staff/import/batches/:batch/undo',
    upload: '/staff/import/:upload',
    uploadColumns: '/staff/import/:upload/columns',
    uploadRows: '/staff/import/:upload/rows',
    acceptUpload: '/staff/import/:upload/accept',
    dropUpload: '/staff/import/:upload/drop',
    mergeGroups: '/staff/groups/merge',
    merges: '/staff/merges',
    merge: '/staff/merges/:name',
    checks: '/staff/checks',
    changes: '/staff/changes',
    export: '/staff/export.json',
    takeBackChange: '/staff/changes/:id/take-back',
  },
  health: '/healthz',
  ready: '/readyz',
  metrics: '/metrics',
  assets: '/assets',
} as const;

/** The address of one record's page. */
export const cityPath = (slug: string): string => `/cities/${segment(slug)}`;
/** Its convenings and the next meetings near it, as a calendar. */
export const cityCalendarPath = (slug: string): string => `${cityPath(slug)}.ics`;
/** @param part counts from 1 */
export const sitemapPartPath = (part: number): string => `/sitemap-${part}.xml`;
export const cityScorecardPath = (slug: string): string => `${cityPath(slug)}/scorecard`;
export const cityPicturePath = (slug: string): string => `${cityPath(slug)}/picture.png`;
export const partnerPath = (slug: string): string => `/partners/${segment(slug)}`;
export const groupPath = (slug: string): string => `/groups/${segment(slug)}`;
export const surveyPath = (wave: string): string => `/surveys/${segment(wave)}`;
/** What the closing of a wave froze. */
export const surveyExportPath = (wave: string, format: 'json' | 'csv'): string =>
  `${surveyPath(wave)}.${format}`;
/** One wave in the API, and the answers to it. */
export const apiWavePath = (wave: string): string => `${paths.api.waves}/${segment(wave)}`;
export const apiWaveAnswersPath = (wave: string): string => `${apiWavePath(wave)}/answers`;
export const collaborationPath = (slug: string): string => `/collaborations/${segment(slug)}`;
export const conveningPath = (slug: string): string => `/convenings/${segment(slug)}`;
export const snapshotPath = (day: string): string => `/data/snapshots/${segment(day)}.zip`;
/** @param id as the Code for America API names it, "Code-for-Boston" */
export const organizationPath = (id: string): string => `/api/organizations/${segment(id)}`;
export const suggestionPath = (token: string): string => `/suggest/${segment(token)}`;
export const staffSuggestionPath = (id: string): string => `/staff/suggestions/${segment(id)}`;
/** The form that asks for an introduction of these two; staff name the side on whose behalf they ask. */
export const newIntroductionPath = (
  partner: string,
  group: string,
  from?: 'partner' | 'group',
): string => withQuery(paths.newIntroduction, { partner, group, from });
export const introductionPath = (token: string): string => `/introductions/${segment(token)}`;
export const noIntroductionsPath = (token: string): string => `${introductionPath(token)}/never`;
export const myIntroductionPath = (id: string): string => `${paths.myIntroductions}/${segment(id)}`;
export const staffIntroductionPath = (id: string): string =>
  `${paths.staff.introductions}/${segment(id)}`;
/** The page that confirms a subscription, and the one that ends it. */
export const subscriptionPath = (token: string): string => `/subscribe/${segment(token)}`;
export const subscriptionStopPath = (token: string): string => `/stop/${segment(token)}`;
export const respondPath = (token: string): string => `/respond/${segment(token)}`;
export const partnerReportPath = (slug: string): string => `${partnerPath(slug)}/report`;
export const partnerEditPath = (slug: string): string => `${partnerPath(slug)}/edit`;
export const groupReportsPath = (slug: string): string => `${groupPath(slug)}/reports`;
/** What a group's organizers and staff change of it, and say of it being alive. */
export const groupEditPath = (slug: string): string => `${groupPath(slug)}/edit`;
export const groupConfirmPath = (slug: string): string => `${groupPath(slug)}/confirm`;
export const groupStopPath = (slug: string): string => `${groupPath(slug)}/stop`;
export const bringBackPath = (slug: string): string => `${groupPath(slug)}/bring-back`;
export const returnLinkPath = (token: string): string => `/bring-back/${segment(token)}`;
/** The links of a mail that asks whether a group is still there. */
export const stillHerePath = (token: string, answer?: 'changed' | 'stopped' | 'no-more'): string =>
  `/still-here/${segment(token)}${answer === undefined ? '' : `/${answer}`}`;
export const groupReturnPath = (id: string): string =>
  `${paths.staff.stillHere}/returns/${segment(id)}`;
export const partnerCollaborationsPath = (slug: string): string =>
  `${partnerPath(slug)}/collaborations`;
export const partnerNewCollaborationPath = (slug: string): string =>
  `${partnerCollaborationsPath(slug)}/new`;
export const partnerEditCollaborationPath = (slug: string, collaboration: string): string =>
  `${partnerCollaborationsPath(slug)}/${segment(collaboration)}/edit`;
export const staffEditCollaborationPath = (slug: string): string =>
  `/staff/collaborations/${segment(slug)}/edit`;
export const staffConveningPath = (slug: string): string => `/staff/convenings/${segment(slug)}`;
export const staffEditConveningPath = (slug: string): string => `${staffConveningPath(slug)}/edit`;
export const staffPersonPath = (id: string): string => `/staff/people/${segment(id)}`;
export const staffRemovePersonPath = (id: string): string => `${staffPersonPath(id)}/remove`;
export const staffInvitePersonPath = (id: string): string => `${staffPersonPath(id)}/invite`;
/** What is kept of an address, for whoever has the link. */
export const myDataPath = (token: string): string => `/privacy/mine/${segment(token)}`;
export const myDataFilePath = (token: string): string => `${myDataPath(token)}/data.json`;
export const eraseMinePath = (token: string): string => `${myDataPath(token)}/erase`;
export const confirmAddressPath = (token: string): string => `/account/address/${segment(token)}`;
export const takeBackChangePath = (id: string): string => `/staff/changes/${segment(id)}/take-back`;
/** Merging two records of one group: the slug of the one that stays, and of the one that goes. */
export const mergeGroupsPath = (keep: string, other?: string): string =>
  withQuery(paths.staff.mergeGroups, { keep, other });
export const mergePath = (name: string): string => `/staff/merges/${segment(name)}`;
export const staffWavePath = (wave: string): string => `/staff/waves/${segment(wave)}`;
/** A step of one wave, the address of both the question and its POST. */
export const waveStepPath = (
  wave: string,
  step: 'edit' | 'open' | 'remind' | 'close' | 'preview',
): string => `${staffWavePath(wave)}/${step}`;
export const wavePartnerPath = (wave: string, partner: string): string =>
  `${staffWavePath(wave)}/partners/${segment(partner)}`;
export const partnerLinkPath = (
  wave: string,
  partner: string,
  step: 'show-link' | 'renew-link' | 'revoke-link',
): string => `${wavePartnerPath(wave, partner)}/${step}`;

/** An uploaded list, and the steps on its way into the directory. */
export const uploadPath = (upload: string, step?: 'columns' | 'rows' | 'accept' | 'drop'): string =>
  `${paths.staff.imports}/${segment(upload)}${step === undefined ? '' : `/${step}`}`;
/** An import that was accepted. */
export const importBatchPath = (batch: string): string =>
  `${paths.staff.imports}/batches/${segment(batch)}`;
export const undoImportPath = (batch: string): string => `${importBatchPath(batch)}/undo`;

/** Staff's work on one city's gap, and where its forms are sent. */
export const outreachPath = (city: string): string => `/staff/outreach/${segment(city)}`;
export const outreachEntryPath = (city: string): string => `${outreachPath(city)}/entry`;
export const outreachMessagePath = (city: string): string => `${outreachPath(city)}/message`;

/** The whole address, for mails and for other sites. @param publicUrl without a slash at its end, as config has it */
export const wholeAddress = (publicUrl: string, path: string): string => publicUrl + path;

/** An address with a query; empty and absent values are left out, so that the same state has one address. */
export function withQuery(
  path: string,
  query: Readonly<Record<string, string | number | null | undefined>>,
): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '') search.append(name, String(value));
  }
  const text = search.toString();
  return text === '' ? path : `${path}?${text}`;
}

/** The form for a correction of a group or a partner. */
export const suggestGroupPath = (slug: string): string => withQuery(paths.suggest, { group: slug });
export const suggestPartnerPath = (slug: string): string =>
  withQuery(paths.suggest, { partner: slug });
