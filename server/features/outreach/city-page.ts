// /staff/outreach/:city: what is known of one gap, who is on it, what was done, and what to write.
import type { CityEntry, Directory } from '../../directory/directory.ts';
import { activePartners, findGotPast, namedBarriers } from '../../directory/next-action.ts';
import type { OutreachHistory } from '../../domain/outreach.ts';
import { type Flag, outreachStages } from '../../domain/words.ts';
import type { DraftMessage } from '../../outreach/draft-messages.ts';
import { personLabel } from '../../outreach/gap-rows.ts';
import { stageLabel } from '../../outreach/outreach-words.ts';
import { cityPath, outreachPath, partnerPath, paths } from '../../paths.ts';
import type { Person } from '../../store/people.ts';
import { barrierLabels } from '../../survey/answer-words.ts';
import { type FieldError, messagesOf, type OptionGroup } from '../../web/form-fields.ts';
import {
  cityLabel,
  flagLabel,
  flagSentence,
  formatCount,
  formatDate,
  livenessText,
} from '../../web/format.ts';
import { peopleText, sinceText } from '../../web/gap-words.ts';
import { findNextStep, type NextStep } from '../../web/next-step.ts';
import type { Page } from '../../web/render.ts';
import { toLastKnown } from '../../web/tie-words.ts';
import type { EntryForm, MessageForm, PlanForm } from './form.ts';
import { type LogView, toLogView } from './log-view.ts';
import { type MessageView, toMessageView } from './message-view.ts';
import { staffHead } from './staff-head.ts';

interface Fact {
  readonly name: string;
  readonly value: string;
  readonly href: string | null;
}

/** What a form that was not taken leaves on the page. */
export interface Refused {
  readonly errors: readonly FieldError[];
  /** What somebody else did meanwhile; '' for nothing. */
  readonly conflict: string;
  readonly plan?: PlanForm;
  readonly entry?: EntryForm;
  readonly message?: MessageForm;
}

export interface OutreachPage extends Page {
  readonly crumbs: readonly { readonly label: string; readonly href?: string }[];
  readonly title: string;
  readonly lede: string;
  readonly flag: Flag;
  readonly flagLabel: string;
  readonly notice: string;
  readonly facts: readonly Fact[];
  readonly next: NextStep | null;
  readonly gotPast: readonly {
    readonly name: string;
    readonly href: string;
    readonly text: string;
  }[];
  readonly errors: readonly FieldError[];
  readonly messages: Readonly<Record<string, string>>;
  readonly conflict: string;
  /** What was typed for an item that has closed meanwhile, to be copied; '' for nothing. */
  readonly kept: string;
  /** Null where no gap is open. */
  readonly work: {
    readonly action: string;
    readonly owners: readonly OptionGroup[];
    readonly stages: readonly OptionGroup[];
    readonly nextDate: string;
    readonly version: number;
    readonly opened: string;
    readonly entry: LogView['form'];
    readonly log: LogView['entries'];
    readonly drafts: readonly MessageView[];
  } | null;
  readonly earlier: readonly {
    readonly title: string;
    readonly reason: string;
    readonly log: LogView['entries'];
  }[];
}

export interface OutreachPageParts {
  readonly directory: Directory;
  readonly city: CityEntry;
  /** The open item first. */
  readonly items: readonly OutreachHistory[];
  readonly staff: readonly Person[];
  /** How many live there; 0 where unknown. */
  readonly people: number;
  readonly drafts: readonly DraftMessage[];
  readonly notice: string;
  /** A new name for each form. */
  readonly newKey: () => string;
  readonly refused?: Refused;
}

function factsOf({ directory, city, people }: OutreachPageParts): readonly Fact[] {
  const known = toLastKnown(directory, city.lastKnown);
  const barriers = namedBarriers(directory, city).map((barrier) => barrierLabels[barrier]);
  const partners = activePartners(city).flatMap(({ name, slug, contacts }): Fact[] => [
    { name: 'NNIP partner', value: name, href: partnerPath(slug) },
    {
      name: 'Its addresses',
      value: contacts.length > 0 ? contacts.join(', ') : 'None is known',
      href: null,
    },
  ]);
  const near = city.nearestGroup?.group;
  return [
    ...partners,
    ...(near
      ? [
          {
            name: 'Signs of the nearest group',
            value: livenessText(near, directory.today),
            href: null,
          },
        ]
      : []),
    {
      name: 'Groups in reach',
      value: formatCount(city.groupsInReach.length, 'group', 'groups'),
      href: null,
    },
    {
      name: 'Barriers named',
      value: barriers.length > 0 ? barriers.join('; ') : 'None was named',
      href: null,
    },
    {
      name: 'Last known tie',
      value: known ? known.text : 'Nothing is known',
      href: known?.from?.href ?? null,
    },
    { name: 'People', value: peopleText(people), href: null },
    { name: 'Public page', value: cityLabel(city), href: cityPath(city.slug) },
  ];
}

const asOptions = (
  options: readonly { readonly value: string; readonly label: string }[],
  chosen: string,
): readonly OptionGroup[] => [
  {
    label: null,
    options: options.map((option) => ({ ...option, selected: option.value === chosen })),
  },
];

function workOf(
  { city, staff, drafts, refused, newKey }: OutreachPageParts,
  item: OutreachHistory,
): NonNullable<OutreachPage['work']> {
  const plan = refused?.plan ?? { ...item, owner: item.owner ?? '', nextDate: item.nextDate ?? '' };
  const log = toLogView(item, staff, refused?.entry, newKey);
  return {
    action: outreachPath(city.slug),
    owners: asOptions(
      [
        { value: '', label: 'Nobody' },
        ...staff.map((person) => ({ value: person.id, label: personLabel(person) })),
      ],
      plan.owner,
    ),
    stages: asOptions(
      outreachStages.map((stage) => ({ value: stage, label: stageLabel(stage) })),
      plan.stage,
    ),
    nextDate: plan.nextDate,
    // After a conflict the form is for the item as it is now: sending it again is a decision.
    version: item.version,
    opened: formatDate(item.openedAt.slice(0, 10)),
    entry: log.form,
    log: log.entries,
    drafts: drafts.map((draft) => toMessageView(draft, refused?.message, newKey)),
  };
}

function ledeOf(city: CityEntry): string {
  if (!city.gapSince) return `${flagSentence(city)} No gap is open here.`;
  return `${flagSentence(city)} The gap is open ${sinceText(city.gapSince)}.`;
}

export function outreachPage(parts: OutreachPageParts): OutreachPage {
  const { directory, city, items, refused } = parts;
  const open = items.find((item) => item.open);
  const name = cityLabel(city);
  const errors = refused?.errors ?? [];
  return {
    head: staffHead(
      `${errors.length > 0 ? 'Error: ' : ''}Outreach: ${name}`,
      outreachPath(city.slug),
    ),
    crumbs: [
      { label: 'To do', href: paths.staff.home },
      { label: 'Gaps', href: paths.staff.gaps },
      { label: name },
    ],
    title: name,
    lede: ledeOf(city),
    flag: city.flag,
    flagLabel: flagLabel(city.flag),
    notice: parts.notice,
    facts: factsOf(parts),
    next: findNextStep(directory, city),
    gotPast: findGotPast(directory, city).map(({ partner, barrier }) => ({
      name: partner.name,
      href: partnerPath(partner.slug),
      text: `got past “${barrierLabels[barrier].toLowerCase()}”`,
    })),
    errors,
    messages: messagesOf(errors),
    conflict: refused?.conflict ?? '',
    kept: open ? '' : (refused?.entry?.text ?? refused?.message?.body ?? ''),
    work: open ? workOf(parts, open) : null,
    earlier: items
      .filter((item) => !item.open)
      .map((item) => ({
        title: `${flagLabel(item.cause)}, ${formatDate(item.openedAt.slice(0, 10))} to ${formatDate((item.closedAt ?? item.openedAt).slice(0, 10))}`,
        reason: item.closeReason ?? '',
        log: toLogView(item, parts.staff, undefined, parts.newKey).entries,
      })),
  };
}
