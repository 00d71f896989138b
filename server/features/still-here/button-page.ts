// A page with one button: what a mailed link opens. Mail scanners may open it as often as they like.
import type { GroupEntry } from '../../directory/directory.ts';
import { linkEnds } from '../../domain/still-here.ts';
import { groupPath, paths, returnLinkPath, stillHerePath } from '../../paths.ts';
import type { KnownLink } from '../../still-here/open-link.ts';
import { formatDate, livenessText } from '../../web/format.ts';
import { groupPlace } from '../../web/place-words.ts';
import type { Page } from '../../web/render.ts';
import { privateHead } from './head.ts';

export interface ButtonPage extends Page {
  readonly who: string;
  readonly title: string;
  readonly text: readonly string[];
  readonly action: string;
  readonly button: string;
  readonly links: readonly { readonly href: string; readonly label: string }[];
  /** Said at the end, quietly; '' is nothing. */
  readonly note: string;
}

const whoOf = (group: GroupEntry): string => groupPlace(group);

export function activePage({ token, request, group }: KnownLink, today: string): ButtonPage {
  const title = `Is ${group.name} still active?`;
  const isClosed = group.liveness.state === 'closed';
  return {
    head: privateHead(title, paths.groups),
    who: whoOf(group),
    title,
    text: [
      `People read now: ${livenessText(group, today)}.`,
      isClosed
        ? 'With this button the group comes back, and people read that one of its people confirmed it.'
        : 'With this button people read that one of its people confirmed it today. Your address is never shown.',
    ],
    action: stillHerePath(token),
    button: 'Yes, we are still active',
    links: [
      { href: stillHerePath(token, 'changed'), label: 'Something has changed' },
      ...(isClosed ? [] : [{ href: stillHerePath(token, 'stopped'), label: 'We have stopped' }]),
      { href: groupPath(group.slug), label: 'See the page of the group' },
    ],
    note: `This link works once, until the end of ${formatDate(linkEnds(request))}.`,
  };
}

export function refusePage({ token, group }: KnownLink): ButtonPage {
  const title = 'Shall we write to you no more?';
  return {
    head: privateHead(title, paths.groups),
    who: group.name,
    title,
    text: [
      'This address then gets no more questions about groups, and no introductions. Nothing changes about the group itself.',
    ],
    action: stillHerePath(token, 'no-more'),
    button: 'Write to me no more',
    links: [{ href: groupPath(group.slug), label: 'See the page of the group' }],
    note: '',
  };
}

export function returnPage(token: string, group: GroupEntry, today: string): ButtonPage {
  const title = `Bring ${group.name} back?`;
  return {
    head: privateHead(title, paths.groups),
    who: whoOf(group),
    title,
    text: [
      `People read now: ${livenessText(group, today)}.`,
      'With this button you say that you belong to the group and that it is active. People then read that somebody of the group confirmed it. Your address is never shown; NNIP staff see it once.',
    ],
    action: returnLinkPath(token),
    button: 'Yes, it is active: bring it back',
    links: [{ href: groupPath(group.slug), label: 'See the page of the group' }],
    note: '',
  };
}
