// A GitHub organization, person or repository: the day of its newest push, by GitHub's own public interface, or by the
// feed of what its account does in public where that asks for fewer requests.
import { z } from 'zod';
import { type Day, dayOf } from '../../domain/dates.ts';
import { isTrustedDay } from '../../domain/signs.ts';

const name = /^[\w.-]+$/;

/** Addresses to ask, the next where one is gone or asks for fewer requests; none where it is not GitHub. */
export function codeAddresses(codeUrl: string): string[] {
  if (!URL.canParse(codeUrl)) return [];
  const url = new URL(codeUrl);
  if (!/^(www\.)?github\.com$/.test(url.hostname)) return [];
  const parts = url.pathname.split('/').filter((part) => part !== '');
  const [owner, repository] = parts[0] === 'orgs' ? parts.slice(1, 2) : parts;
  if (!owner || !name.test(owner)) return [];
  const api = 'https://api.github.com';
  if (repository && name.test(repository)) {
    return [`${api}/repos/${owner}/${repository.replace(/\.git$/, '')}`];
  }
  const newest = 'sort=pushed&per_page=1';
  return [
    `${api}/orgs/${owner}/repos?type=sources&${newest}`,
    `${api}/users/${owner}/repos?type=owner&${newest}`,
    `https://github.com/${owner}.atom`,
  ];
}

const repository = z.object({ pushed_at: z.string().nullish(), html_url: z.string().optional() });
const answer = z.union([z.array(repository), repository.transform((one) => [one])]);

/**
 * Null where there is no code, or no day to be believed.
 * @throws Error where the text is no such answer
 */
export function readCode(text: string, today: Day): { day: Day; url: string | null } | null {
  const pushes = answer.parse(JSON.parse(text)).flatMap(({ pushed_at, html_url }) => {
    const moment = new Date(pushed_at ?? '');
    if (Number.isNaN(moment.getTime())) return [];
    const day = dayOf(moment);
    const url = html_url?.startsWith('https://github.com/') ? html_url : null;
    return isTrustedDay(day, today) ? [{ day, url }] : [];
  });
  return pushes.sort((one, other) => (one.day < other.day ? 1 : -1))[0] ?? null;
}
