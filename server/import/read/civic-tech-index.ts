// The Civic Tech Index as Django dumps it: organizations and their links are objects of their own, tied by number.
import { isRecord, type JsonRecord } from './flatten.ts';

/** A list of objects with `model` and `fields`. */
export const isDjangoDump = (records: readonly JsonRecord[]): boolean =>
  records.length > 0 &&
  records.slice(0, 20).every((one) => typeof one['model'] === 'string' && isRecord(one['fields']));

/** What the links of each kind are called as a field of their organization. */
const linkFields: Readonly<Record<string, string>> = {
  WebSite: 'website',
  GitHub: 'code page',
  MeetUp: 'events page',
  Twitter: 'twitter',
  FaceBook: 'facebook',
};

export interface FixtureRows {
  readonly records: readonly JsonRecord[];
  /** Which object of the file each record is. */
  readonly places: readonly number[];
  readonly notes: readonly string[];
}

/** One record for each organization with its first link of each kind; those that the index turned down are left out. */
export function readFixture(objects: readonly JsonRecord[]): FixtureRows {
  const links = new Map<unknown, Record<string, unknown>>();
  const organizations: { object: JsonRecord; fields: JsonRecord; place: number }[] = [];
  let denied = 0;
  for (const [place, object] of objects.entries()) {
    const fields = object['fields'];
    if (!isRecord(fields)) continue;
    if (object['model'] === 'data.link') {
      const name = linkFields[String(fields['link_type'])];
      const known = links.get(fields['organization']) ?? {};
      if (name !== undefined) known[name] ??= fields['url'];
      links.set(fields['organization'], known);
    } else if (object['model'] === 'data.organization') {
      if (fields['status'] === 'denied') denied += 1;
      else organizations.push({ object, fields, place });
    }
  }
  return {
    records: organizations.map(({ object, fields }) => ({
      name: fields['name'],
      city: fields['city'],
      state: fields['state'],
      country: fields['country'],
      tag: fields['org_tag'],
      github_name: fields['github_name'],
      ...links.get(object['pk']),
    })),
    places: organizations.map(({ place }) => place),
    notes: denied > 0 ? [`Left out because the index itself turned them down: ${denied}.`] : [],
  };
}
