// Writes one group anew from how it stands at that moment, so that a check or another form is not written over.
import { randomUUID } from 'node:crypto';
import type { Group, Sign } from '../domain/records.ts';
import type { ChangeOrigin } from '../domain/words.ts';
import type { Services } from '../services.ts';
import { findGroup } from '../store/groups.ts';
import type { Unstamped } from '../store/mapping.ts';
import { putGroup } from '../store/put-records.ts';
import { inTurn } from '../survey/in-turn.ts';

export type GroupWriting = Pick<Services, 'store' | 'directory' | 'clock'>;

export interface GroupWriter {
  /** A person's identifier, or null. */
  readonly by: string | null;
  readonly origin: ChangeOrigin;
}

/**
 * Makes the group what `change` says, which is given how it stands and may say null to leave it.
 * Resolves to how it stood; undefined where there is no such group.
 */
export async function changeGroup(
  { store, directory, clock }: GroupWriting,
  slug: string,
  change: (group: Group) => Unstamped<Group> | null,
  { by, origin }: GroupWriter,
): Promise<Group | undefined> {
  return inTurn(`group ${slug}`, async () => {
    const group = await findGroup(store, slug);
    if (!group) return undefined;
    const wanted = change(group);
    if (wanted) {
      await putGroup(store, wanted, { by, origin, batch: randomUUID(), now: clock() });
      await directory.refresh();
    }
    return group;
  });
}

/** Who confirms, as the sign of life names them: never by address. */
export const confirmers = {
  contact: 'its contact',
  organizer: 'its organizer',
  staff: 'NNIP staff',
  member: 'somebody of the group',
} as const;

/** Who says something, as reasons begin. */
export const sayers: Readonly<Record<keyof typeof confirmers, string>> = {
  contact: 'its contact says',
  organizer: 'its organizer says',
  staff: 'NNIP staff say',
  member: 'somebody of the group says',
};
export type Confirmer = keyof typeof confirmers;

/** The group with one more sign: a person says on this day that it is active. A closed one is open again. */
export function withConfirmation(
  group: Group,
  confirmer: Confirmer,
  day: string,
): Unstamped<Group> {
  const sign: Sign = { kind: 'confirmed', date: day, source: confirmers[confirmer], url: null };
  const others = group.signs.filter(
    ({ kind, date, source }) => kind !== sign.kind || date !== sign.date || source !== sign.source,
  );
  return { ...group, signs: [...others, sign], closed: null };
}
