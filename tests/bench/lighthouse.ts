// What Lighthouse says of the start page and of a city's page: its phone, on its slow network.
import { freePort, openBrowser } from './browser.ts';
import { median } from './measure.ts';
import type { Fact } from './table.ts';

const pages = [
  { name: 'home', path: '/' },
  { name: 'city page', path: '/cities/pittsburgh-pa' },
];
/** Lighthouse's own names, and the least that each must reach, of a hundred. */
const budgets = { performance: 97, accessibility: 100, 'best-practices': 100, seo: 100 } as const;
const categories = Object.keys(budgets) as (keyof typeof budgets)[];

type Scores = Readonly<Record<string, number>>;

/** The scores of one visit; names on stderr what keeps one below its budget. */
async function score(address: string, port: number): Promise<Scores> {
  const { default: lighthouse } = await import('lighthouse');
  const result = await lighthouse(address, {
    port,
    logLevel: 'error',
    onlyCategories: [...categories],
  });
  if (!result || result.lhr.runtimeError) {
    throw new Error(`Lighthouse could not read ${address}: ${result?.lhr.runtimeError?.message}`);
  }
  const { lhr } = result;
  return Object.fromEntries(
    categories.map((name) => {
      const category = lhr.categories[name];
      const reached = Math.round((category?.score ?? 0) * 100);
      if (reached < budgets[name]) {
        const missed = (category?.auditRefs ?? [])
          .filter(({ id, weight }) => weight > 0 && (lhr.audits[id]?.score ?? 1) < 0.9)
          .map(({ id }) => id);
        process.stderr.write(`${address}, ${name} ${reached}: ${missed.join(', ')} `);
      }
      return [name, reached];
    }),
  );
}

/** Visits each page a few times, with nothing kept; the median of each score. */
export async function measureLighthouse(origin: string, rounds: number): Promise<Fact[]> {
  const port = await freePort();
  const browser = await openBrowser(port);
  try {
    const facts: Fact[] = [];
    for (const { name, path } of pages) {
      const seen: Scores[] = [];
      for (let round = 0; round < rounds; round += 1) seen.push(await score(origin + path, port));
      facts.push(
        ...categories.map(
          (category): Fact => ({
            name: `Lighthouse, phone, ${name}: ${category.replace('-', ' ')}`,
            value: median(seen.map((scores) => scores[category] ?? 0)),
            unit: 'count',
            budget: budgets[category],
            better: 'higher',
          }),
        ),
      );
    }
    return facts;
  } finally {
    await browser.close();
  }
}
