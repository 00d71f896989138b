// A long list of records to tick, bounded however many there are: what is ticked, then what the search finds.
// It needs no script: searching is one of the form's buttons, and the page comes back with everything kept.
import { fold } from '../domain/fold.ts';

export interface Choice {
  readonly value: string;
  readonly label: string;
  /** Said after the label, muted. */
  readonly note: string;
}

/** What views/components/choice-list.ejs prints. */
export interface ChoiceListView {
  /** The name of the boxes; the search field is called `<name>Search`. */
  readonly name: string;
  readonly legend: string;
  readonly hint: string;
  readonly search: string;
  /** "40 of 912 shown", '' where all are. */
  readonly count: string;
  readonly options: readonly (Choice & { readonly checked: boolean })[];
}

const mostShown = 40;

/** @param all in the order in which they are offered */
export function toChoiceList(
  words: Pick<ChoiceListView, 'name' | 'legend' | 'hint'>,
  all: readonly Choice[],
  chosen: readonly string[],
  search: string,
): ChoiceListView {
  const ticked = new Set(chosen);
  const asked = fold(search).split(' ');
  const fits = ({ label, note }: Choice): boolean => {
    const text = fold(`${label} ${note}`);
    return asked.every((word) => text.includes(word));
  };
  const first = all.filter(({ value }) => ticked.has(value));
  const rest = all.filter((choice) => !ticked.has(choice.value) && fits(choice));
  const shown = rest.slice(0, mostShown);
  return {
    ...words,
    search,
    count: countWords(first.length, shown.length, rest.length, all.length, search),
    options: [
      ...first.map((choice) => ({ ...choice, checked: true })),
      ...shown.map((choice) => ({ ...choice, checked: false })),
    ],
  };
}

function countWords(
  ticked: number,
  shown: number,
  fitting: number,
  total: number,
  search: string,
): string {
  if (total === 0) return 'The directory has none yet.';
  const chosen = ticked === 0 ? '' : `${ticked} chosen. `;
  if (search !== '' && fitting === 0) return `${chosen}Nothing else fits “${search}”.`;
  const found = search === '' ? '' : ` that fit “${search}”`;
  if (shown < fitting)
    return `${chosen}${shown} of ${fitting}${found} shown: search to find others.`;
  return search === '' ? chosen.trim() : `${chosen}${shown} of ${total - ticked}${found}.`;
}
