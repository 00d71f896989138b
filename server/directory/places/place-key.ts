// The spelling under which a place is filed and looked up.
import { fold } from '../../domain/fold.ts';

/** Words that are written out or shortened at will. */
const shortened: Readonly<Record<string, string>> = {
  saint: 'st',
  sainte: 'ste',
  fort: 'ft',
  mount: 'mt',
};

/** One key for all spellings: `Saint Louis`, `St. Louis` and `st louis`; `Fort Worth` and `Ft Worth`. */
export const placeKey = (text: string): string =>
  fold(text)
    .split(' ')
    .map((word) => shortened[word] ?? word)
    .join(' ');
