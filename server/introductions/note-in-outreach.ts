// Notes the steps of an introduction in the log of the partner's city, where staff work on its gap. Organizations
// alone are named, never people or addresses.
import { otherSide } from '../domain/introduction.ts';
import type { Services } from '../services.ts';
import type { Introduction } from '../store/introductions.ts';
import { addEntry, readOutreachOf } from '../store/outreach.ts';
import { nameOf } from './pair.ts';

const sentences = {
  asked: (from: string, to: string) => `${from} asked for an introduction to ${to}.`,
  accepted: (from: string, to: string) =>
    `${to} accepted an introduction to ${from}: each has the other’s address now.`,
  declined: (from: string, to: string) => `${to} declined an introduction to ${from}.`,
  expired: (from: string, to: string) =>
    `${to} did not answer whether they want an introduction to ${from}.`,
  withdrawn: (from: string, to: string) => `The introduction of ${from} to ${to} was withdrawn.`,
  'could-not-be-sent': (from: string, to: string) =>
    `An introduction of ${from} to ${to} could not be sent.`,
} as const;

/** Once per step; nothing where the city has no open gap. */
export async function noteInOutreach(
  { store, directory, clock }: Pick<Services, 'store' | 'directory' | 'clock'>,
  one: Introduction,
): Promise<void> {
  if (one.unposted === 'reminder') return;
  const current = directory.current();
  const city = current.findPartner(one.partner)?.city;
  if (city === undefined) return;
  const item = (await readOutreachOf(store, city)).find(({ open }) => open);
  if (!item) return;
  const names = [
    nameOf(current, one.from, one),
    nameOf(current, otherSide(one.from), one),
  ] as const;
  const key = `introduction ${one.id} ${one.round} ${one.state}`;
  const text = sentences[one.state](...names);
  await addEntry(store, item.id, { by: null, kind: 'fact', text, key }, clock());
}
