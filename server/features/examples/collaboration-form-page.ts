// The form of a collaboration as its template prints it, for staff and for a partner's own people.
import type { Directory, GroupInReach, PartnerEntry } from '../../directory/directory.ts';
import type { Collaboration, Point } from '../../domain/records.ts';
import { partnerPath } from '../../paths.ts';
import { type FieldError, messagesOf, type OptionGroup } from '../../web/form-fields.ts';
import { cityLabel, formatDate, formatDistance } from '../../web/format.ts';
import { cityNamed } from '../../web/place-words.ts';
import type { Page } from '../../web/render.ts';
import { type CollaborationForm, findCityTyped } from './collaboration-form.ts';

export interface Crumb {
  readonly label: string;
  readonly href?: string;
}

/** What a record says now where it was changed by somebody else meanwhile. */
export interface ConflictNote {
  readonly text: string;
  readonly now: readonly { readonly name: string; readonly value: string }[];
}

export interface CollaborationFormPage extends Page {
  readonly crumbs: readonly Crumb[];
  readonly title: string;
  readonly action: string;
  readonly cancel: string;
  readonly values: CollaborationForm;
  readonly errors: readonly FieldError[];
  readonly messages: Readonly<Record<string, string>>;
  readonly conflict: ConflictNote | null;
  /** The partner whose people write; null where staff choose one. */
  readonly ownPartner: { readonly name: string; readonly href: string } | null;
  readonly partners: readonly OptionGroup[];
  readonly groups: readonly OptionGroup[];
  /** Where staff choose a partner first, so that its groups are offered; null once one is chosen. */
  readonly choosePartner: string | null;
  readonly startPartners: readonly OptionGroup[];
}

export interface FormSurroundings {
  readonly directory: Directory;
  readonly title: string;
  readonly crumbs: readonly Crumb[];
  readonly action: string;
  readonly cancel: string;
  readonly ownPartner: PartnerEntry | null;
  readonly choosePartner: string | null;
}

const mostGroups = 40;
const noneOfThese = 'None of these: I name it below';

export function emptyForm(partner: PartnerEntry | undefined): CollaborationForm {
  return {
    title: '',
    city: partner ? cityLabel(partner.cityEntry) : '',
    partner: partner?.slug ?? '',
    partnerName: '',
    group: '',
    groupName: '',
    from: '',
    to: '',
    summary: '',
    link: '',
    state: 'draft',
    updatedAt: '',
  };
}

/** A name stands in its field only where the record is not in the directory. */
export function toForm(directory: Directory, one: Collaboration): CollaborationForm {
  return {
    title: one.title,
    city: cityNamed(directory, one.city),
    partner: one.partner ?? '',
    partnerName: one.partner === null ? one.partnerName : '',
    group: one.group ?? '',
    groupName: one.group === null ? one.groupName : '',
    from: formatDate(one.from),
    to: one.to === one.from ? '' : formatDate(one.to),
    summary: one.summary,
    link: one.link ?? '',
    state: one.state,
    updatedAt: one.updatedAt,
  };
}

const option = (value: string, label: string, chosen: string) => ({
  value,
  label,
  selected: value === chosen,
});

function partnerOptions(
  directory: Directory,
  chosen: string,
  none: string,
): readonly OptionGroup[] {
  return [
    { label: null, options: [option('', none, chosen)] },
    {
      label: 'NNIP partners',
      options: directory.partners.map(({ slug, name }) => option(slug, name, chosen)),
    },
  ];
}

/** Near ones first: in the partner's reach, then the nearest beyond; what is chosen is always among them. */
function groupOptions(
  directory: Directory,
  form: CollaborationForm,
  partner: PartnerEntry | undefined,
): readonly OptionGroup[] {
  const city = directory.findCity(findCityTyped(directory, form.city) ?? '');
  const centre: Point | undefined = partner ?? city;
  const near = centre
    ? directory.nearestGroups(centre, { withinMiles: Number.POSITIVE_INFINITY, limit: mostGroups })
    : [];
  const reach = partner?.effectiveReachMiles ?? 25;
  const label = ({ group, distanceMiles }: GroupInReach): string =>
    `${group.name}, ${formatDistance(distanceMiles, group.country)}`;
  const toOptions = (groups: readonly GroupInReach[]) =>
    groups.map((one) => option(one.group.slug, label(one), form.group));
  const chosen = near.some(({ group }) => group.slug === form.group)
    ? undefined
    : directory.findGroup(form.group);
  const beyond = toOptions(near.filter(({ distanceMiles }) => distanceMiles > reach));
  return [
    { label: null, options: [option('', noneOfThese, form.group)] },
    {
      label: partner ? `In reach of ${partner.name}` : 'Near this city',
      options: toOptions(near.filter(({ distanceMiles }) => distanceMiles <= reach)),
    },
    {
      label: 'Farther away',
      options: chosen ? [option(chosen.slug, chosen.name, form.group), ...beyond] : beyond,
    },
  ].filter(({ options }) => options.length > 0);
}

export function collaborationFormPage(
  { directory, ownPartner, ...words }: FormSurroundings,
  values: CollaborationForm,
  errors: readonly FieldError[] = [],
  conflict: ConflictNote | null = null,
): CollaborationFormPage {
  const partner = ownPartner ?? directory.findPartner(values.partner);
  return {
    ...words,
    values,
    errors,
    messages: messagesOf(errors),
    conflict,
    ownPartner: ownPartner && { name: ownPartner.name, href: partnerPath(ownPartner.slug) },
    partners: partnerOptions(directory, values.partner, noneOfThese),
    startPartners: partnerOptions(directory, '', 'Choose a partner'),
    groups: groupOptions(directory, values, partner),
    head: {
      title: errors.length > 0 ? `Error: ${words.title}` : words.title,
      description: 'An example of a partner and a group working together, written up.',
      canonical: words.action,
      section: null,
      structuredData: null,
      noIndex: true,
    },
  };
}
