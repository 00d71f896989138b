// The log of an item as it is printed, newest first, and the form that adds to it.
import type { OutreachHistory } from '../../domain/outreach.ts';
import { contactKinds } from '../../domain/words.ts';
import { personLabel } from '../../outreach/gap-rows.ts';
import { logKindLabel } from '../../outreach/outreach-words.ts';
import { outreachEntryPath } from '../../paths.ts';
import type { Person } from '../../store/people.ts';
import type { OptionGroup } from '../../web/form-fields.ts';
import { formatDate } from '../../web/format.ts';
import type { EntryForm } from './form.ts';

export interface LogView {
  readonly entries: readonly {
    readonly kind: string;
    readonly at: string;
    readonly by: string;
    /** Lines as typed. */
    readonly lines: readonly string[];
    readonly subject: string | null;
    readonly to: string;
  }[];
  readonly form: {
    readonly action: string;
    readonly key: string;
    readonly text: string;
    readonly kinds: readonly OptionGroup[];
  };
}

/** "22 November 2026, 14:05 UTC". */
const formatMoment = (at: string): string =>
  `${formatDate(at.slice(0, 10))}, ${at.slice(11, 16)} UTC`;

export function toLogView(
  item: OutreachHistory,
  staff: readonly Person[],
  typed: EntryForm | undefined,
  newKey: () => string,
): LogView {
  const nameOf = new Map(staff.map((person) => [person.id, personLabel(person)]));
  return {
    entries: item.log.toReversed().map((entry) => ({
      kind: logKindLabel(entry.kind),
      at: formatMoment(entry.at),
      by: entry.by === null ? '' : (nameOf.get(entry.by) ?? 'somebody who has left'),
      lines: entry.text.split('\n'),
      subject: entry.subject,
      to: entry.to.join(', '),
    })),
    form: {
      action: outreachEntryPath(item.city),
      key: typed?.key || newKey(),
      text: typed?.text ?? '',
      kinds: [
        {
          label: null,
          options: contactKinds.map((kind) => ({
            value: kind,
            label: logKindLabel(kind),
            selected: kind === (typed?.kind ?? 'note'),
          })),
        },
      ],
    },
  };
}
