// `npm run bench`: measures Crosswalk against its floors in one run, and writes what it finds to BENCHMARKS.md.
// `-- --size real|10k|100k` takes one size, `--quick` is for trying a change, `--json` prints the figures as data.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { built, root } from '../../server/root.ts';
import { measureSubject, startFloor, subjects } from './answers.ts';
import { measureEngine } from './engine.ts';
import { serveFloor } from './floor.ts';
import { host } from './host.ts';
import { makeStore, type Size, sizes } from './make-store.ts';
import { measurePages } from './pages.ts';
import { measureWrites, ms, startHost } from './running.ts';
import { type Fact, type Figure, type Part, type Run, toMarkdown, whatGotSlower } from './table.ts';

const names: Readonly<Record<Size, string>> = {
  real: 'The real size',
  '10k': '10,000 groups',
  '100k': '100,000 groups',
};
const startBudgets: Readonly<Record<Size, number | null>> = {
  real: 1_500,
  '10k': null,
  '100k': 6_000,
};
const memoryBudgets: Readonly<Record<Size, number | null>> = {
  real: 180,
  '10k': null,
  '100k': 700,
};

const say = (text: string): void => void process.stderr.write(text);

const [role] = process.argv.slice(2);
if (role === 'floor') await serveFloor();
else if (role === 'host') await host();
else await runBench();

async function runBench(): Promise<void> {
  const { values } = parseArgs({
    options: {
      size: { type: 'string' },
      quick: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      /** Some of answers, writes, pages, engine; all where nothing is said. */
      only: { type: 'string' },
    },
  });
  const { size, quick, json, only } = values;
  if (size !== undefined && !(size in sizes)) throw new Error('--size is real, 10k or 100k.');
  const chosen = size === undefined ? (Object.keys(sizes) as Size[]) : [size as Size];
  const kinds = only?.split(',') ?? ['answers', 'writes', 'pages', 'engine'];
  const parts: Part[] = [];
  for (const each of chosen) parts.push(await measureSize(each, quick, kinds));
  const date = new Date().toISOString().slice(0, 10);
  const isWhole = size === undefined && !quick && only === undefined;
  report({ date, node: process.versions.node, parts }, json, isWhole);
}

async function measureSize(size: Size, quick: boolean, kinds: readonly string[]): Promise<Part> {
  const folder = mkdtempSync(join(tmpdir(), 'crosswalk-bench-'));
  const isReal = size === 'real';
  const facts: Fact[] = [];
  const figures: Figure[] = [];
  const step = async <Made>(name: string, make: () => Promise<Made>): Promise<Made> => {
    say(`${names[size]}: ${name} `);
    const made = await make();
    say('\n');
    return made;
  };
  try {
    await makeStore(folder, size, say);
    if (isReal) {
      const empty = await step('start with an empty store', () => startHost(join(folder, 'empty')));
      facts.push(ms('start, first time, with an empty store', empty.startMs, null));
      await empty.stop();
    }
    const running = await step('start', () => startHost(folder));
    facts.push(ms('start, second time', running.startMs, startBudgets[size]));
    try {
      if (kinds.includes('answers')) {
        const floor = await startFloor();
        const how = { rounds: quick ? 2 : 5, load: { connections: 16, seconds: quick ? 1 : 2 } };
        for (const subject of subjects(isReal)) {
          const tick = (): void => say('.');
          const measured = (): Promise<Figure> =>
            measureSubject(subject, running.origin, floor, { ...how, tick });
          figures.push(await step(subject.name, measured));
        }
        floor.stop();
      }
      if (kinds.includes('writes')) {
        const writes = quick ? 5 : 20;
        facts.push(...(await step('writes', () => measureWrites(running, writes, isReal))));
      }
      if (kinds.includes('pages') && size !== '100k') {
        const visits = quick ? 2 : 5;
        const measured = step('pages', () => measurePages(running.origin, visits, isReal));
        // Where Chromium gives up, the other figures still stand.
        const seen = measured.catch((error: unknown) => say(`not measured: ${error}\n`) ?? []);
        facts.push(...(await seen));
      }
      const { megabytes } = await running.memory();
      const budget = memoryBudgets[size];
      facts.push({
        name: 'memory after all this',
        value: megabytes,
        unit: 'MB',
        budget,
        better: 'lower',
      });
    } finally {
      await running.stop();
    }
    if (isReal && kinds.includes('engine')) {
      facts.push(...(await step('embedded store', () => measureEngine(quick ? 2 : 5, 1_000))));
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return { size: names[size], figures, facts };
}

function report(run: Run, json: boolean, isWhole: boolean): void {
  const lastFile = join(built, 'bench', 'last.json');
  const before = existsSync(lastFile)
    ? (JSON.parse(readFileSync(lastFile, 'utf8')) as Run)
    : undefined;
  mkdirSync(dirname(lastFile), { recursive: true });
  writeFileSync(lastFile, JSON.stringify(run, null, 2));
  if (json) {
    process.stdout.write(`${JSON.stringify(run)}\n`);
    return;
  }
  const text = toMarkdown(run);
  if (isWhole) writeFileSync(join(root, 'BENCHMARKS.md'), text);
  process.stdout.write(`\n${text}\n`);
  for (const line of whatGotSlower(before, run)) process.stdout.write(`Slower: ${line}\n`);
}
