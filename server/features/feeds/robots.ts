// What search engines are asked to leave alone: pages that are nobody's but one person's, and answers to free text.
import { paths } from '../../paths.ts';

const closed = [
  paths.staff.home,
  ...[paths.signIn, paths.account, paths.find, `${paths.suggest}/`, paths.subscribe],
  ...['/respond/', '/stop/', '/privacy/', `${paths.api.root}/near`, `${paths.api.root}/places`],
];

/** A site of invented answers is not to be found at all. */
export function robotsText(publicUrl: string, isSample: boolean): string {
  if (isSample) return 'User-agent: *\nDisallow: /\n';
  return [
    'User-agent: *',
    // The page with the question is found; the answers to it are not.
    `Allow: ${paths.find}$`,
    ...closed.map((path) => `Disallow: ${path}`),
    '',
    `Sitemap: ${publicUrl}${paths.feeds.sitemap}`,
    '',
  ].join('\n');
}
