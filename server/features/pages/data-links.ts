// What the data page links to besides tables: feeds, calendars, and the addresses of known clients.
import { paths } from '../../paths.ts';
import type { DataPage } from './data-page.ts';

export const feedLinks: DataPage['feeds'] = [
  {
    href: paths.feeds.changes,
    type: 'application/atom+xml',
    about: 'What changed in the directory, as an Atom feed',
  },
  {
    href: paths.feeds.convenings,
    type: 'text/calendar',
    about: 'Convenings as a calendar to subscribe to; each city page links to one of its own',
  },
  {
    href: paths.subscribe,
    type: 'text/html',
    about: 'A mail when a group starts, or wakes up, near a place',
  },
];

export const clientLinks: DataPage['knownClients'] = [
  {
    href: paths.knownClients.organizationsMap,
    about:
      'Groups as the map of Brigades reads them: an identifier, a point, type, tags and previous names',
  },
  {
    href: `${paths.knownClients.organizations}?tags=Brigade&per_page=50`,
    about:
      'The same in pages with total, pages and objects, the latest change first; takes page, per_page, type, tags, name, city and q',
  },
  {
    href: paths.knownClients.brigadeList,
    about: "The Brigade list, valid against the list's own JSON Schema",
  },
];
