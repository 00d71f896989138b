// What the pages of outreach have in common: the way between them, and a head that keeps them out of search engines.
import { paths } from '../../paths.ts';
import type { PageHead } from '../../web/render.ts';

export interface StaffLink {
  readonly label: string;
  readonly href: string;
  readonly current: boolean;
}

const links = [
  { label: 'To do', href: paths.staff.home },
  { label: 'Gaps', href: paths.staff.gaps },
  { label: 'Survey waves', href: paths.staff.waves },
  { label: 'Change over time', href: paths.staff.surveys },
  { label: 'Suggestions', href: paths.staff.suggestions },
  { label: 'Collaborations', href: paths.staff.collaborations },
  { label: 'Convenings', href: paths.staff.convenings },
  { label: 'Mail', href: paths.staff.mail },
  { label: 'People', href: paths.staff.people },
  { label: 'Changes', href: paths.staff.changes },
] as const;

export const staffLinks = (current: string): readonly StaffLink[] =>
  links.map((link) => ({ ...link, current: link.href === current }));

export const staffHead = (title: string, canonical: string): PageHead => ({
  title,
  description: 'For NNIP staff.',
  canonical,
  section: null,
  structuredData: null,
  noIndex: true,
});
