// Writes what checks found: at once where no sign changed, else several groups in one step, so that the directory is
// not built anew for each of them. Signs go first: a check that is kept says that its signs are too.
import type { GroupCheck, Sign } from '../domain/records.ts';
import { mergeSigns, wasRead } from '../domain/signs.ts';
import { dropOtherChecks, keepChecks } from '../store/group-checks.ts';
import { changeSigns } from '../store/group-signs.ts';
import { raiseRevision } from '../store/revision.ts';
import type { Store } from '../store/store.ts';
import { programWriter } from '../store/writer.ts';
import type { GroupChecked } from './check-group.ts';
import { sourceWords } from './read-source.ts';

/** So many groups with signs are written in one step. */
const mostWaiting = 25;

export interface Findings {
  keep(checked: GroupChecked): Promise<void>;
  /** Writes what waits, and lets the directory know of checks that pages show. */
  flush(): Promise<void>;
  /** Slugs of the groups whose signs changed so far. */
  changed(): readonly string[];
}

export function keepFindings(store: Store, clock: () => Date): Findings {
  const changed = new Set<string>();
  let waiting: GroupChecked[] = [];
  let isShownOld = false;
  let writing: Promise<void> = Promise.resolve();

  const keepChecksOf = async (those: readonly GroupChecked[]): Promise<void> => {
    for (const { group, sources, before, all } of those) {
      const checks = sources.flatMap(({ check }) => check ?? []);
      await keepChecks(store, checks, clock());
      const dropped = all === null ? 0 : await dropOtherChecks(store, group, all);
      isShownOld ||= dropped > 0 || checks.some((check) => isShownAnew(check, before));
    }
  };
  const write = async (): Promise<void> => {
    const those = waiting;
    waiting = [];
    if (those.length === 0) return;
    const changes = new Map(those.map((one) => [one.group, mergeOf(one)]));
    const writer = programWriter('check', clock());
    for (const slug of await changeSigns(store, changes, writer)) changed.add(slug);
    await keepChecksOf(those);
  };
  /** One after the other, and a failed one does not hold up the next. */
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    const done = writing.then(work);
    writing = done.catch(() => undefined);
    return done;
  };

  return {
    keep: (checked) =>
      inTurn(async () => {
        if (checked.sources.some(({ signs }) => signs !== null)) {
          waiting.push(checked);
          if (waiting.length >= mostWaiting) await write();
        } else await keepChecksOf([checked]);
      }),
    flush: () =>
      inTurn(async () => {
        await write();
        if (isShownOld) await raiseRevision(store);
        isShownOld = false;
      }),
    changed: () => [...changed],
  };
}

const mergeOf =
  ({ sources }: GroupChecked) =>
  (signs: readonly Sign[]): readonly Sign[] =>
    sources.reduce(
      (merged, { source, signs: found }) =>
        found === null ? merged : mergeSigns(merged, sourceWords[source], found),
      signs,
    );

/** What pages show of a check: how it ended, and on which day. */
const shownOf = ({ outcome, words, checkedAt, address }: GroupCheck): string =>
  JSON.stringify([wasRead(outcome) ? 'read' : outcome, words, checkedAt.slice(0, 10), address]);

const isShownAnew = (check: GroupCheck, before: readonly GroupCheck[]): boolean => {
  const old = before.find(({ source }) => source === check.source);
  return !old || shownOf(old) !== shownOf(check);
};
