// Merging two records of one group: first which the other one is, then both side by side with the value of each field
// that is kept; and what became of a merge, with the way back.
import type { Directory, GroupEntry } from '../../directory/directory.ts';
import { doublesOfGroup } from '../../directory/doubles-of-group.ts';
import {
  differingFields,
  type MergeChoices,
  type MergeField,
  type MergeSide,
  sayingOf,
  sidesOf,
  usualSide,
} from '../../domain/merge.ts';
import { groupPath, mergeGroupsPath, mergePath, paths, withQuery } from '../../paths.ts';
import type { ImportBatch } from '../../store/import-batches.ts';
import { fieldLabel, valueWords } from '../../web/change-words.ts';
import { formatDate, groupKindLabel } from '../../web/format.ts';
import { groupPlace } from '../../web/place-words.ts';
import type { Page } from '../../web/render.ts';

export interface Crumb {
  readonly label: string;
  readonly href?: string;
}

interface SideView {
  readonly name: string;
  readonly href: string;
  readonly place: string;
}

export interface PickPage extends Page {
  /** The merges of the past. */
  readonly merges: string;
  readonly crumbs: readonly Crumb[];
  readonly keep: SideView;
  readonly keepSlug: string;
  readonly action: string;
  readonly query: string;
  readonly doubles: readonly (SideView & { readonly merge: string; readonly why: string })[];
  readonly found: readonly (SideView & { readonly merge: string })[];
}

export interface MergePage extends Page {
  readonly crumbs: readonly Crumb[];
  readonly keep: SideView;
  readonly other: SideView;
  readonly swap: string;
  readonly action: string;
  readonly mark: string;
  readonly keepSlug: string;
  readonly otherSlug: string;
  readonly problem: string;
  readonly fields: readonly {
    readonly name: MergeField;
    readonly label: string;
    readonly choices: readonly {
      readonly id: string;
      readonly value: MergeSide;
      readonly label: string;
      readonly text: string;
      readonly checked: boolean;
    }[];
  }[];
  /** Fields in which both say the same. */
  readonly same: string;
  readonly cancel: string;
}

export interface DonePage extends Page {
  readonly crumbs: readonly Crumb[];
  readonly title: string;
  readonly sentence: string;
  readonly kept: { readonly name: string; readonly href: string } | null;
  readonly changes: string;
  readonly can: boolean;
  readonly action: string;
}

export const headOf = (title: string, canonical: string): Page['head'] => ({
  title,
  description: 'Two records of one group become one.',
  canonical,
  section: null,
  structuredData: null,
  noIndex: true,
});

const toSide = (group: GroupEntry): SideView => ({
  name: group.name,
  href: groupPath(group.slug),
  place: groupPlace(group),
});

const crumbsTo = (group: GroupEntry, label: string): readonly Crumb[] => [
  { label: 'Civic tech groups', href: paths.groups },
  { label: group.name, href: groupPath(group.slug) },
  { label },
];

const mostFound = 20;

/** @param query words that the other record is searched by */
export function pickPage(directory: Directory, keep: GroupEntry, query: string): PickPage {
  const doubles = doublesOfGroup(directory, keep);
  const found = query === '' ? [] : directory.searchGroups(query);
  const toMerge = (group: GroupEntry) => ({
    ...toSide(group),
    merge: mergeGroupsPath(keep.slug, group.slug),
  });
  return {
    crumbs: crumbsTo(keep, 'Merge'),
    keep: toSide(keep),
    keepSlug: keep.slug,
    merges: paths.staff.merges,
    action: paths.staff.mergeGroups,
    query,
    doubles: doubles.slice(0, mostFound).map(({ group, reasons }) => ({
      ...toMerge(group),
      why: reasons.includes('web-address') ? 'the same web address' : 'a similar name nearby',
    })),
    found: found
      .filter(({ slug }) => slug !== keep.slug)
      .slice(0, mostFound)
      .map(toMerge),
    head: headOf(`Merge ${keep.name}`, mergeGroupsPath(keep.slug)),
  };
}

const labels: Partial<Record<MergeField, string>> = { place: 'Place', closed: 'Closed' };
const labelOf = (field: MergeField): string => labels[field] ?? fieldLabel(field);

function words(group: GroupEntry, field: MergeField): string {
  if (field === 'place') {
    const { lat, lng } = group;
    return `${groupPlace(group)}, ${lat.toFixed(4)}, ${lng.toFixed(4)}`;
  }
  if (field === 'kind') return groupKindLabel(group.kind);
  if (field === 'closed' && group.closed === null) return 'no';
  return valueWords(sayingOf(group, field), field);
}

const sideLabels: Readonly<Record<MergeSide, string>> = {
  both: 'Both',
  keep: 'The record that stays',
  other: 'The record that goes',
};

/** @param problem why the merge that was asked for could not be made; '' at first */
export function mergePage(
  keep: GroupEntry,
  other: GroupEntry,
  choices: MergeChoices,
  mark: string,
  problem: string,
): MergePage {
  const differing = differingFields(keep, other);
  const same = (['name', 'kind', 'place', 'website', 'eventsUrl', 'codeUrl'] as const).filter(
    (field) => !differing.includes(field),
  );
  return {
    crumbs: crumbsTo(keep, 'Merge'),
    keep: toSide(keep),
    other: toSide(other),
    swap: mergeGroupsPath(other.slug, keep.slug),
    action: paths.staff.mergeGroups,
    mark,
    keepSlug: keep.slug,
    otherSlug: other.slug,
    problem,
    fields: differing.map((field) => {
      const chosen = choices[field] ?? usualSide(keep, other, field);
      return {
        name: field,
        label: labelOf(field),
        choices: sidesOf(field).map((side) => ({
          id: `${field}-${side}`,
          value: side,
          label: sideLabels[side],
          text: side === 'both' ? '' : words(side === 'keep' ? keep : other, field),
          checked: side === chosen,
        })),
      };
    }),
    same: same.map(labelOf).join(', '),
    cancel: groupPath(keep.slug),
    head: headOf(`Merge ${other.name} into ${keep.name}`, mergeGroupsPath(keep.slug, other.slug)),
  };
}

/** The one record, where the merge stands. */
function keptOf(directory: Directory, batch: ImportBatch): GroupEntry | undefined {
  const slug = /-into-(.+)$/.exec(batch.name)?.[1] ?? '';
  // The number behind it may be the slug's own, or that of a merge made again.
  return directory.findGroup(slug) ?? directory.findGroup(slug.replace(/-\d+$/, ''));
}

/** @param conflicts what was changed since, so that it cannot be taken back */
export function donePage(
  directory: Directory,
  batch: ImportBatch,
  conflicts: readonly string[],
): DonePage {
  const kept = keptOf(directory, batch);
  const day = formatDate(batch.at.slice(0, 10));
  const isUndone = batch.state === 'undone';
  const sentence = isUndone
    ? `The two were merged on ${day}, and that was taken back: both records are what they were.`
    : conflicts.length > 0
      ? `They were merged on ${day}. That cannot be taken back as a whole any more, because these were changed since: ${conflicts.join(', ')}. Take those changes back first.`
      : batch.state === 'done'
        ? `They were merged on ${day}. What named the record that went names the one that stayed, and its old addresses lead there.`
        : 'It was cut off before its end. Ask for the merge again to complete it, or take it back.';
  return {
    crumbs: [
      { label: 'Changes', href: paths.staff.changes },
      { label: 'Merges', href: paths.staff.merges },
      { label: batch.title },
    ],
    title: batch.title,
    sentence,
    kept: kept ? { name: kept.name, href: groupPath(kept.slug) } : null,
    changes: withQuery(paths.staff.changes, { batch: batch.name }),
    can: !isUndone && conflicts.length === 0,
    action: mergePath(batch.name),
    head: headOf(batch.title, mergePath(batch.name)),
  };
}
