// Ties the printed list to the map: pointing at an entry marks its place on the map, and the other way round.

const active = 'is-highlighted';

/** Entries are the elements with `data-slug`; `elementOf` finds a place's element on the map. */
export function linkList(
  container: HTMLElement,
  elementOf: (slug: string) => HTMLElement | undefined,
): void {
  const entryAt = (event: Event): HTMLElement | null =>
    event.target instanceof Element ? event.target.closest<HTMLElement>('[data-slug]') : null;
  let marked: readonly Element[] = [];
  const mark = (elements: readonly (Element | undefined | null)[]): void => {
    for (const element of marked) element.classList.remove(active);
    marked = elements.filter((element) => element !== undefined && element !== null);
    for (const element of marked) element.classList.add(active);
  };

  for (const kind of ['mouseover', 'focusin']) {
    document.addEventListener(kind, (event) => {
      const slug = entryAt(event)?.dataset['slug'];
      if (slug !== undefined) return mark([elementOf(slug)]);
      const onMap =
        event.target instanceof Element && container.contains(event.target)
          ? event.target.closest<HTMLElement>('[data-marks]')
          : null;
      const slugs = onMap?.dataset['marks']?.split(' ') ?? [];
      mark(slugs.map((name) => document.querySelector(`[data-slug="${CSS.escape(name)}"]`)));
    });
  }
}
