// Whether two names belong to one owner, near enough: whoever registered the name, or who has a page at a shared host.
// The full list of such endings changes weekly; a wrong answer here costs a note that a site has moved, and nothing more.

/** Second levels under which countries give names away: group.org.uk, group.com.au. */
const secondLevels = new Set(['co', 'com', 'org', 'net', 'ac', 'gov', 'edu', 'or', 'ne', 'go']);

/** Hosts where each first part is somebody else. */
const sharedHosts = new Set([
  'github.io',
  'gitlab.io',
  'netlify.app',
  'vercel.app',
  'herokuapp.com',
  'pages.dev',
  'web.app',
  'wordpress.com',
  'blogspot.com',
  'tumblr.com',
  'weebly.com',
  'wixsite.com',
  'squarespace.com',
  'azurewebsites.net',
  'neocities.org',
]);

/** `www.code.example.org.uk` gives `example.org.uk`, `tulsa.github.io` itself. */
export function siteOf(hostname: string): string {
  const parts = hostname.toLowerCase().replace(/\.$/, '').split('.');
  const two = parts.slice(-2).join('.');
  const isCountry = parts.at(-1)?.length === 2 && secondLevels.has(parts.at(-2) ?? '');
  return isCountry || sharedHosts.has(two) ? parts.slice(-3).join('.') : two;
}
