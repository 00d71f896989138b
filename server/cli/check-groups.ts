// `crosswalk check-groups`: looks for signs of life of the groups now, beside a running server too.
// Ctrl-C stops it cleanly; the next run goes on where it stopped.
import type { Command } from 'commander';
import { pino } from 'pino';
import { checkOutcomes } from '../domain/words.ts';
import { theInternet } from '../outside/network.ts';
import { userAgent } from '../outside/user-agent.ts';
import { type CheckSummary, checkGroups } from '../signs/check-groups.ts';
import { checkOutcomeLabel } from '../web/check-words.ts';
import { type AnswerOptions, countLines, print } from './print.ts';
import { type Progress, showProgress } from './progress.ts';
import { refuseUnknownSlugs } from './unknown-slugs.ts';
import { withStore } from './with-store.ts';

interface CheckOptions extends AnswerOptions {
  readonly group?: readonly string[];
  readonly again?: boolean;
}

/** What a shell expects of a program that Ctrl-C ended. */
const interrupted = 130;

export function addCheckGroupsCommand(program: Command): void {
  program
    .command('check-groups')
    .description(
      'Look for signs of life of the groups: calendars, Meetup, news feeds, GitHub, websites.',
    )
    .option('--group <slug...>', 'only these groups')
    .option('--again', 'ask also what was asked less than a day ago')
    .option('--json', 'answer as one JSON object')
    .addHelpText(
      'after',
      `
Ctrl-C stops the run and keeps what it found; the next run goes on from there.
A source that fails takes away nothing that is known. Ends with 130 if it was stopped, and with 1
if Crosswalk itself made a mistake at one of the sources.`,
    )
    .action(check);
}

async function check(options: CheckOptions): Promise<void> {
  const stopping = new AbortController();
  const stop = (): void => stopping.abort();
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  let progress: Progress | undefined;
  try {
    const summary = await withStore(async (store, config) => {
      const only = options.group;
      if (only) await refuseUnknownSlugs(store, { partners: [], groups: only });
      return checkGroups({
        store,
        network: theInternet,
        userAgent: userAgent(config),
        clock: () => new Date(),
        log: pino({ level: 'error', base: null }, pino.destination({ dest: 2, sync: true })),
        signal: stopping.signal,
        again: options.again ?? false,
        ...(only ? { only } : {}),
        onStart: (total) => {
          progress = showProgress({ label: 'groups', total, silent: options.json ?? false });
        },
        onGroup: () => progress?.step(),
      });
    });
    progress?.end();
    print(summary, linesOf(summary), options);
    if (summary.isStopped) process.exitCode = interrupted;
    else if ((summary.outcomes.error ?? 0) > 0) process.exitCode = 1;
  } finally {
    progress?.end();
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
  }
}

function linesOf(summary: CheckSummary): string[] {
  const { groups, outcomes, notDue, withoutSource, changed, isStopped } = summary;
  const counts: Record<string, number> = {};
  for (const outcome of checkOutcomes) {
    const count = outcomes[outcome];
    if (count) counts[checkOutcomeLabel(outcome)] = count;
  }
  if (notDue > 0) counts['Asked less than a day ago'] = notDue;
  return [
    isStopped
      ? `Stopped after ${groups} groups. What was found is kept; the next run goes on from here.`
      : `Groups: ${groups}, ${changed.length} with other signs of life than before, ${withoutSource} without a source to ask.`,
    ...(Object.keys(counts).length > 0 ? ['Sources:', ...countLines(counts)] : []),
  ];
}
