// The form that asks for an introduction: who to whom, why they fit, what will happen, and a personal word.
import type { Directory } from '../../directory/directory.ts';
import { expiryDays, otherSide, type Side, sides } from '../../domain/introduction.ts';
import { nameOf } from '../../introductions/pair.ts';
import {
  groupPath,
  newIntroductionPath,
  partnerPath,
  paths,
  suggestGroupPath,
  suggestPartnerPath,
} from '../../paths.ts';
import { type FieldError, messagesOf, type OptionGroup } from '../../web/form-fields.ts';
import type { Page, PageHead } from '../../web/render.ts';
import type { AskForm, AskQuery } from './form.ts';

export interface Link {
  readonly href: string;
  readonly label: string;
}

export interface AskPage extends Page {
  readonly crumbs: readonly { readonly label: string; readonly href?: string }[];
  readonly title: string;
  readonly lede: string;
  readonly reasonsTitle: string;
  readonly reasons: readonly string[];
  /** Why it cannot be asked; '' where it can. */
  readonly refusal: string;
  readonly links: readonly Link[];
  /** For staff: in whose name? */
  readonly choices: readonly Link[];
  /** What happens next, in order. */
  readonly steps: readonly string[];
  readonly form: {
    readonly action: string;
    readonly key: string;
    readonly word: string;
    readonly wordLabel: string;
    /** For staff: whose address is passed on; null for those who ask for themselves. */
    readonly contacts: readonly OptionGroup[] | null;
    readonly agreed: { readonly label: string; readonly isChecked: boolean } | null;
    readonly button: string;
  } | null;
  readonly errors: readonly FieldError[];
  readonly messages: Readonly<Record<string, string>>;
}

export const privateHead = (title: string, canonical: string): PageHead => ({
  title,
  description: 'An introduction of an NNIP partner and a civic tech group.',
  canonical,
  section: null,
  structuredData: null,
  noIndex: true,
});

export interface AskState {
  readonly directory: Directory;
  readonly query: AskQuery;
  /** The side that asks; null while staff have not said. */
  readonly from: Side | null;
  readonly reasons: readonly string[];
  /** Whether they speak for one of the two themselves; else they are staff. */
  readonly isOwn: boolean;
  readonly refusal: string;
  /** Nobody of the other side is known. */
  readonly isNobodyKnown: boolean;
  /** The addresses that staff choose from; null for those who ask for themselves. */
  readonly contacts: readonly string[] | null;
  readonly typed: AskForm;
  readonly errors: readonly FieldError[];
}

const stepsOf = (to: string, isNobodyKnown: boolean): readonly string[] =>
  isNobodyKnown
    ? [
        `Crosswalk knows nobody of ${to} to write to. NNIP staff get your question and look for somebody.`,
        `When they find a contact, ${to} gets a mail with your word and the reasons above.`,
        'Your address is passed on only if they accept.',
      ]
    : [
        `${to} gets one mail from Crosswalk with your word and the reasons above, and one reminder.`,
        'If they accept, each of you gets the other’s address. Before that, neither sees it.',
        `They may decline, with a word to you. After ${expiryDays} days without an answer it ends by itself.`,
      ];

function formOf(state: AskState, names: { from: string; to: string }): AskPage['form'] {
  const { typed, contacts, query, isNobodyKnown } = state;
  return {
    action: newIntroductionPath(query.partner, query.group, query.from ?? undefined),
    key: typed.form,
    word: typed.word,
    wordLabel: `A word to ${names.to}`,
    contacts: contacts && [
      {
        label: null,
        options: contacts.map((address) => ({
          value: address,
          label: address,
          selected: address === typed.contact,
        })),
      },
    ],
    agreed: contacts && {
      label: `${names.from} asked for this, and this address may be passed on if ${names.to} accepts`,
      isChecked: typed.agreed !== '',
    },
    button: isNobodyKnown ? 'Ask NNIP staff to help' : 'Ask for the introduction',
  };
}

export function askPage(state: AskState): AskPage {
  const { directory, query, from, refusal, errors } = state;
  const named = (side: Side): string => nameOf(directory, side, query);
  const [asking, asked] = [from ?? 'partner', otherSide(from ?? 'partner')] as const;
  const names = { from: named(asking), to: named(asked) };
  const title = `Ask for an introduction to ${names.to}`;
  const hasForm = refusal === '' && from !== null && state.contacts?.length !== 0;
  return {
    head: privateHead(errors.length > 0 ? `Error: ${title}` : title, paths.newIntroduction),
    crumbs: [
      asked === 'group'
        ? { label: names.to, href: groupPath(query.group) }
        : { label: names.to, href: partnerPath(query.partner) },
      { label: 'Ask for an introduction' },
    ],
    title: from === null ? `Introduce ${named('partner')} and ${named('group')}` : title,
    lede:
      from === null
        ? 'NNIP staff can ask in the name of either, when they agree.'
        : `For ${names.from}.`,
    reasonsTitle: state.isOwn ? 'Why you fit' : 'Why they fit',
    reasons: state.reasons,
    refusal: refusal !== '' || hasForm || from === null ? refusal : noContact(names.from),
    links: [
      { href: partnerPath(query.partner), label: `See ${named('partner')}` },
      { href: groupPath(query.group), label: `See ${named('group')}` },
      ...(state.contacts?.length === 0
        ? [{ href: paths.staff.newPerson, label: `Invite somebody of ${names.from}` }]
        : []),
      ...(state.isNobodyKnown
        ? [
            {
              href:
                asked === 'group'
                  ? suggestGroupPath(query.group)
                  : suggestPartnerPath(query.partner),
              label: `Do you know somebody of ${names.to}? Tell us`,
            },
          ]
        : []),
    ],
    choices:
      from === null && refusal === ''
        ? sides.map((side) => ({
            href: newIntroductionPath(query.partner, query.group, side),
            label: `In the name of ${named(side)}`,
          }))
        : [],
    steps: hasForm ? stepsOf(names.to, state.isNobodyKnown) : [],
    form: hasForm ? formOf(state, names) : null,
    errors,
    messages: messagesOf(errors),
  };
}

const noContact = (name: string): string =>
  `No address of ${name} is known that wants such mail, so there is none to pass on. Add a person or a contact address first.`;
