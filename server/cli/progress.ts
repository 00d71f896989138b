// How far a long command has come: a bar on a terminal, a plain line now and then in a pipe, nothing beside JSON.
// It goes to stderr, so that what a command answers can be piped on.
import { Presets, SingleBar } from 'cli-progress';

export interface Progress {
  /** So many more are done; with words it says which. */
  step(count?: number): void;
  end(): void;
}

/** A plain line comes after each tenth of the whole. */
const tenths = 10;

export function showProgress(about: {
  /** What is counted: "groups checked". */
  readonly label: string;
  readonly total: number;
  /** Nothing is shown: the command answers with JSON, or was asked to be quiet. */
  readonly silent?: boolean;
}): Progress {
  const { label, total, silent = false } = about;
  if (silent || total === 0) return { step: () => undefined, end: () => undefined };
  return process.stderr.isTTY ? showBar(label, total) : showLines(label, total);
}

function showBar(label: string, total: number): Progress {
  const bar = new SingleBar(
    { format: `{bar} {value} of {total} ${label}, {eta_formatted} left`, stream: process.stderr },
    Presets.shades_classic,
  );
  bar.start(total, 0);
  return { step: (count = 1) => bar.increment(count), end: () => bar.stop() };
}

function showLines(label: string, total: number): Progress {
  let done = 0;
  let said = 0;
  return {
    step(count = 1) {
      done += count;
      const tenth = Math.floor((done * tenths) / total);
      if (tenth <= said) return;
      said = tenth;
      process.stderr.write(`${done} of ${total} ${label}\n`);
    },
    end: () => undefined,
  };
}
