// Turns a page object into an answer: the one place that calls EJS.
// What a template may ask for is `page` (made by the feature's page.ts), `site` and `asset`.
import type { Response } from 'express';

/** The parts of the site's navigation; the current one is marked. */
export type Section =
  | 'find'
  | 'cities'
  | 'partners'
  | 'groups'
  | 'gaps'
  | 'surveys'
  | 'data'
  | 'about';

export interface PageHead {
  /** Without the site's name; errors in a form put "Error: " before it. */
  readonly title: string;
  /** One or two sentences for search engines and previews. */
  readonly description: string;
  /** Path and query of the address that stands for this page; made with paths.ts. */
  readonly canonical: string;
  readonly section: Section | null;
  /** schema.org data, printed as JSON-LD; null where none fits. */
  readonly structuredData: Readonly<Record<string, unknown>> | null;
  /** Addresses of the same selection in other formats, offered in the head and at the foot of the page. */
  readonly alternates?: readonly {
    readonly type: string;
    readonly title: string;
    readonly href: string;
  }[];
  /** True where the page has a map, so that its script is loaded. */
  readonly hasMap?: boolean;
  /** True keeps the page out of search engines. */
  readonly noIndex?: boolean;
}

export interface Page {
  readonly head: PageHead;
}

/** Renders `views/<template>.ejs` with the page. */
export function sendPage<P extends Page>(
  res: Response,
  template: string,
  page: P,
  status = 200,
): void {
  res.status(status).render(template, { page });
}
