// Civic tech groups in the store: reading them as the rules see them, and writing them.
import { type GroupRecord, groupModel } from '../../models/group.ts';
import type { Group } from '../domain/records.ts';
import {
  fromPoint,
  fromSource,
  type Stored,
  toPoint,
  toSource,
  toTimestamp,
  toWebAddress,
  turnOnce,
  type Unstamped,
} from './mapping.ts';
import { readAll } from './read-all.ts';
import type { Store } from './store.ts';
import type { Noun } from './write-records.ts';

/** All of them, closed ones too, by slug. */
export const readGroups = (store: Store): Promise<Group[]> =>
  readAll(store, groupModel(store.connection), toGroup);

export async function findGroup(store: Store, slug: string): Promise<Group | undefined> {
  const record = await groupModel(store.connection).findOne({ slug }).lean<GroupRecord>();
  return record ? toGroup(record) : undefined;
}

const toGroup = (record: GroupRecord): Group => ({
  slug: record.slug,
  name: record.name,
  kind: record.kind,
  city: record.city ?? null,
  state: record.state,
  country: record.country,
  ...toPoint(record.point),
  website: toWebAddress(record.website),
  eventsUrl: toWebAddress(record.eventsUrl),
  codeUrl: toWebAddress(record.codeUrl),
  feedUrl: toWebAddress(record.feedUrl),
  topics: record.topics,
  needs: record.needs,
  previousNames: record.previousNames,
  previousSlugs: record.previousSlugs ?? [],
  tags: record.tags ?? [],
  founded: record.founded ?? null,
  listing: record.listing ? toListing(record.listing) : null,
  signs: toSigns(record.signs),
  closed: record.closed ? { date: record.closed.date, reason: record.closed.reason } : null,
  contacts: record.contacts,
  source: toSource(record.source),
  updatedAt: toTimestamp(record.updatedAt),
});

const toSigns = turnOnce((signs: GroupRecord['signs']) =>
  signs.map(({ kind, date, source, url }) => ({ kind, date, source, url: toWebAddress(url) })),
);

const toListing = turnOnce(({ list, date, mark }: NonNullable<GroupRecord['listing']>) => ({
  list,
  date,
  mark,
}));

const fromGroup = (group: Unstamped<Group>): Stored<GroupRecord> => ({
  slug: group.slug,
  name: group.name,
  kind: group.kind,
  city: group.city,
  state: group.state,
  country: group.country,
  point: fromPoint(group),
  website: group.website,
  eventsUrl: group.eventsUrl,
  codeUrl: group.codeUrl,
  feedUrl: group.feedUrl,
  topics: [...group.topics],
  needs: [...group.needs],
  previousNames: [...group.previousNames],
  previousSlugs: [...group.previousSlugs],
  tags: [...group.tags],
  founded: group.founded,
  listing: group.listing ? toListing(group.listing) : null,
  signs: group.signs.map(({ kind, date, source, url }) => ({ kind, date, source, url })),
  closed: group.closed ? { date: group.closed.date, reason: group.closed.reason } : null,
  contacts: [...group.contacts],
  source: fromSource(group.source),
});

export const groupNoun: Noun<Group, GroupRecord> = {
  kind: 'group',
  model: groupModel,
  toDomain: toGroup,
  fromDomain: fromGroup,
};
