// Slugs of records that people write up: readable, made once from a title, and never changed after.
import { fold } from './fold.ts';

const longest = 80;
/** Words that stand in addresses where a slug could. */
const reserved = new Set(['new']);

/** `A map of vacant lots` gives `a-map-of-vacant-lots`; '' where no Latin letter or digit is left. */
export function toSlug(text: string): string {
  const words = fold(text)
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  let slug = '';
  for (const word of words) {
    const longer = slug === '' ? word.slice(0, longest) : `${slug}-${word}`;
    if (longer.length > longest) break;
    slug = longer;
  }
  return slug;
}

/**
 * The first of `slug`, `slug-2`, `slug-3` ... that nobody has.
 * @param fallback stands in for a text of which no slug can be made
 */
export function freeSlug(
  text: string,
  isTaken: (slug: string) => boolean,
  fallback: string,
): string {
  const slug = toSlug(text) || fallback;
  const isFree = (one: string): boolean => !reserved.has(one) && !isTaken(one);
  if (isFree(slug)) return slug;
  for (let number = 2; ; number += 1) {
    if (isFree(`${slug}-${number}`)) return `${slug}-${number}`;
  }
}
