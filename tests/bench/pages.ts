// What a first visit costs in a real Chromium: bytes sent, how soon the map is drawn, how long the page is busy,
// and how many marks it holds; and what Lighthouse says of it. The floor for a map is in bare-map.ts.
/// <reference lib="dom" />
import type { Browser, CDPSession } from 'playwright-core';
import { serveBareMap } from './bare-map.ts';
import { openBrowser } from './browser.ts';
import { measureLighthouse } from './lighthouse.ts';
import { median } from './measure.ts';
import { ms } from './running.ts';
import type { Fact } from './table.ts';

interface Visit {
  readonly kilobytes: number;
  readonly mapKilobytes: number;
  readonly drawnMs: number;
  readonly longestTaskMs: number;
  readonly blockingMs: number;
  readonly marks: number;
  readonly zoomMs: number;
}

/** What belongs to the map alone: its script, its ground and its places. */
const isOfMap = (url: string): boolean => /\/(map-|world-|map\/|api\/v1\/)/.test(url);

/** Adds up what comes over the wire, headers and all. */
function countBytes(session: CDPSession): { total: () => number; ofMap: () => number } {
  const urls = new Map<string, string>();
  const sizes = new Map<string, number>();
  session.on('Network.requestWillBeSent', ({ requestId, request }) => {
    urls.set(requestId, request.url);
  });
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    sizes.set(requestId, encodedDataLength);
  });
  const sum = (counts: (url: string) => boolean): number =>
    [...sizes].reduce((all, [id, size]) => (counts(urls.get(id) ?? '') ? all + size : all), 0);
  return { total: () => sum(() => true), ofMap: () => sum(isOfMap) };
}

/** Runs in the page: notes long tasks, and when the frame that shows the last mark has been drawn. */
function watchPage(ready: string): void {
  const page = window as unknown as { longTasks: number[]; drawnAt?: number };
  page.longTasks = [];
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) page.longTasks.push(duration);
  }).observe({ entryTypes: ['longtask' as never] });
  const look = (): void => {
    if (!document.querySelector(ready)) requestAnimationFrame(look);
    else {
      setTimeout(() => {
        page.drawnAt = performance.now();
      });
    }
  };
  requestAnimationFrame(look);
}

interface Seen {
  readonly drawnAt: number;
  readonly longTasks: readonly number[];
  readonly marks: number;
}

/** Runs in the page: what the watch has noted, once the last mark is drawn and all is quiet. */
async function readPage(): Promise<Seen> {
  const page = window as unknown as { longTasks: number[]; drawnAt?: number };
  while (page.drawnAt === undefined) await new Promise((resolve) => setTimeout(resolve, 50));
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  const marks = document.querySelectorAll('.map-mark, .leaflet-marker-icon').length;
  return { drawnAt: page.drawnAt, longTasks: page.longTasks, marks };
}

/** Runs in the page: zooms in once and gives the milliseconds until the next frame has been drawn. */
async function zoomIn(): Promise<number> {
  const button = document.querySelector<HTMLElement>('.leaflet-control-zoom-in');
  const begun = performance.now();
  button?.click();
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  return performance.now() - begun;
}

const asSource = (run: (...given: never[]) => unknown, ...given: unknown[]): string =>
  `(${run})(${given.map((value) => JSON.stringify(value)).join()})`;

/** Runs a function of ours in the page as it is: Playwright's own way in takes a tenth of a second of a slowed page. */
async function runIn<Answer>(session: CDPSession, run: () => Promise<Answer>): Promise<Answer> {
  const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
    expression: asSource(run),
    awaitPromise: true,
    returnByValue: true,
  });
  if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? 'It failed.');
  return result.value as Answer;
}

async function visit(browser: Browser, url: string, ready: string, slowed = 1): Promise<Visit> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    reducedMotion: 'reduce',
  });
  try {
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send('Network.enable');
    await session.send('Page.enable');
    if (slowed > 1) await session.send('Emulation.setCPUThrottlingRate', { rate: slowed });
    const bytes = countBytes(session);
    const source = asSource(watchPage, ready);
    await session.send('Page.addScriptToEvaluateOnNewDocument', { source });
    await page.goto(url, { waitUntil: 'commit' });
    const { drawnAt, longTasks, marks } = await runIn(session, readPage);
    return {
      kilobytes: bytes.total() / 1_000,
      mapKilobytes: bytes.ofMap() / 1_000,
      drawnMs: drawnAt,
      longestTaskMs: Math.max(0, ...longTasks),
      blockingMs: longTasks.reduce((sum, task) => sum + Math.max(0, task - 50), 0),
      marks,
      zoomMs: await runIn(session, zoomIn),
    };
  } finally {
    await context.close();
  }
}

/** Visits the start page and the bare map in turn, each with nothing kept. */
export async function measurePages(
  origin: string,
  rounds: number,
  isReal: boolean,
): Promise<Fact[]> {
  const browser = await openBrowser();
  const bare = await serveBareMap(origin);
  const ready = '[data-module="map"][data-ready]';
  const ours: Visit[] = [];
  const floors: Visit[] = [];
  const marksAlone: Visit[] = [];
  const slowed: Visit[] = [];
  const slowedFloors: Visit[] = [];
  try {
    await visit(browser, `${origin}/`, ready);
    for (let round = 0; round < rounds; round += 1) {
      floors.push(await visit(browser, bare.url, '[data-ready]'));
      marksAlone.push(await visit(browser, `${bare.url}marks`, '[data-ready]'));
      ours.push(await visit(browser, `${origin}/`, ready));
      if (!isReal) continue;
      slowedFloors.push(await visit(browser, bare.url, '[data-ready]', 4));
      slowed.push(await visit(browser, `${origin}/`, ready, 4));
    }
  } finally {
    bare.close();
    await browser.close();
  }
  const of = (visits: readonly Visit[], field: keyof Visit): number =>
    median(visits.map((one) => one[field]));
  const size = (name: string, value: number, budget: number): Fact => ({
    name,
    value,
    unit: 'kB',
    budget,
    better: 'lower',
  });
  const beside = (visits: readonly Visit[], field: keyof Visit): Fact['floor'] => ({
    what: 'a bare Leaflet page with countries and a mark for each group, 500 at most',
    value: of(visits, field),
  });
  const share = (name: string, of: number, budget: number | null): Fact => ({
    name,
    value: of,
    unit: 'share',
    budget,
    better: 'lower',
  });
  const drawn = of(ours, 'drawnMs');
  return [
    size('first page in Chromium, cold: sent', of(ours, 'kilobytes'), 120),
    size('first load for the map', of(ours, 'mapKilobytes'), 70),
    ms('map drawn', drawn, 1_000, beside(floors, 'drawnMs')),
    ms('longest task', of(ours, 'longestTaskMs'), 100, beside(floors, 'longestTaskMs')),
    ms('blocking time', of(ours, 'blockingMs'), isReal ? 50 : null, beside(floors, 'blockingMs')),
    ...(isReal
      ? [
          ms(
            'blocking time, the processor slowed four times',
            of(slowed, 'blockingMs'),
            200,
            beside(slowedFloors, 'blockingMs'),
          ),
        ]
      : []),
    share(
      'map drawn, of a bare Leaflet page with countries and marks',
      drawn / of(floors, 'drawnMs'),
      isReal ? 1.7 : 3,
    ),
    share(
      'map drawn, of the same without countries, its marks written into the page',
      drawn / of(marksAlone, 'drawnMs'),
      null,
    ),
    {
      name: 'marks in the page',
      value: of(ours, 'marks'),
      unit: 'count',
      budget: 500,
      better: 'lower',
    },
    ms('a zoom', of(ours, 'zoomMs'), 150),
    ...(await measureLighthouse(origin, Math.min(3, rounds))),
  ];
}
