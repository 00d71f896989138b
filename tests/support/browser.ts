// Opens the real site in a real browser. Every page is watched: what it complains of, and what it asks of
// any address outside the site.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { startTestApp, type TestApp } from './app.ts';
import { launchChromium } from './chromium.ts';

/** A site listening on a port of its own, and a browser to visit it with. */
export interface TestSite {
  readonly origin: string;
  readonly app: TestApp['app'];
  readonly services: TestApp['services'];
  /** Comes for the first time. */
  visit(path: string, visitor?: Visitor): Promise<Visit>;
  /** Comes again in the same browser, which has kept styles and scripts. */
  goOn(path: string, visitor?: Pick<Visitor, 'cookie'>): Promise<Visit>;
  close(): Promise<void>;
}

export interface Visitor {
  readonly width?: number;
  readonly dark?: boolean;
  readonly script?: boolean;
  /** A position that the visitor shares, or null for one who refuses. */
  readonly position?: { readonly latitude: number; readonly longitude: number } | null;
  /** The Cookie header of somebody who is signed in. */
  readonly cookie?: string;
  /** Paths below which every request fails. */
  readonly failing?: readonly string[];
}

export interface Visit {
  readonly page: Page;
  /** Errors in the console, content policy violations among them. */
  readonly complaints: readonly string[];
  /** Every address outside the site that was asked for. */
  readonly outside: readonly string[];
  leave(): Promise<void>;
}

const heights: Readonly<Record<number, number>> = { 390: 844 };

async function newContext(browser: Browser, origin: string, visitor: Visitor) {
  const { width = 1280, dark = false, script = true, position } = visitor;
  const context = await browser.newContext({
    baseURL: origin,
    viewport: { width, height: heights[width] ?? 900 },
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
    javaScriptEnabled: script,
    ...(position ? { geolocation: position, permissions: ['geolocation'] } : {}),
  });
  for (const pair of visitor.cookie?.split('; ') ?? []) {
    const [name = '', value = ''] = pair.split(/=(.*)/s);
    await context.addCookies([{ name, value, url: origin, httpOnly: true, sameSite: 'Lax' }]);
  }
  context.setDefaultTimeout(10_000);
  return context;
}

async function watch(context: BrowserContext, origin: string, { failing }: Visitor) {
  const page = await context.newPage();
  const complaints: string[] = [];
  const outside: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.protocol.startsWith('http') && url.origin !== origin) outside.push(url.href);
  });
  // Only where something shall fail: a browser that is led this way keeps nothing for the next page.
  if (failing) {
    await context.route('**/*', async (route) => {
      const { pathname } = new URL(route.request().url());
      return failing.some((path) => pathname.startsWith(path))
        ? route.abort('failed')
        : route.continue();
    });
  }
  return { page, complaints, outside };
}

/** Starts the site on the starting directory, unless told otherwise. Close it after the tests. */
export async function startTestSite(
  options: Parameters<typeof startTestApp>[0] = { seed: true },
): Promise<TestSite> {
  const app = await startTestApp(options);
  const browser = await launchChromium();
  const server = createServer(app.app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A browser shares positions only with a secure place; "localhost" counts as one.
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`;

  const wanderers = new Map<string, Promise<BrowserContext>>();

  return {
    origin,
    app: app.app,
    services: app.services,
    async visit(path, visitor = {}) {
      const context = await newContext(browser, origin, visitor);
      const watched = await watch(context, origin, visitor);
      await watched.page.goto(path);
      return { ...watched, leave: () => context.close() };
    },
    async goOn(path, visitor = {}) {
      const who = visitor.cookie ?? '';
      const context = wanderers.get(who) ?? newContext(browser, origin, visitor);
      wanderers.set(who, context);
      const watched = await watch(await context, origin, visitor);
      await watched.page.goto(path);
      return { ...watched, leave: () => watched.page.close() };
    },
    async close() {
      await browser.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await app.close();
    },
  };
}
