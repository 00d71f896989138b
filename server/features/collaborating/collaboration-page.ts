// One documented collaboration: who worked together, when, on what, and how it is known.
import type { Directory } from '../../directory/directory.ts';
import type { Collaboration } from '../../domain/records.ts';
import { cityPath, collaborationPath, groupPath, partnerPath, paths } from '../../paths.ts';
import { cityLabel } from '../../web/format.ts';
import {
  type RecordLine,
  type SourceNote,
  toCollaborationLine,
  toSourceNote,
  toWebLink,
} from '../../web/record-words.ts';
import type { Page } from '../../web/render.ts';
import { formatSpan } from '../../web/span.ts';

export interface CollaborationPage extends Page {
  readonly crumbs: readonly { readonly label: string; readonly href?: string }[];
  readonly title: string;
  readonly summary: string;
  readonly facts: readonly {
    readonly name: string;
    readonly value: string;
    readonly href: string | null;
  }[];
  readonly others: readonly RecordLine[];
  readonly source: SourceNote;
}

/** A name alone stands for who is not in the directory. */
function factsOf(directory: Directory, one: Collaboration): CollaborationPage['facts'] {
  const city = directory.findCity(one.city);
  const link = toWebLink(one.link);
  return [
    { name: 'When', value: formatSpan(one.from, one.to), href: null },
    { name: 'City', value: city ? cityLabel(city) : one.city, href: city && cityPath(one.city) },
    {
      name: 'NNIP partner',
      value: one.partnerName,
      href: one.partner && partnerPath(one.partner),
    },
    {
      name: 'Civic tech group',
      value: one.groupName,
      href: one.group && groupPath(one.group),
    },
    ...(link ? [{ name: 'Read more', value: link, href: link }] : []),
  ].map(({ name, value, href }) => ({ name, value, href: href ?? null }));
}

export function collaborationPage(
  directory: Directory,
  one: Collaboration,
  publicUrl: string,
): CollaborationPage {
  const others = directory.collaborations.filter(
    (other) => other.slug !== one.slug && other.city === one.city,
  );
  const canonical = collaborationPath(one.slug);
  return {
    crumbs: [{ label: 'Collaborations', href: paths.collaborations }, { label: one.title }],
    title: one.title,
    summary: one.summary,
    facts: factsOf(directory, one),
    others: others.map(toCollaborationLine),
    source: toSourceNote(one.source),
    head: {
      title: one.title,
      description: `${one.partnerName} and ${one.groupName}, ${formatSpan(one.from, one.to)}. ${one.summary}`,
      canonical,
      section: null,
      structuredData: {
        '@type': 'Article',
        headline: one.title,
        abstract: one.summary,
        url: publicUrl + canonical,
        about: [one.partnerName, one.groupName].map((name) => ({ '@type': 'Organization', name })),
        temporalCoverage: `${one.from}/${one.to}`,
      },
      alternates: [
        {
          type: 'application/json',
          title: 'This collaboration as JSON',
          href: `${paths.api.collaborations}/${encodeURIComponent(one.slug)}`,
        },
      ],
    },
  };
}
