// Convenings in the store: reading them as the rules see them, and writing them.
import { type ConveningRecord, conveningModel } from '../../models/convening.ts';
import type { Convening } from '../domain/records.ts';
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

/** All of them, past ones too, by slug. */
export async function readConvenings(store: Store): Promise<Convening[]> {
  const records = await conveningModel(store.connection)
    .find()
    .sort({ slug: 1 })
    .lean<ConveningRecord[]>();
  return records.map(toConvening);
}

/** The one of this slug as it is now. */
export async function findConvening(store: Store, slug: string): Promise<Convening | undefined> {
  const record = await conveningModel(store.connection).findOne({ slug }).lean<ConveningRecord>();
  return record ? toConvening(record) : undefined;
}

const toConvening = (record: ConveningRecord): Convening => ({
  slug: record.slug,
  name: record.name,
  kind: record.kind,
  start: record.start,
  end: record.end ?? null,
  city: record.city ?? null,
  place: record.place,
  website: toWebAddress(record.website),
  partners: record.partners,
  groups: record.groups,
  source: toSource(record.source),
  updatedAt: toTimestamp(record.updatedAt),
});

const fromConvening = (convening: Unstamped<Convening>): Stored<ConveningRecord> => ({
  slug: convening.slug,
  name: convening.name,
  kind: convening.kind,
  start: convening.start,
  end: convening.end,
  city: convening.city,
  place: convening.place,
  website: convening.website,
  partners: [...convening.partners],
  groups: [...convening.groups],
  source: fromSource(convening.source),
});

export const conveningNoun: Noun<Convening, ConveningRecord> = {
  kind: 'convening',
  model: conveningModel,
  toDomain: toConvening,
  fromDomain: fromConvening,
};
