// What a first visit costs in a real Chromium: bytes sent, how soon the map is drawn, how long the page is busy,
// and how many marks it holds. The floor for a map is a bare Leaflet page with a mark for each group, 500 at most.
/// <reference lib="dom" />
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { fetchRaw } from './answers.ts';
import { median } from './measure.ts';
import { ms } from './running.ts';
import type { Fact } from './table.ts';

const require = createRequire(import.meta.url);

async function openBrowser(): Promise<Browser> {
  const [{ chromium }, { default: packed }] = await Promise.all([
    import('playwright-core'),
    import('@sparticuz/chromium'),
  ]);
  return chromium.launch({
    executablePath: process.env['CHROME_PATH'] ?? (await packed.executablePath()),
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--headless'],
  });
}

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

/** Runs in the page: notes long tasks, and when the last mark has come. */
function watchPage(ready: string): void {
  const page = window as unknown as { longTasks: number[]; drawnAt: number };
  page.longTasks = [];
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) page.longTasks.push(duration);
  }).observe({ entryTypes: ['longtask' as never] });
  const look = (): void => {
    if (document.querySelector(ready)) page.drawnAt = performance.now();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

/** Zooms in once and gives the milliseconds until the page is calm again. */
async function zoomIn(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const button = document.querySelector<HTMLElement>('.leaflet-control-zoom-in');
    const begun = performance.now();
    button?.click();
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    return performance.now() - begun;
  });
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
    if (slowed > 1) await session.send('Emulation.setCPUThrottlingRate', { rate: slowed });
    const bytes = countBytes(session);
    // The bundle keeps the names of functions with a helper that a page does not have.
    await page.addInitScript('globalThis.__name = (made) => made;');
    await page.addInitScript(watchPage, ready);
    await page.goto(url, { waitUntil: 'networkidle' });
    await page.locator(ready).first().waitFor({ state: 'attached', timeout: 60_000 });
    const seen = await page.evaluate(() => {
      const { longTasks, drawnAt } = window as unknown as { longTasks: number[]; drawnAt: number };
      const marks = document.querySelectorAll('.leaflet-marker-icon').length;
      return { longTasks, drawnAt, marks };
    });
    return {
      kilobytes: bytes.total() / 1_000,
      mapKilobytes: bytes.ofMap() / 1_000,
      drawnMs: seen.drawnAt,
      longestTaskMs: Math.max(0, ...seen.longTasks),
      blockingMs: seen.longTasks.reduce((sum, task) => sum + Math.max(0, task - 50), 0),
      marks: seen.marks,
      zoomMs: await zoomIn(page),
    };
  } finally {
    await context.close();
  }
}

/** As many as our own page may hold: Chromium does not bear ten thousand of Leaflet's marks. */
const mostMarks = 500;

/** A page with Leaflet as it comes, and a mark for each of the first groups of the directory. */
async function serveBareMap(origin: string): Promise<{ url: string; close: () => void }> {
  const folder = join(dirname(require.resolve('leaflet/package.json')), 'dist');
  const { body } = await fetchRaw(`${origin}/api/v1/groups.geojson`, {});
  const { features } = JSON.parse(Buffer.from(body, 'base64').toString()) as {
    features: { geometry: { coordinates: [number, number] } }[];
  };
  const points = JSON.stringify(
    features.slice(0, mostMarks).map(
      ({
        geometry: {
          coordinates: [lng, lat],
        },
      }) => [lat, lng],
    ),
  );
  const page = `<!doctype html><meta charset="utf-8"><link rel="stylesheet" href="/leaflet.css">
<div id="map" style="height:700px"></div><script src="/leaflet.js"></script><script>
const map = L.map('map').fitBounds([[24.5, -125], [49.4, -66.9]]);
for (const at of ${points}) L.marker(at).addTo(map);
document.body.dataset.ready = '';
</script>`;
  const server = createServer((req, res) => {
    const file = req.url?.slice(1) ?? '';
    if (/^leaflet\.(js|css)$/.test(file)) {
      const type = file.endsWith('js') ? 'text/javascript' : 'text/css';
      res.writeHead(200, { 'content-type': type }).end(readFileSync(join(folder, file)));
    } else if (file === '') res.writeHead(200, { 'content-type': 'text/html' }).end(page);
    else res.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/`, close: () => server.close() };
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
  const [ours, floors, slowed]: [Visit[], Visit[], Visit[]] = [[], [], []];
  try {
    await visit(browser, `${origin}/`, ready);
    for (let round = 0; round < rounds; round += 1) {
      floors.push(await visit(browser, bare.url, '[data-ready]'));
      ours.push(await visit(browser, `${origin}/`, ready));
      if (isReal) slowed.push(await visit(browser, `${origin}/`, ready, 4));
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
  return [
    size('first page in Chromium, cold: sent', of(ours, 'kilobytes'), 120),
    size('first load for the map', of(ours, 'mapKilobytes'), 70),
    ms('map drawn', of(ours, 'drawnMs'), 1_000),
    ms('longest task', of(ours, 'longestTaskMs'), 100),
    ms('blocking time', of(ours, 'blockingMs'), isReal ? 50 : null),
    ...(isReal
      ? [ms('blocking time, the processor slowed four times', of(slowed, 'blockingMs'), 200)]
      : []),
    {
      name: 'map drawn, of a bare Leaflet page with a mark for each group, 500 at most',
      value: of(ours, 'drawnMs') / of(floors, 'drawnMs'),
      unit: 'share',
      budget: isReal ? 1.7 : 3,
      better: 'lower',
    },
    {
      name: 'marks in the page',
      value: of(ours, 'marks'),
      unit: 'count',
      budget: 500,
      better: 'lower',
    },
    ms('a zoom', of(ours, 'zoomMs'), 150),
  ];
}
