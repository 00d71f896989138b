// Figures of one wave: counts as bars and as the rows of the table beside them.
// A count that a source gives stays apart from one that was inferred or added up; no answers are invented.
import { scaleLinear } from 'd3-scale';
import type { WaveResponses } from '../../directory/directory.ts';
import type { AggregateCount, WaveAggregate } from '../../domain/records.ts';
import { gifts, levels } from '../../domain/words.ts';
import { levelLabel } from '../../web/format.ts';
import { giftLabel } from '../../web/report-words.ts';

/** Firm ones are filled; inferred ones striped; silent ones stand for partners that said nothing. */
type BarKind = 'firm' | 'inferred' | 'silent';

export interface FigureBar {
  readonly label: string;
  readonly count: number;
  /** "64%". */
  readonly share: string;
  /** Width in percent of the whole bar, which stands for everyone counted. */
  readonly width: number;
  readonly kind: BarKind;
  /** True for a count that the bar above it contains. */
  readonly isPart: boolean;
  /** How it is known; '' where all are counted from the answers. */
  readonly basis: string;
}

export interface FigureView {
  readonly title: string;
  /** The bars in a sentence, for those who do not see them. */
  readonly description: string;
  readonly of: number;
  readonly bars: readonly FigureBar[];
  /** Whether the table says how each number is known. */
  readonly hasBasis: boolean;
  readonly hasInferred: boolean;
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

/** A count out of `of` partners; what is left out is firm, whole and counted from the answers. */
export function toBar(
  of: number,
  { label, count }: { readonly label: string; readonly count: number },
  over: Partial<Pick<FigureBar, 'kind' | 'isPart' | 'basis'>> = {},
): FigureBar {
  const toWidth = scaleLinear([0, Math.max(1, of)], [0, 100]).clamp(true);
  return {
    label,
    count,
    share: of === 0 ? '–' : `${Math.round((count / of) * 100)}%`,
    width: Number(toWidth(count).toFixed(2)),
    kind: 'firm',
    isPart: false,
    basis: '',
    ...over,
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
    const bar = toBar(respondents, level, {
      kind: level.basis === 'inferred' ? 'inferred' : 'firm',
      isPart: parent !== undefined,
      basis: basisWords(level),
    });
    if (!parent || printed.has(parent.key)) return [bar];
    printed.add(parent.key);
    return [toBar(respondents, parent, { basis: 'Stated as a total' }), bar];
  });
}

/** Every level by itself, and those who have not answered by themselves: the counts add up to those asked. */
export function toLevelBars(
  { asked, final }: WaveResponses,
  isOpen: boolean,
): readonly FigureBar[] {
  const answers = [...final.values()];
  return [
    ...levels.map((level) =>
      toBar(asked.length, {
        label: levelLabel(level),
        count: answers.filter((one) => one.level === level).length,
      }),
    ),
    toBar(
      asked.length,
      {
        label: isOpen ? 'Not answered yet' : 'Not answered',
        count: asked.length - answers.length,
      },
      { kind: 'silent' },
    ),
  ];
}

/** How many of those who answered gave each thing; one partner may give several. */
export function toGiftBars({ final }: WaveResponses): readonly FigureBar[] {
  const answers = [...final.values()];
  const bar = (label: string, count: number) => toBar(answers.length, { label, count });
  return [
    ...gifts.map((gift) => {
      const label = giftLabel(gift);
      const count = answers.filter(({ gave }) => gave.includes(gift)).length;
      return bar(label.charAt(0).toUpperCase() + label.slice(1), count);
    }),
    bar('Named nothing', answers.filter(({ gave }) => gave.length === 0).length),
  ];
}

/** How many of those who answered wish for stronger ties, do not, or left it open. */
export function toWishBars({ final }: WaveResponses): readonly FigureBar[] {
  const answers = [...final.values()];
  const of = answers.length;
  const count = (wish: boolean | null) => answers.filter((one) => one.wantsTies === wish).length;
  return [
    toBar(of, { label: 'Wish for stronger ties', count: count(true) }),
    toBar(of, { label: 'Do not wish for them', count: count(false) }),
    toBar(of, { label: 'Did not say', count: count(null) }, { kind: 'silent' }),
  ];
}

export function toFigure(title: string, of: number, bars: readonly FigureBar[]): FigureView {
  const words = bars.map(
    (bar) => `${bar.label}: ${bar.count} of ${of}${bar.kind === 'inferred' ? ' (inferred)' : ''}`,
  );
  return {
    title,
    of,
    bars,
    description: `${title}. ${words.join('; ')}.`,
    hasBasis: bars.some(({ basis }) => basis !== ''),
    hasInferred: bars.some(({ kind }) => kind === 'inferred'),
  };
}
