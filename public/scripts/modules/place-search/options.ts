// The rules of the list of suggestions that need no page: what a key does, and what an answer holds.

/** -1 is the field itself. */
export function nextActive(key: string, active: number, count: number): number {
  if (count === 0) return -1;
  switch (key) {
    case 'ArrowDown':
      return active + 1 >= count ? -1 : active + 1;
    case 'ArrowUp':
      return active < 0 ? count - 1 : active - 1;
    default:
      return active;
  }
}

/** The names in an answer of /api/v1/places, each once, in its order; anything else gives none. */
export function parseNames(answer: unknown): string[] {
  const items: unknown = (answer as { items?: unknown } | null)?.items;
  if (!Array.isArray(items)) return [];
  const names = items.flatMap((item: unknown) => {
    const name: unknown = (item as { name?: unknown } | null)?.name;
    return typeof name === 'string' && name !== '' ? [name] : [];
  });
  return [...new Set(names)];
}

/** Too short to be worth asking. */
export const isWorthAsking = (typed: string): boolean => typed.trim().length >= 2;

export function countWords(count: number): string {
  if (count === 0) return 'No suggestions.';
  return count === 1 ? '1 suggestion.' : `${count} suggestions. Use the up and down arrows.`;
}
