// The pages of signing in and of one's own account, as the templates print them.
import type { Session } from '../../accounts/sign-in.ts';
import { linkMinutes } from '../../accounts/sign-in.ts';
import type { Directory } from '../../directory/directory.ts';
import {
  groupPath,
  groupReportsPath,
  partnerEditPath,
  partnerPath,
  partnerReportPath,
  paths,
} from '../../paths.ts';
import type { SignedIn } from '../../web/access.ts';
import { formatDate } from '../../web/format.ts';
import type { PageHead } from '../../web/render.ts';
import type { SignInForm } from './form.ts';

const head = (title: string, description: string, canonical: string): PageHead => ({
  title,
  description,
  canonical,
  section: null,
  structuredData: null,
  noIndex: true,
});

export interface SignInPage {
  readonly head: PageHead;
  readonly action: string;
  readonly typed: string;
  readonly next: string;
  readonly errors: readonly { readonly field: string; readonly message: string }[];
  readonly minutes: number;
}

export function signInPage(form: SignInForm, failed: boolean): SignInPage {
  const message = 'Enter your mail address, such as ana@example.org';
  return {
    head: head(
      failed ? 'Error: Sign in' : 'Sign in',
      'Sign in with a link that is sent to your mail address. There is no password.',
      paths.signIn,
    ),
    action: paths.signIn,
    typed: form.typed,
    next: form.next,
    errors: failed ? [{ field: 'address', message }] : [],
    minutes: linkMinutes,
  };
}

export interface NoticePage {
  readonly head: PageHead;
  readonly title: string;
  readonly text: readonly string[];
  readonly links: readonly { readonly href: string; readonly label: string }[];
}

/** The same words whether or not the address is known. */
export const linkSentPage = (): NoticePage => ({
  head: head('Check your mail', 'A sign-in link is on its way.', paths.signIn),
  title: 'Check your mail',
  text: [
    `If we know this address, a link to sign in is on its way. It works once, for ${linkMinutes} minutes.`,
    'Nothing there after a few minutes? Look in the folder for unwanted mail, or try the address that NNIP writes to.',
  ],
  links: [{ href: paths.signIn, label: 'Try another address' }],
});

export const linkSpentPage = (): NoticePage => ({
  head: head('This link does not work any more', 'Ask for a new sign-in link.', paths.signIn),
  title: 'This link does not work any more',
  text: [
    `A sign-in link works once, for ${linkMinutes} minutes. This one was used, or is too old.`,
  ],
  links: [{ href: paths.signIn, label: 'Ask for a new link' }],
});

export interface ConfirmPage {
  readonly head: PageHead;
  readonly action: string;
  readonly token: string;
  readonly next: string;
}

export const confirmPage = (token: string, next: string): ConfirmPage => ({
  head: head('Sign in to Crosswalk', 'One button, and you are signed in.', paths.signInConfirm),
  action: paths.signInConfirm,
  token,
  next,
});

/** In place of a session's identifier: ends all but the one that asks. */
export const allOthers = 'others';

interface Link {
  readonly href: string;
  readonly label: string;
  /** What tells it from the same link of another role, for screen readers. */
  readonly of?: string;
}

export interface AccountPage {
  readonly head: PageHead;
  readonly address: string;
  readonly name: string;
  /** What this account may do, one sentence and its links each. */
  readonly roles: readonly {
    readonly title: string;
    readonly text: string;
    readonly links: readonly Link[];
  }[];
  readonly sessions: readonly {
    readonly id: string;
    readonly browser: string;
    readonly since: string;
    readonly until: string;
    readonly current: boolean;
  }[];
  /** What the button that ends all the others sends; null where there are no others. */
  readonly others: string | null;
  readonly endSessionAction: string;
  readonly signOutAction: string;
}

export function accountPage(
  directory: Directory,
  viewer: SignedIn,
  sessions: readonly Session[],
  current: string,
): AccountPage {
  return {
    head: head('Your account', 'Who you are here, and where you are signed in.', paths.account),
    address: viewer.address,
    name: viewer.name,
    roles: rolesOf(directory, viewer),
    sessions: sessions.map((session) => ({
      id: session.id,
      browser: browserLabel(session.browser),
      since: formatDate(session.createdAt.toISOString().slice(0, 10)),
      until: formatDate(session.expiresAt.toISOString().slice(0, 10)),
      current: session.id === current,
    })),
    others: sessions.length > 1 ? allOthers : null,
    endSessionAction: paths.endSession,
    signOutAction: paths.signOut,
  };
}

function rolesOf(directory: Directory, viewer: SignedIn): AccountPage['roles'] {
  const staff = {
    title: 'NNIP staff',
    text: 'You run the survey, and see what was sent.',
    links: [
      { href: paths.staff.waves, label: 'Survey waves' },
      { href: paths.staff.mail, label: 'Mail' },
    ],
  };
  const partners = viewer.partners.map((slug) => {
    const title = directory.findPartner(slug)?.name ?? slug;
    return {
      title,
      text: 'You answer for this NNIP partner.',
      links: [
        { href: partnerReportPath(slug), label: 'Report contact status', of: `of ${title}` },
        { href: partnerEditPath(slug), label: 'Edit its profile', of: `of ${title}` },
        { href: partnerPath(slug), label: 'See its page', of: `of ${title}` },
      ],
    };
  });
  const groups = viewer.groups.map((slug) => {
    const title = directory.findGroup(slug)?.name ?? slug;
    return {
      title,
      text: 'You organize this civic tech group.',
      links: [
        { href: groupReportsPath(slug), label: 'What partners reported', of: `about ${title}` },
        { href: groupPath(slug), label: 'See its page', of: `of ${title}` },
      ],
    };
  });
  return [...(viewer.staff ? [staff] : []), ...partners, ...groups];
}

/** "Firefox on Linux" from a user agent; good enough to tell two of one's own apart. */
export function browserLabel(agent: string): string {
  const browsers = [
    ['Edg/', 'Edge'],
    ['OPR/', 'Opera'],
    ['Firefox/', 'Firefox'],
    ['Chrome/', 'Chrome'],
    ['Safari/', 'Safari'],
  ] as const;
  const systems = [
    ['Android', 'Android'],
    ['iPhone', 'iPhone'],
    ['iPad', 'iPad'],
    ['Windows', 'Windows'],
    ['Mac OS X', 'macOS'],
    ['Linux', 'Linux'],
  ] as const;
  const browser = browsers.find(([mark]) => agent.includes(mark))?.[1];
  const system = systems.find(([mark]) => agent.includes(mark))?.[1];
  if (!browser) return 'A browser that does not say its name';
  return system ? `${browser} on ${system}` : browser;
}
