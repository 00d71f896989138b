// The head of the pages of outreach: for staff alone, and out of search engines.
import type { PageHead } from '../../web/render.ts';

export const staffHead = (title: string, canonical: string): PageHead => ({
  title,
  description: 'For NNIP staff.',
  canonical,
  section: null,
  structuredData: null,
  noIndex: true,
});
