// Invented work of staff for the demo: who is on which gap, how far they have come, and what they noted.
import type { Directory } from '../directory/directory.ts';
import { addDays } from '../domain/dates.ts';
import type { OutreachStage } from '../domain/words.ts';
import { syncOutreach } from '../outreach/sync-outreach.ts';
import { addEntry, changePlan, readOpenOutreach } from '../store/outreach.ts';
import type { Store } from '../store/store.ts';
import type { Chance } from './chance.ts';

const stages: Readonly<Record<OutreachStage, number>> = {
  'to-do': 20,
  asked: 30,
  introduced: 20,
  meeting: 12,
  'working-together': 8,
  paused: 10,
};

const entries = [
  { kind: 'call', text: 'Spoke with the director, who asked for a name at the group.' },
  { kind: 'mail', text: 'Wrote to both and proposed three dates.' },
  { kind: 'meeting', text: 'All three of us met for half an hour; they will exchange data sets.' },
  { kind: 'note', text: 'The group meets again after the summer.' },
] as const;

/** About two in three gaps have an owner; the others are what the work queue begins with. */
export async function inventOutreach(
  store: Store,
  directory: Directory,
  staff: readonly string[],
  chance: Chance,
  now: Date,
): Promise<void> {
  await syncOutreach(store, directory, now);
  const items = await readOpenOutreach(store);
  items.sort((one, other) => (one.city < other.city ? -1 : 1));
  for (const item of items) {
    if (!chance.happens(0.65)) continue;
    const owner = chance.pick(staff);
    const stage = chance.weighed(stages);
    const nextDate = addDays(directory.today, Math.floor(chance.next() * 40) - 10);
    const entry = { by: owner, kind: 'change' as const, text: 'Began to work on it.', key: 'demo' };
    await changePlan(store, item, { owner, stage, nextDate }, { entry, now });
    if (stage === 'to-do') continue;
    const { kind, text } = chance.pick(entries);
    const said = { by: owner, kind, text: `${text} (invented)`, key: 'demo entry' };
    await addEntry(store, item.id, said, now);
  }
}
