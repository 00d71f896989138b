// Changes what a partner says of itself. Nobody writes over what somebody else changed meanwhile without seeing it.

import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Partner } from '../domain/records.ts';
import type { Services } from '../services.ts';
import { readPartners } from '../store/partners.ts';
import { putPartner } from '../store/put-records.ts';
import { inTurn } from './in-turn.ts';

export type ProfileChange = Partial<
  Pick<Partner, 'website' | 'topics' | 'offers' | 'reachMiles' | 'contacts'>
>;

export type EditedProfile =
  | { readonly kind: 'saved' }
  /** Somebody changed it since the form was made: nothing was written. */
  | { readonly kind: 'conflict'; readonly current: Partner }
  | { readonly kind: 'missing' };

/** @param edit.madeFrom `updatedAt` of the partner when the form was made */
export async function editProfile(
  { store, directory, clock }: Pick<Services, 'store' | 'directory' | 'clock'>,
  edit: {
    readonly slug: string;
    readonly change: ProfileChange;
    readonly madeFrom: string;
    readonly by: string | null;
  },
): Promise<EditedProfile> {
  const outcome = await inTurn(`partner ${edit.slug}`, async (): Promise<EditedProfile> => {
    const current = (await readPartners(store)).find(({ slug }) => slug === edit.slug);
    if (!current) return { kind: 'missing' };
    const wanted = { ...current, ...edit.change };
    if (isDeepStrictEqual(wanted, current)) return { kind: 'saved' };
    if (current.updatedAt !== edit.madeFrom) return { kind: 'conflict', current };
    // Later than the change before it, so that a form made from that one is seen to be old.
    const now = new Date(Math.max(clock().getTime(), Date.parse(current.updatedAt) + 1));
    await putPartner(store, wanted, { by: edit.by, origin: 'web', batch: randomUUID(), now });
    return { kind: 'saved' };
  });
  await directory.refresh();
  return outcome;
}
