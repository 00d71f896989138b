// Partners in the store: reading them as the rules see them, and writing them.
import { type PartnerRecord, partnerModel } from '../../models/partner.ts';
import type { Partner } from '../domain/records.ts';
import {
  fromPoint,
  fromSource,
  type Stored,
  toPoint,
  toSource,
  toTimestamp,
  toWebAddress,
  type Unstamped,
} from './mapping.ts';
import type { Store } from './store.ts';
import type { Noun } from './write-records.ts';

/** All of them, former ones too, by slug. */
export async function readPartners(store: Store): Promise<Partner[]> {
  const records = await partnerModel(store.connection)
    .find()
    .sort({ slug: 1 })
    .lean<PartnerRecord[]>();
  return records.map(toPartner);
}

const toPartner = (record: PartnerRecord): Partner => ({
  slug: record.slug,
  name: record.name,
  hostInstitution: record.hostInstitution,
  city: record.city,
  metro: record.metro,
  ...toPoint(record.point),
  reachMiles: record.reachMiles ?? null,
  website: toWebAddress(record.website),
  topics: record.topics,
  offers: record.offers,
  status: record.status,
  since: record.since ?? null,
  contacts: record.contacts,
  source: toSource(record.source),
  createdAt: toTimestamp(record.createdAt),
  updatedAt: toTimestamp(record.updatedAt),
});

const fromPartner = (partner: Unstamped<Partner>): Stored<PartnerRecord> => ({
  slug: partner.slug,
  name: partner.name,
  hostInstitution: partner.hostInstitution,
  city: partner.city,
  metro: partner.metro,
  point: fromPoint(partner),
  reachMiles: partner.reachMiles,
  website: partner.website,
  topics: [...partner.topics],
  offers: [...partner.offers],
  status: partner.status,
  since: partner.since,
  contacts: [...partner.contacts],
  source: fromSource(partner.source),
});

export const partnerNoun: Noun<Partner, PartnerRecord> = {
  kind: 'partner',
  model: partnerModel,
  toDomain: toPartner,
  fromDomain: fromPartner,
};
