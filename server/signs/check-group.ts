// Asks the sources of one group that are due, those that they name in their turn included.
// A mistake of ours at one source is noted as such, and the others are asked all the same.
import type { Logger } from 'pino';
import type { Group } from '../domain/records.ts';
import type { CheckOutcome } from '../domain/words.ts';
import type { Outside } from '../outside/outside.ts';
import { type KeptCheck, readKeptChecks } from '../store/group-checks.ts';
import type { Store } from '../store/store.ts';
import { checkSource, type SourceChecked } from './check-source.ts';
import { sourcesOf, type WantedSource } from './sources-of.ts';

export interface GroupChecked {
  readonly group: string;
  readonly sources: readonly (SourceChecked & { readonly source: WantedSource['source'] })[];
  /** How many of its sources were asked not long ago. */
  readonly notDue: number;
  /** What was kept of its sources before. */
  readonly before: readonly KeptCheck[];
  /** Its sources now, whether asked or not; null where the run was stopped before all were known. */
  readonly all: readonly WantedSource['source'][] | null;
}

interface Checking {
  readonly store: Store;
  readonly outside: Outside;
  readonly clock: () => Date;
  readonly log: Logger;
  readonly signal: AbortSignal;
}

const hour = 3_600_000;
/** What was asked so long ago is asked again: somewhat less than a day, so that the daily job does not miss one. */
const restOfOpen = 20 * hour;
/** A closed group may come back, but seldom does. */
const restOfClosed = 27 * 24 * hour;

export async function checkGroup(
  { store, outside, clock, log, signal }: Checking,
  group: Group,
  { again, isClosed }: { readonly again: boolean; readonly isClosed: boolean },
): Promise<GroupChecked> {
  const before = await readKeptChecks(store, group.slug);
  const kept = new Map(before.map((check) => [check.source, check]));
  const rest = isClosed ? restOfClosed : restOfOpen;
  const isDue = (check: KeptCheck | undefined, address: string): boolean =>
    again ||
    !check ||
    check.address !== address ||
    check.outcome === 'later' ||
    check.outcome === 'error' ||
    clock().getTime() - Date.parse(check.checkedAt) >= rest;

  const waiting = [...sourcesOf(group)];
  const known = new Set(waiting.map(({ source }) => source));
  const sources: (SourceChecked & { source: WantedSource['source'] })[] = [];
  let notDue = 0;
  for (let wanted = waiting.shift(); wanted; wanted = waiting.shift()) {
    if (signal.aborted) return { group: group.slug, sources, notDue, before, all: null };
    const own = kept.get(wanted.source);
    let latest = own;
    if (isDue(own, wanted.addresses[0])) {
      const checked = await checkOne(wanted, own);
      if (checked === null) return { group: group.slug, sources, notDue, before, all: null };
      sources.push({ ...checked, source: wanted.source });
      latest = checked.check ?? own;
    } else notDue += 1;
    for (const { source, address } of latest?.leads ?? []) {
      if (known.has(source)) continue;
      known.add(source);
      waiting.push({ source, addresses: [address] });
    }
  }
  return { group: group.slug, sources, notDue, before, all: [...known] };

  /** Null where the run was stopped in the middle. */
  async function checkOne(
    wanted: WantedSource,
    own: KeptCheck | undefined,
  ): Promise<SourceChecked | null> {
    try {
      return await checkSource(outside, group, wanted, own, clock());
    } catch (error) {
      if (signal.aborted) return null;
      log.error({ err: error, group: group.slug, source: wanted.source }, 'A check went wrong');
      return mistake(group.slug, wanted, own, clock());
    }
  }
}

function mistake(
  group: string,
  { source, addresses: [address] }: WantedSource,
  own: KeptCheck | undefined,
  now: Date,
): SourceChecked {
  const outcome: CheckOutcome = 'error';
  const checkedAt = now.toISOString();
  return {
    outcome,
    signs: null,
    check: {
      readAt: null,
      validators: null,
      days: [],
      page: null,
      leads: [],
      ...own,
      group,
      source,
      address,
      outcome,
      words: 'Crosswalk made a mistake',
      checkedAt,
      failingSince: own?.failingSince ?? checkedAt,
      failures: (own?.failures ?? 0) + 1,
    },
  };
}
