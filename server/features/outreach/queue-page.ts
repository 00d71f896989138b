// /staff: what there is to do this morning, the most urgent first.

import { addDays } from '../../domain/dates.ts';
import { type OutreachBoard, personLabel } from '../../outreach/gap-rows.ts';
import type { QueuedItem } from '../../outreach/queue/read-queue.ts';
import { queueSources } from '../../outreach/queue/read-queue.ts';
import { paths, withQuery } from '../../paths.ts';
import type { SignedIn } from '../../web/access.ts';
import { linkCell, textCell } from '../../web/cell.ts';
import { selectField } from '../../web/filter-form.ts';
import { formatAge, formatCount, formatDate } from '../../web/format.ts';
import {
  type FilterValues,
  firstText,
  type ListDefinition,
  type RawQuery,
} from '../../web/list.ts';
import { type ListingView, toListing } from '../../web/list-page.ts';
import type { Page } from '../../web/render.ts';
import { mine, nobody } from './gap-list.ts';
import { readNotice } from './notice.ts';
import { staffHead } from './staff-head.ts';

export interface QueuePage extends Page {
  readonly title: string;
  readonly introduction: string;
  readonly notice: string;
  readonly error: string;
  /** One for each kind of thing to do that there is, with its count. */
  readonly kinds: readonly {
    readonly label: string;
    readonly count: number;
    readonly href: string;
    readonly current: boolean;
  }[];
  readonly listing: ListingView<QueuedItem>;
  readonly snooze: {
    readonly action: string;
    readonly back: string;
    /** The first day that can be chosen, and the one proposed. */
    readonly min: string;
    readonly proposed: string;
    /** Per row of the table, in its order. */
    readonly rows: readonly {
      readonly key: string;
      readonly title: string;
      readonly id: string;
      /** In words; null where it is not snoozed. */
      readonly until: string | null;
    }[];
  };
}

const snoozed = 'snoozed';

function parseFilter(raw: RawQuery): FilterValues {
  const owner = firstText(raw, 'owner');
  const kind = firstText(raw, 'kind');
  return {
    kind: queueSources.some((source) => source.kind === kind) ? kind : '',
    owner: [mine, nobody].includes(owner) ? owner : '',
    show: firstText(raw, 'show') === snoozed ? snoozed : '',
  };
}

const definition = (board: OutreachBoard): ListDefinition<QueuedItem> => {
  const nameOf = new Map(board.staff.map((person) => [person.id, personLabel(person)]));
  const { today } = board.directory;
  return {
    path: paths.staff.home,
    caption: 'What waits for somebody, the most urgent first',
    noun: { one: 'thing to do', many: 'things to do' },
    defaultSort: 'due',
    columns: [
      {
        key: 'what',
        label: 'What',
        cell: ({ title, href, note }) => linkCell(title, href, note),
        sortBy: ({ title }) => title,
      },
      {
        key: 'kind',
        label: 'Kind',
        cell: ({ kindLabel }) => textCell(kindLabel),
        sortBy: ({ kindLabel }) => kindLabel,
      },
      {
        key: 'owner',
        label: 'Owner',
        cell: ({ owner }) => textCell((owner && nameOf.get(owner)) || 'Nobody'),
        sortBy: ({ owner }) => (owner && nameOf.get(owner)) || null,
      },
      {
        key: 'due',
        label: 'Due',
        cell: ({ due }) => textCell(formatDate(due), formatAge(due, today)),
        sortBy: ({ due }) => due,
      },
    ],
  };
};

/** @throws Problem (not found) for a page that the selection does not have. */
export function queuePage(
  board: OutreachBoard,
  items: readonly QueuedItem[],
  raw: RawQuery,
  viewer: SignedIn,
  error = '',
): QueuePage {
  const values = parseFilter(raw);
  const { today } = board.directory;
  const isShown = (item: QueuedItem) =>
    (item.snoozedUntil !== null) === (values['show'] === snoozed);
  const isOwned = ({ owner }: QueuedItem) =>
    values['owner'] === '' || owner === (values['owner'] === mine ? viewer.id : null);
  const all = items.filter(isShown);
  const owned = all.filter(isOwned);
  const rows = owned.filter(({ kind }) => values['kind'] === '' || kind === values['kind']);
  const listing = toListing({
    definition: definition(board),
    raw,
    selection: { filters: values, rows, total: all.length },
    fields: [
      selectField(
        'owner',
        'Owner',
        'Everyone',
        [
          { value: mine, label: 'Me' },
          { value: nobody, label: 'Nobody' },
        ],
        values['owner'] ?? null,
      ),
      selectField(
        'kind',
        'Kind',
        'Every kind',
        queueSources.map(({ kind, label }) => ({ value: kind, label })),
        values['kind'] ?? null,
      ),
      selectField(
        'show',
        'Show',
        'What is to do now',
        [{ value: snoozed, label: 'What is snoozed' }],
        values['show'] ?? null,
      ),
    ],
    downloads: [],
    emptyText:
      rows.length === all.length
        ? 'Nothing waits for anybody. Enjoy the morning.'
        : 'Nothing of this kind waits. Try fewer filters.',
  });
  const late = all.filter(({ due }) => due < today).length;
  const waiting = items.filter(({ snoozedUntil }) => snoozedUntil === null).length;
  return {
    head: staffHead('To do', listing.list.canonical),
    title: 'To do',
    introduction: `${formatCount(waiting, 'thing waits', 'things wait')} for somebody, ${late === 0 ? 'none of them late' : `${late} of them late`}; ${items.length - waiting} snoozed. An item leaves by itself when what it is about is dealt with.`,
    notice: readNotice(raw),
    error,
    kinds: queueSources.flatMap(({ kind, label }) => {
      const count = owned.filter((item) => item.kind === kind).length;
      const current = values['kind'] === kind;
      if (count === 0 && !current) return [];
      const href = withQuery(paths.staff.home, { ...values, kind: current ? '' : kind });
      return [{ label, count, href, current }];
    }),
    listing,
    snooze: {
      action: paths.staff.snooze,
      back: listing.list.canonical,
      min: addDays(today, 1),
      proposed: addDays(today, 7),
      rows: listing.list.shown.map(({ key, title, snoozedUntil }, index) => ({
        key,
        title,
        id: `until-${index}`,
        until: snoozedUntil === null ? null : formatDate(snoozedUntil),
      })),
    },
  };
}
