// The page on which a group says that it has stopped; why and since when is asked, and may be left open.
import type { GroupEntry } from '../../directory/directory.ts';
import { groupPath, paths } from '../../paths.ts';
import { type FieldError, messageOf } from '../../web/form-fields.ts';
import { groupPlace } from '../../web/place-words.ts';
import type { Page } from '../../web/render.ts';
import type { TypedStop } from './form.ts';
import { privateHead } from './head.ts';

export interface StopPage extends Page {
  readonly who: string;
  readonly title: string;
  readonly errors: readonly FieldError[];
  readonly action: string;
  readonly word: { readonly value: string; readonly error: string | null };
  readonly since: { readonly value: string; readonly error: string | null };
  readonly links: readonly { readonly href: string; readonly label: string }[];
}

export function stopPage(state: {
  readonly group: GroupEntry;
  readonly action: string;
  readonly typed: TypedStop;
  readonly errors: readonly FieldError[];
  readonly links: StopPage['links'];
}): StopPage {
  const { group, typed, errors } = state;
  const title = `Has ${group.name} stopped?`;
  return {
    head: privateHead(title, paths.groups, errors.length > 0),
    who: groupPlace(group),
    title,
    errors,
    action: state.action,
    word: { value: typed.word, error: messageOf(errors, 'word') },
    since: { value: typed.since, error: messageOf(errors, 'since') },
    links: [...state.links, { href: groupPath(group.slug), label: 'See the page of the group' }],
  };
}
