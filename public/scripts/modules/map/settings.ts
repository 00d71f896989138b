// Reads what the page says of its map: the data attributes of views/components/map.ejs.
import type { BaseMapFiles } from './base-map.ts';
import type { Place } from './places.ts';
import type { FlagShapes } from './popup-content.ts';
import { parsePoint, parseView, type View, viewName } from './view.ts';

export interface AskedPlace {
  readonly name: string;
  readonly lat: number;
  readonly lng: number;
}

export interface MapSettings {
  readonly label: string;
  readonly sources: readonly {
    readonly kind: Place['kind'];
    readonly href: string;
    /** The same places in fewer bytes; '' where there is no such address. */
    readonly drawnFrom: string;
  }[];
  readonly baseMap: BaseMapFiles;
  readonly tiles: { readonly url: string; readonly attribution: string } | null;
  /** From the address first, then from the page. */
  readonly view: View | undefined;
  readonly selected: string | null;
  /** The place the visitor asked for, and what its mark is called. */
  readonly asked: AskedPlace | undefined;
  readonly shapes: FlagShapes;
}

const svgNamespace = 'http://www.w3.org/2000/svg';

function readShapes(root: HTMLElement): FlagShapes {
  const sprite = root.dataset['sprite'] ?? '';
  const words = new Map(
    [...root.querySelectorAll<HTMLElement>('[data-flag]')].map((row) => [
      row.dataset['flag'] ?? '',
      row.textContent?.trim() ?? '',
    ]),
  );
  return {
    words: (flag) => words.get(flag) ?? flag,
    shape(name) {
      const shape = document.createElementNS(svgNamespace, 'svg');
      shape.setAttribute('aria-hidden', 'true');
      shape.setAttribute('class', 'flag-mark');
      const use = document.createElementNS(svgNamespace, 'use');
      use.setAttribute('href', `${sprite}#${name}`);
      shape.append(use);
      return shape;
    },
  };
}

function readAsked({ dataset }: HTMLElement): AskedPlace | undefined {
  const point = parsePoint(dataset['asked']);
  return point && { ...point, name: dataset['askedName'] ?? '' };
}

export function readSettings(root: HTMLElement): MapSettings {
  const { world = '', states = '', countries = '', tiles, attribution = '', view } = root.dataset;
  const links = [...root.querySelectorAll<HTMLAnchorElement>('a[data-places]')];
  return {
    label: root.querySelector('h2')?.textContent?.trim() ?? 'Map',
    sources: links.map((link) => ({
      kind: link.dataset['places'] === 'cities' ? 'city' : 'group',
      href: link.href,
      drawnFrom: link.dataset['drawnFrom'] ?? '',
    })),
    baseMap: { world, states, countries },
    tiles: tiles ? { url: tiles, attribution } : null,
    view: parseView(new URLSearchParams(location.search).get(viewName)) ?? parseView(view),
    selected: root.dataset['selected'] ?? null,
    asked: readAsked(root),
    shapes: readShapes(root),
  };
}
