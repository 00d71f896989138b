// Invitations in the store: who is asked in a wave, under which link, and what was filled in so far.
// They are private as a whole: no snapshot holds them, and no public page reads them.
import { type InvitationRecord, invitationModel } from '../../models/invitation.ts';
import type { Timestamp } from '../domain/records.ts';
import type { Barrier, Gift, Level } from '../domain/words.ts';
import { isDuplicateKey } from './duplicate-key.ts';
import { toTimestamp } from './mapping.ts';
import type { Store } from './store.ts';

/** An answer as far as it was filled in. */
export interface Draft {
  readonly level: Level | '';
  readonly groups: readonly string[];
  readonly anotherGroup: string;
  readonly gave: readonly Gift[];
  readonly barriers: readonly Barrier[];
  readonly wantsTies: 'yes' | 'no' | '';
  readonly publicNote: string;
  readonly internalNote: string;
}

export interface Invitation {
  readonly id: string;
  readonly wave: string;
  readonly partner: string;
  readonly issue: number;
  readonly addresses: readonly string[];
  readonly createdAt: Timestamp;
  readonly revokedAt: Timestamp | null;
  readonly openedAt: Timestamp | null;
  /** Oldest first. */
  readonly remindedAt: readonly Timestamp[];
  readonly draft: (Draft & { readonly savedAt: Timestamp }) | null;
}

type Found = InvitationRecord & { readonly _id: unknown };

const toInvitation = (record: Found): Invitation => ({
  id: String(record._id),
  wave: record.wave,
  partner: record.partner,
  issue: record.issue,
  addresses: record.addresses,
  createdAt: toTimestamp(record.createdAt),
  revokedAt: record.revokedAt ? toTimestamp(record.revokedAt) : null,
  openedAt: record.openedAt ? toTimestamp(record.openedAt) : null,
  remindedAt: (record.remindedAt as Date[]).map(toTimestamp),
  draft: record.draft ? toDraft(record.draft) : null,
});

const toDraft = (
  record: NonNullable<InvitationRecord['draft']>,
): NonNullable<Invitation['draft']> => ({
  level: record.level,
  groups: record.groups,
  anotherGroup: record.anotherGroup,
  gave: record.gave as Gift[],
  barriers: record.barriers as Barrier[],
  wantsTies: record.wantsTies,
  publicNote: record.publicNote,
  internalNote: record.internalNote,
  savedAt: toTimestamp(record.savedAt),
});

/** Everybody whom a wave asked, by partner. */
export async function readInvitations(store: Store, wave: string): Promise<Invitation[]> {
  const records = await invitationModel(store.connection)
    .find({ wave })
    .sort({ partner: 1 })
    .lean<Found[]>();
  return records.map(toInvitation);
}

export type LinkState =
  | { readonly kind: 'current'; readonly invitation: Invitation }
  /** The link was replaced by a newer one, or taken back. */
  | { readonly kind: 'revoked'; readonly invitation: Invitation }
  | { readonly kind: 'unknown' };

/** What a link's hash stands for. */
export async function findByTokenHash(store: Store, tokenHash: string): Promise<LinkState> {
  const model = invitationModel(store.connection);
  const current = await model.findOne({ tokenHash }).lean<Found>();
  if (current) {
    const invitation = toInvitation(current);
    return { kind: invitation.revokedAt ? 'revoked' : 'current', invitation };
  }
  const replaced = await model.findOne({ replacedHashes: tokenHash }).lean<Found>();
  return replaced ? { kind: 'revoked', invitation: toInvitation(replaced) } : { kind: 'unknown' };
}

export async function findInvitation(
  store: Store,
  wave: string,
  partner: string,
): Promise<Invitation | undefined> {
  const record = await invitationModel(store.connection).findOne({ wave, partner }).lean<Found>();
  return record ? toInvitation(record) : undefined;
}

/** Makes the invitation unless it is there already; safe to repeat, and for two at once. */
export async function addInvitation(
  store: Store,
  invitation: Pick<Invitation, 'wave' | 'partner' | 'addresses'> & { readonly tokenHash: string },
  now: Date,
): Promise<Invitation> {
  const { wave, partner } = invitation;
  const add = () =>
    invitationModel(store.connection)
      .findOneAndUpdate(
        { wave, partner },
        {
          $setOnInsert: {
            issue: 1,
            tokenHash: invitation.tokenHash,
            replacedHashes: [],
            addresses: [...invitation.addresses],
            revokedAt: null,
            openedAt: null,
            remindedAt: [],
            draft: null,
            createdAt: now,
            updatedAt: now,
          },
        },
        { upsert: true, returnDocument: 'after', timestamps: false },
      )
      .lean<Found>();
  try {
    return toInvitation((await add()) as Found);
  } catch (error) {
    if (isDuplicateKey(error)) return toInvitation((await add()) as Found);
    throw error;
  }
}

/** Notes that a person has done something on the page; only the first time counts. */
export async function noteOpened(store: Store, id: string, now: Date): Promise<void> {
  await invitationModel(store.connection).updateOne(
    { _id: id, openedAt: null },
    { $set: { openedAt: now, updatedAt: now } },
    { timestamps: false },
  );
}

/** Where the link was sent last. */
export async function noteAddresses(
  store: Store,
  id: string,
  addresses: readonly string[],
  now: Date,
): Promise<void> {
  await invitationModel(store.connection).updateOne(
    { _id: id },
    { $set: { addresses: [...addresses], updatedAt: now } },
    { timestamps: false },
  );
}

export async function noteReminded(store: Store, id: string, now: Date): Promise<void> {
  await invitationModel(store.connection).updateOne(
    { _id: id },
    { $push: { remindedAt: now }, $set: { updatedAt: now } },
    { timestamps: false },
  );
}

/** Keeps what was filled in so far, or forgets it (null) once it is an answer. */
export async function keepDraft(
  store: Store,
  id: string,
  draft: Draft | null,
  now: Date,
): Promise<void> {
  const kept = draft && {
    ...draft,
    groups: [...draft.groups],
    gave: [...draft.gave],
    barriers: [...draft.barriers],
    savedAt: now,
  };
  await invitationModel(store.connection).updateOne(
    { _id: id },
    { $set: { draft: kept, updatedAt: now } },
    { timestamps: false },
  );
}
