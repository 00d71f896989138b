// Every table of the directory as a download, how fresh it is, on what terms, and how to cite it.
import type { Directory } from '../../directory/directory.ts';
import { paths } from '../../paths.ts';
import { formatDate } from '../../web/format.ts';
import type { PageHead } from '../../web/render.ts';

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
  readonly questions: readonly { readonly href: string; readonly about: string }[];
  /** What tells of changes by itself. */
  readonly follow: readonly {
    readonly label: string;
    readonly href: string;
    readonly type: string;
    readonly about: string;
  }[];
  readonly openapi: string;
  readonly revision: number;
  readonly asOf: string;
  readonly madeAt: { readonly iso: string; readonly text: string };
  readonly citation: string;
}

export const licenceUrl = 'https://creativecommons.org/licenses/by/4.0/';

export function dataPage(directory: Directory, publicUrl: string): DataPage {
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
        license: licenceUrl,
        isAccessibleForFree: true,
        version: String(directory.revision),
        dateModified: directory.madeAt,
        distribution: tables.flatMap((table) =>
          table.formats.map((format) => ({
            '@type': 'DataDownload',
            name: `${table.name}, ${format.label}`,
            encodingFormat: format.type,
            contentUrl: `${publicUrl}${format.href}`,
          })),
        ),
      },
    },
    tables,
    questions: [
      {
        href: `${paths.api.near}?place=15213&within=50`,
        about: 'The groups nearest to a place, with their distance',
      },
      { href: paths.api.gaps, about: 'Partner cities with a gap, and the nearest group of each' },
    ],
    follow,
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

const follow: DataPage['follow'] = [
  {
    label: 'Changes, as an Atom feed',
    href: paths.feeds.changes,
    type: 'application/atom+xml',
    about: 'What was added, changed or taken out, in words, newest first',
  },
  {
    label: 'Convenings, as a calendar',
    href: paths.feeds.convenings,
    type: 'text/calendar',
    about: 'Each city has a calendar of its own too: the link is on its page',
  },
  {
    label: 'News of groups near a place, by mail',
    href: paths.subscribe,
    type: 'text/html',
    about: 'When a group starts, or wakes up',
  },
];

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
