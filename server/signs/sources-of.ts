// Which sources of a group are asked for signs of life, and under which addresses.
import type { Group } from '../domain/records.ts';
import type { CheckSource } from '../domain/words.ts';
import { codeAddresses } from './sources/code.ts';
import { meetupAddresses } from './sources/meetup.ts';
import { calendarAddress } from './sources/page.ts';

export interface WantedSource {
  readonly source: CheckSource;
  /** The next one is asked where one is gone or cannot be had. */
  readonly addresses: readonly [string, ...string[]];
}

/** They show nothing to who is not signed in, and ask programs to stay away. */
const closedSites = /(^|\.)(facebook|instagram|linkedin|twitter|x)\.com$/;

const hostOf = (address: string): string =>
  URL.canParse(address) ? new URL(address).hostname : '';

/** The sources that its record names, each once; what those name themselves comes later. */
export function sourcesOf(
  group: Pick<Group, 'website' | 'eventsUrl' | 'codeUrl' | 'feedUrl'>,
): readonly WantedSource[] {
  const wanted = new Map<CheckSource, WantedSource>();
  const want = (source: CheckSource, [first, ...rest]: readonly string[]): void => {
    if (first !== undefined && !wanted.has(source)) {
      wanted.set(source, { source, addresses: [first, ...rest] });
    }
  };
  if (group.feedUrl) want('feed', [group.feedUrl]);
  if (group.codeUrl) want('code', codeAddresses(group.codeUrl));
  for (const [address, page] of [
    [group.website, 'website'],
    [group.eventsUrl, 'events-page'],
  ] as const) {
    if (!address || closedSites.test(hostOf(address))) continue;
    const calendar = calendarAddress(address);
    const meetup = meetupAddresses(address);
    const code = codeAddresses(address);
    if (meetup.length > 0) want('meetup', meetup);
    else if (calendar) want('calendar', [calendar]);
    else if (code.length > 0) want('code', code);
    else if (page === 'website' || address !== group.website) want(page, [address]);
  }
  return [...wanted.values()];
}
