// Pages that only say something: thanks, links that lead nowhere any more, and what happens next.
import type { GroupEntry } from '../../directory/directory.ts';
import { returnLinkDays } from '../../domain/still-here.ts';
import { bringBackPath, groupPath, paths, suggestGroupPath } from '../../paths.ts';
import type { KnownLink } from '../../still-here/open-link.ts';
import type { GroupReturn } from '../../store/group-returns.ts';
import { formatDate, livenessText } from '../../web/format.ts';
import type { Page } from '../../web/render.ts';
import { privateHead } from './head.ts';

export interface NoticePage extends Page {
  readonly who: string;
  readonly title: string;
  readonly text: readonly string[];
  readonly links: readonly { readonly href: string; readonly label: string }[];
}

const notice = (page: Omit<NoticePage, 'head'>): NoticePage => ({
  ...page,
  head: privateHead(page.title, paths.groups),
});

const pageLink = ({ slug, name }: Pick<GroupEntry, 'slug' | 'name'>) => ({
  href: groupPath(slug),
  label: `See the page of ${name}`,
});
const wayBack = ({ slug }: Pick<GroupEntry, 'slug'>) => ({
  href: bringBackPath(slug),
  label: 'It is active after all: bring it back',
});
const dayText = (stamp: string | null): string => formatDate((stamp ?? '').slice(0, 10));

const thanks: Readonly<Record<string, string>> = {
  confirmed: 'you said that the group is active',
  changed: 'you brought what is known of the group up to date',
  stopped: 'you said that the group has stopped',
};

/** After an answer, and whenever a link is opened that was answered. */
export function answeredPage({ request, group }: KnownLink, today: string): NoticePage {
  const isClosed = group.liveness.state === 'closed';
  return notice({
    who: group.name,
    title: 'Thank you',
    text: [
      `On ${dayText(request.settledAt)} ${thanks[request.state] ?? 'this was answered'}.`,
      `People read now: ${livenessText(group, today)}.`,
      isClosed
        ? 'Nobody asks you again. A closed group can come back at any time.'
        : 'We ask again in a year. This link has done its work; what changes until then, you can suggest on the page of the group.',
    ],
    links: [
      pageLink(group),
      isClosed
        ? wayBack(group)
        : { href: suggestGroupPath(group.slug), label: 'Suggest a correction' },
    ],
  });
}

export const expiredPage = ({ group }: KnownLink): NoticePage =>
  notice({
    who: group.name,
    title: 'This link has run out',
    text: [
      'Links of this kind work for 60 days. Nothing was changed.',
      'If the group is active or something has changed, you can still say so.',
    ],
    links: [
      ...(group.liveness.state === 'closed' ? [wayBack(group)] : []),
      { href: suggestGroupPath(group.slug), label: 'Suggest a correction' },
      pageLink(group),
    ],
  });

export const unknownPage = (): NoticePage =>
  notice({
    who: '',
    title: 'This link leads nowhere',
    text: [
      'It may have been cut off by your mail program. Copy the whole address from the mail and try again.',
    ],
    links: [{ href: paths.groups, label: 'All civic tech groups' }],
  });

export const noMorePage = ({ group }: KnownLink): NoticePage =>
  notice({
    who: group.name,
    title: 'We write to you no more',
    text: [
      'This address gets no more questions or introductions from us. Answers to what you ask for yourself, such as a link to sign in, still come.',
      `${group.name} stays in the directory. It is never closed because somebody does not want mail.`,
    ],
    links: [pageLink(group)],
  });

export const mailSentPage = (group: GroupEntry): NoticePage =>
  notice({
    who: group.name,
    title: 'Look into your mailbox',
    text: [
      `We sent a link to the address that you gave. Open it and press its button within ${returnLinkDays} days: that brings ${group.name} back.`,
      'Nothing has changed yet. If no mail arrives within a few minutes, look among the unwanted ones, or try another address.',
    ],
    links: [pageLink(group), { href: bringBackPath(group.slug), label: 'Try another address' }],
  });

const afterReturn: Readonly<Record<GroupReturn['state'], readonly string[]>> = {
  asked: ['Nothing was to be done: the group is shown as active already.'],
  returned: [
    'Finders see the group again. Thank you.',
    'NNIP staff are told, and may ask you something.',
  ],
  waiting: [
    'Thank you. NNIP staff look at it first, because the group was brought back before and closed again.',
  ],
  undone: ['NNIP staff looked at it and left the group closed. Write to them if that is wrong.'],
};

export const returnedPage = (group: GroupEntry, state: GroupReturn['state']): NoticePage =>
  notice({
    who: group.name,
    title: state === 'returned' || state === 'asked' ? 'The group is back' : 'Staff look at it',
    text: afterReturn[state],
    links: [pageLink(group), { href: suggestGroupPath(group.slug), label: 'Suggest a correction' }],
  });

export const notClosedPage = (group: GroupEntry): NoticePage =>
  notice({
    who: group.name,
    title: 'This group is not closed',
    text: ['There is nothing to bring back. If something is wrong, suggest a correction.'],
    links: [pageLink(group), { href: suggestGroupPath(group.slug), label: 'Suggest a correction' }],
  });
