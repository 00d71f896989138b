// Looks for signs of life of every group: a few groups at a time, each source apart from the others, what was found kept
// as it comes, so that a run that was cut off goes on where it stopped. When to look is left to the command and the job.
import pLimit from 'p-limit';
import type { Logger } from 'pino';
import { dayOf } from '../domain/dates.ts';
import { livenessOf } from '../domain/liveness.ts';
import type { Group } from '../domain/records.ts';
import type { CheckOutcome } from '../domain/words.ts';
import type { Network } from '../outside/network.ts';
import { type OutsideLimits, openOutside } from '../outside/outside.ts';
import { readGroupChecks } from '../store/group-checks.ts';
import { readGroups } from '../store/groups.ts';
import type { Store } from '../store/store.ts';
import { checkGroup, type GroupChecked } from './check-group.ts';
import { keepFindings } from './keep-findings.ts';

export interface CheckingGroups {
  readonly store: Store;
  readonly network: Network;
  readonly userAgent: string;
  readonly clock: () => Date;
  readonly log: Logger;
  readonly limits?: OutsideLimits;
  /** Slugs; all groups where it is absent. */
  readonly only?: readonly string[];
  /** Asks also those that were asked not long ago. */
  readonly again?: boolean;
  /** Ends the run soon; what is known by then is kept. */
  readonly signal?: AbortSignal;
  readonly onStart?: (total: number) => void;
  readonly onGroup?: (group: string) => void;
}

export interface CheckSummary {
  /** Groups that were looked at. */
  readonly groups: number;
  /** Sources asked, by how it ended. */
  readonly outcomes: Readonly<Partial<Record<CheckOutcome, number>>>;
  /** Sources that were left alone: asked not long ago. */
  readonly notDue: number;
  /** Groups that name no source that could be asked. */
  readonly withoutSource: number;
  /** Slugs of the groups whose signs changed. */
  readonly changed: readonly string[];
  /** True where it was stopped before it was through. */
  readonly isStopped: boolean;
}

const atOnce = 8;

export async function checkGroups(checking: CheckingGroups): Promise<CheckSummary> {
  const { store, network, userAgent, clock, log, limits, again = false } = checking;
  const signal = checking.signal ?? new AbortController().signal;
  const groups = await groupsInTurn(store, checking.only);
  checking.onStart?.(groups.length);
  const outside = openOutside({ network, userAgent, signal, ...(limits ? { limits } : {}) });
  const findings = keepFindings(store, clock);
  const looked: GroupChecked[] = [];
  const limit = pLimit(atOnce);

  const look = async (group: Group): Promise<void> => {
    if (signal.aborted) return;
    const isClosed = livenessOf(group, dayOf(clock())).state === 'closed';
    const checked = await checkGroup({ store, outside, clock, log, signal }, group, {
      again,
      isClosed,
    });
    await findings.keep(checked);
    looked.push(checked);
    checking.onGroup?.(group.slug);
  };
  try {
    await Promise.all(groups.map((group) => limit(look, group)));
  } finally {
    limit.clearQueue();
    await findings.flush();
    await outside.close();
  }
  return summarize(looked, findings.changed(), signal.aborted);
}

/** Those first that were not looked at for the longest time: where a host lets few through, all have their turn. */
async function groupsInTurn(
  store: Store,
  only: readonly string[] | undefined,
): Promise<readonly Group[]> {
  const [groups, checks] = await Promise.all([readGroups(store), readGroupChecks(store)]);
  const oldest = new Map<string, string>();
  for (const { group, checkedAt } of checks) {
    const known = oldest.get(group);
    if (known === undefined || checkedAt < known) oldest.set(group, checkedAt);
  }
  const since = ({ slug }: Group): string => oldest.get(slug) ?? '';
  return groups
    .filter(({ slug }) => only === undefined || only.includes(slug))
    .sort((one, other) => (since(one) < since(other) ? -1 : since(one) > since(other) ? 1 : 0));
}

function summarize(
  looked: readonly GroupChecked[],
  changed: readonly string[],
  isStopped: boolean,
): CheckSummary {
  const outcomes: Partial<Record<CheckOutcome, number>> = {};
  for (const { outcome } of looked.flatMap(({ sources }) => sources)) {
    outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
  }
  return {
    groups: looked.length,
    outcomes,
    notDue: looked.reduce((sum, { notDue }) => sum + notDue, 0),
    withoutSource: looked.filter(({ sources, notDue }) => sources.length + notDue === 0).length,
    changed,
    isStopped,
  };
}
