// A record that is not in the directory: a real 404 that names what was looked for and offers near names.
// Everything else that is missing is answered by error-pages.ts.
import type { Response } from 'express';
import type { Action } from './list-page.ts';
import { type PageHead, type Section, sendPage } from './render.ts';

export interface MissingRecord {
  /** "city", "NNIP partner". */
  readonly noun: string;
  readonly slug: string;
  readonly section: Section | null;
  /** The list that it would stand in. */
  readonly list: Action;
  readonly near: readonly Action[];
}

interface MissingPage {
  readonly head: PageHead;
  readonly title: string;
  readonly text: string;
  readonly near: readonly Action[];
  readonly actions: readonly Action[];
}

const wordsOf = (slug: string): readonly string[] =>
  slug
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length > 2);

/** Records whose slugs share the most words with what was asked for, at most five; none where nothing is shared. */
export function findNear<T extends { readonly slug: string }>(
  asked: string,
  records: readonly T[],
): readonly T[] {
  const words = new Set(wordsOf(asked).slice(0, 20));
  return records
    .map((record) => ({
      record,
      shared: wordsOf(record.slug).filter((word) => words.has(word)).length,
    }))
    .filter(({ shared }) => shared > 0)
    .sort((a, b) => b.shared - a.shared)
    .slice(0, 5)
    .map(({ record }) => record);
}

export function sendMissing(res: Response, missing: MissingRecord): void {
  const { noun, slug, list, near, section } = missing;
  const shown = slug.length > 80 ? `${slug.slice(0, 80)}…` : slug;
  const page: MissingPage = {
    head: {
      title: `No ${noun} of this name`,
      description: `The directory has no ${noun} at this address.`,
      canonical: list.href,
      section,
      structuredData: null,
      noIndex: true,
    },
    title: `No ${noun} of this name`,
    text: `The directory has no ${noun} called “${shown}”. It may have been renamed, or the address may be mistyped.`,
    near,
    actions: [list, { label: 'Find a group near a place', href: '/' }],
  };
  sendPage(res, 'directory/missing', page, 404);
}
