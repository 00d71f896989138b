// The pages of a list as links: the first, the last, and the neighbours of the one that is shown.

/** What views/components/pager.ejs prints. */
export interface PagerView {
  readonly label: string;
  readonly previous: string | null;
  readonly next: string | null;
  readonly pages: readonly { readonly text: string; readonly href: string | null }[];
}

/** Null where one page holds all. Pages count from 1. */
export function toPager(
  last: number,
  page: number,
  href: (page: number) => string,
): PagerView | null {
  if (last === 1) return null;
  return {
    label: `Page ${page} of ${last}`,
    previous: page > 1 ? href(page - 1) : null,
    next: page < last ? href(page + 1) : null,
    pages: pageNumbers(page, last).map((number) =>
      number === null
        ? { text: '…', href: null }
        : { text: String(number), href: number === page ? null : href(number) },
    ),
  };
}

/** The first, the last and the neighbours of the current page; null stands for what is left out. */
function pageNumbers(page: number, last: number): readonly (number | null)[] {
  const wanted = [1, page - 1, page, page + 1, last].filter((n) => n >= 1 && n <= last);
  const unique = [...new Set(wanted)].sort((a, b) => a - b);
  return unique.flatMap((n, index) => {
    const before = unique[index - 1];
    return before !== undefined && n - before > 1 ? [null, n] : [n];
  });
}
