// Free words of partners and groups that no list knows, as staff see them below the suggestions.
import type { Directory } from '../../directory/directory.ts';
import { type UnlistedWord, unlistedWords } from '../../directory/unlisted-words.ts';
import { groupPath, partnerPath } from '../../paths.ts';
import { formatCount } from '../../web/format.ts';

export interface UnlistedRow {
  readonly word: string;
  /** "Topic", "Offer or need". */
  readonly kind: string;
  readonly uses: string;
  readonly records: readonly { readonly name: string; readonly href: string }[];
  /** "and 4 more"; '' where all are named. */
  readonly more: string;
}

export interface UnlistedView {
  readonly rows: readonly UnlistedRow[];
  /** "12 more words"; '' where all are shown. */
  readonly more: string;
}

const mostRows = 50;
const mostRecords = 5;

function toRow({ list, word, partners, groups }: UnlistedWord): UnlistedRow {
  const records = [
    ...partners.map(({ name, slug }) => ({ name, href: partnerPath(slug) })),
    ...groups.map(({ name, slug }) => ({ name, href: groupPath(slug) })),
  ];
  return {
    word,
    kind: list === 'topics' ? 'Topic' : 'Offer or need',
    uses: formatCount(records.length, 'record', 'records'),
    records: records.slice(0, mostRecords),
    more: records.length > mostRecords ? `and ${records.length - mostRecords} more` : '',
  };
}

export function toUnlisted(directory: Directory): UnlistedView {
  const words = unlistedWords(directory);
  const rest = words.length - mostRows;
  return {
    rows: words.slice(0, mostRows).map(toRow),
    more: rest > 0 ? formatCount(rest, 'more word', 'more words') : '',
  };
}
