// Keeps half an answer while the form is being filled in, and when the page is left; the button "Save and finish
// later" does the same without script. It also says, once, that a person has begun: reading the page says nothing.

/** After the last change, so that typing is not interrupted by sending. */
const restMs = 800;

/** Starts on the form; `data-draft` and `data-opened` are the addresses it posts to. */
export function startAnswerForm(element: HTMLElement): void {
  if (!(element instanceof HTMLFormElement)) return;
  const form = element;
  const { draft = '', opened = '' } = form.dataset;
  const status = form.querySelector<HTMLElement>('[data-kept]');
  let timer: number | undefined;
  let sending: AbortController | null = null;
  let isUnsaved = false;
  let isLeavingBySending = false;

  const filledIn = (): URLSearchParams => {
    const values = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      if (typeof value === 'string') values.append(name, value);
    }
    return values;
  };
  const say = (words: string): void => {
    if (status) status.textContent = words;
  };

  const keep = async (): Promise<void> => {
    isUnsaved = false;
    sending?.abort();
    const mine = new AbortController();
    sending = mine;
    try {
      const answer = await fetch(draft, {
        method: 'POST',
        body: filledIn(),
        signal: mine.signal,
      });
      say(
        answer.ok ? 'Kept, and not sent yet.' : 'This could not be kept. Sending it still works.',
      );
    } catch {
      if (mine.signal.aborted) return;
      isUnsaved = true;
      say('This could not be kept: there is no connection.');
    } finally {
      if (sending === mine) sending = null;
    }
  };

  const changed = (): void => {
    isUnsaved = true;
    window.clearTimeout(timer);
    timer = window.setTimeout(() => void keep(), restMs);
  };

  // A request that is under way when the page goes is cut off; a beacon is not.
  const left = (): void => {
    window.clearTimeout(timer);
    if (isLeavingBySending || !(isUnsaved || sending)) return;
    isUnsaved = false;
    navigator.sendBeacon(draft, filledIn());
  };

  const begin = (): void => {
    for (const name of firstSigns) form.removeEventListener(name, begin);
    void fetch(opened, { method: 'POST', keepalive: true }).catch(() => undefined);
  };
  for (const name of firstSigns) form.addEventListener(name, begin);

  form.addEventListener('input', changed);
  form.addEventListener('change', changed);
  form.addEventListener('submit', () => {
    isLeavingBySending = true;
    window.clearTimeout(timer);
    sending?.abort();
  });
  window.addEventListener('pagehide', left);
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') left();
  });
  window.addEventListener('pageshow', () => {
    isLeavingBySending = false;
  });
}

const firstSigns = ['pointerdown', 'keydown', 'input'] as const;
