// One's own account, as the template prints it: what one may do, and where one is signed in.
import type { Session } from '../../accounts/sign-in.ts';
import type { Directory } from '../../directory/directory.ts';
import {
  groupEditPath,
  groupPath,
  groupReportsPath,
  partnerCollaborationsPath,
  partnerEditPath,
  partnerPath,
  partnerReportPath,
  paths,
} from '../../paths.ts';
import type { SignedIn } from '../../web/access.ts';
import { formatDate } from '../../web/format.ts';
import type { PageHead } from '../../web/render.ts';
import { staffLinks } from '../../web/staff-nav.ts';
import { accountHead } from './page.ts';

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
    head: accountHead(
      'Your account',
      'Who you are here, and where you are signed in.',
      paths.account,
    ),
    address: viewer.address,
    name: viewer.name,
    roles: rolesOf(directory, viewer),
    sessions: sessions.map((session) => ({
      id: session.id,
      browser: browserLabel(session.browser),
      since: formatMinute(session.createdAt),
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
    links: staffLinks,
  };
  const partners = viewer.partners.map((slug) => {
    const title = directory.findPartner(slug)?.name ?? slug;
    return {
      title,
      text: 'You answer for this NNIP partner.',
      links: [
        { href: partnerReportPath(slug), label: 'Report contact status', of: `of ${title}` },
        { href: partnerEditPath(slug), label: 'Edit its profile', of: `of ${title}` },
        {
          href: partnerCollaborationsPath(slug),
          label: 'Write up collaborations',
          of: `of ${title}`,
        },
        { href: paths.myIntroductions, label: 'Introductions', of: `of ${title}` },
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
        { href: groupEditPath(slug), label: 'Bring it up to date', of: title },
        { href: groupReportsPath(slug), label: 'What partners reported', of: `about ${title}` },
        { href: paths.myIntroductions, label: 'Introductions', of: `of ${title}` },
        { href: groupPath(slug), label: 'See its page', of: `of ${title}` },
      ],
    };
  });
  return [...(viewer.staff ? [staff] : []), ...partners, ...groups];
}

/** "22 November 2026, 17:38 UTC": the time tells two sessions of one day apart. */
function formatMinute(time: Date): string {
  const iso = time.toISOString();
  return `${formatDate(iso.slice(0, 10))}, ${iso.slice(11, 16)} UTC`;
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
