// Ties the printed list to the map: pointing at an entry marks its place on the map, and the other way round.
// An entry is a list item or a table row whose first link leads to the place's page.

const active = 'is-highlighted';
const entries = 'main li, main tr';

const pathOf = (entry: Element | null): string | undefined =>
  entry?.querySelector<HTMLAnchorElement>('a[href]')?.pathname;

/** `elementOf` finds the element on the map for the path of a place's page. */
export function linkList(
  container: HTMLElement,
  elementOf: (path: string) => HTMLElement | undefined,
): void {
  let marked: readonly Element[] = [];
  const mark = (elements: readonly (Element | undefined)[]): void => {
    for (const element of marked) element.classList.remove(active);
    marked = elements.filter((element) => element !== undefined);
    for (const element of marked) element.classList.add(active);
  };
  const entriesFor = (paths: readonly string[]): Element[] =>
    [...document.querySelectorAll(entries)].filter(
      (entry) => !container.contains(entry) && paths.includes(pathOf(entry) ?? ''),
    );

  const follow = (event: Event): void => {
    if (!(event.target instanceof Element)) return;
    if (container.contains(event.target)) {
      const onMap = event.target.closest<HTMLElement>('[data-marks]');
      mark(entriesFor(onMap?.dataset['marks']?.split(' ') ?? []));
      return;
    }
    const path = pathOf(event.target.closest(entries));
    mark(path === undefined ? [] : [elementOf(path)]);
  };
  document.addEventListener('mouseover', follow);
  document.addEventListener('focusin', follow);
}
