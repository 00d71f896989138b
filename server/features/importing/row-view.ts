// One row of a preview as the page prints it: what would change, what is doubtful, and what can be decided.
import type { Directory } from '../../directory/directory.ts';
import { groupKinds } from '../../domain/words.ts';
import { type TypedField, typedFields } from '../../import/prepare.ts';
import type { Entry } from '../../import/preview.ts';
import type { PreviewRow } from '../../import/runs/rows-file.ts';
import type { RowChoice } from '../../import/words.ts';
import { groupPath, mergeGroupsPath, partnerPath } from '../../paths.ts';
import type { KeptDecision } from '../../store/import-uploads.ts';
import { fieldLabel, shortWords } from '../../web/change-words.ts';
import { cityLabel, groupKindLabel } from '../../web/format.ts';
import { choiceLabels, columnLabels, keepWords, kindLabels } from './words.ts';

export interface RowView {
  readonly key: string;
  readonly where: string;
  readonly kind: string;
  readonly name: string;
  readonly href: string | null;
  readonly changes: readonly {
    readonly label: string;
    readonly before: string;
    readonly after: string;
    /** Why ours stays, whatever the list has; '' where it does not. */
    readonly stays: string;
  }[];
  readonly added: readonly { readonly label: string; readonly value: string }[];
  readonly doubts: readonly { readonly says: string; readonly proposal: string }[];
  /** Records of ours that may be the same group as this one: where the two are merged. */
  readonly merges: readonly { readonly name: string; readonly href: string }[];
  /** Records of ours that a new row may be of. */
  readonly known: readonly { readonly name: string; readonly href: string }[];
  readonly leftOut: string;
  readonly choices: readonly Choice[];
  /** Null where nothing of ours would stay. */
  readonly overwrites: { readonly checked: boolean } | null;
  readonly fields: readonly RowField[];
  /** Something was typed, so the fields are shown. */
  readonly isTyped: boolean;
  readonly isDecided: boolean;
}

interface Choice {
  readonly value: RowChoice;
  readonly label: string;
  readonly checked: boolean;
}

interface RowField {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  /** What the row has there. */
  readonly hint: string;
  readonly error: string;
}

export interface RowParts {
  readonly directory: Directory;
  readonly usual: RowChoice;
  readonly decision: KeptDecision | undefined;
  /** By the identifier of the field. */
  readonly messages: Readonly<Record<string, string>>;
}

function wordsFor({ directory }: RowParts, value: unknown, field: string): string {
  const city = field === 'city' && typeof value === 'string' && directory.findCity(value);
  if (city) return cityLabel(city);
  const kind = field === 'kind' && groupKinds.find((one) => one === value);
  return kind ? groupKindLabel(kind) : shortWords(value, field);
}

const labelFor = (field: string): string =>
  field === 'listing' ? 'Standing in the list' : fieldLabel(field);

function hrefOf({ directory }: RowParts, slug: string | null): string | null {
  if (slug === null) return null;
  if (directory.findGroup(slug)) return groupPath(slug);
  return directory.findPartner(slug) ? partnerPath(slug) : null;
}

/** As long as both are there under the names that the preview knew. */
function mergesFor({ directory }: RowParts, { slug, alike = [] }: Entry): RowView['merges'] {
  if (slug === null || directory.findGroup(slug)?.slug !== slug) return [];
  return alike.flatMap((one) => {
    const other = directory.findGroup(one);
    return other?.slug === one ? [{ name: other.name, href: mergeGroupsPath(slug, one) }] : [];
  });
}

function knownFor({ directory }: RowParts, { slug, alike = [] }: Entry): RowView['known'] {
  if (slug !== null) return [];
  return alike.flatMap((one) => {
    const group = directory.findGroup(one);
    return group ? [{ name: group.name, href: groupPath(group.slug) }] : [];
  });
}

/** What can be decided: only choices that differ in what comes of them. */
function choicesFor(entry: Entry, { usual, decision }: RowParts): readonly Choice[] {
  const { kind, suspicions, differences } = entry;
  const doubts = suspicions.filter(({ field }) => field !== null);
  const comesToNothing = differences.length === 0 && doubts.length === 0;
  if (kind === 'left-out' || (kind === 'unchanged' && comesToNothing)) return [];
  const hasProposal = doubts.some(({ proposal }) => proposal !== null);
  const taking: Pick<Choice, 'value' | 'label'>[] = hasProposal
    ? (['safe', 'proposed', 'as-it-is'] as const).map((value) => ({
        value,
        label: choiceLabels[value],
      }))
    : doubts.length > 0
      ? [
          { value: usual, label: choiceLabels.safe },
          { value: 'as-it-is', label: choiceLabels['as-it-is'] },
        ]
      : [{ value: usual, label: kind === 'gone' ? 'Mark it as gone from the list' : 'Take' }];
  const chosen = decision?.choice ?? usual;
  const isThere = chosen === 'left' || taking.some(({ value }) => value === chosen);
  return [...taking, { value: 'left' as const, label: choiceLabels.left }].map((choice, at) => ({
    ...choice,
    checked: isThere ? choice.value === chosen : at === 0,
  }));
}

function fieldsFor({ key, ownWords }: PreviewRow, parts: RowParts): readonly RowField[] {
  if (!ownWords) return [];
  return typedFields.map((field: TypedField) => {
    const id = `${field}.${key}`;
    return {
      id,
      label: columnLabels[field],
      value: parts.decision?.words[field] ?? '',
      hint: ownWords[field] === '' ? 'The row has none' : `The row has: ${ownWords[field]}`,
      error: parts.messages[id] ?? '',
    };
  });
}

export function rowView(row: PreviewRow, parts: RowParts): RowView {
  const { key, entry, newFields } = row;
  const { line, kind, name, slug, differences, suspicions, leftOutBecause } = entry;
  const { decision } = parts;
  const overwrites = decision?.overwrites ?? false;
  const canStay = differences.some(({ keeps }) => keeps !== null);
  const fields = fieldsFor(row, parts);
  return {
    key,
    where: line === 0 ? 'Not in the list' : `Line ${line}`,
    kind: kindLabels[kind],
    name: name || 'Without a name',
    href: hrefOf(parts, slug),
    changes: differences.map(({ field, before, after, keeps }) => ({
      label: labelFor(field),
      before: wordsFor(parts, before, field),
      after: wordsFor(parts, after, field),
      stays: keeps === null || overwrites ? '' : keepWords[keeps],
    })),
    added: newFields.map(({ field, value }) => ({
      label: labelFor(field),
      value: wordsFor(parts, value, field),
    })),
    doubts: suspicions
      .filter(({ says }) => says !== leftOutBecause)
      .map(({ says, proposal }) => ({ says, proposal: proposal?.words ?? '' })),
    merges: mergesFor(parts, entry),
    known: knownFor(parts, entry),
    leftOut: leftOutBecause,
    choices: choicesFor(entry, parts),
    overwrites: canStay ? { checked: overwrites } : null,
    fields,
    isTyped: fields.some(({ value, error }) => value !== '' || error !== ''),
    isDecided: decision !== undefined,
  };
}
