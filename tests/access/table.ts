// Who may do what, written out once. Each route of the application stands under one rule; access.test.ts holds
// the application to it, and fails for a route that is missing here.

/** Those who come by, in the order of the columns below. */
export const visitors = [
  'visitor',
  'partner of it',
  'partner of another',
  'organizer of it',
  'organizer of another',
  'staff',
] as const;
export type VisitorKind = (typeof visitors)[number];

/** To whom each rule opens; everybody else is asked to sign in, or refused. */
export const rules = {
  everyone: visitors,
  /** Open without an account: the secret in the address decides. */
  'whoever has the link': visitors,
  'whoever is signed in': visitors.filter((kind) => kind !== 'visitor'),
  'the partner and staff': ['partner of it', 'staff'],
  'the organizers and staff': ['organizer of it', 'staff'],
  staff: ['staff'],
} as const satisfies Readonly<Record<string, readonly VisitorKind[]>>;
export type Rule = keyof typeof rules;

export const table: Readonly<Record<Rule, readonly string[]>> = {
  everyone: [
    'GET /',
    'GET /find',
    'GET /cities',
    'GET /cities/:slug',
    'GET /partners',
    'GET /partners/:slug',
    'GET /groups',
    'GET /groups/:slug',
    'GET /gaps',
    'GET /surveys',
    'GET /surveys/:wave',
    'GET /surveys/:wave.csv',
    'GET /surveys/:wave.json',
    'GET /collaborations',
    'GET /collaborations/:slug',
    'GET /convenings',
    'GET /convenings/:slug',
    'GET /data',
    'GET /about',
    'GET /healthz',
    'GET /readyz',
    'GET /metrics',
    'GET /sign-in',
    'POST /sign-in',
    'POST /sign-out',
  ],
  'whoever has the link': [
    'GET /sign-in/confirm',
    'POST /sign-in/confirm',
    'GET /respond/:token',
    'POST /respond/:token',
    'POST /respond/:token/draft',
    'POST /respond/:token/opened',
  ],
  'whoever is signed in': ['GET /account', 'POST /account/sessions/end'],
  'the partner and staff': [
    'GET /partners/:slug/report',
    'POST /partners/:slug/report',
    'GET /partners/:slug/edit',
    'POST /partners/:slug/edit',
  ],
  'the organizers and staff': ['GET /groups/:slug/reports', 'POST /groups/:slug/reports'],
  staff: [
    'GET /staff/waves',
    'GET /staff/waves/new',
    'POST /staff/waves/new',
    'GET /staff/waves/:wave',
    'GET /staff/waves/:wave/edit',
    'POST /staff/waves/:wave/edit',
    'GET /staff/waves/:wave/preview',
    'GET /staff/waves/:wave/open',
    'POST /staff/waves/:wave/open',
    'GET /staff/waves/:wave/remind',
    'POST /staff/waves/:wave/remind',
    'GET /staff/waves/:wave/close',
    'POST /staff/waves/:wave/close',
    'GET /staff/waves/:wave/partners/:slug',
    'POST /staff/waves/:wave/partners/:slug',
    'POST /staff/waves/:wave/partners/:slug/show-link',
    'POST /staff/waves/:wave/partners/:slug/renew-link',
    'POST /staff/waves/:wave/partners/:slug/revoke-link',
    'GET /staff/mail',
    'POST /staff/mail/again',
  ],
};
