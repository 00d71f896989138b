// A list of known words: each with other words for the same thing, and perhaps a wider word above it.
// topics.ts and help-kinds.ts hold the lists; what closeness is worth is decided in match.ts.
import { fold } from './fold.ts';

/** A label, other words for it with commas between, and the narrower words below it. */
export type Listed = readonly [label: string, synonyms: string, narrower?: readonly Listed[]];

/** One word of the list. */
export interface Term {
  /** Its label with hyphens. */
  readonly slug: string;
  readonly label: string;
  /** Slug of the wider word, null for a word of the first level. */
  readonly parent: string | null;
  readonly synonyms: readonly string[];
}

/** A word as somebody wrote it, and what the list makes of it. */
export interface Reading {
  /** The same for all words for one thing, also where the list does not know it. */
  readonly key: string;
  readonly written: string;
  /** Null where the list does not know the word. */
  readonly term: Term | null;
}

export interface Vocabulary {
  /** Wider words in the order of the list, each followed by its narrower ones. */
  readonly terms: readonly Term[];
  find(word: string): Term | undefined;
  /** Only where the whole of what is written is a word of the list. */
  findExactly(word: string): Term | undefined;
  /** Each thing once, in the order written. */
  read(words: readonly string[]): readonly Reading[];
}

/** How near two words are: the same thing, or one the wider word of the other. */
export type Closeness = 'same' | 'related' | 'none';

const small = new Set(['and', 'the', 'of', 'for', 'in', 'a', 'or']);

const singular = (word: string): string => {
  if (word.length < 4 || word.endsWith('ss')) return word;
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  return word.endsWith('s') ? word.slice(0, -1) : word;
};

/** Case, accents, small words and a plural aside: `Parks & open spaces` is `park open space`. */
export const wordKey = (words: string): string =>
  fold(words)
    .split(' ')
    .filter((word) => !small.has(word))
    .map(singular)
    .join(' ');

const toTerm = ([label, synonyms]: Listed, parent: string | null): Term => ({
  slug: fold(label).replaceAll(' ', '-'),
  label,
  parent,
  synonyms: synonyms.split(',').flatMap((word) => word.trim() || []),
});

/** In the order of the list; wider words before their narrower ones. */
const termsOf = (list: readonly Listed[], parent: string | null = null): readonly Term[] =>
  list.flatMap((listed) => {
    const term = toTerm(listed, parent);
    return [term, ...termsOf(listed[2] ?? [], term.slug)];
  });

const nothing: readonly Reading[] = Object.freeze([]);

/**
 * @param inPhrases true where people write phrases ("geocoded parcel data since 2010"): the longest known
 * word that stands in one counts. Else the whole of what is written must be known.
 * @throws Error naming a word that stands for two things
 */
export function makeVocabulary(
  list: readonly Listed[],
  { inPhrases = false }: { readonly inPhrases?: boolean } = {},
): Vocabulary {
  const terms = termsOf(list);
  const known = new Map<string, Term>();
  for (const term of terms) {
    for (const word of [term.label, ...term.synonyms]) {
      const before = known.get(wordKey(word));
      if (before && before !== term) {
        throw new Error(`“${word}” stands for both ${before.label} and ${term.label}.`);
      }
      known.set(wordKey(word), term);
    }
  }
  const findKey = (key: string): Term | undefined =>
    known.get(key) ?? (inPhrases ? longestIn(key, known) : undefined);
  // A record's list is one object for as long as its snapshot, and is compared with many others.
  const read = new WeakMap<readonly string[], readonly Reading[]>();
  return {
    terms,
    find: (word) => findKey(wordKey(word)),
    findExactly: (word) => known.get(wordKey(word)),
    read(words) {
      if (words.length === 0) return nothing;
      let readings = read.get(words);
      if (!readings) {
        readings = readEach(words, findKey);
        read.set(words, readings);
      }
      return readings;
    },
  };
}

function longestIn(phrase: string, known: ReadonlyMap<string, Term>): Term | undefined {
  const words = phrase.split(' ');
  for (let length = words.length - 1; length > 0; length -= 1) {
    for (let start = 0; start + length <= words.length; start += 1) {
      const term = known.get(words.slice(start, start + length).join(' '));
      if (term) return term;
    }
  }
  return undefined;
}

function readEach(
  words: readonly string[],
  findKey: (key: string) => Term | undefined,
): readonly Reading[] {
  const readings = new Map<string, Reading>();
  for (const written of words) {
    const spelled = wordKey(written);
    const term = findKey(spelled) ?? null;
    // Nothing of the list begins with a space, so a word of one's own is never taken for one of it.
    const key = term ? term.slug : ` ${spelled}`;
    if (spelled !== '' && !readings.has(key)) readings.set(key, { key, written, term });
  }
  return [...readings.values()];
}

export function closeness(one: Reading, other: Reading): Closeness {
  if (one.key === other.key) return 'same';
  const isWider = one.term !== null && one.key === other.term?.parent;
  const isNarrower = other.term !== null && other.key === one.term?.parent;
  return isWider || isNarrower ? 'related' : 'none';
}
