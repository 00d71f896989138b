// Types ahead in the place field: a combobox after the ARIA Authoring Practices (list autocomplete, manual
// selection). The form works without it, and pressing Enter in the field always sends what was typed.
import { countWords, isWorthAsking, nextActive, parseNames } from './place-search/options.ts';

const pauseMs = 150;
const most = 7;

interface Parts {
  readonly form: HTMLFormElement;
  readonly input: HTMLInputElement;
  readonly list: HTMLUListElement;
  readonly status: HTMLElement;
}

function addParts(form: HTMLFormElement, input: HTMLInputElement): Parts {
  const list = document.createElement('ul');
  list.id = `${input.id}-suggestions`;
  list.className = 'place-suggestions';
  list.hidden = true;
  list.setAttribute('role', 'listbox');
  list.setAttribute('aria-label', 'Places');
  const status = document.createElement('span');
  status.className = 'usa-sr-only';
  status.setAttribute('role', 'status');
  input.after(list, status);

  input.autocomplete = 'off';
  input.setAttribute('role', 'combobox');
  input.setAttribute('aria-autocomplete', 'list');
  input.setAttribute('aria-controls', list.id);
  input.setAttribute('aria-expanded', 'false');
  return { form, input, list, status };
}

/** Shows names in the list and keeps track of the active one; `choose` is called with the name picked. */
function makeSuggestions({ input, list, status }: Parts, choose: (name: string) => void) {
  let names: readonly string[] = [];
  let active = -1;

  const activate = (index: number): void => {
    active = index;
    [...list.children].forEach((option, at) => {
      option.setAttribute('aria-selected', String(at === index));
    });
    const option = list.children[index];
    if (option) {
      input.setAttribute('aria-activedescendant', option.id);
      option.scrollIntoView({ block: 'nearest' });
    } else input.removeAttribute('aria-activedescendant');
  };
  const show = (found: readonly string[]): void => {
    names = found;
    list.replaceChildren(
      ...found.map((name, index) => {
        const option = document.createElement('li');
        option.id = `${list.id}-${index}`;
        option.setAttribute('role', 'option');
        option.textContent = name;
        // Before the field loses the focus, which closes the list.
        option.addEventListener('pointerdown', (event) => event.preventDefault());
        option.addEventListener('click', () => choose(name));
        return option;
      }),
    );
    list.hidden = found.length === 0;
    input.setAttribute('aria-expanded', String(found.length > 0));
    activate(-1);
  };
  return {
    show,
    close: () => show([]),
    announce: () => {
      status.textContent = countWords(names.length);
    },
    isOpen: () => names.length > 0,
    move: (key: string) => activate(nextActive(key, active, names.length)),
    active: () => names[active],
  };
}

/** Asks for names after a pause in typing; a newer question aborts the one under way. */
function makeQuestion(answer: (names: readonly string[]) => void) {
  let timer: number | undefined;
  let pending: AbortController | undefined;
  const stop = (): void => {
    window.clearTimeout(timer);
    pending?.abort();
  };
  const ask = async (typed: string): Promise<void> => {
    pending = new AbortController();
    const { signal } = pending;
    try {
      const address = `/api/v1/places?${new URLSearchParams({ q: typed })}`;
      const response = await fetch(address, { signal });
      if (response.ok) answer(parseNames(await response.json()).slice(0, most));
    } catch (error) {
      if (!signal.aborted) console.error('Suggestions could not be loaded.', error);
    }
  };
  return {
    stop,
    askSoon(typed: string): void {
      stop();
      timer = window.setTimeout(() => void ask(typed), pauseMs);
    },
  };
}

/** Starts on the search form; needs an input named `place`. */
export function startPlaceSearch(element: HTMLElement): void {
  const form = element as HTMLFormElement;
  const input = form.querySelector<HTMLInputElement>('input[name="place"]');
  if (!input) throw new Error('The form has no field named "place".');
  const parts = addParts(form, input);
  const question = makeQuestion((names) => {
    if (document.activeElement !== input) return;
    suggestions.show(names);
    suggestions.announce();
  });
  const choose = (name: string): void => {
    question.stop();
    input.value = name;
    suggestions.close();
    form.requestSubmit();
  };
  const suggestions = makeSuggestions(parts, choose);

  input.addEventListener('input', () => {
    if (isWorthAsking(input.value)) question.askSoon(input.value.trim());
    else {
      question.stop();
      suggestions.close();
    }
  });
  input.addEventListener('keydown', (event) => {
    const picked = suggestions.active();
    if (event.key === 'Enter' && picked !== undefined) {
      event.preventDefault();
      choose(picked);
    } else if (event.key === 'Escape' && suggestions.isOpen()) {
      event.preventDefault();
      suggestions.close();
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      if (!suggestions.isOpen()) return;
      event.preventDefault();
      suggestions.move(event.key);
    }
  });
  input.addEventListener('blur', () => {
    question.stop();
    suggestions.close();
  });
}
