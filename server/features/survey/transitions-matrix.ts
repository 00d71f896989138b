// The drawing of the transitions: one circle for each cell of the table, its area the number of partners.
// Lengths are units of the drawing's own view box; colours and strokes are the style sheet's.
import { scaleSqrt } from 'd3-scale';
import type { Wave } from '../../domain/records.ts';
import {
  type Standing,
  standings,
  type Transitions,
  tieStrength,
} from '../../domain/transitions.ts';
import { levels } from '../../domain/words.ts';
import { standingLabels } from './words.ts';

export type Move = 'closer' | 'same' | 'further' | 'unknown';

export interface MatrixView {
  readonly width: number;
  readonly height: number;
  /** What is drawn, for those who do not see it. */
  readonly description: string;
  readonly rows: readonly { readonly label: string; readonly y: number }[];
  readonly columns: readonly { readonly label: string; readonly x: number }[];
  /** The lines of the grid. */
  readonly left: number;
  readonly top: number;
  readonly side: number;
  readonly lines: readonly number[];
  /** How far the line of those that stayed where they were goes: over the levels alone. */
  readonly diagonal: number;
  readonly circles: readonly {
    readonly x: number;
    readonly y: number;
    readonly r: number;
    readonly count: number;
    readonly move: Move;
  }[];
}

const step = 46;
const left = 142;
const top = 124;
const smallest = 10;
const biggest = 21;
/** Room for the slanted words of the last column. */
const right = 44;

/** Which way a partner moved; unknown where it did not answer both waves. */
function moveOf(from: Standing, to: Standing): Move {
  if (from === 'not-answered' || from === 'not-asked') return 'unknown';
  if (to === 'not-answered' || to === 'not-asked') return 'unknown';
  const difference = tieStrength(to) - tieStrength(from);
  return difference > 0 ? 'closer' : difference < 0 ? 'further' : 'same';
}

export function toMatrix(found: Transitions, before: Wave, after: Wave): MatrixView {
  const pairs = standings.flatMap((from, row) =>
    standings.map((to, column) => ({ from, to, row, column, count: found.cells[from][to].length })),
  );
  const most = Math.max(1, ...pairs.map(({ count }) => count));
  const toRadius = scaleSqrt([0, most], [0, biggest]);
  const middle = (index: number): number => index * step + step / 2;
  const side = standings.length * step;
  const filled = pairs.filter(({ count }) => count > 0);
  const words = filled.map(
    ({ from, to, count }) =>
      `${standingLabels[from]} then, ${standingLabels[to].toLowerCase()} now: ${count}`,
  );
  return {
    width: left + side + right,
    height: top + side + 1,
    description: `From ${before.name} to ${after.name}, of ${found.partners} partners. ${words.join('; ')}.`,
    rows: standings.map((one, index) => ({ label: standingLabels[one], y: top + middle(index) })),
    columns: standings.map((one, index) => ({
      label: standingLabels[one],
      x: left + middle(index),
    })),
    left,
    top,
    side,
    diagonal: levels.length * step,
    lines: Array.from({ length: standings.length + 1 }, (_, index) => index * step),
    circles: filled.map(({ from, to, row, column, count }) => ({
      x: left + middle(column),
      y: top + middle(row),
      r: Math.max(smallest, Number(toRadius(count).toFixed(1))),
      count,
      move: moveOf(from, to),
    })),
  };
}
