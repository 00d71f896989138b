// What is kept of one address, as the template prints it: for somebody who is signed in, and for whoever has the link.
import type { Directory } from '../../directory/directory.ts';
import { dayOf } from '../../domain/dates.ts';
import {
  eraseMinePath,
  groupPath,
  myDataFilePath,
  myDataPath,
  partnerPath,
  paths,
} from '../../paths.ts';
import type { KeptData } from '../../people/kept-data.ts';
import { type FieldError, messagesOf } from '../../web/form-fields.ts';
import { formatCount, formatDate } from '../../web/format.ts';
import type { Page, PageHead } from '../../web/render.ts';

export const privateHead = (title: string, description: string, canonical: string): PageHead => ({
  ...{ title, description, canonical },
  section: null,
  structuredData: null,
  noIndex: true,
});

interface Line {
  readonly text: string;
  readonly href: string | null;
}

export interface DataPage extends Page {
  readonly title: string;
  readonly address: string;
  /** Where the account may be corrected; null without one, or for whoever has only the link. */
  readonly correct: {
    readonly nameAction: string;
    readonly addressAction: string;
    readonly name: string;
    readonly newAddress: string;
  } | null;
  readonly notice: string;
  readonly errors: readonly FieldError[];
  readonly messages: Readonly<Record<string, string>>;
  readonly sections: readonly { readonly title: string; readonly lines: readonly Line[] }[];
  readonly fileHref: string;
  readonly eraseHref: string;
}

/** Which page it is: one's own, or one behind a mailed link. */
export interface DataPageOf {
  readonly token: string | null;
  readonly notice?: string;
  readonly errors?: readonly FieldError[];
  readonly typed?: { readonly name?: string; readonly newAddress?: string };
}

export function dataPage(directory: Directory, data: KeptData, of: DataPageOf): DataPage {
  const { token, notice = '', errors = [], typed = {} } = of;
  const title = 'What we keep of you';
  return {
    head: privateHead(
      errors.length > 0 ? `Error: ${title}` : title,
      'Everything that is kept of one address.',
      paths.privacy,
    ),
    title,
    address: data.address,
    correct:
      token === null && data.account
        ? {
            nameAction: paths.accountData,
            addressAction: paths.accountAddress,
            name: typed.name ?? data.account.name,
            newAddress: typed.newAddress ?? '',
          }
        : null,
    notice,
    errors,
    messages: messagesOf(errors),
    sections: sectionsOf(directory, data).filter(({ lines }) => lines.length > 0),
    fileHref: token === null ? paths.accountDataFile : myDataFilePath(token),
    eraseHref: token === null ? paths.eraseAccount : eraseMinePath(token),
  };
}

const plain = (text: string): Line => ({ text, href: null });
const counted = (count: number, one: string, many: string): Line[] =>
  count > 0 ? [plain(formatCount(count, one, many))] : [];

function sectionsOf(directory: Directory, data: KeptData): DataPage['sections'] {
  const { account, authored } = data;
  const nameOf = (kind: 'partner' | 'group', slug: string): Line =>
    kind === 'partner'
      ? { text: directory.findPartner(slug)?.name ?? slug, href: partnerPath(slug) }
      : { text: directory.findGroup(slug)?.name ?? slug, href: groupPath(slug) };
  return [
    { title: 'Your account', lines: account ? accountLines(account, nameOf) : [] },
    {
      title: 'What you did here',
      lines: authored
        ? [
            ...authored.reports.map(({ partner, date }) =>
              plain(`A report for ${nameOf('partner', partner).text}, ${formatDate(date)}`),
            ),
            ...counted(authored.verdicts, 'word on a report', 'words on reports'),
            ...counted(
              authored.changes,
              'entry in the log of changes',
              'entries in the log of changes',
            ),
            ...counted(
              authored.introductionsAsked,
              'introduction asked for',
              'introductions asked for',
            ),
            ...counted(authored.suggestionsDecided, 'suggestion decided', 'suggestions decided'),
            ...counted(authored.outreachEntries, 'entry on outreach', 'entries on outreach'),
          ]
        : [],
    },
    {
      title: 'Your address is a contact of',
      lines: data.contactOf.map(({ kind, slug }) => nameOf(kind, slug)),
    },
    {
      title: 'Survey invitations sent to it',
      lines: data.invitations.map(({ wave, partner }) =>
        plain(`${directory.findWave(wave)?.name ?? wave}, for ${nameOf('partner', partner).text}`),
      ),
    },
    {
      title: 'Suggestions sent with it',
      lines: data.suggestions.map(({ at, text }) =>
        plain(`${formatDate(dayOf(at))}${text === '' ? '' : `: ${text}`}`),
      ),
    },
    {
      title: 'Introductions',
      lines: data.introductions.map(({ partner, group, askedOn, state }) =>
        plain(
          `${nameOf('partner', partner).text} and ${nameOf('group', group).text}, asked ${formatDate(askedOn)}: ${state.replaceAll('-', ' ')}`,
        ),
      ),
    },
    {
      title: 'News of groups near a place',
      lines: data.subscriptions.map(({ place, askedAt, state }) =>
        plain(
          `${place}, since ${formatDate(dayOf(askedAt))}${state === 'confirmed' ? '' : ', not confirmed'}`,
        ),
      ),
    },
    {
      title: 'Closed groups you asked to bring back',
      lines: data.returns.map((slug) => nameOf('group', slug)),
    },
    {
      title: 'Elsewhere',
      lines: [
        ...counted(data.mails, 'mail in the outbox', 'mails in the outbox'),
        ...counted(
          data.mentions,
          'entry of a log or a note with the address in it',
          'entries of logs and notes with the address in them',
        ),
        ...(data.doNotWrite ? [plain('You asked not to be written to. We keep to it.')] : []),
      ],
    },
  ];
}

const accountLines = (
  account: NonNullable<KeptData['account']>,
  nameOf: (kind: 'partner' | 'group', slug: string) => Line,
): Line[] => [
  plain(`Name: ${account.name || 'none'}`),
  ...(account.staff ? [plain('NNIP staff')] : []),
  ...account.partners.map((slug) => nameOf('partner', slug)),
  ...account.groups.map((slug) => nameOf('group', slug)),
  ...account.sessions.map(({ browser, since, until }) =>
    plain(
      `Signed in since ${formatDate(dayOf(since))} until ${formatDate(dayOf(until))}: ${browser || 'browser not known'}`,
    ),
  ),
];

/** A page with one button: erasing, or confirming an address. */
export interface ButtonPage extends Page {
  readonly title: string;
  readonly text: readonly string[];
  readonly action: string;
  readonly button: string;
  readonly cancel: string | null;
  readonly errors: readonly FieldError[];
}

export function erasePage(
  address: string,
  token: string | null,
  hasAccount: boolean,
  errors: readonly FieldError[] = [],
): ButtonPage {
  const title = 'Erase what we keep of you?';
  return {
    head: privateHead(
      errors.length > 0 ? `Error: ${title}` : title,
      'One button erases everything that is kept of an address.',
      paths.privacy,
    ),
    title,
    text: [
      `Everything that is kept of ${address} is erased, at once and for good: contacts, mails, subscriptions, introductions that wait.`,
      ...(hasAccount
        ? [
            'Your account goes with it, and you are signed out everywhere. What you did stays, with a mark that leads to nobody.',
          ]
        : []),
    ],
    action: token === null ? paths.eraseAccount : eraseMinePath(token),
    button: 'Erase everything',
    cancel: token === null ? paths.accountData : myDataPath(token),
    errors,
  };
}

export const confirmAddressPage = (address: string, action: string): ButtonPage => ({
  head: privateHead('Use this address', 'Confirms the new address of an account.', paths.privacy),
  title: 'Use this address?',
  text: [
    `The button makes ${address} the address of your account. Sign-in links go there from then on, and the address before gets a mail that says so.`,
  ],
  action,
  button: 'Use this address',
  cancel: null,
  errors: [],
});

export interface NoticePage extends Page {
  readonly title: string;
  readonly text: readonly string[];
  readonly links: readonly { readonly href: string; readonly label: string }[];
}

const notice = (
  title: string,
  text: readonly string[],
  links: NoticePage['links'],
): NoticePage => ({
  head: privateHead(title, 'About what is kept of an address.', paths.privacy),
  title,
  text,
  links,
});

const about = { href: paths.privacy, label: 'What we keep, and why' };

/** The same words whatever is kept of the address. */
export const askedPage = (hours: number): NoticePage =>
  notice(
    'Check your mail',
    [
      `If we keep anything of this address, a link that shows it is on its way. It works for ${hours} hours.`,
      'Nothing there after a few minutes? Look in the folder for unwanted mail. Where we keep nothing, no mail comes.',
    ],
    [{ href: paths.askForData, label: 'Try another address' }, about],
  );

export const gonePage = (): NoticePage =>
  notice(
    'This link does not work any more',
    ['It is too old, or what it was for is done.'],
    [{ href: paths.askForData, label: 'Ask for a new link' }, about],
  );

export const takenPage = (): NoticePage =>
  notice(
    'There is an account with this address',
    ['Nothing was changed. Sign in with this address, or erase that account first.'],
    [{ href: paths.signIn, label: 'Sign in' }],
  );

export const erasedPage = (backupDays: number): NoticePage =>
  notice(
    'Erased',
    [
      backupDays === 0
        ? 'What we kept of you is erased.'
        : `What we kept of you is erased. Backups that were made before are gone within ${backupDays} days.`,
      'Thank you for having been part of it. Everything public stays open to you.',
    ],
    [{ href: paths.home, label: 'To the map' }, about],
  );

export interface AskPage extends Page {
  readonly action: string;
  readonly typed: string;
  readonly errors: readonly FieldError[];
  readonly hours: number;
}

export const askPage = (typed: string, errors: readonly FieldError[], hours: number): AskPage => ({
  head: privateHead(
    errors.length > 0 ? 'Error: See what we keep of you' : 'See what we keep of you',
    'Ask for a link that shows what is kept of your address, and lets you erase it.',
    paths.askForData,
  ),
  action: paths.askForData,
  typed,
  errors,
  hours,
});

export interface StaffErasePage extends Page {
  readonly crumbs: readonly { readonly label: string; readonly href?: string }[];
  readonly action: string;
  readonly typed: string;
  readonly errors: readonly FieldError[];
  readonly messages: Readonly<Record<string, string>>;
  readonly notice: string;
}

export const staffErasePage = (
  typed: string,
  errors: readonly FieldError[],
  isDone: boolean,
): StaffErasePage => ({
  head: privateHead(
    errors.length > 0 ? 'Error: Erase a person' : 'Erase a person',
    'Erasing everything that is kept of an address.',
    paths.staff.erasePerson,
  ),
  crumbs: [{ label: 'People', href: paths.staff.people }, { label: 'Erase a person' }],
  action: paths.staff.erasePerson,
  typed,
  errors,
  messages: messagesOf(errors),
  notice: isDone ? 'Nothing is kept of that address any more.' : '',
});
