// The form of a convening as its template prints it, with the lists of those who go.
import type { Directory } from '../../directory/directory.ts';
import { distanceMiles } from '../../domain/distance.ts';
import type { Convening, Point } from '../../domain/records.ts';
import { type Choice, type ChoiceListView, toChoiceList } from '../../web/choice-list.ts';
import { type FieldError, messagesOf } from '../../web/form-fields.ts';
import { cityLabel, formatDate } from '../../web/format.ts';
import type { Page } from '../../web/render.ts';
import type { ConflictNote, Crumb } from './collaboration-form-page.ts';
import type { ConveningForm } from './convening-form.ts';

export interface ConveningFormPage extends Page {
  readonly crumbs: readonly Crumb[];
  readonly title: string;
  readonly action: string;
  readonly cancel: string;
  readonly values: ConveningForm;
  readonly errors: readonly FieldError[];
  readonly messages: Readonly<Record<string, string>>;
  readonly conflict: ConflictNote | null;
  /** True after a search: the lists changed, and nothing is saved. */
  readonly searched: boolean;
  readonly partners: ChoiceListView;
  readonly groups: ChoiceListView;
}

export interface ConveningSurroundings {
  readonly directory: Directory;
  readonly title: string;
  readonly crumbs: readonly Crumb[];
  readonly action: string;
  readonly cancel: string;
  /** Where it takes place, so that near ones are offered first. */
  readonly centre: Point | null;
}

const unsearched = {
  partnersSearch: '',
  partnersSearched: '',
  groupsSearch: '',
  groupsSearched: '',
  step: '' as const,
};

export const emptyConveningForm: ConveningForm = {
  ...unsearched,
  name: '',
  kind: '',
  start: '',
  end: '',
  place: '',
  website: '',
  partners: [],
  groups: [],
  updatedAt: '',
};

export const toConveningForm = (one: Convening): ConveningForm => ({
  ...unsearched,
  name: one.name,
  kind: one.kind,
  start: formatDate(one.start),
  end: one.end === null ? '' : formatDate(one.end),
  place: one.place,
  website: one.website ?? '',
  partners: [...one.partners],
  groups: [...one.groups],
  updatedAt: one.updatedAt,
});

/** Nearest first where the place is known, else in name order. */
function nearFirst<Placed extends Point>(
  records: readonly Placed[],
  centre: Point | null,
): readonly Placed[] {
  if (centre === null) return records;
  return records
    .map((record) => ({ record, miles: distanceMiles(centre, record) }))
    .sort((one, other) => one.miles - other.miles)
    .map(({ record }) => record);
}

const partnerChoices = (directory: Directory, centre: Point | null): readonly Choice[] =>
  nearFirst(
    directory.partners.filter(({ status }) => status !== 'former'),
    centre,
  ).map(({ slug, name, cityEntry }) => ({ value: slug, label: name, note: cityLabel(cityEntry) }));

const groupChoices = (directory: Directory, centre: Point | null): readonly Choice[] =>
  nearFirst(
    directory.groups.filter(({ liveness }) => liveness.state !== 'closed'),
    centre,
  ).map(({ slug, name, cityEntry }) => ({
    value: slug,
    label: name,
    note: cityEntry ? cityLabel(cityEntry) : '',
  }));

/** Those that are ticked stay among the choices, closed and former ones too. */
function withTicked(
  choices: readonly Choice[],
  ticked: readonly string[],
  find: (slug: string) => { readonly name: string } | undefined,
): readonly Choice[] {
  const offered = new Set(choices.map(({ value }) => value));
  const others = ticked.filter((slug) => !offered.has(slug));
  return [
    ...others.map((value) => ({ value, label: find(value)?.name ?? value, note: '' })),
    ...choices,
  ];
}

export function conveningFormPage(
  { directory, centre, ...words }: ConveningSurroundings,
  values: ConveningForm,
  errors: readonly FieldError[] = [],
  conflict: ConflictNote | null = null,
  searched = false,
): ConveningFormPage {
  const { partners, groups } = values;
  return {
    ...words,
    values,
    errors,
    messages: messagesOf(errors),
    conflict,
    searched,
    partners: toChoiceList(
      { name: 'partners', legend: 'NNIP partners who go', hint: '' },
      withTicked(partnerChoices(directory, centre), partners, directory.findPartner),
      partners,
      values.partnersSearch,
    ),
    groups: toChoiceList(
      { name: 'groups', legend: 'Civic tech groups who go', hint: '' },
      withTicked(groupChoices(directory, centre), groups, directory.findGroup),
      groups,
      values.groupsSearch,
    ),
    head: {
      title: errors.length > 0 ? `Error: ${words.title}` : words.title,
      description: 'An event where partners and groups can meet, with who goes.',
      canonical: words.action,
      section: null,
      structuredData: null,
      noIndex: true,
    },
  };
}
