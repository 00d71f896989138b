// The head of these pages: none is for search engines, and those under a secret address name another one.
import type { PageHead } from '../../web/render.ts';

export const privateHead = (title: string, canonical: string, hasErrors = false): PageHead => ({
  title: hasErrors ? `Error: ${title}` : title,
  description: 'What a civic tech group says of itself.',
  canonical,
  section: 'groups',
  structuredData: null,
  noIndex: true,
});
