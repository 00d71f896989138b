// Transitions between two waves in the API: the filled cells with the partners behind them, totals, and the panel.
// Not asked and not answered are standings of their own; an empty cell is left out.
import { z } from 'zod';
import type { Directory } from '../../../directory/directory.ts';
import { transitionsTo } from '../../../directory/wave-transitions.ts';
import type { Wave } from '../../../domain/records.ts';
import { type Standing, standings } from '../../../domain/transitions.ts';
import * as fields from './fields.ts';

const standing = z.enum(standings);
const count = z.int().nonnegative();
const totals = z.object(
  Object.fromEntries(standings.map((one) => [one, count])) as Record<Standing, typeof count>,
);

export const transitionsSchema = fields.named(
  'Transitions',
  z
    .object({
      from: fields.slug.meta({ description: 'The wave it is compared with.' }),
      partners: count.meta({ description: 'Every partner that either wave asked.' }),
      cells: z.array(
        z.object({
          from: standing,
          to: standing,
          count,
          partners: fields.slugs,
        }),
      ),
      fromTotals: totals.meta({ description: 'Partners by where they stood in the earlier wave.' }),
      toTotals: totals.meta({ description: 'Partners by where they stand in this wave.' }),
      panel: z
        .object({
          size: count,
          closer: fields.slugs,
          same: fields.slugs,
          further: fields.slugs,
        })
        .meta({ description: 'Those that answered both.' }),
    })
    .meta({ description: 'How levels moved from one wave to the next, partner by partner.' }),
);

/** Null where no earlier wave is known partner by partner. */
export function toTransitions(
  directory: Directory,
  wave: Wave,
): z.infer<typeof transitionsSchema> | null {
  const moved = transitionsTo(directory, wave);
  if (!moved) return null;
  const { before, found } = moved;
  return {
    from: before.slug,
    partners: found.partners,
    cells: standings.flatMap((from) =>
      standings.flatMap((to) => {
        const partners = [...found.cells[from][to]];
        return partners.length === 0 ? [] : [{ from, to, count: partners.length, partners }];
      }),
    ),
    fromTotals: { ...found.rowTotals },
    toTotals: { ...found.columnTotals },
    panel: {
      size: found.panel.size,
      closer: [...found.panel.closer],
      same: [...found.panel.same],
      further: [...found.panel.further],
    },
  };
}
