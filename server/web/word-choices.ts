// A controlled list as a form offers it: every word of the list to tick, and room for words of one's own.
// What somebody wrote before stays as it was written: a ticked word carries the record's own spelling.
import { type Term, type Vocabulary, wordKey } from '../domain/vocabulary.ts';

export interface WordChoice {
  readonly id: string;
  readonly value: string;
  readonly label: string;
  /** How the record spells it, where that is another word; else ''. */
  readonly written: string;
  readonly checked: boolean;
}

/** What views/components/word-choices.ejs prints. */
export interface WordChoices {
  /** Of the inputs. */
  readonly name: string;
  readonly legend: string;
  readonly summary: string;
  readonly groups: readonly {
    readonly wider: WordChoice;
    readonly narrower: readonly WordChoice[];
  }[];
}

/** The words of a record: those that the list knows, each once, and all others. */
export function splitWords(
  vocabulary: Vocabulary,
  words: readonly string[],
): { readonly picked: readonly string[]; readonly free: readonly string[] } {
  const picked = new Map<string, string>();
  const free: string[] = [];
  for (const word of words) {
    const term = vocabulary.findExactly(word);
    if (term && !picked.has(term.slug)) picked.set(term.slug, word);
    else free.push(word);
  }
  return { picked: [...picked.values()], free };
}

/** What a record had first and in its order, so that ticking the same words again changes nothing. */
export const inOrderOf = (before: readonly string[], words: readonly string[]): string[] => [
  ...before.filter((word) => words.includes(word)),
  ...words.filter((word) => !before.includes(word)),
];

const most = 6;

function summaryOf(vocabulary: Vocabulary, picked: readonly string[], noun: string): string {
  if (picked.length === 0) return `Choose from ${vocabulary.terms.length} ${noun}`;
  const named = picked.slice(0, most).join(', ');
  const rest = picked.length > most ? ` and ${picked.length - most} more` : '';
  return `Chosen: ${named}${rest}`;
}

export function toWordChoices(
  vocabulary: Vocabulary,
  picked: readonly string[],
  { name, legend, noun }: { readonly name: string; readonly legend: string; readonly noun: string },
): WordChoices {
  const chosen = new Map(
    picked.flatMap((word) => {
      const term = vocabulary.findExactly(word);
      return term ? [[term.slug, word] as const] : [];
    }),
  );
  const toChoice = ({ slug, label }: Term): WordChoice => {
    const written = chosen.get(slug);
    const isOwn = written !== undefined && wordKey(written) !== wordKey(label);
    return {
      id: `${name}-${slug}`,
      value: written ?? label,
      label,
      written: isOwn ? written : '',
      checked: written !== undefined,
    };
  };
  return {
    name,
    legend,
    summary: summaryOf(vocabulary, picked, noun),
    groups: vocabulary.terms
      .filter(({ parent }) => parent === null)
      .map((term) => ({
        wider: toChoice(term),
        narrower: vocabulary.terms.filter(({ parent }) => parent === term.slug).map(toChoice),
      })),
  };
}
