// The bench from end to end: every size of the directory, every kind of figure, the table and what got slower.
// `-- --size real|10k|100k` takes one size, `--only answers,import` some kinds, `--quick` is for trying a change,
// `--json` prints the figures as data. With MONGODB_URI all of it is measured on that server too.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { built, root } from '../../server/root.ts';
import { measureSubject, startFloor, subjects } from './answers.ts';
import { measureEngine } from './engine.ts';
import { howItGrows } from './growth.ts';
import { measureImport } from './import.ts';
import { makeDatabase, makeStore, type Size, type StoreKind, sizes } from './make-store.ts';
import { measurePages } from './pages.ts';
import { measureProcesses } from './processes.ts';
import { type Host, measureWrites, ms, startHost } from './running.ts';
import { type Fact, type Figure, factNames, type Part, type Run, toMarkdown } from './table.ts';
import { remember, whatGotSlower } from './what-got-slower.ts';

const kinds = ['answers', 'writes', 'processes', 'pages', 'import', 'engine'] as const;
type Kind = (typeof kinds)[number];

interface Wanted {
  /** MONGODB_URI. */
  readonly server: string | undefined;
  readonly quick: boolean;
  readonly kinds: readonly Kind[];
}

const titles: Readonly<Record<Size, string>> = {
  real: 'The real size',
  '10k': '10,000 groups',
  '100k': '100,000 groups',
};
const startBudgets = { real: 1_500, '10k': null, '100k': 6_000 } as const;
const memoryBudgets = { real: 180, '10k': null, '100k': 700 } as const;

const say = (text: string): void => void process.stderr.write(text);

/** Says what is under way and for how long the whole run has been. */
async function step<Made>(name: string, make: () => Promise<Made>): Promise<Made> {
  const seconds = Math.round(performance.now() / 1_000);
  say(`${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}  ${name} `);
  const made = await make();
  say('\n');
  return made;
}

export async function runBench(): Promise<void> {
  const { values } = parseArgs({
    options: {
      size: { type: 'string' },
      quick: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      only: { type: 'string' },
    },
  });
  const { size, quick, json, only } = values;
  if (size !== undefined && !(size in sizes)) throw new Error('--size is real, 10k or 100k.');
  const chosen = size === undefined ? (Object.keys(sizes) as Size[]) : [size as Size];
  const named = only?.split(',').map(toKind) ?? kinds;
  const server = process.env['MONGODB_URI'];
  // Nothing that is started here may come upon the database that it names: the bench has its own there.
  delete process.env['MONGODB_URI'];
  const stores: StoreKind[] = server ? ['embedded', 'MongoDB'] : ['embedded'];
  const parts: Part[] = [];
  for (const store of stores) {
    for (const each of chosen)
      parts.push(await measureSize(each, store, { server, quick, kinds: named }));
  }
  const date = new Date().toISOString().slice(0, 10);
  report({ date, node: process.versions.node, parts }, { json, quick });
}

function toKind(word: string): Kind {
  const kind = kinds.find((known) => known === word);
  if (!kind) throw new Error(`--only takes ${kinds.join(', ')}; it does not know "${word}".`);
  return kind;
}

async function measureSize(
  size: Size,
  store: StoreKind,
  { server = '', quick, kinds: wanted }: Wanted,
): Promise<Part> {
  const title = store === 'embedded' ? titles[size] : `${titles[size]}, ${store}`;
  const folder = mkdtempSync(join(tmpdir(), 'crosswalk-bench-'));
  const isReal = size === 'real';
  const isOurs = store === 'embedded';
  const take = <Made>(name: string, make: () => Promise<Made>) => step(`${title}: ${name}`, make);
  const facts: Fact[] = [];
  const figures: Figure[] = [];
  let groups = 0;
  const data = join(folder, 'data');
  const made = isOurs
    ? await makeStore(data, size, say)
    : await makeDatabase(server, data, size, say);
  const floor = await startFloor();
  try {
    if (isReal && isOurs) {
      const empty = join(folder, 'empty');
      const host = await take('start with an empty store', () => startHost({ DATA_DIR: empty }));
      facts.push(ms('start, first time, with an empty store', host.startMs, null, floor.start()));
      await host.stop();
    }
    const running = await take('start', () => startHost(made.env));
    groups = await countGroups(running);
    facts.push(ms(factNames.start, running.startMs, startBudgets[size], floor.start()));
    try {
      if (wanted.includes('answers')) {
        const load = { connections: 16, seconds: quick ? 0.5 : 1.5 };
        const how = { rounds: quick ? 2 : 5, load, tick: () => say('.') };
        for (const subject of subjects(isReal)) {
          const measured = () => measureSubject(subject, running.origin, floor, how);
          figures.push(await take(subject.name, measured));
        }
      }
      if (wanted.includes('writes')) {
        const writes = quick ? 5 : 20;
        facts.push(...(await take('writes', () => measureWrites(running, writes, isReal))));
      }
      if (wanted.includes('processes')) {
        const writes = quick ? 3 : 10;
        const two = () => measureProcesses(running, made.env, writes);
        facts.push(...(await take('two processes', two)));
      }
      if (wanted.includes('pages') && isOurs && size !== '100k') {
        const visits = quick ? 2 : 5;
        const measured = take('pages', () => measurePages(running.origin, visits, isReal));
        // Where Chromium gives up, the other figures still stand.
        const seen = measured.catch((error: unknown) => say(`not measured: ${error}\n`) ?? []);
        facts.push(...(await seen));
      }
      // Of a part of it the figure would say something else.
      if (wanted.length === kinds.length) {
        facts.push(await memoryOf(running, memoryBudgets[size], floor.memory()));
      }
    } finally {
      await running.stop();
    }
    if (isReal && isOurs && wanted.includes('import')) {
      const importing = join(folder, 'importing');
      mkdirSync(importing);
      const measured = await take('import of 100,000 groups', () => measureImport(importing));
      figures.push(...measured.figures);
      facts.push(...measured.facts);
    }
    if (isReal && isOurs && wanted.includes('engine')) {
      facts.push(...(await take('embedded store', () => measureEngine(quick ? 5 : 40, 150))));
    }
  } finally {
    await floor.stop();
    await made.remove();
    rmSync(folder, { recursive: true, force: true });
  }
  return { size: title, store, groups, figures, facts };
}

async function countGroups({ origin }: Host): Promise<number> {
  const answer = await fetch(`${origin}/api/v1/groups?limit=1`);
  return ((await answer.json()) as { total: number }).total;
}

async function memoryOf(host: Host, budget: number | null, floor: Fact['floor']): Promise<Fact> {
  const { megabytes } = await host.memory();
  const { memory: name } = factNames;
  return { name, value: megabytes, unit: 'MB', budget, better: 'lower', floor };
}

/** The file holds what was measured last of each size and kind; what is printed, what was measured now. */
function report(run: Run, { json, quick }: { json: boolean; quick: boolean }): void {
  const lastFile = join(built, 'bench', 'last.json');
  const before = existsSync(lastFile)
    ? (JSON.parse(readFileSync(lastFile, 'utf8')) as Run)
    : undefined;
  const slower = whatGotSlower(before, run);
  const markdownOf = (one: Run): string => toMarkdown(one, howItGrows(one.parts));
  if (!quick) {
    const all = remember(before, run);
    mkdirSync(dirname(lastFile), { recursive: true });
    writeFileSync(lastFile, JSON.stringify(all, null, 2));
    writeFileSync(join(root, 'BENCHMARKS.md'), markdownOf(all));
  }
  const text = markdownOf(run);
  process.stdout.write(json ? `${JSON.stringify({ ...run, slower })}\n` : `\n${text}\n`);
  for (const line of slower) say(`Slower than last time: ${line}\n`);
}
