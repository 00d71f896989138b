// Every group for staff, with what came of asking it: who is asked, who is silent, whose address nobody knows.
import type { RequestHandler } from 'express';
import type { Directory, GroupEntry } from '../../directory/directory.ts';
import { oneOf, readQuery } from '../../directory/query-values.ts';
import { waitsForAnswer } from '../../domain/still-here.ts';
import { groupEditPath, paths } from '../../paths.ts';
import type { Services } from '../../services.ts';
import { type AddressBook, openAddressBook } from '../../still-here/who-is-asked.ts';
import { type Confirmation, readConfirmations } from '../../store/confirmations.ts';
import { linkCell, textCell } from '../../web/cell.ts';
import { selectField } from '../../web/filter-form.ts';
import { formatAge, formatCount, formatDate, livenessText } from '../../web/format.ts';
import type { ListDefinition, RawQuery } from '../../web/list.ts';
import { type ListingView, toListing } from '../../web/list-page.ts';
import { groupPlace } from '../../web/place-words.ts';
import { type Page, sendPage } from '../../web/render.ts';
import { privateHead } from './head.ts';
import { requestText } from './own-view.ts';

const standings = ['waiting', 'missed', 'answered', 'closed', 'never', 'no-address'] as const;
type Standing = (typeof standings)[number];

const standingLabels: Readonly<Record<Standing, string>> = {
  waiting: 'Asked, no answer yet',
  missed: 'Missed the last question',
  answered: 'Answered, or showed itself',
  closed: 'Closed',
  never: 'Not asked yet',
  'no-address': 'Nobody can be asked',
};

interface Row {
  readonly group: GroupEntry;
  readonly standing: Standing;
  readonly last: Confirmation | null;
}

export interface StillHerePage extends Page {
  readonly title: string;
  readonly introduction: string;
  readonly listing: ListingView<Row>;
}

function toRow(group: GroupEntry, last: Confirmation | null, book: AddressBook): Row {
  const standing = (): Standing => {
    if (group.liveness.state === 'closed') return 'closed';
    if (last && waitsForAnswer(last)) return 'waiting';
    if (book.askedAt(group).length === 0) return 'no-address';
    if (last === null) return 'never';
    return last.state === 'missed' ? 'missed' : 'answered';
  };
  return { group, standing: standing(), last };
}

const definitionFor = ({ today }: Directory): ListDefinition<Row> => ({
  path: paths.staff.stillHere,
  caption: 'Civic tech groups with what came of asking them',
  noun: { one: 'group', many: 'groups' },
  defaultSort: 'standing',
  columns: [
    {
      key: 'name',
      label: 'Group',
      cell: ({ group }) => linkCell(group.name, groupEditPath(group.slug), groupPlace(group)),
      sortBy: ({ group }) => group.name,
    },
    {
      key: 'standing',
      label: 'Asking it',
      cell: ({ standing }) => textCell(standingLabels[standing]),
      sortBy: ({ standing }) => standings.indexOf(standing),
    },
    {
      key: 'asked',
      label: 'Last asked',
      first: 'desc',
      cell: ({ last }) => {
        if (!last) return textCell('never');
        const day = last.askedAt.slice(0, 10);
        return textCell(`${formatDate(day)}, ${formatAge(day, today)}`, requestText(last));
      },
      sortBy: ({ last }) => last?.askedAt ?? '',
    },
    {
      key: 'liveness',
      label: 'What finders read',
      cell: ({ group }) => textCell(livenessText(group, today)),
      sortBy: ({ group }) => livenessText(group, today),
    },
  ],
});

/** @throws Problem (not found) for a page that the selection does not have. */
function stillHerePage(directory: Directory, rows: readonly Row[], raw: RawQuery): StillHerePage {
  const standing = readQuery(raw).one('standing', oneOf(standings));
  const options = standings.map((value) => ({ value, label: standingLabels[value] }));
  const listing = toListing({
    definition: definitionFor(directory),
    raw,
    selection: {
      filters: { standing: standing ?? '' },
      rows: rows.filter((row) => !standing || row.standing === standing),
      total: rows.length,
    },
    fields: [selectField('standing', 'Asking it', 'Any', options, standing)],
    downloads: [],
    emptyText: 'Groups are asked once a year whether they are still there.',
  });
  const silent = rows.filter((row) => row.standing === 'no-address').length;
  return {
    title: 'Still here?',
    introduction: `Each group is asked once a year, and when it turns quiet. Two missed questions in a row close it. Of ${formatCount(rows.length, 'group', 'groups')}, ${formatCount(silent, 'has nobody', 'have nobody')} who can be asked: add a contact address to each.`,
    listing,
    head: privateHead('Still here?', listing.list.canonical),
  };
}

export const listRequests =
  (services: Services): RequestHandler =>
  async (req, res) => {
    const directory = services.directory.current();
    const [requests, book] = await Promise.all([
      readConfirmations(services.store),
      openAddressBook(services),
    ]);
    // Oldest first: of each group's the last stays.
    const last = new Map(requests.map((request) => [request.group, request]));
    const rows = directory.groups.map((group) => toRow(group, last.get(group.slug) ?? null, book));
    sendPage(res, 'still-here/staff', stillHerePage(directory, rows, req.query));
  };
