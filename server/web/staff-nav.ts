// The way between the pages of staff, printed by the layout on each of them.
import { paths } from '../paths.ts';

export interface StaffLink {
  readonly label: string;
  readonly href: string;
  readonly current: boolean;
}

/** The pages of staff, in the order of their way. */
export const staffLinks = [
  { label: 'To do', href: paths.staff.home },
  { label: 'Gaps', href: paths.staff.gaps },
  { label: 'Survey waves', href: paths.staff.waves },
  { label: 'Change over time', href: paths.staff.surveys },
  { label: 'Suggestions', href: paths.staff.suggestions },
  { label: 'Introductions', href: paths.staff.introductions },
  { label: 'Still here?', href: paths.staff.stillHere },
  { label: 'Collaborations', href: paths.staff.collaborations },
  { label: 'Convenings', href: paths.staff.convenings },
  { label: 'Import', href: paths.staff.imports },
  { label: 'Checks', href: paths.staff.checks },
  { label: 'Mail', href: paths.staff.mail },
  { label: 'People', href: paths.staff.people },
  { label: 'Changes', href: paths.staff.changes },
] as const;

/** The links with the current page's part marked; null for a path that is no page of staff. */
export function staffNav(path: string): readonly StaffLink[] | null {
  if (path !== paths.staff.home && !path.startsWith(`${paths.staff.home}/`)) return null;
  const within = (href: string): boolean =>
    path === href || (href !== paths.staff.home && path.startsWith(`${href}/`));
  return staffLinks.map((link) => ({ ...link, current: within(link.href) }));
}
