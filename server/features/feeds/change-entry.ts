// A change in words, as a reader of feeds sees it: "Code for Tulsa: website changed".
import type { Directory } from '../../directory/directory.ts';
import type { Sign } from '../../domain/records.ts';
import { partnerPath, paths } from '../../paths.ts';
import { fieldLabel, kindLabel, nameIn, recordLink, valueWords } from '../../web/change-words.ts';
import { formatDate, groupKindLabel, levelLabel } from '../../web/format.ts';
import type { PublicChange } from './public-changes.ts';

/** All plain text. */
export interface ChangeEntry {
  readonly title: string;
  readonly lines: readonly string[];
  /** Path of the record's page, or of its list where it has none. */
  readonly path: string;
}

const longest = 300;
const mostNamed = 3;

const lists: Readonly<Record<string, string>> = {
  city: paths.cities,
  partner: paths.partners,
  group: paths.groups,
  collaboration: paths.collaborations,
  convening: paths.convenings,
  wave: paths.surveys,
  report: paths.surveys,
};

const short = (words: string): string =>
  words.length > longest ? `${words.slice(0, longest - 1)}…` : words;

/** One name for the two halves of a point, and better ones than the log's for a few. */
const labelOf = (field: string): string =>
  field === 'lat' || field === 'lng'
    ? 'Location'
    : field === 'signs'
      ? 'Signs of life'
      : fieldLabel(field);

const asWord = (label: string): string => label.charAt(0).toLowerCase() + label.slice(1);

const signWords: Readonly<Record<Sign['kind'], string>> = {
  'next-event': 'next event',
  'last-event': 'met',
  confirmed: 'confirmed by a person',
  'last-post': 'published a post',
  'last-push': 'published code',
  'website-answers': 'website answered',
};

function wordsOf(field: string, value: unknown): string {
  if (field === 'signs' && Array.isArray(value)) {
    const signs = value as readonly Sign[];
    return signs.length === 0
      ? 'nothing'
      : signs.map(({ kind, date }) => `${signWords[kind]} ${formatDate(date)}`).join('; ');
  }
  return valueWords(value, field).replaceAll('\n', '. ');
}

/** "website", "website and topics", "website, topics and 4 more". */
function joined(labels: readonly string[]): string {
  const shown = labels.length > mostNamed ? labels.slice(0, mostNamed - 1) : labels;
  const rest = labels.length - shown.length;
  const all = rest > 0 ? [...shown, `${rest} more`] : shown;
  return all.length < 2 ? all.join('') : `${all.slice(0, -1).join(', ')} and ${all.at(-1)}`;
}

export function toEntry(directory: Directory, change: PublicChange): ChangeEntry {
  if (change.record === 'report') return reportEntry(directory, change);
  const { text, href } = recordLink(directory, change.record, change.slug);
  const name = href === null ? nameIn(change.whole) || text : text;
  const path = href ?? lists[change.record] ?? paths.home;
  if (change.what === 'taken-out') {
    const lines = [`${kindLabel(change.record)}, taken out of the directory.`];
    return { title: `${name}: taken out`, lines, path };
  }
  if (change.what === 'added') {
    return { title: `${name}: added`, lines: [addedWords(directory, change)], path };
  }
  const state = change.fields.find(({ field }) => field === 'state')?.after;
  if (typeof state === 'string' && (change.record === 'wave' || state === 'published')) {
    return { title: `${name}: ${state}`, lines: [`${kindLabel(change.record)}.`], path };
  }
  const labels = [...new Set(change.fields.map(({ field }) => asWord(labelOf(field))))];
  return {
    title: `${name}: ${joined(labels)} changed`,
    lines: change.fields.map(({ field, before, after }) =>
      short(`${fieldLine(field)}: ${wordsOf(field, before)} → ${wordsOf(field, after)}`),
    ),
    path,
  };
}

const fieldLine = (field: string): string =>
  field === 'lat' || field === 'lng' ? fieldLabel(field) : labelOf(field);

function addedWords(directory: Directory, { record, slug }: PublicChange): string {
  const group = record === 'group' ? directory.findGroup(slug) : undefined;
  const city = group?.cityEntry ?? directory.findPartner(slug)?.cityEntry;
  const kind = group ? groupKindLabel(group.kind) : kindLabel(record);
  return city && (record === 'group' || record === 'partner')
    ? `${kind} in ${city.name}.`
    : `${kind}.`;
}

function reportEntry(directory: Directory, { slug, whole }: PublicChange): ChangeEntry {
  const partner = String((whole as { readonly partner?: unknown }).partner);
  const report = directory.reportsOf(partner).find(({ id }) => id === slug);
  const name = directory.findPartner(partner)?.name ?? partner;
  const level = report ? levelLabel(report.level) : 'a report';
  return {
    title: `${name}: reported “${level}”`,
    lines: report ? [`Report of ${formatDate(report.date)}.`] : [],
    path: partnerPath(partner),
  };
}
