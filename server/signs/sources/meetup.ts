// Meetup: the public calendar and feed of a group, derived from any address of its pages.

/** Parts of Meetup's own, where the name of a group would stand. */
const notGroups = new Set([
  'find',
  'topics',
  'cities',
  'login',
  'register',
  'pro',
  'about',
  'apps',
]);

/** Its calendar, then its feed; none where the address is no group's on Meetup. */
export function meetupAddresses(address: string): string[] {
  if (!URL.canParse(address)) return [];
  const url = new URL(address);
  if (!/(^|\.)meetup\.com$/.test(url.hostname)) return [];
  const parts = url.pathname.split('/').filter((part) => part !== '');
  // Pages in other languages begin with it: /de-DE/OK-Lab-Berlin/.
  const group = /^[a-z]{2}(-[A-Z]{2})?$/.test(parts[0] ?? '') ? parts[1] : parts[0];
  if (!group || notGroups.has(group.toLowerCase())) return [];
  const home = `https://www.meetup.com/${encodeURIComponent(decode(group))}/events`;
  return [`${home}/ical/`, `${home}/rss/`];
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
