// How asking the sources of groups ended, for staff: what fails, since when, and what has moved away.
import type { Directory, GroupEntry } from '../../directory/directory.ts';
import { oneOf, readQuery } from '../../directory/query-values.ts';
import type { GroupCheck } from '../../domain/records.ts';
import { checkOutcomes, checkSources } from '../../domain/words.ts';
import { groupPath, paths } from '../../paths.ts';
import { linkCell, textCell } from '../../web/cell.ts';
import { checkOutcomeLabel, checkSourceLabel, toCheckLine } from '../../web/check-words.ts';
import { selectField } from '../../web/filter-form.ts';
import { formatAge, formatDate } from '../../web/format.ts';
import type { ListDefinition, RawQuery } from '../../web/list.ts';
import { type ListingView, toListing } from '../../web/list-page.ts';
import type { Page } from '../../web/render.ts';

interface CheckRow {
  readonly group: GroupEntry;
  readonly check: GroupCheck;
}

export interface ChecksPage extends Page {
  readonly crumbs: readonly { readonly label: string; readonly href?: string }[];
  readonly listing: ListingView<CheckRow>;
}

const definitionFor = (today: string): ListDefinition<CheckRow> => ({
  path: paths.staff.checks,
  caption: 'Sources of groups, and how asking each ended the last time',
  noun: { one: 'source', many: 'sources' },
  defaultSort: 'group',
  columns: [
    {
      key: 'group',
      label: 'Group',
      cell: ({ group }) => linkCell(group.name, groupPath(group.slug)),
      sortBy: ({ group }) => group.name,
    },
    {
      key: 'source',
      label: 'Source',
      cell: ({ check }) => linkCell(checkSourceLabel(check.source), toCheckLine(check, today).href),
      sortBy: ({ check }) => checkSourceLabel(check.source),
    },
    {
      key: 'outcome',
      label: 'How it ended',
      cell: ({ check }) => textCell(checkOutcomeLabel(check.outcome), check.words),
      sortBy: ({ check }) => checkOutcomes.indexOf(check.outcome),
    },
    {
      key: 'since',
      label: 'Fails since',
      cell: ({ check }) =>
        textCell(check.failingSince ? formatDate(check.failingSince.slice(0, 10)) : ''),
      sortBy: ({ check }) => check.failingSince,
    },
    {
      key: 'checked',
      label: 'Checked',
      first: 'desc',
      cell: ({ check }) => {
        const day = check.checkedAt.slice(0, 10);
        return textCell(formatDate(day), formatAge(day, today));
      },
      sortBy: ({ check }) => check.checkedAt,
    },
  ],
});

/** @throws Problem (not found) for a page that the selection does not have. */
export function checksPage(directory: Directory, raw: RawQuery): ChecksPage {
  const query = readQuery(raw);
  const outcome = query.one('outcome', oneOf(checkOutcomes)) ?? null;
  const source = query.one('source', oneOf(checkSources)) ?? null;
  const all = directory.groups.flatMap((group) =>
    group.checks.map((check): CheckRow => ({ group, check })),
  );
  const listing = toListing({
    definition: definitionFor(directory.today),
    raw,
    selection: {
      filters: { outcome: outcome ?? '', source: source ?? '' },
      rows: all.filter(
        ({ check }) =>
          (outcome === null || check.outcome === outcome) &&
          (source === null || check.source === source),
      ),
      total: all.length,
    },
    fields: [
      selectField(
        'outcome',
        'How it ended',
        'Any end',
        checkOutcomes.map((value) => ({ value, label: checkOutcomeLabel(value) })),
        outcome,
      ),
      selectField(
        'source',
        'Source',
        'Any source',
        checkSources.map((value) => ({ value, label: checkSourceLabel(value) })),
        source,
      ),
    ],
    downloads: [],
    emptyText: 'Groups are checked once a day, and by the command check-groups.',
  });
  return {
    crumbs: [{ label: 'Staff', href: paths.staff.home }, { label: 'Checks' }],
    listing,
    head: {
      title: 'Checks of groups',
      description: 'How asking the sources of groups for signs of life ended.',
      canonical: listing.list.canonical,
      section: null,
      structuredData: null,
      noIndex: true,
    },
  };
}
