// Starts every element that names a module, once. A module that fails is logged and leaves the page as it was:
// every page is complete without script. The map, with Leaflet, is fetched only when it comes into view.
import { startAnswerForm } from './modules/answer-form.ts';
import { startPlaceSearch } from './modules/place-search.ts';
import { startUseMyLocation } from './modules/use-my-location.ts';
import { whenSeen } from './modules/when-seen.ts';

type Start = (element: HTMLElement) => void | Promise<void>;

const modules: Readonly<Record<string, Start>> = {
  'answer-form': startAnswerForm,
  'place-search': startPlaceSearch,
  'use-my-location': startUseMyLocation,
  map: (element) =>
    whenSeen(element, async () => {
      const { startMap } = await import('./modules/map.ts');
      // A breath between reading Leaflet and starting it, so that neither keeps the page from answering.
      await new Promise((resolve) => setTimeout(resolve));
      await startMap(element);
    }),
};

async function startElement(element: HTMLElement): Promise<void> {
  if (element.dataset['started'] !== undefined) return;
  element.dataset['started'] = '';
  const name = element.dataset['module'] ?? '';
  try {
    const start = modules[name];
    if (!start) throw new Error('There is no such module.');
    await start(element);
  } catch (error) {
    console.error(`The module "${name}" did not start.`, error);
  }
}

for (const element of document.querySelectorAll<HTMLElement>('[data-module]')) {
  void startElement(element);
}
