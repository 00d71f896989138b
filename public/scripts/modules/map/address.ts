// Keeps the view in the address, and in the links that lead to the same page with another filter,
// so that what a visitor sees can be shared and survives a change of filter.
import { type View, withView } from './view.ts';

/** Call after the visitor has moved the map. */
export function keepView(view: View): void {
  history.replaceState(history.state, '', withView(location.href, view));
  for (const link of document.querySelectorAll<HTMLAnchorElement>('main a[href]')) {
    const samePage = link.origin === location.origin && link.pathname === location.pathname;
    if (!samePage || link.hash !== '') continue;
    link.href = withView(link.pathname + link.search, view);
  }
}
