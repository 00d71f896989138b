// What the layout of every page knows besides the page itself.
import type { RequestHandler } from 'express';
import { paths } from '../paths.ts';
import type { Services } from '../services.ts';
import { type SignedIn, viewerOf } from './access.ts';
import { sampleHeaders } from './export-name.ts';
import { formatDate } from './format.ts';
import type { Section } from './render.ts';
import { type StaffLink, staffNav } from './staff-nav.ts';

export interface Site {
  readonly name: string;
  readonly publicUrl: string;
  readonly revision: number;
  /** The day that ages on the page are counted from, `2026-11-22`. */
  readonly today: string;
  /** The same day in words, "22 November 2026". */
  readonly asOf: string;
  readonly viewer: SignedIn | null;
  /** Where the header's last link leads: signing in, or one's own pages. */
  readonly account: { readonly href: string; readonly label: string };
  readonly nav: readonly {
    readonly section: Section;
    readonly href: string;
    readonly label: string;
  }[];
  /** The way between the pages of staff, for staff on one of them; else null. */
  readonly staffNav: readonly StaffLink[] | null;
  readonly sampleData: boolean;
}

const nav: Site['nav'] = [
  { section: 'find', href: paths.find, label: 'Find a group' },
  { section: 'cities', href: paths.cities, label: 'Cities' },
  { section: 'gaps', href: paths.gaps, label: 'Gaps' },
  { section: 'surveys', href: paths.surveys, label: 'Surveys' },
  { section: 'data', href: paths.data, label: 'Data' },
  { section: 'about', href: paths.about, label: 'About' },
];

/** Gives each request one snapshot to answer from, and templates their `site`. */
export function describeSite(services: Services): RequestHandler {
  return (req, res, next) => {
    const directory = services.directory.current();
    res.set(sampleHeaders(directory));
    res.locals['directory'] = directory;
    res.locals['currentDirectory'] = services.directory.current;
    res.locals['site'] = {
      name: 'Crosswalk',
      publicUrl: services.config.publicUrl,
      revision: directory.revision,
      today: directory.today,
      asOf: formatDate(directory.today),
      viewer: viewerOf(res),
      account: viewerOf(res)
        ? { href: paths.account, label: 'Your account' }
        : { href: paths.signIn, label: 'Sign in' },
      nav,
      staffNav: viewerOf(res)?.staff ? staffNav(req.path) : null,
      sampleData: directory.sampleData,
    } satisfies Site;
    next();
  };
}
