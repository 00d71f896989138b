// Every table of the directory as a download, how fresh it is, on what terms, and how to cite it.
import type { Directory } from '../../directory/directory.ts';
import { licence } from '../../exports/licence.ts';
import type { Snapshot } from '../../exports/snapshots.ts';
import { paths, snapshotPath } from '../../paths.ts';
import { embedSizes, embedSnippet, frameSizes } from '../../web/embed-frame.ts';
import { formatDate } from '../../web/format.ts';
import type { PageHead } from '../../web/render.ts';
import { clientLinks, feedLinks } from './data-links.ts';

export interface DataPage {
  readonly head: PageHead;
  readonly tables: readonly {
    readonly name: string;
    readonly about: string;
    readonly rows: string;
    readonly formats: readonly {
      readonly label: string;
      readonly href: string;
      readonly type: string;
    }[];
  }[];
  /** All tables in one file. */
  readonly archive: string;
  /** Of earlier days, newest first. */
  readonly snapshots: readonly {
    readonly day: string;
    readonly text: string;
    readonly href: string;
    readonly size: string;
  }[];
  readonly feeds: readonly {
    readonly href: string;
    readonly type: string;
    readonly about: string;
  }[];
  readonly knownClients: readonly { readonly href: string; readonly about: string }[];
  readonly embed: {
    readonly snippet: string;
    readonly example: string;
    readonly sizes: string;
  };
  /** For staff alone: everything they may see in one file; else null. */
  readonly everything: string | null;
  readonly mark: string;
  readonly questions: readonly { readonly href: string; readonly about: string }[];
  readonly openapi: string;
  readonly revision: number;
  readonly asOf: string;
  readonly madeAt: { readonly iso: string; readonly text: string };
  readonly citation: string;
}

/** @param snapshots those that are kept, newest first */
export function dataPage(
  directory: Directory,
  publicUrl: string,
  snapshots: readonly Snapshot[],
  isStaff: boolean,
): DataPage {
  const asOf = formatDate(directory.today);
  const description =
    'Every table of the directory as JSON, GeoJSON and CSV: cities with their flags, NNIP partners, civic tech groups, collaborations, convenings and surveys.';
  const tables = toTables(directory);
  return {
    head: {
      title: 'Data and downloads',
      description,
      canonical: paths.data,
      section: 'data',
      structuredData: {
        '@type': 'Dataset',
        name: 'Crosswalk directory',
        description,
        url: `${publicUrl}${paths.data}`,
        license: licence.url,
        creator: { '@type': 'Organization', name: 'Crosswalk', url: publicUrl },
        keywords: ['civic technology', 'neighborhood data', 'open data', 'NNIP'],
        isAccessibleForFree: true,
        version: String(directory.revision),
        dateModified: directory.madeAt,
        distribution: [
          download('All tables, ZIP', 'application/zip', publicUrl + paths.downloads.archive),
          ...tables.flatMap((table) =>
            table.formats.map(({ label, type, href }) =>
              download(`${table.name}, ${label}`, type, publicUrl + href),
            ),
          ),
        ],
      },
    },
    tables,
    archive: paths.downloads.archive,
    snapshots: snapshots.map(({ day, bytes }) => ({
      day,
      text: formatDate(day),
      href: snapshotPath(day),
      size: formatBytes(bytes),
    })),
    feeds: feedLinks,
    knownClients: clientLinks,
    embed: {
      snippet: embedSnippet(
        publicUrl,
        'Map of neighborhood data and civic tech in Ohio',
        { state: 'OH' },
        'medium',
      ),
      example: `${paths.embedMap}?state=OH&size=medium`,
      sizes: embedSizes
        .map((size) => `${size} (${frameSizes[size].width} by ${frameSizes[size].height} pixels)`)
        .join(', '),
    },
    everything: isStaff ? paths.staff.export : null,
    mark: `${snapshots.length}-${snapshots[0]?.day ?? 'none'}`,
    questions: [
      {
        href: `${paths.api.near}?place=15213&within=50`,
        about: 'The groups nearest to a place, with their distance',
      },
      { href: paths.api.gaps, about: 'Partner cities with a gap, and the nearest group of each' },
    ],
    openapi: paths.api.openapi,
    revision: directory.revision,
    asOf,
    madeAt: {
      iso: directory.madeAt,
      text: `${formatDate(directory.madeAt)}, ${directory.madeAt.slice(11, 16)} UTC`,
    },
    citation: `Crosswalk, directory of NNIP partners and civic tech groups, revision ${directory.revision}, ${asOf}. ${publicUrl}${paths.data}`,
  };
}

const download = (name: string, encodingFormat: string, contentUrl: string) => ({
  '@type': 'DataDownload',
  name,
  encodingFormat,
  contentUrl,
});

/** "48 kB", "1.2 MB": thousands, as downloads are counted. */
function formatBytes(bytes: number): string {
  const kilobytes = Math.max(1, Math.round(bytes / 1000));
  return kilobytes < 1000 ? `${kilobytes} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

const json = (path: string) => ({ label: 'JSON', href: path, type: 'application/json' });
const csv = (path: string) => ({ label: 'CSV', href: `${path}.csv`, type: 'text/csv' });
const geojson = (path: string) => ({
  label: 'GeoJSON',
  href: `${path}.geojson`,
  type: 'application/geo+json',
});

function toTables(directory: Directory): DataPage['tables'] {
  const { api } = paths;
  const located = (path: string) => [csv(path), geojson(path), json(path)];
  const listed = (path: string) => [csv(path), json(path)];
  const rows = (list: readonly unknown[]) => list.length.toLocaleString('en-US');
  return [
    {
      name: 'Cities',
      about: 'Each city with its flag, its partners and the groups in reach',
      rows: rows(directory.cities),
      formats: located(api.cities),
    },
    {
      name: 'Partners',
      about: 'NNIP partners, former ones too, with host, reach and website',
      rows: rows(directory.partners),
      formats: located(api.partners),
    },
    {
      name: 'Groups',
      about: 'Civic tech groups with what is known of them being alive',
      rows: rows(directory.groups),
      formats: located(api.groups),
    },
    {
      name: 'Collaborations',
      about: 'Documented examples of a partner and a group working together',
      rows: rows(directory.collaborations),
      formats: listed(api.collaborations),
    },
    {
      name: 'Convenings',
      about: 'Events where partners and groups can meet',
      rows: rows(directory.convenings),
      formats: listed(api.convenings),
    },
    {
      name: 'Surveys',
      about: 'The rounds in which partners were asked, with their totals',
      rows: rows(directory.waves),
      formats: listed(api.waves),
    },
  ];
}
