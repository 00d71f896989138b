// The gaps as staff work on them: each city with its outreach item, who is on it, and how many people live there.
// Facts of single rows that cost something (next action, barriers) are asked for when a row is shown.
import type { CityEntry, Directory } from '../directory/directory.ts';
import type { Gazetteer } from '../directory/places/places.ts';
import type { OutreachItem } from '../domain/outreach.ts';
import { readOpenOutreach } from '../store/outreach.ts';
import { type Person, readPeople } from '../store/people.ts';
import { readOutreachVersion } from '../store/revision.ts';
import type { Store } from '../store/store.ts';
import { peopleIn } from '../web/gap-words.ts';
import type { OutreachKeeper } from './keep-outreach.ts';

export interface GapRow {
  readonly city: CityEntry;
  /** Null for the moment between the opening of a gap and of its item. */
  readonly item: OutreachItem | null;
  readonly owner: Person | null;
  /** 0 where unknown. */
  readonly population: number;
}

export interface OutreachBoard {
  readonly directory: Directory;
  /** In the order of the directory. */
  readonly rows: readonly GapRow[];
  /** Everybody who may own an item, by name. */
  readonly staff: readonly Person[];
  find(city: string): GapRow | undefined;
}

/** How staff call each other: by name, else by what stands before the at sign. */
export const personLabel = ({ name, address }: Pick<Person, 'name' | 'address'>): string =>
  name || (address.split('@')[0] ?? address);

export async function readStaff(store: Store): Promise<readonly Person[]> {
  const people = await readPeople(store);
  return people
    .filter(({ staff }) => staff)
    .sort((one, other) => personLabel(one).localeCompare(personLabel(other), 'en'));
}

/** The open items as they were at one version; reading thousands of them takes longer than all the rest. */
const kept = new WeakMap<
  Store,
  { readonly version: number; readonly items: readonly OutreachItem[] }
>();

async function readItems(store: Store): Promise<readonly OutreachItem[]> {
  // The version is read first: a change in between is read once more, never missed.
  const version = await readOutreachVersion(store);
  const known = kept.get(store);
  if (known?.version === version) return known.items;
  const items = await readOpenOutreach(store);
  kept.set(store, { version, items });
  return items;
}

const populations = new WeakMap<CityEntry, number>();

/** 0 where unknown. */
function populationOf(places: Gazetteer, city: CityEntry): number {
  let population = populations.get(city);
  if (population === undefined) {
    population = peopleIn(places, city);
    populations.set(city, population);
  }
  return population;
}

/** Every open gap; three reads, however many gaps there are. */
export async function readBoard({
  store,
  directory,
  places,
  outreach,
}: {
  readonly store: Store;
  readonly directory: { current(): Directory };
  readonly places: Gazetteer;
  readonly outreach: OutreachKeeper;
}): Promise<OutreachBoard> {
  await outreach.settled();
  const [items, staff] = await Promise.all([readItems(store), readStaff(store)]);
  const now = directory.current();
  const itemOf = new Map(items.map((item) => [item.city, item]));
  const personOf = new Map(staff.map((person) => [person.id, person]));
  const rows = now.cities
    .filter(({ isGap }) => isGap)
    .map((city): GapRow => {
      const item = itemOf.get(city.slug) ?? null;
      return {
        city,
        item,
        owner: (item?.owner && personOf.get(item.owner)) || null,
        population: populationOf(places, city),
      };
    });
  const rowOf = new Map(rows.map((row) => [row.city.slug, row]));
  return { directory: now, rows, staff, find: (city) => rowOf.get(city) };
}
