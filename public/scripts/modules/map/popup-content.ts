// What a popup says, built from nodes; what is known of a group being alive is asked for when its popup opens. Names come from other people: they are always text, never markup.
import { findLiveness } from './group-liveness.ts';
import type { Place } from './places.ts';

/** What the page knows of flags: their words, from the key, and the sprite of shapes. */
export interface FlagShapes {
  words(flag: string): string;
  /** An SVG of the flag's or group's shape, hidden from screen readers. */
  shape(name: string): SVGSVGElement;
}

function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  className: string,
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...children);
  return made;
}

function linkTo(place: Place): HTMLAnchorElement {
  const link = element('a', '', place.name);
  link.href = place.href;
  return link;
}

function oneCity(place: Place & { kind: 'city' }, shapes: FlagShapes): Node[] {
  const { groupCount } = place;
  const groups = groupCount === 1 ? '1 group in reach' : `${groupCount} groups in reach`;
  return [
    element('p', 'map-popup-title', linkTo(place)),
    element(
      'p',
      `map-popup-flag flag--${place.flag}`,
      shapes.shape(place.flag),
      shapes.words(place.flag),
    ),
    element('p', 'map-popup-note', groupCount === 0 ? 'No group in reach is known.' : groups),
  ];
}

function oneGroup(place: Place & { kind: 'group' }): Node[] {
  const liveness = element('p', 'map-popup-note');
  findLiveness(place.slug).then((words) => {
    if (words === null) liveness.remove();
    else liveness.textContent = words;
  });
  return [
    element('p', 'map-popup-title', linkTo(place)),
    element(
      'p',
      'map-popup-note',
      place.where === '' ? 'Civic tech group' : `Civic tech group, ${place.where}`,
    ),
    liveness,
  ];
}

/** The content for one place, or the list of all that stand on one spot. */
export function popupContent(
  title: string,
  places: readonly Place[],
  shapes: FlagShapes,
): HTMLElement {
  const [first] = places;
  if (places.length === 1 && first) {
    return element(
      'div',
      'map-popup',
      ...(first.kind === 'city' ? oneCity(first, shapes) : oneGroup(first)),
    );
  }
  const items = places.map((place) => element('li', '', linkTo(place)));
  return element(
    'div',
    'map-popup',
    element('p', 'map-popup-title', title),
    element('ul', 'map-popup-list', ...items),
  );
}
