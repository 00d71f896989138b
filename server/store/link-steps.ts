// What staff do with a personal link, each step together with its entry in the change log. The log says what was done
// with which issue of the link, and never the link itself.
import { Types } from 'mongoose';
import { type InvitationRecord, invitationModel } from '../../models/invitation.ts';
import { logWriting } from './changes.ts';
import type { Invitation } from './invitations.ts';
import type { Store } from './store.ts';
import { isOvertaken, type Writing, writeTogether } from './write-together.ts';
import type { Writer } from './writer.ts';

type Step = 'link shown' | 'link taken back' | 'link replaced';

export const noteLinkShown = (
  store: Store,
  invitation: Invitation,
  writer: Writer,
): Promise<void> =>
  writeTogether(store, [entry(store, invitation, invitation.issue, 'link shown', writer)]);

/** Replaces the link by the next issue; the old one stays known as replaced. False when somebody was faster. */
export async function replaceLink(
  store: Store,
  invitation: Invitation,
  next: { readonly tokenHash: string; readonly addresses: readonly string[] },
  writer: Writer,
): Promise<boolean> {
  const { id, issue } = invitation;
  const found = await invitationModel(store.connection)
    .findOne({ _id: id, issue })
    .lean<Pick<InvitationRecord, 'tokenHash'>>();
  if (!found) return false;
  const changed = {
    issue: issue + 1,
    tokenHash: next.tokenHash,
    addresses: [...next.addresses],
    revokedAt: null,
    updatedAt: writer.now,
  };
  const update = { $set: changed, $push: { replacedHashes: found.tokenHash } };
  return unlessOvertaken(store, [
    changing(store, invitation, { issue }, update),
    entry(store, invitation, issue + 1, 'link replaced', writer),
  ]);
}

/** Takes the link back; its page says so from now on. False when somebody did, or replaced it. */
export const revokeLink = (
  store: Store,
  invitation: Invitation,
  writer: Writer,
): Promise<boolean> => {
  const { issue } = invitation;
  const update = { $set: { revokedAt: writer.now, updatedAt: writer.now } };
  return unlessOvertaken(store, [
    changing(store, invitation, { issue, revokedAt: null }, update),
    entry(store, invitation, issue, 'link taken back', writer),
  ]);
};

const changing = (store: Store, { id }: Invitation, seen: object, u: object): Writing => ({
  update: invitationModel(store.connection).collection.collectionName,
  updates: [{ q: { _id: new Types.ObjectId(id), ...seen }, u }],
});

const entry = (
  store: Store,
  { wave, partner }: Invitation,
  issue: number,
  field: Step,
  writer: Writer,
): Writing => {
  const slug = `${wave}/${partner}`;
  return logWriting(
    store,
    [{ record: 'invitation', slug, field, before: null, after: { issue } }],
    writer,
  );
};

async function unlessOvertaken(store: Store, writings: readonly Writing[]): Promise<boolean> {
  try {
    await writeTogether(store, writings);
    return true;
  } catch (error) {
    if (isOvertaken(error)) return false;
    throw error;
  }
}
