// Other records that may be the same group as one of ours. It only asks; merging is for people to decide.
import { type Double, findDoubles } from '../domain/doubles.ts';
import type { Directory, GroupEntry } from './directory.ts';

/** Those with most reasons first. Looks at every group: for pages of staff. */
export function doublesOfGroup(directory: Directory, group: GroupEntry): Double<GroupEntry>[] {
  const { name, city, website, eventsUrl, codeUrl } = group;
  const addresses = [website, eventsUrl, codeUrl].flatMap((one) => one ?? []);
  const others = directory.groups.filter(({ slug }) => slug !== group.slug);
  return findDoubles({ name, point: group, city, addresses }, others);
}
