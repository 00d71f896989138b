// Waits until an element is near the visible part of the page, so that what nobody sees costs nothing.

/** Calls back once; an element inside a closed `details` counts as unseen. Rejects as the callback does. */
export function whenSeen(element: HTMLElement, start: () => Promise<void>): Promise<void> {
  return new Promise((resolve, reject) => {
    const observer = new IntersectionObserver(
      (entries) => {
        if (!entries.some((entry) => entry.isIntersecting)) return;
        observer.disconnect();
        start().then(resolve, reject);
      },
      { rootMargin: '200px' },
    );
    observer.observe(element);
  });
}
