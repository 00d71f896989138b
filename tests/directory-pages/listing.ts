// Walks a list as a person would: page by page over its own links.
import type { TestApp } from '../support/app.ts';
import { type ReadPage, readPage } from '../support/page.ts';

/** The names of the rows on one page, in order. */
export const rowNames = (page: ReadPage): string[] => page.texts('table.listing tbody th');

/** The addresses of the rows on one page, in order. */
export const rowAddresses = ({ $ }: ReadPage): string[] =>
  $('table.listing tbody th a:first-of-type')
    .toArray()
    .map((link) => $(link).attr('href') ?? '');

/** The texts of one column, by its label. */
export const columnTexts = (page: ReadPage, label: string): string[] =>
  page.texts(`table.listing tbody td[data-label="${label}"]`);

/** Every page from an address on, following "Next page". */
export async function readAllPages(app: TestApp, address: string): Promise<ReadPage[]> {
  const pages: ReadPage[] = [];
  for (let next: string | undefined = address; next !== undefined; ) {
    const page: ReadPage = await readPage(app, next);
    pages.push(page);
    next = page.href('Next page');
  }
  return pages;
}

/** The header cell of a column. */
export const header = ({ $ }: ReadPage, label: string) =>
  $('table.listing thead th').filter((_index, cell) => $(cell).text().trim().startsWith(label));
