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
  const entriesFor = (paths: readonly string[]): Element[] =>
    [...document.querySelectorAll(entries)].filter(
      (entry) => !container.contains(entry) && paths.includes(pathOf(entry) ?? ''),
    );

  const counterpartsOf = (target: EventTarget | null): readonly (Element | undefined)[] => {
    if (!(target instanceof Element)) return [];
    if (container.contains(target)) {
      const onMap = target.closest<HTMLElement>('[data-marks]');
      return entriesFor(onMap?.dataset['marks']?.split(' ') ?? []);
    }
    const path = pathOf(target.closest(entries));
    return path === undefined ? [] : [elementOf(path)];
  };

  // The pointer and the focus each mark their own: where one goes says nothing of the other.
  const marked = new Map<string, readonly Element[]>();
  const follow = (event: Event): void => {
    const counterparts = counterpartsOf(event.target).filter((element) => element !== undefined);
    const before = marked.get(event.type) ?? [];
    marked.set(event.type, counterparts);
    const all = [...marked.values()].flat();
    for (const element of before) element.classList.toggle(active, all.includes(element));
    for (const element of counterparts) element.classList.add(active);
  };
  document.addEventListener('mouseover', follow);
  document.addEventListener('focusin', follow);
}
