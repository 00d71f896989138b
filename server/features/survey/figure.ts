// The figure of one wave: its counts as bars and as the rows of the table beside them.
// A count that a source gives stays apart from one that was inferred or added up; no answers are invented.
import { scaleLinear } from 'd3-scale';
import type { AggregateCount, Report, WaveAggregate } from '../../domain/records.ts';
import { type Level, levels } from '../../domain/words.ts';
import { levelLabel } from '../../web/format.ts';

export interface FigureBar {
  readonly label: string;
  readonly count: number;
  /** "64 %". */
  readonly share: string;
  /** Width in percent of the whole bar, which stands for every respondent. */
  readonly width: number;
  readonly isFirm: boolean;
  /** True for a count that the bar above it contains. */
  readonly isPart: boolean;
  readonly basis: string;
}

export interface FigureView {
  readonly title: string;
  /** The bars in a sentence, for those who do not see them. */
  readonly description: string;
  readonly of: number;
  readonly bars: readonly FigureBar[];
}

const basisWords = ({ basis, stated }: AggregateCount): string => {
  if (basis === 'stated') return `Stated: “${stated}”`;
  if (basis === 'inferred') return `Inferred from “${stated}”`;
  return 'Added up';
};

/** The levels that a combined count adds up, by the keys it names. */
function partsOf(combined: AggregateCount, all: readonly AggregateCount[]): AggregateCount[] {
  const keys = new Set(combined.stated.split(/[^\p{L}\p{N}-]+/u));
  return all.filter((level) => keys.has(level.key));
}

function toBar(of: number, count: AggregateCount, isPart: boolean, basis: string): FigureBar {
  const toWidth = scaleLinear([0, Math.max(1, of)], [0, 100]).clamp(true);
  return {
    label: count.label,
    count: count.count,
    share: of === 0 ? '–' : `${Math.round((count.count / of) * 100)}%`,
    width: Number(toWidth(count.count).toFixed(2)),
    isFirm: count.basis !== 'inferred',
    isPart,
    basis,
  };
}

/** Levels in their order; inferred ones stand under the stated total that contains them. */
export function toAggregateBars(aggregate: WaveAggregate): readonly FigureBar[] {
  const { respondents, levels: all, combined } = aggregate;
  const totals = combined.filter((total) => total.basis === 'stated');
  const parents = new Map(
    totals.flatMap((total) => partsOf(total, all).map((part) => [part.key, total] as const)),
  );
  const printed = new Set<string>();
  return all.flatMap((level) => {
    const parent = level.basis === 'inferred' ? parents.get(level.key) : undefined;
    const bar = toBar(respondents, level, parent !== undefined, basisWords(level));
    if (!parent || printed.has(parent.key)) return [bar];
    printed.add(parent.key);
    return [toBar(respondents, parent, false, 'Stated as a total'), bar];
  });
}

/** Answers to one wave counted by level; a partner that answered twice counts once, with its newest answer. */
export function toAnswerBars(reports: readonly Report[]): {
  readonly of: number;
  readonly bars: readonly FigureBar[];
} {
  const newest = new Map<string, Report>();
  for (const report of reports) {
    const known = newest.get(report.partner);
    if (!known || known.createdAt < report.createdAt) newest.set(report.partner, report);
  }
  const answers = [...newest.values()];
  const count = (level: Level): number => answers.filter((one) => one.level === level).length;
  return {
    of: answers.length,
    bars: levels.map((level) =>
      toBar(
        answers.length,
        {
          key: level,
          label: levelLabel(level),
          count: count(level),
          basis: 'computed',
          stated: '',
        },
        false,
        'Counted from the answers',
      ),
    ),
  };
}

export function toFigure(title: string, of: number, bars: readonly FigureBar[]): FigureView {
  const words = bars.map(
    (bar) => `${bar.label}: ${bar.count} of ${of}${bar.isFirm ? '' : ' (inferred)'}`,
  );
  return { title, of, bars, description: `${title}. ${words.join('; ')}.` };
}
