// What a site lets programs read, by its robots.txt (RFC 9309), asked once in a run for each site.
import * as robotsParser from 'robots-parser';
import type { Answer, Unanswered } from './answer.ts';
import { unanswered } from './answer.ts';

// The package is a function in CommonJS, and its types say that it is a module with a default.
const readRobots = robotsParser.default as unknown as typeof robotsParser.default.default;

/** As robots.txt names us. */
export const robotName = 'Crosswalk';

/** A site may ask for a longer pause, but not for one that keeps the whole run waiting; seconds. */
const longestDelay = 5;

export type Permission =
  | { readonly isAllowed: true; readonly pauseMs: number }
  | { readonly isAllowed: false; readonly because: Unanswered };

export interface Robots {
  permission(url: URL): Promise<Permission>;
}

/** @param ask fetches an address without asking for permission */
export function keepRobots(ask: (address: string) => Promise<Answer>): Robots {
  const bySite = new Map<string, Promise<Answer>>();
  return {
    async permission(url) {
      const address = `${url.origin}/robots.txt`;
      const asked = bySite.get(url.origin) ?? ask(address);
      bySite.set(url.origin, asked);
      return judge(await asked, address, url);
    },
  };
}

function judge(answer: Answer, address: string, url: URL): Permission {
  if (answer.outcome === 'fetched') {
    const rules = readRobots(address, answer.text);
    const delay = Math.min(rules.getCrawlDelay(robotName) ?? 0, longestDelay);
    return rules.isDisallowed(url.href, robotName)
      ? {
          isAllowed: false,
          because: unanswered('disallowed', 'its robots.txt asks programs not to read it'),
        }
      : { isAllowed: true, pauseMs: delay * 1000 };
  }
  if (answer.outcome === 'unchanged' || isNoRule(answer)) return { isAllowed: true, pauseMs: 0 };
  return { isAllowed: false, because: answer };
}

/** "If a server status code indicates that the file is unavailable, access any resources" (section 2.3.1.3). */
const isNoRule = ({ status, outcome }: Unanswered): boolean =>
  outcome === 'too-big' || (status !== null && status >= 400 && status < 500 && status !== 429);
