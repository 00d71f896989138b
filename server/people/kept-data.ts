// Everything that is kept of an address, as plain data: a page shows it, and a file takes it along.
import { findDoNotWrite, hashAddress } from '../store/do-not-write.ts';
import {
  type Authored,
  type KeptSession,
  readAuthored,
  readSessionsOf,
} from '../store/erasing/authored.ts';
import { findContactOf } from '../store/erasing/contacts.ts';
import { findIntroductionsWith } from '../store/erasing/introductions.ts';
import { countMailsTo } from '../store/erasing/mails.ts';
import { sweepMentions } from '../store/erasing/mentions.ts';
import {
  readInvitedAt,
  readReturnsFrom,
  readSubscriptionsOf,
  readSuggestionsFrom,
  type SentIn,
  type Subscribed,
} from '../store/erasing/traces.ts';
import { findIntroduction } from '../store/introductions.ts';
import { findPersonByAddress, normalAddress, type Person } from '../store/people.ts';
import type { Store } from '../store/store.ts';
import { inTurn } from '../survey/in-turn.ts';

export interface KeptData {
  readonly address: string;
  readonly account: (Person & { readonly sessions: readonly KeptSession[] }) | null;
  /** What they did while signed in. */
  readonly authored: Authored | null;
  /** Whose private contact the address is. */
  readonly contactOf: readonly { readonly kind: 'partner' | 'group'; readonly slug: string }[];
  readonly invitations: readonly { readonly wave: string; readonly partner: string }[];
  readonly suggestions: readonly SentIn[];
  readonly introductions: readonly {
    readonly partner: string;
    readonly group: string;
    readonly state: string;
    readonly askedOn: string;
  }[];
  readonly subscriptions: readonly Omit<Subscribed, 'key'>[];
  /** Slugs of closed groups that they asked to bring back. */
  readonly returns: readonly string[];
  /** Mails to the address, whatever became of them. */
  readonly mails: number;
  /** Entries of logs and notes in which the address stands. */
  readonly mentions: number;
  readonly doNotWrite: boolean;
}

/** One after the other: each reads all of the logs, and anybody may ask for one. */
export const readKeptData = (
  asking: { readonly store: Store; readonly secret: string },
  address: string,
): Promise<KeptData> => inTurn('read kept data', () => read(asking, address));

async function read(
  { store, secret }: { readonly store: Store; readonly secret: string },
  typed: string,
): Promise<KeptData> {
  const address = normalAddress(typed);
  const hash = hashAddress(secret, address);
  const person = await findPersonByAddress(store, address);
  const ids = await findIntroductionsWith(store, { address, addressHash: hash });
  const introductions = await Promise.all(ids.map((id) => findIntroduction(store, id)));
  const found = await sweepMentions(store, address, false);
  return {
    address,
    account: person ? { ...person, sessions: await readSessionsOf(store, person.id) } : null,
    authored: person ? await readAuthored(store, person.id) : null,
    contactOf: (await findContactOf(store, address)).map(({ kind, slug }) => ({ kind, slug })),
    invitations: await readInvitedAt(store, address),
    suggestions: await readSuggestionsFrom(store, address),
    introductions: introductions.flatMap((one) =>
      one
        ? [{ partner: one.partner, group: one.group, state: one.state, askedOn: one.askedOn }]
        : [],
    ),
    subscriptions: (await readSubscriptionsOf(store, address)).map(({ key: _, ...rest }) => rest),
    returns: await readReturnsFrom(store, address),
    mails: await countMailsTo(store, address),
    mentions: [...found.values()].reduce((sum, count) => sum + count, 0),
    doNotWrite: (await findDoNotWrite(store, [hash])).has(hash),
  };
}

/** Whether anything is kept of the address at all. */
export const isAnythingKept = (data: KeptData): boolean =>
  data.account !== null ||
  data.doNotWrite ||
  data.mails + data.mentions > 0 ||
  [
    data.contactOf,
    data.invitations,
    data.suggestions,
    data.introductions,
    data.subscriptions,
    data.returns,
  ].some((list) => list.length > 0);
