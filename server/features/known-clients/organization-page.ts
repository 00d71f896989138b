// A page of organizations with the addresses of the pages around it, under the names of the Code for America API.
import { paths } from '../../paths.ts';
import { type Organization, withExtras } from './organization.ts';
import { type OrganizationQuery, usualPerPage } from './organization-query.ts';

export interface PageLinks {
  first?: string;
  prev?: string;
  next?: string;
  last?: string;
}

/** Names a page only where it leads somewhere else: a client goes on while there is a `next`. */
export function pageLinks(
  search: URLSearchParams,
  { page, perPage }: Pick<OrganizationQuery, 'page' | 'perPage'>,
  total: number,
  publicUrl: string,
): PageLinks {
  const last = Math.max(1, Math.ceil(total / perPage));
  const linkTo = (number: number): string => {
    const query = new URLSearchParams(search);
    if (number === 1) query.delete('page');
    else query.set('page', String(number));
    if (perPage === usualPerPage) query.delete('per_page');
    else query.set('per_page', String(perPage));
    const text = query.toString();
    return publicUrl + paths.knownClients.organizations + (text === '' ? '' : `?${text}`);
  };
  return {
    ...(page > 1 && { first: linkTo(1), prev: linkTo(Math.min(page - 1, last)) }),
    ...(page < last && { next: linkTo(page + 1), last: linkTo(last) }),
  };
}

/** @param found the whole selection, in its order */
export function toOrganizationPage(
  found: readonly Organization[],
  search: URLSearchParams,
  query: OrganizationQuery,
  publicUrl: string,
) {
  const start = (query.page - 1) * query.perPage;
  return {
    total: found.length,
    pages: pageLinks(search, query, found.length, publicUrl),
    objects: found.slice(start, start + query.perPage).map(withExtras),
  };
}
