// The figures as people read them: a plain table, BENCHMARKS.md, and what got slower since the last run.
import { cpus } from 'node:os';

export interface Figure {
  readonly name: string;
  readonly bytes: number;
  /** Answers a second: bare node:http, bare Express and Crosswalk, medians of the rounds. */
  readonly http: number;
  readonly express: number;
  readonly crosswalk: number;
  /** Milliseconds, median of the rounds. */
  readonly p99: number;
  readonly failures: number;
  /** What is promised: Crosswalk's share of bare node:http, or of bare Express. */
  readonly budget: { readonly of: 'http' | 'express'; readonly share: number } | null;
}

export interface Run {
  readonly date: string;
  readonly node: string;
  readonly size: string;
  readonly figures: readonly Figure[];
}

const share = (figure: Figure, of: 'http' | 'express'): number => figure.crosswalk / figure[of];

function verdict(figure: Figure): string {
  if (!figure.budget) return '';
  const reached = share(figure, figure.budget.of);
  const promise = `${figure.budget.share} of ${figure.budget.of === 'http' ? 'node:http' : 'Express'}`;
  return `${reached >= figure.budget.share ? 'met' : 'MISSED'}: ${promise}`;
}

export function toMarkdown(run: Run): string {
  const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
  const rows = run.figures.map((figure) =>
    [
      figure.name,
      whole.format(figure.bytes),
      whole.format(figure.http),
      whole.format(figure.express),
      whole.format(figure.crosswalk),
      share(figure, 'http').toFixed(2),
      share(figure, 'express').toFixed(2),
      figure.p99.toFixed(1),
      verdict(figure),
    ].join(' | '),
  );
  return [
    '# Benchmarks',
    '',
    'Written by `npm run bench`. A rate is in answers a second. What counts are the two shares: the floor is measured',
    'in the same run, with the very same bytes, so a share means the same on any machine.',
    '',
    `${run.date}, Node ${run.node}, ${cpus().length} cores, ${run.size}.`,
    '',
    '| answer | bytes | node:http | Express | Crosswalk | of node:http | of Express | p99 ms | budget |',
    '| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |',
    ...rows.map((row) => `| ${row} |`),
    '',
  ].join('\n');
}

/** Answers whose share of the floor fell by more than a tenth since the run before. */
export function whatGotSlower(before: Run | undefined, now: Run): string[] {
  return now.figures.flatMap((figure) => {
    const old = before?.figures.find((candidate) => candidate.name === figure.name);
    if (!old || share(figure, 'http') >= 0.9 * share(old, 'http')) return [];
    return [
      `${figure.name}: ${share(old, 'http').toFixed(2)} of node:http before, ${share(figure, 'http').toFixed(2)} now`,
    ];
  });
}
