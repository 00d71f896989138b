// The staff's decision on a suggestion: accepted in whole or in part, or declined. One decision counts: of two at the
// same moment the second is told of the first. The record is written before the decision is noted, and under the same
// slug when that stopped half way, so that deciding again is safe.
import { createHash, randomUUID } from 'node:crypto';
import type { Directory } from '../directory/directory.ts';
import { dayOf } from '../domain/dates.ts';
import type { SuggestedField, SuggestedTexts } from '../domain/suggested.ts';
import type { Services } from '../services.ts';
import { readGroups } from '../store/groups.ts';
import { readPartners } from '../store/partners.ts';
import { putRecords, type RecordsToPut } from '../store/put-records.ts';
import {
  claimSuggestion,
  decideSuggestion,
  dropClaim,
  findSuggestion,
  type SuggestedRecord,
  type Suggestion,
} from '../store/suggestions.ts';
import { inTurn } from '../survey/in-turn.ts';
import { correctGroup, correctPartner, freeSlug, newGroup, placeCity } from './make-records.ts';
import type { NamedCity } from './read-place.ts';
import { findSubject } from './subject.ts';
import { tellSender } from './tell-sender.ts';

export interface Acceptance {
  readonly id: string;
  /** Identifier of the person who decides. */
  readonly by: string;
  readonly taken: readonly SuggestedField[];
  /** The fields as they shall be, in one spelling; read-fields.ts made them. */
  readonly texts: SuggestedTexts;
  /** The city that the place names; null where the place stays what it is. */
  readonly city: NamedCity | null;
  /** To the sender; '' is none. */
  readonly word: string;
  /** Whether the whole record was checked. */
  readonly isChecked: boolean;
  /** Mark of the record as the page showed it, see markOf. */
  readonly mark: string;
}

export type DecisionOutcome =
  | { readonly kind: 'accepted'; readonly record: SuggestedRecord }
  | { readonly kind: 'declined' }
  /** Somebody else was faster: nothing was written. */
  | { readonly kind: 'decided-before' }
  /** The record was changed since the page was made: nothing was written. */
  | { readonly kind: 'changed-meanwhile' }
  /** There is no such suggestion, or no such record any more. */
  | { readonly kind: 'gone' };

/** The same as long as the record that a suggestion is about says the same. */
export function markOf(directory: Directory, { about }: Pick<Suggestion, 'about'>): string {
  const texts = about ? findSubject(directory, about)?.texts : null;
  return createHash('sha256')
    .update(JSON.stringify(texts ?? null))
    .digest('hex')
    .slice(0, 16);
}

export const acceptSuggestion = (services: Services, told: Acceptance): Promise<DecisionOutcome> =>
  inTurn(`suggestion ${told.id}`, () => acceptInTurn(services, told));

async function acceptInTurn(services: Services, told: Acceptance): Promise<DecisionOutcome> {
  const { store, clock } = services;
  const { id, by, word } = told;
  const suggestion = await findSuggestion(store, id);
  if (!suggestion) return { kind: 'gone' };
  if (suggestion.state !== 'new') return { kind: 'decided-before' };
  const directory = await services.directory.refresh();
  if (suggestion.about && !findSubject(directory, suggestion.about)) return { kind: 'gone' };
  if (markOf(directory, suggestion) !== told.mark) return { kind: 'changed-meanwhile' };
  // Of two new groups of one name the second must see the first.
  const record = await inTurn('slugs of suggested groups', async () => {
    const slug = suggestion.about ? null : freeSlug(told.texts.name ?? '', await readGroups(store));
    const claim = await claimSuggestion(store, id, { by, slug, now: clock() });
    return claim && writeClaimed(services, directory, suggestion, told, claim.slug);
  });
  if (!record) return { kind: 'decided-before' };
  await decideSuggestion(store, id, 'accepted', { by, word, taken: told.taken, record }, clock());
  await services.directory.refresh();
  await tellSender(services, id);
  return { kind: 'accepted', record };
}

async function writeClaimed(
  services: Services,
  directory: Directory,
  suggestion: Suggestion,
  told: Acceptance,
  slug: string | null,
): Promise<SuggestedRecord> {
  const { store, clock } = services;
  const now = clock();
  const record = suggestion.about ?? { record: 'group' as const, slug: slug ?? '' };
  try {
    const records = await toRecords(services, directory, record, suggestion.about === null, told);
    const writer = { by: told.by, origin: 'web', batch: randomUUID(), now } as const;
    await putRecords(store, records, writer);
    return record;
  } catch (error) {
    await dropClaim(store, suggestion.id);
    throw error;
  }
}

/** The record as it shall be, and its city where the directory has none yet. */
async function toRecords(
  { store, clock }: Services,
  directory: Directory,
  { record, slug }: SuggestedRecord,
  isNew: boolean,
  { texts, city, taken, isChecked }: Acceptance,
): Promise<RecordsToPut> {
  const day = dayOf(clock());
  const placed = city && (isNew || taken.includes('place')) ? placeCity(directory, city) : null;
  const cities = placed?.isNew ? { cities: [placed.city] } : {};
  const change = { texts, taken, city: placed?.city ?? null, day, isChecked };
  if (isNew) return { ...cities, groups: [newGroup(slug, change)] };
  if (record === 'group') {
    const group = (await readGroups(store)).find((one) => one.slug === slug);
    return { ...cities, groups: group ? [correctGroup(group, change)] : [] };
  }
  const partner = (await readPartners(store)).find((one) => one.slug === slug);
  return { ...cities, partners: partner ? [correctPartner(partner, change)] : [] };
}

export const declineSuggestion = (
  services: Services,
  told: Pick<Acceptance, 'id' | 'by' | 'word'>,
): Promise<DecisionOutcome> =>
  inTurn(`suggestion ${told.id}`, async () => {
    const { store, clock } = services;
    const { id, by, word } = told;
    if (!(await findSuggestion(store, id))) return { kind: 'gone' };
    if (!(await claimSuggestion(store, id, { by, slug: null, now: clock() }))) {
      return { kind: 'decided-before' };
    }
    await decideSuggestion(store, id, 'declined', { by, word, taken: [], record: null }, clock());
    await tellSender(services, id);
    return { kind: 'declined' };
  });
