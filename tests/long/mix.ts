// What a busy minute is made of: readers of every kind, visitors who suggest, staff who edit, and imports one after another.
// Every write that was acknowledged is remembered, to be looked for afterwards.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import autocannon from 'autocannon';
import { load } from 'cheerio';
import type { Program } from './program.ts';

/** Milliseconds, and how many there were. */
export interface Reading {
  readonly answers: number;
  readonly rate: number;
  readonly p50: number;
  readonly p99: number;
  readonly slowest: number;
  /** Statuses of 400 and more, broken connections and answers that did not come. */
  readonly failures: readonly string[];
}

let asked = 0;
const degrees = (): string => (30 + Math.random() * 15).toFixed(3);
const anywhere = (): string => `lat=${degrees()}&lng=-${(75 + Math.random() * 40).toFixed(3)}`;

/** Kept pages many times, what is made for each question often, whole exports now and then. */
const addresses: readonly (() => string)[] = [
  ...['/', '/cities', '/groups', '/gaps', '/cities/pittsburgh-pa', '/about', '/'].map(
    (p) => () => p,
  ),
  () => `/find?${anywhere()}`,
  () => '/find?place=Pittsburgh%2C+PA',
  () => `/groups?q=${['code', 'data', 'open', 'civic'][asked % 4]}&page=1`,
  () => `/api/v1/near?${anywhere()}`,
  () => `/api/v1/near?${anywhere()}`,
  () => '/api/v1/cities',
  () => '/api/v1/groups?limit=50',
  () => '/api/v1/groups.geojson',
  () => '/api/v1/groups.csv',
  () => '/changes.atom',
  () => '/convenings.ics',
  () => '/api/organizations?per_page=20',
];

/** Everybody comes from an address of their own, as behind a proxy: limits per sender are not what is measured. */
const somebody = (): string => {
  asked += 1;
  return `10.${(asked >> 16) & 255}.${(asked >> 8) & 255}.${asked & 255}`;
};

/** So many connections that read one address after another for so long. */
export async function readAll(
  origin: string,
  connections: number,
  seconds: number,
): Promise<Reading> {
  const result = await autocannon({
    url: origin,
    connections,
    duration: seconds,
    timeout: 30,
    requests: addresses.map((address) => ({
      method: 'GET',
      path: '/',
      setupRequest: (request) => ({
        ...request,
        path: address(),
        headers: { ...request.headers, 'x-forwarded-for': somebody() },
      }),
    })),
  });
  const wrong = Object.entries(result.statusCodeStats ?? {}).filter(
    ([code]) => Number(code) >= 400,
  );
  return {
    answers: result.requests.total,
    rate: result.requests.average,
    p50: result.latency.p50,
    p99: result.latency.p99,
    slowest: result.latency.max,
    failures: [
      ...wrong.map(([code, { count }]) => `${count} answers with ${code}`),
      ...(result.errors > 0 ? [`${result.errors} connections broken`] : []),
      ...(result.timeouts > 0 ? [`${result.timeouts} answers that did not come`] : []),
    ],
  };
}

export interface Written {
  /** Texts that an acknowledged write holds. */
  readonly suggestions: string[];
  readonly entries: string[];
  readonly reports: string[];
  readonly failures: string[];
  /** Milliseconds until the acknowledgement. */
  readonly times: number[];
}

export const nothingWritten = (): Written => ({
  suggestions: [],
  entries: [],
  reports: [],
  failures: [],
  times: [],
});

let marks = 0;
const mark = (kind: string): string => {
  marks += 1;
  return `${kind} under load ${String(marks).padStart(6, '0')}`;
};

interface Writing {
  readonly origin: string;
  readonly cookie: string;
  readonly written: Written;
  /** True as long as there is to be more. */
  goesOn(): boolean;
  /** Between two writes of one hand, milliseconds. */
  readonly pause: number;
}

async function post(
  { origin, written }: Writing,
  path: string,
  fields: Record<string, string>,
  cookie = '',
): Promise<boolean> {
  const begun = performance.now();
  try {
    const answer = await fetch(origin + path, {
      method: 'POST',
      redirect: 'manual',
      headers: { origin, 'sec-fetch-site': 'same-origin', cookie, 'x-forwarded-for': somebody() },
      body: new URLSearchParams(fields),
    });
    await answer.text();
    written.times.push(performance.now() - begun);
    if (answer.status === 303) return true;
    written.failures.push(`POST ${path} was answered with ${answer.status}`);
  } catch (error) {
    written.failures.push(`POST ${path}: ${(error as Error).message}`);
  }
  return false;
}

/** The hidden fields of a form, as it was given out. */
async function hiddenFields(
  origin: string,
  path: string,
  form: string,
  cookie: string,
): Promise<Record<string, string>> {
  const headers = { cookie, 'x-forwarded-for': somebody() };
  const $ = load(await (await fetch(origin + path, { headers })).text());
  const inputs = $(`${form} input[type=hidden]`).toArray();
  return Object.fromEntries(inputs.map((one) => [$(one).attr('name'), $(one).attr('value') ?? '']));
}

/** A visitor who suggests a group, and takes the time that a person takes. */
async function suggest(writing: Writing): Promise<void> {
  const { origin, written, pause } = writing;
  while (writing.goesOn()) {
    const hidden = await hiddenFields(origin, '/suggest', 'form.suggest', '').catch(() => ({}));
    await wait(3_100);
    const name = mark('Suggested');
    const fields = { ...hidden, name, kind: 'other', place: 'Pittsburgh, PA', text: name };
    if (await post(writing, '/suggest', fields)) written.suggestions.push(name);
    await wait(pause);
  }
}

/** Staff who note what happened. */
async function keepOutreach(writing: Writing): Promise<void> {
  const { cookie, written, pause } = writing;
  while (writing.goesOn()) {
    const text = mark('Entry');
    const fields = { kind: 'note', text, key: crypto.randomUUID() };
    if (await post(writing, '/staff/outreach/pittsburgh-pa/entry', fields, cookie)) {
      written.entries.push(text);
    }
    await wait(pause);
  }
}

/** Staff who file what partners tell them: each report makes a new state of the directory. */
async function report(writing: Writing, partner: string): Promise<void> {
  const { cookie, written, pause } = writing;
  const path = `/partners/${partner}/report`;
  while (writing.goesOn()) {
    const internalNote = mark('Report');
    const level = ['some', 'extensive'][marks % 2] ?? 'some';
    if (await post(writing, path, { level, internalNote }, cookie)) {
      written.reports.push(internalNote);
    }
    await wait(pause);
  }
}

/** Sixteen hands. */
export const writeOn = (writing: Writing, partner: string): Promise<unknown> =>
  Promise.all([
    ...Array.from({ length: 10 }, () => suggest(writing)),
    ...Array.from({ length: 4 }, () => keepOutreach(writing)),
    ...Array.from({ length: 2 }, () => report(writing, partner)),
  ]);

/**
 * Lists of new groups, one after another. The first stays; each of the others is undone before the next comes, so that
 * the directory keeps its size and a page costs at the end what it did at the beginning.
 */
export async function importOn(
  { folder, command }: Program,
  rows: number,
  goesOn: () => boolean,
): Promise<{
  readonly imported: string[];
  readonly undone: string[];
  readonly failures: string[];
}> {
  const imported: string[] = [];
  const undone: string[] = [];
  const failures: string[] = [];
  for (let list = 1; goesOn() || list === 1; list += 1) {
    const names = Array.from({ length: rows }, (_, row) => `Imported ${list} brigade ${row}`);
    const file = join(folder, `list-${list}.csv`);
    const lines = names.map(
      (name, row) => `${name},https://list-${list}-${row}.example/,"Pittsburgh, PA"`,
    );
    writeFileSync(file, ['name,website,city', ...lines].join('\n'));
    const batch = `load-${list}`;
    try {
      await command(
        ...['import', file, '--accept-all', '--list', `Load ${list}`, '--date', '2026-01'],
        ...['--batch', batch],
      );
      if (list > 1) await command('undo', batch);
      (list > 1 ? undone : imported).push(...names);
    } catch (error) {
      failures.push(`import: ${(error as Error).message}`);
    }
  }
  return { imported, undone, failures };
}

/** Those of the texts that staff do not find in the whole export. */
export async function findLost(
  origin: string,
  cookie: string,
  texts: readonly string[],
): Promise<string[]> {
  const whole = await (await fetch(`${origin}/staff/export.json`, { headers: { cookie } })).text();
  return texts.filter((text) => !whole.includes(text));
}

/** Those of the names that the public list of groups still has. */
export async function findLeft(origin: string, names: readonly string[]): Promise<string[]> {
  const list = await (await fetch(`${origin}/api/v1/groups.csv`)).text();
  return names.filter((name) => list.includes(`${name},`));
}
