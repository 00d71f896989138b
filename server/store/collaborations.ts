// Collaborations in the store: reading them as the rules see them, and writing them.
import { type CollaborationRecord, collaborationModel } from '../../models/collaboration.ts';
import type { Collaboration } from '../domain/records.ts';
import {
  fromSource,
  type Stored,
  toSource,
  toTimestamp,
  toWebAddress,
  type Unstamped,
} from './mapping.ts';
import type { Store } from './store.ts';
import type { Noun } from './write-records.ts';

/** All of them, drafts too, by slug. */
export async function readCollaborations(store: Store): Promise<Collaboration[]> {
  const records = await collaborationModel(store.connection)
    .find()
    .sort({ slug: 1 })
    .lean<CollaborationRecord[]>();
  return records.map(toCollaboration);
}

/** The one of this slug as it is now, a draft too. */
export async function findCollaboration(
  store: Store,
  slug: string,
): Promise<Collaboration | undefined> {
  const record = await collaborationModel(store.connection)
    .findOne({ slug })
    .lean<CollaborationRecord>();
  return record ? toCollaboration(record) : undefined;
}

const toCollaboration = (record: CollaborationRecord): Collaboration => ({
  slug: record.slug,
  title: record.title,
  city: record.city,
  partner: record.partner ?? null,
  partnerName: record.partnerName,
  group: record.group ?? null,
  groupName: record.groupName,
  from: record.from,
  to: record.to,
  summary: record.summary,
  link: toWebAddress(record.link),
  state: record.state,
  source: toSource(record.source),
  updatedAt: toTimestamp(record.updatedAt),
});

const fromCollaboration = (
  collaboration: Unstamped<Collaboration>,
): Stored<CollaborationRecord> => ({
  slug: collaboration.slug,
  title: collaboration.title,
  city: collaboration.city,
  partner: collaboration.partner,
  partnerName: collaboration.partnerName,
  group: collaboration.group,
  groupName: collaboration.groupName,
  from: collaboration.from,
  to: collaboration.to,
  summary: collaboration.summary,
  link: collaboration.link,
  state: collaboration.state,
  source: fromSource(collaboration.source),
});

export const collaborationNoun: Noun<Collaboration, CollaborationRecord> = {
  kind: 'collaboration',
  model: collaborationModel,
  toDomain: toCollaboration,
  fromDomain: fromCollaboration,
};
