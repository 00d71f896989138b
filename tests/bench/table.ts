// The figures as people read them: plain tables, BENCHMARKS.md, and what got slower since the last run.
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
  /** Milliseconds; null where nothing is promised. */
  readonly p99Budget: number | null;
}

/** A figure without a floor that sends the same bytes. */
export interface Fact {
  readonly name: string;
  readonly value: number;
  readonly unit: 'ms' | 'MB' | 'kB' | 'share' | 'count';
  readonly budget: number | null;
  readonly better: 'lower' | 'higher';
}

/** Everything measured at one size of the directory. */
export interface Part {
  readonly size: string;
  readonly figures: readonly Figure[];
  readonly facts: readonly Fact[];
}

export interface Run {
  readonly date: string;
  readonly node: string;
  readonly parts: readonly Part[];
}

const share = (figure: Figure, of: 'http' | 'express'): number => figure.crosswalk / figure[of];

export const isMet = ({ value, budget, better }: Fact): boolean =>
  budget === null || (better === 'lower' ? value <= budget : value >= budget);

function verdict(figure: Figure): string {
  const said: string[] = [];
  if (figure.budget) {
    const met = share(figure, figure.budget.of) >= figure.budget.share;
    const of = figure.budget.of === 'http' ? 'node:http' : 'Express';
    said.push(`${met ? 'met' : 'MISSED'}: ${figure.budget.share} of ${of}`);
  }
  if (figure.p99Budget !== null) {
    const met = figure.p99 <= figure.p99Budget;
    said.push(`${met ? 'met' : 'MISSED'}: p99 ${figure.p99Budget} ms`);
  }
  return said.join(', ');
}

const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

const figureRow = (figure: Figure): string =>
  [
    figure.name,
    whole.format(figure.bytes),
    whole.format(figure.http),
    whole.format(figure.express),
    whole.format(figure.crosswalk),
    share(figure, 'http').toFixed(2),
    share(figure, 'express').toFixed(2),
    figure.p99.toFixed(1),
    verdict(figure) + (figure.failures > 0 ? ` (${figure.failures} failed)` : ''),
  ].join(' | ');

const print = (value: number, unit: Fact['unit']): string => {
  if (unit === 'share') return value.toFixed(2);
  const text = value < 10 && unit !== 'count' ? value.toFixed(1) : whole.format(value);
  return unit === 'count' ? text : `${text} ${unit}`;
};

function factRow(fact: Fact): string {
  const { name, value, unit, budget, better } = fact;
  const promise =
    budget === null
      ? ''
      : `${isMet(fact) ? 'met' : 'MISSED'}: at ${better === 'lower' ? 'most' : 'least'} ${print(budget, unit)}`;
  return [name, print(value, unit), promise].join(' | ');
}

function partText({ size, figures, facts }: Part): string[] {
  return [
    `## ${size}`,
    '',
    ...(figures.length > 0
      ? [
          '| answer | bytes | node:http | Express | Crosswalk | of node:http | of Express | p99 ms | budget |',
          '| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |',
          ...figures.map((figure) => `| ${figureRow(figure)} |`),
          '',
        ]
      : []),
    ...(facts.length > 0
      ? [
          '| what | measured | budget |',
          '| --- | ---: | --- |',
          ...facts.map((fact) => `| ${factRow(fact)} |`),
          '',
        ]
      : []),
  ];
}

/** Says of each fact that was measured at several sizes what it does from the smallest to the largest. */
export function howItGrows(parts: readonly Part[]): string[] {
  const [small, large] = [parts[0], parts.at(-1)];
  if (!small || !large || small === large) return [];
  const times = (from: number, to: number): string =>
    to < 1.5 * from
      ? 'stays as it is'
      : `grows ${(to / from).toFixed(to / from < 10 ? 1 : 0)} times`;
  const facts = small.facts.flatMap((fact) => {
    const other = large.facts.find(({ name }) => name === fact.name);
    if (!other || fact.unit === 'share' || fact.unit === 'count' || fact.value === 0) return [];
    const ends = `${print(fact.value, fact.unit)} to ${print(other.value, fact.unit)}`;
    return [`${fact.name}: ${times(fact.value, other.value)}, ${ends}.`];
  });
  const figures = small.figures.flatMap((figure) => {
    const other = large.figures.find(({ name }) => name === figure.name);
    if (!other) return [];
    const cost = ({ crosswalk }: Figure): number => 1_000 / crosswalk;
    return [`${figure.name}: the cost of an answer ${times(cost(figure), cost(other))}.`];
  });
  return [
    `## How it grows, from ${small.size} to ${large.size}`,
    '',
    ...[...figures, ...facts].map((line) => `- ${line}`),
    '',
  ];
}

export function toMarkdown(run: Run): string {
  return [
    '# Benchmarks',
    '',
    'Written by `npm run bench`. A rate is in answers a second. What counts are the two shares: the floor is measured',
    'in the same run, with the very same bytes, so a share means the same on any machine.',
    '',
    `${run.date}, Node ${run.node}, ${cpus().length} cores, embedded store.`,
    '',
    ...run.parts.flatMap(partText),
    ...howItGrows(run.parts),
  ].join('\n');
}

/** What got worse by more than a tenth of its share of the floor, or by more than a fifth where there is none. */
export function whatGotSlower(before: Run | undefined, now: Run): string[] {
  return now.parts.flatMap((part) => {
    const old = before?.parts?.find(({ size }) => size === part.size);
    if (!old) return [];
    const figures = part.figures.flatMap((figure) => {
      const was = old.figures.find(({ name }) => name === figure.name);
      if (!was || share(figure, 'http') >= 0.9 * share(was, 'http')) return [];
      const [then, here] = [share(was, 'http'), share(figure, 'http')];
      return [
        `${part.size}, ${figure.name}: ${then.toFixed(2)} of node:http before, ${here.toFixed(2)} now`,
      ];
    });
    const facts = part.facts.flatMap((fact) => {
      const was = old.facts.find(({ name }) => name === fact.name);
      if (!was) return [];
      const worse =
        fact.better === 'lower' ? fact.value > 1.2 * was.value : fact.value < 0.8 * was.value;
      if (!worse) return [];
      return [
        `${part.size}, ${fact.name}: ${print(was.value, fact.unit)} before, ${print(fact.value, fact.unit)} now`,
      ];
    });
    return [...figures, ...facts];
  });
}
