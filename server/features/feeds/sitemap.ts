// The sitemap (sitemaps.org, protocol 0.9): every public page once, with the day of its last change where it is known.
import type { Directory } from '../../directory/directory.ts';
import {
  cityPath,
  cityScorecardPath,
  collaborationPath,
  conveningPath,
  groupPath,
  partnerPath,
  paths,
  sitemapPartPath,
  surveyPath,
} from '../../paths.ts';

export interface SitemapPage {
  readonly path: string;
  /** A day; null where it is not known. */
  readonly changed: string | null;
}

/** "A Sitemap file … must have no more than 50,000 URLs". */
export const mostPages = 50_000;

const newest = (moments: readonly string[]): string | null =>
  moments.reduce<string | null>(
    (latest, moment) => (latest === null || moment > latest ? moment : latest),
    null,
  );
const dayIn = (moment: string | null): string | null => moment?.slice(0, 10) ?? null;
const newestOf = (records: readonly { readonly updatedAt: string }[]): string | null =>
  dayIn(newest(records.map(({ updatedAt }) => updatedAt)));

/** In the same order for one state of the directory. */
export function sitemapPages(directory: Directory): readonly SitemapPage[] {
  const { cities, partners, groups, collaborations, convenings, waves } = directory;
  const all = newestOf([...partners, ...groups, ...collaborations, ...convenings]);
  const page = (path: string, changed: string | null = null): SitemapPage => ({ path, changed });
  return [
    page(paths.home, all),
    page(paths.find),
    page(paths.cities, newestOf([...partners, ...groups])),
    page(paths.partners, newestOf(partners)),
    page(paths.groups, newestOf(groups)),
    page(paths.gaps, newestOf([...partners, ...groups])),
    page(paths.surveys),
    page(paths.surveyChanges),
    page(paths.collaborations, newestOf(collaborations)),
    page(paths.convenings, newestOf(convenings)),
    page(paths.data, all),
    page(paths.about),
    page(paths.privacy),
    page(paths.suggest),
    ...cities.flatMap((city) => {
      const changed = newestOf([...city.partners, ...city.groupsHere]);
      return [page(cityPath(city.slug), changed), page(cityScorecardPath(city.slug), changed)];
    }),
    ...partners.map(({ slug, updatedAt }) => page(partnerPath(slug), dayIn(updatedAt))),
    ...groups.map(({ slug, updatedAt }) => page(groupPath(slug), dayIn(updatedAt))),
    ...collaborations.map(({ slug, updatedAt }) => page(collaborationPath(slug), dayIn(updatedAt))),
    ...convenings.map(({ slug, updatedAt }) => page(conveningPath(slug), dayIn(updatedAt))),
    ...waves.map(({ slug }) => page(surveyPath(slug))),
  ];
}

const inXml = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll("'", '&apos;')
    .replaceAll('"', '&quot;');

const head = '<?xml version="1.0" encoding="UTF-8"?>\n';
const namespace = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"';

export function toUrlSet(pages: readonly SitemapPage[], publicUrl: string): string {
  const urls = pages.map(({ path, changed }) => {
    const lastmod = changed === null ? '' : `<lastmod>${changed}</lastmod>`;
    return `<url><loc>${inXml(publicUrl + path)}</loc>${lastmod}</url>\n`;
  });
  return `${head}<urlset ${namespace}>\n${urls.join('')}</urlset>\n`;
}

/** Names the parts, from 1 on. */
export function toSitemapIndex(parts: number, publicUrl: string): string {
  const maps = Array.from(
    { length: parts },
    (_, index) =>
      `<sitemap><loc>${inXml(publicUrl + sitemapPartPath(index + 1))}</loc></sitemap>\n`,
  );
  return `${head}<sitemapindex ${namespace}>\n${maps.join('')}</sitemapindex>\n`;
}

/** The whole map, or where one file cannot hold it the index of its parts. */
export const sitemap = (
  pages: readonly SitemapPage[],
  publicUrl: string,
  most = mostPages,
): string =>
  pages.length <= most
    ? toUrlSet(pages, publicUrl)
    : toSitemapIndex(Math.ceil(pages.length / most), publicUrl);

/** One part of an index, from 1 on; undefined where there is none of that number. */
export function sitemapPart(
  pages: readonly SitemapPage[],
  part: number,
  publicUrl: string,
  most = mostPages,
): string | undefined {
  const those = pages.slice((part - 1) * most, part * most);
  return Number.isInteger(part) && part >= 1 && pages.length > most && those.length > 0
    ? toUrlSet(those, publicUrl)
    : undefined;
}
