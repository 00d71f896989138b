// One documented collaboration: who worked together, when, on what, and how it is known.
import type { Directory } from '../../directory/directory.ts';
import type { Collaboration } from '../../domain/records.ts';
import {
  cityPath,
  collaborationPath,
  groupPath,
  partnerEditCollaborationPath,
  partnerPath,
  paths,
  staffEditCollaborationPath,
} from '../../paths.ts';
import type { SignedIn } from '../../web/access.ts';
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
  /** True where only its writers and staff see it. */
  readonly isDraft: boolean;
  /** Where this viewer may edit it, else null. */
  readonly editHref: string | null;
}

/** Staff edit all of them, a partner's people those of their partner. Null for everybody else. */
export function editPathFor(viewer: SignedIn | null, one: Collaboration): string | null {
  if (viewer?.staff) return staffEditCollaborationPath(one.slug);
  const { partner } = one;
  return partner !== null && viewer?.partners.includes(partner)
    ? partnerEditCollaborationPath(partner, one.slug)
    : null;
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
  editHref: string | null = null,
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
    isDraft: one.state === 'draft',
    editHref,
    head: {
      title: one.title,
      description: `${one.partnerName} and ${one.groupName}, ${formatSpan(one.from, one.to)}. ${one.summary}`,
      canonical,
      section: null,
      noIndex: one.state === 'draft',
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
