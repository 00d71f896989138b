// The figures as people read them: plain tables, and BENCHMARKS.md.
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

/** A figure that is not of one answer; a share is of the floor that its name says. */
export interface Fact {
  readonly name: string;
  readonly value: number;
  readonly unit: 'ms' | 'MB' | 'kB' | 'share' | 'count';
  readonly budget: number | null;
  readonly better: 'lower' | 'higher';
  /** The least that such a thing takes, measured in the same run, in the same unit. */
  readonly floor?: { readonly what: string; readonly value: number } | undefined;
}

/** Everything measured at one size of the directory in one store. */
export interface Part {
  readonly size: string;
  readonly store: string;
  /** In the directory. */
  readonly groups: number;
  readonly figures: readonly Figure[];
  readonly facts: readonly Fact[];
}

export interface Run {
  readonly date: string;
  readonly node: string;
  readonly parts: readonly Part[];
}

export const share = (figure: Figure, of: 'http' | 'express'): number =>
  figure.crosswalk / figure[of];

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

export const print = (value: number, unit: Fact['unit']): string => {
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
  return [name, print(value, unit), besideFloor(fact), promise].join(' | ');
}

function besideFloor({ value, floor }: Fact): string {
  if (!floor) return '';
  if (floor.value === 0) return `0 for ${floor.what}`;
  const ratio = value / floor.value;
  return `${ratio.toFixed(ratio < 10 ? 2 : 0)} of ${floor.what}`;
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
          '| what | measured | of its floor | budget |',
          '| --- | ---: | --- | --- |',
          ...facts.map((fact) => `| ${factRow(fact)} |`),
          '',
        ]
      : []),
  ];
}

/** Figures that other parts of the bench speak of. */
export const factNames = {
  start: 'start, second time',
  report: 'report until the new flag is served, p99',
  memory: 'memory after all this',
} as const;

/** @param growth what growth.ts says of the parts, line by line */
export function toMarkdown(run: Run, growth: readonly string[]): string {
  const stores = [...new Set(run.parts.map(({ store }) => `${store} store`))];
  return [
    '# Benchmarks',
    '',
    'Written by `npm run bench`. A rate is in answers a second. What counts are the shares: the floor is measured in the',
    'same run, with the very same bytes, so a share means the same on any machine. The 99th percentile is of sixteen',
    'callers at once, who keep every core busy; where it has a budget, of one.',
    '',
    `${run.date}, Node ${run.node}, ${cpus().length} cores, ${stores.join(' and ')}.`,
    '',
    ...run.parts.flatMap(partText),
    ...growth,
  ].join('\n');
}
