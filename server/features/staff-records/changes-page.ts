// The change log as staff read it, and one change with what taking it back would do.
import type { Judgement } from '../../changes/take-back.ts';
import type { Directory } from '../../directory/directory.ts';
import type { Change } from '../../domain/records.ts';
import { changeOrigins, loggedKinds } from '../../domain/words.ts';
import { paths, staffPersonPath, takeBackChangePath, withQuery } from '../../paths.ts';
import { wholeRecord } from '../../store/changes.ts';
import type { Person } from '../../store/people.ts';
import { type Cell, linkCell, linksCell, textCell } from '../../web/cell.ts';
import {
  fieldLabel,
  kindLabel,
  nameIn,
  originLabel,
  recordLink,
  shortWords,
  valueWords,
} from '../../web/change-words.ts';
import { type FilterFormView, selectField } from '../../web/filter-form.ts';
import { formatCount, formatDate } from '../../web/format.ts';
import { type FilterValues, type HeaderCell, type ListView, pageSize } from '../../web/list.ts';
import { toPager } from '../../web/pager.ts';
import type { Page } from '../../web/render.ts';
import { removedPerson, whoOf } from '../../web/who-words.ts';

export interface ChangesPage extends Page {
  /** Where merges are taken back as a whole. */
  readonly merges: string;
  readonly crumbs: readonly { readonly label: string; readonly href?: string }[];
  readonly notice: string;
  readonly filters: FilterFormView;
  readonly list: ListView<Change>;
  /** What is said where nothing fits. */
  readonly empty: {
    readonly title: string;
    readonly text: string;
    readonly actions: readonly { readonly label: string; readonly href: string }[];
  };
}

/** Beyond this many it is said that there are more. */
export const mostCounted = 250;

export interface ChangesParts {
  readonly directory: Directory;
  readonly people: readonly Person[];
  /** Those of this page, and one more where another page follows. */
  readonly changes: readonly Change[];
  /** How many fit over all pages, counted up to one more than `mostCounted`. */
  readonly fitting: number;
  readonly values: FilterValues;
  readonly page: number;
  readonly notice: string;
}

/** "22 November 2026, 14:05"; moments are of UTC, as every date of the directory. */
const momentWords = (at: string): string => `${formatDate(at)}, ${at.slice(11, 16)}`;

/** Who it was; an address stands on staff pages alone, taken from the people and not from the log. */
function byCell(people: readonly Person[], { by, origin }: Change): Cell {
  if (by === null) return textCell('The program', originLabel(origin));
  const person = people.find(({ id }) => id === by);
  return person
    ? linkCell(person.address, staffPersonPath(person.id), originLabel(origin))
    : textCell(removedPerson, originLabel(origin));
}

function whatCell(directory: Directory, people: readonly Person[], change: Change): Cell {
  const note = kindLabel(change.record);
  if (change.record === 'person') {
    const person = people.find(({ id }) => id === change.slug);
    return linkCell(
      person?.address ?? removedPerson,
      person ? staffPersonPath(person.id) : null,
      note,
    );
  }
  const { text, href } = recordLink(directory, change.record, change.slug);
  const named = text === change.slug ? nameIn(change.before) || nameIn(change.after) || text : text;
  return linkCell(named, href, note);
}

function changeCell({ field, before, after }: Change): Cell {
  if (field === wholeRecord) {
    return textCell(after === null ? 'Taken out' : 'Added', 'the whole record');
  }
  return textCell(
    `${fieldLabel(field)}: ${shortWords(before, field)} → ${shortWords(after, field)}`,
  );
}

const headers = ['What', 'Change', 'When', 'Who', 'What to do'].map(
  (label): HeaderCell => ({ label, numeric: false, href: null, ariaSort: null, direction: '' }),
);

function cellsOf(parts: ChangesParts, change: Change): readonly Cell[] {
  const { directory, people, values } = parts;
  const step = withQuery(paths.staff.changes, { batch: change.batch });
  return [
    whatCell(directory, people, change),
    changeCell(change),
    textCell(momentWords(change.at)),
    byCell(people, change),
    linksCell(
      [
        { text: 'Take back', href: takeBackChangePath(change.id), inRow: true },
        ...(values['batch'] ? [] : [{ text: 'Whole step', href: step, inRow: true }]),
      ],
      '',
    ),
  ];
}

function listOf(parts: ChangesParts): ListView<Change> {
  const { fitting, values, page } = parts;
  const changes = parts.changes.slice(0, pageSize);
  const hasMore = parts.changes.length > pageSize;
  const counted = Math.ceil(Math.min(fitting, mostCounted) / pageSize);
  const last = Math.max(1, counted, hasMore ? page + 1 : page);
  const address = (number: number): string =>
    withQuery(paths.staff.changes, { ...values, page: number === 1 ? null : number });
  const start = (page - 1) * pageSize;
  return {
    caption: 'Changes, newest first. Times are UTC.',
    headers,
    rows: changes.map((change) => ({
      cells: cellsOf(parts, change).map((cell, index) => ({
        label: headers[index]?.label ?? '',
        numeric: false,
        cell,
      })),
    })),
    shown: changes,
    count:
      fitting > mostCounted
        ? `More than ${mostCounted} changes`
        : formatCount(fitting, 'change', 'changes'),
    range: last === 1 ? '' : `${start + 1} to ${start + changes.length} are on this page.`,
    pager: toPager(last, page, address),
    canonical: address(page),
  };
}

function filtersOf({ people, values }: ChangesParts): FilterFormView {
  const value = (name: string): string => values[name] ?? '';
  const chosen = (name: string): string | null => value(name) || null;
  return {
    action: paths.staff.changes,
    fields: [
      selectField(
        'record',
        'Kind of record',
        'Any kind',
        loggedKinds.map((kind) => ({ value: kind, label: kindLabel(kind) })),
        chosen('record'),
      ),
      { kind: 'text', name: 'slug', label: 'Record', value: value('slug') },
      selectField(
        'by',
        'Who',
        'Anybody',
        people.map(({ id, address }) => ({ value: id, label: address })),
        chosen('by'),
      ),
      selectField(
        'origin',
        'From where',
        'Anywhere',
        changeOrigins.map((origin) => ({ value: origin, label: originLabel(origin) })),
        chosen('origin'),
      ),
      { kind: 'date', name: 'from', label: 'From day', value: value('from') },
      { kind: 'date', name: 'to', label: 'To day', value: value('to') },
    ],
    kept: value('batch') ? [{ name: 'batch', value: value('batch') }] : [],
    reset: Object.values(values).some((one) => one !== '') ? paths.staff.changes : null,
  };
}

export function changesPage(parts: ChangesParts): ChangesPage {
  const list = listOf(parts);
  return {
    crumbs: [{ label: 'Staff', href: paths.staff.home }, { label: 'Changes' }],
    merges: paths.staff.merges,
    notice: parts.notice,
    filters: filtersOf(parts),
    list,
    empty: {
      title: 'No change fits',
      text: 'Nothing was changed like this. Try fewer filters.',
      actions: [{ label: 'Show all changes', href: paths.staff.changes }],
    },
    head: {
      title: 'Changes',
      description: 'Who changed which field of what, when and from where.',
      canonical: list.canonical,
      section: null,
      structuredData: null,
      noIndex: true,
    },
  };
}

export interface TakeBackPage extends Page {
  readonly crumbs: readonly { readonly label: string; readonly href?: string }[];
  readonly title: string;
  readonly facts: readonly {
    readonly name: string;
    readonly value: string;
    readonly href: string | null;
  }[];
  readonly before: string;
  readonly after: string;
  /** What the button does, or why there is none. */
  readonly sentence: string;
  readonly can: boolean;
  readonly action: string;
  readonly cancel: string;
}

const does: Readonly<Record<'write' | 'remove' | 'restore', string>> = {
  write:
    'Taking it back writes the earlier value again. That is a change too, and can be taken back as well.',
  remove:
    'Nothing refers to it: taking it back takes the whole record out. That can be taken back as well.',
  restore: 'Taking it back puts the whole record in again.',
};

export function takeBackPage(
  directory: Directory,
  people: readonly Person[],
  change: Change,
  judgement: Judgement,
): TakeBackPage {
  const person = people.find(({ id }) => id === change.slug);
  const who = people.find(({ id }) => id === change.by);
  const record =
    change.record === 'person'
      ? {
          text: person?.address ?? removedPerson,
          href: person ? staffPersonPath(person.id) : null,
        }
      : recordLink(directory, change.record, change.slug);
  const isWhole = change.field === wholeRecord;
  const title = isWhole
    ? `${change.after === null ? 'Taken out' : 'Added'}: ${nameIn(change.before) || nameIn(change.after) || record.text}`
    : `${fieldLabel(change.field)} of ${record.text}`;
  const back = withQuery(paths.staff.changes, { record: change.record, slug: change.slug });
  return {
    crumbs: [{ label: 'Changes', href: paths.staff.changes }, { label: title }],
    title,
    facts: [
      { name: kindLabel(change.record), value: record.text, href: record.href },
      { name: 'When', value: `${momentWords(change.at)} (UTC)`, href: null },
      {
        name: 'Who',
        value: whoOf(people, change.by, 'The program'),
        href: who ? staffPersonPath(who.id) : null,
      },
      { name: 'From where', value: originLabel(change.origin), href: null },
      {
        name: 'Its step',
        value: 'All changes of the same step',
        href: withQuery(paths.staff.changes, { batch: change.batch }),
      },
      { name: 'History', value: 'All changes of this record', href: back },
    ],
    before: valueWords(change.before, change.field),
    after: valueWords(change.after, change.field),
    sentence: judgement.can ? does[judgement.does] : judgement.reason,
    can: judgement.can,
    action: takeBackChangePath(change.id),
    cancel: back,
    head: {
      title,
      description: 'One change, and taking it back.',
      canonical: takeBackChangePath(change.id),
      section: null,
      structuredData: null,
      noIndex: true,
    },
  };
}
