// One convening: when, where, and which partners and groups are known to go.
import type { Directory } from '../../directory/directory.ts';
import type { Convening } from '../../domain/records.ts';
import {
  cityPath,
  conveningPath,
  groupPath,
  partnerPath,
  paths,
  staffConveningPath,
  staffEditConveningPath,
} from '../../paths.ts';
import type { Action } from '../../web/list-page.ts';
import { type SourceNote, toSourceNote, toWebLink } from '../../web/record-words.ts';
import type { Page, PageHead } from '../../web/render.ts';
import { formatSpan } from '../../web/span.ts';
import { conveningPlace, isUpcoming, whenWords } from './convening-words.ts';

export interface ConveningPage extends Page {
  readonly crumbs: readonly { readonly label: string; readonly href?: string }[];
  readonly title: string;
  readonly lede: string;
  readonly facts: readonly {
    readonly name: string;
    readonly value: string;
    readonly href: string | null;
  }[];
  /** Who goes, or went, side by side; each side may be empty. */
  readonly attending: readonly {
    readonly title: string;
    readonly who: readonly Action[];
  }[];
  readonly attendingTitle: string;
  /** What staff can do with it; empty for everybody else. */
  readonly actions: readonly Action[];
  readonly source: SourceNote;
}

function attendingOf(directory: Directory, one: Convening): ConveningPage['attending'] {
  const partners = one.partners.flatMap((slug) => directory.findPartner(slug) ?? []);
  const groups = one.groups.flatMap((slug) => directory.findGroup(slug) ?? []);
  return [
    {
      title: 'NNIP partners',
      who: partners.map(({ name, slug }) => ({ label: name, href: partnerPath(slug) })),
    },
    {
      title: 'Civic tech groups',
      who: groups.map(({ name, slug }) => ({ label: name, href: groupPath(slug) })),
    },
  ].filter(({ who }) => who.length > 0);
}

/** schema.org needs a location: the city where there is one, else a place in words. */
function eventData(one: Convening, publicUrl: string): PageHead['structuredData'] {
  const website = toWebLink(one.website);
  return {
    '@type': 'Event',
    name: one.name,
    url: publicUrl + conveningPath(one.slug),
    startDate: one.start,
    ...(one.end ? { endDate: one.end } : {}),
    location: { '@type': 'Place', name: conveningPlace(one), address: conveningPlace(one) },
    ...(website ? { sameAs: website } : {}),
  };
}

export function conveningPage(
  directory: Directory,
  one: Convening,
  publicUrl: string,
  isStaff = false,
): ConveningPage {
  const when = formatSpan(one.start, one.end);
  const place = conveningPlace(one);
  const website = toWebLink(one.website);
  const city = one.city ? directory.findCity(one.city) : undefined;
  return {
    crumbs: [{ label: 'Convenings', href: paths.convenings }, { label: one.name }],
    title: one.name,
    lede: `${whenWords(one, directory.today)}: ${when}. ${place}.`,
    facts: [
      { name: 'When', value: when, href: null },
      { name: 'Where', value: place, href: city ? cityPath(city.slug) : null },
      { name: 'Kind', value: one.kind, href: null },
      { name: 'Website', value: website ?? 'None is known', href: website },
    ],
    attending: attendingOf(directory, one),
    attendingTitle: isUpcoming(one, directory.today) ? 'Who goes' : 'Who went',
    actions: isStaff
      ? [
          { label: 'Edit this convening', href: staffEditConveningPath(one.slug) },
          { label: 'Who could meet there', href: staffConveningPath(one.slug) },
        ]
      : [],
    source: toSourceNote(one.source),
    head: {
      title: `${one.name}, ${when}`,
      description: `${one.name}: ${one.kind}, ${when}. ${place}.`,
      canonical: conveningPath(one.slug),
      section: null,
      structuredData: eventData(one, publicUrl),
      alternates: [
        {
          type: 'application/json',
          title: 'This convening as JSON',
          href: `${paths.api.convenings}/${encodeURIComponent(one.slug)}`,
        },
      ],
    },
  };
}
