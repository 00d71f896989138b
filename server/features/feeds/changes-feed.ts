// The public changes as an Atom feed (RFC 4287). Its entries keep their identifiers for ever, wherever the site moves.
import { createHash } from 'node:crypto';
import { Feed } from 'feed';
import type { Directory } from '../../directory/directory.ts';
import type { Change } from '../../domain/records.ts';
import { paths } from '../../paths.ts';
import { toEntry } from './change-entry.ts';
import { type PublicChange, toPublicChanges } from './public-changes.ts';

/** Rows of the log that are looked at. */
export const mostRows = 2_000;
const mostEntries = 100;

/** Characters that no XML document may hold (XML 1.0, 2.2), halves of characters among them. */
const notXml = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

/** Text as HTML: readers take titles and contents for markup. */
const toHtml = (text: string): string =>
  text
    .replace(notXml, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');

/** A UUID of version 8 (RFC 9562) that follows from the step and the record. */
function idOf({ batch, record, slug }: PublicChange): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([batch, record, slug]))
    .digest();
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x80;
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80;
  const hex = hash.toString('hex');
  const parts = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20)];
  return `urn:uuid:${parts.join('-')}-${hex.slice(20, 32)}`;
}

/** @param rows newest first; as many as `mostRows` may have cut the oldest step in two */
export function changesFeed(
  directory: Directory,
  rows: readonly Change[],
  publicUrl: string,
): string {
  const all = toPublicChanges(directory, rows);
  const changes = (rows.length < mostRows ? all : all.slice(0, -1)).slice(0, mostEntries);
  const feed = new Feed({
    id: `${publicUrl}${paths.feeds.changes}`,
    title: `${directory.sampleData ? 'Sample data: ' : ''}Changes of the Crosswalk directory`,
    description:
      'Cities, NNIP partners, civic tech groups, collaborations, convenings and surveys.',
    link: `${publicUrl}${paths.data}`,
    feedLinks: { atom: `${publicUrl}${paths.feeds.changes}` },
    updated: new Date(changes[0]?.at ?? directory.madeAt),
    author: { name: 'Crosswalk' },
    copyright: 'Creative Commons Attribution 4.0; each record names its own source.',
    generator: 'Crosswalk',
  });
  for (const change of changes) {
    const { title, lines, path } = toEntry(directory, change);
    const content = `<ul>${lines.map((line) => `<li>${toHtml(line)}</li>`).join('')}</ul>`;
    feed.addItem({
      id: idOf(change),
      title: toHtml(title),
      link: publicUrl + path,
      date: new Date(change.at),
      ...(lines.length > 0 ? { content } : {}),
    });
  }
  return feed.atom1();
}
