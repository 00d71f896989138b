// Reads the routes of the application from Express itself, so that none can be forgotten.
import type { Express } from 'express';

export interface Route {
  readonly method: string;
  /** As the router has it, `/cities/:slug`. */
  readonly path: string;
}

interface Layer {
  readonly route?: {
    readonly path: string | readonly string[];
    readonly methods: Readonly<Record<string, boolean>>;
  };
  readonly handle: { readonly stack?: readonly Layer[] };
}

/** Every route once, by path. A route for all methods is listed as a GET and as a POST. */
export function routesOf(express: Express): Route[] {
  const found = collect(
    (express as unknown as { router: { stack: readonly Layer[] } }).router.stack,
  );
  const unique = new Map(found.map((route) => [`${route.method} ${route.path}`, route]));
  return [...unique.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

const collect = (stack: readonly Layer[]): Route[] =>
  stack.flatMap(({ route, handle }) => {
    if (!route) return handle.stack ? collect(handle.stack) : [];
    const methods = Object.keys(route.methods).flatMap((method) =>
      method === '_all' ? ['GET', 'POST'] : [method.toUpperCase()],
    );
    return [route.path].flat().flatMap((path) => methods.map((method) => ({ method, path })));
  });
