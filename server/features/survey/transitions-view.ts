// How levels moved since the wave before: the table with its totals, and the partners behind one cell of it.
// Not asked and not answered are rows and columns of their own. The drawing of it is transitions-matrix.ts.
import type { Directory } from '../../directory/directory.ts';
import { transitionsTo } from '../../directory/wave-transitions.ts';
import type { Wave } from '../../domain/records.ts';
import { type Standing, standings, type Transitions } from '../../domain/transitions.ts';
import { apiWavePath, cityPath, partnerPath, surveyPath, withQuery } from '../../paths.ts';
import { cityLabel, formatCount } from '../../web/format.ts';
import { firstText, type RawQuery } from '../../web/list.ts';
import type { Action } from '../../web/list-page.ts';
import { type FigureView, toBar, toFigure } from './figure.ts';
import { type MatrixView, toMatrix } from './transitions-matrix.ts';
import { standingLabels } from './words.ts';

/** At most so many partners are named under the table; the API names all of them. */
const mostNamed = 200;

export interface TransitionCell {
  readonly count: number;
  /** Null for an empty cell. */
  readonly href: string | null;
  readonly isChosen: boolean;
  /** "Some contact then, no contact now", for those who hear the number alone. */
  readonly words: string;
}

export interface ChosenCell {
  readonly title: string;
  readonly partners: readonly { readonly city: Action | null; readonly name: Action }[];
  /** Where the rest is named. */
  readonly more: Action | null;
  readonly close: string;
}

export interface TransitionsView {
  readonly before: Action;
  readonly caption: string;
  readonly columns: readonly string[];
  readonly rows: readonly {
    readonly label: string;
    readonly cells: readonly TransitionCell[];
    readonly total: number;
  }[];
  readonly totals: readonly number[];
  readonly partners: number;
  readonly matrix: MatrixView;
  /** Those who answered both; null where nobody did. */
  readonly panel: FigureView | null;
  readonly chosen: ChosenCell | null;
}

/** The two standings of a cell as they stand in the address; '' where none is chosen. */
export interface CellChoice {
  readonly from: Standing | '';
  readonly to: Standing | '';
}

const isStanding = (text: string): text is Standing =>
  (standings as readonly string[]).includes(text);

export function parseCell(raw: RawQuery): CellChoice {
  const from = firstText(raw, 'from');
  const to = firstText(raw, 'to');
  return isStanding(from) && isStanding(to) ? { from, to } : { from: '', to: '' };
}

function toPanel({ panel }: Transitions, before: Wave, after: Wave): FigureView | null {
  if (panel.size === 0) return null;
  const bar = (label: string, partners: readonly string[]) =>
    toBar(panel.size, { label, count: partners.length });
  return toFigure(
    `The ${panel.size} that answered both ${before.name} and ${after.name}`,
    panel.size,
    [
      bar('Closer to a group now', panel.closer),
      bar('As close as then', panel.same),
      bar('Further away now', panel.further),
    ],
  );
}

function toChosen(
  directory: Directory,
  wave: Wave,
  before: Wave,
  partners: readonly string[],
  { from, to }: { readonly from: Standing; readonly to: Standing },
): ChosenCell {
  const words = `${standingLabels[from]} in ${before.name}, ${standingLabels[to].toLowerCase()} in ${wave.name}`;
  return {
    title: `${words}: ${formatCount(partners.length, 'partner', 'partners')}`,
    partners: partners.slice(0, mostNamed).map((slug) => {
      const partner = directory.findPartner(slug);
      if (!partner) return { city: null, name: { label: slug, href: '' } };
      const { cityEntry: city } = partner;
      return {
        city: { label: cityLabel(city), href: cityPath(city.slug) },
        name: { label: partner.name, href: partnerPath(slug) },
      };
    }),
    more:
      partners.length > mostNamed
        ? {
            label: `${partners.length - mostNamed} more are named in the data of this survey`,
            href: apiWavePath(wave.slug),
          }
        : null,
    close: `${surveyPath(wave.slug)}#transitions`,
  };
}

/** Null where there is no earlier wave whose answers are known. */
export function transitionsView(
  directory: Directory,
  wave: Wave,
  choice: CellChoice,
): TransitionsView | null {
  const moved = transitionsTo(directory, wave);
  if (!moved) return null;
  const { before, found } = moved;
  const cellOf = (from: Standing, to: Standing): TransitionCell => {
    const count = found.cells[from][to].length;
    const address = withQuery(surveyPath(wave.slug), { from, to });
    return {
      count,
      href: count === 0 ? null : `${address}#cell`,
      isChosen: choice.from === from && choice.to === to,
      words: `${standingLabels[from]} then, ${standingLabels[to].toLowerCase()} now`,
    };
  };
  return {
    before: { label: before.name, href: surveyPath(before.slug) },
    caption: `Partners by level in ${before.name} (rows) and ${wave.name} (columns)`,
    columns: standings.map((standing) => standingLabels[standing]),
    rows: standings.map((from) => ({
      label: standingLabels[from],
      cells: standings.map((to) => cellOf(from, to)),
      total: found.rowTotals[from],
    })),
    totals: standings.map((standing) => found.columnTotals[standing]),
    partners: found.partners,
    matrix: toMatrix(found, before, wave),
    panel: toPanel(found, before, wave),
    chosen:
      choice.from === '' || choice.to === ''
        ? null
        : toChosen(directory, wave, before, found.cells[choice.from][choice.to], {
            from: choice.from,
            to: choice.to,
          }),
  };
}
