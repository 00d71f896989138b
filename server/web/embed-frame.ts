// The frame in which other sites show our map: its sizes, and the snippet that they paste.
import { paths, withQuery } from '../paths.ts';

/** How tall the map stands in its page. */
export const embedSizes = ['small', 'medium', 'large'] as const;
export type EmbedSize = (typeof embedSizes)[number];

/** Of the frame in the page that holds it, CSS pixels. */
export const frameSizes: Readonly<Record<EmbedSize, { width: number; height: number }>> = {
  small: { width: 400, height: 420 },
  medium: { width: 640, height: 560 },
  large: { width: 960, height: 720 },
};

/** One element of HTML; it is narrower where the page that holds it is. */
export function embedSnippet(
  publicUrl: string,
  title: string,
  query: Readonly<Record<string, string>>,
  size: EmbedSize,
): string {
  const { width, height } = frameSizes[size];
  const address = publicUrl + withQuery(paths.embedMap, { ...query, size });
  return `<iframe src="${escapeAttribute(address)}" title="${escapeAttribute(title)}" width="${width}" height="${height}" style="border:0;max-width:100%" loading="lazy"></iframe>`;
}

const escapeAttribute = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
