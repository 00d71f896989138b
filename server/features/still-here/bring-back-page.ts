// The form with which anyone of a closed group brings it back.
import type { GroupEntry } from '../../directory/directory.ts';
import { bringBackPath, groupPath } from '../../paths.ts';
import type { FieldError } from '../../web/form-fields.ts';
import { livenessText } from '../../web/format.ts';
import { groupPlace } from '../../web/place-words.ts';
import type { Page } from '../../web/render.ts';
import { privateHead } from './head.ts';

export interface BringBackPage extends Page {
  readonly who: string;
  readonly title: string;
  readonly text: string;
  readonly errors: readonly FieldError[];
  readonly action: string;
  readonly value: string;
  readonly back: string;
}

export function bringBackPage(
  group: GroupEntry,
  today: string,
  typed: string,
  errors: readonly FieldError[],
): BringBackPage {
  const title = `Is ${group.name} active?`;
  return {
    head: privateHead(title, bringBackPath(group.slug), errors.length > 0),
    who: groupPlace(group),
    title,
    text: `People read now: ${livenessText(group, today)}. Anyone of the group can bring it back.`,
    errors,
    action: bringBackPath(group.slug),
    value: typed,
    back: groupPath(group.slug),
  };
}
