// Turns a page object into an answer: the one place that calls EJS.
// What a template may ask for is `page` (made by the feature's page.ts), `site` and `asset`.
import type { Response } from 'express';
import type { Directory } from '../directory/directory.ts';
import type { Answer, AnswerCache } from './answer-cache.ts';
import { sampleHeaders } from './export-name.ts';

/** The parts of the site's navigation; the current one is marked. */
export type Section =
  | 'find'
  | 'cities'
  | 'partners'
  | 'groups'
  | 'gaps'
  | 'surveys'
  | 'data'
  | 'about';

export interface PageHead {
  /** Without the site's name; errors in a form put "Error: " before it. */
  readonly title: string;
  /** One or two sentences for search engines and previews. */
  readonly description: string;
  /** Path and query of the address that stands for this page; made with paths.ts. */
  readonly canonical: string;
  readonly section: Section | null;
  /** schema.org data, printed as JSON-LD; null where none fits. */
  readonly structuredData: Readonly<Record<string, unknown>> | null;
  /** Addresses of the same selection in other formats, offered in the head and at the foot of the page. */
  readonly alternates?: readonly {
    readonly type: string;
    readonly title: string;
    readonly href: string;
  }[];
  /** The picture that stands beside a link to the page; the site's common one where absent. */
  readonly picture?: { readonly href: string; readonly alt: string };
  /** True keeps the page out of search engines. */
  readonly noIndex?: boolean;
}

export interface Page {
  readonly head: PageHead;
  /** What it shows besides the snapshot, in short: stands in its tag. Such a page is not kept. */
  readonly mark?: string;
}

/** What sending needs to know of the application; set once in app.ts as `app.locals.delivery`. */
export interface Delivery {
  readonly answers: AnswerCache;
  /** Changes with every build, so that a new template is not answered from an old copy. */
  readonly version: string;
}

/**
 * Renders `views/<template>.ejs` with the page and sends it.
 * A page of the snapshot alone, asked for at its canonical address by someone not signed in, is kept.
 */
export function sendPage<P extends Page>(
  res: Response,
  template: string,
  page: P,
  status = 200,
): void {
  const req = res.req;
  const directory = res.locals['directory'] as Directory | undefined;
  res.render(template, { page }, (error: Error | null, html?: string) => {
    if (error || html === undefined) return req.next?.(error ?? new Error(`${template} is empty`));
    if (status !== 200 || res.locals['viewer'] || !directory || isPrivate(res)) {
      res.status(status).set('cache-control', 'private, no-store').type('html').send(html);
      return;
    }
    const { mark } = page;
    const { version } = res.app.locals['delivery'] as Delivery;
    sendShared(res, directory, {
      type: 'text/html; charset=utf-8',
      body: html,
      canonical: mark === undefined ? page.head.canonical : '',
      ...(mark !== undefined && {
        etag: `W/"${directory.revision}-${directory.today}-${version}-${mark}"`,
      }),
    });
  });
}

/** True where the handler said so before; see private-address.ts. Sharing would write over its headers. */
const isPrivate = (res: Response): boolean =>
  String(res.getHeader('cache-control') ?? '').startsWith('private');

export interface SharedBody {
  readonly type: string;
  /** Text, or the bytes of a picture. */
  readonly body: string | Uint8Array;
  /** Path and query that stand for this answer. */
  readonly canonical: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Of what stays the same from revision to revision; absent: the tag of this revision. */
  readonly etag?: string;
}

/** Queries that people type freely: their answers are not kept, or anyone could fill the memory. */
const freeText = /[?&](q|place|lat|lng|map|cursor)=/;

/** Bytes that are there already are taken as they are. */
const toBytes = (body: SharedBody['body']): Buffer => {
  if (typeof body === 'string') return Buffer.from(body);
  return Buffer.from(body.buffer, body.byteOffset, body.byteLength);
};

/** An answer with the headers that everything shared carries, and its tag. */
export const toSharedAnswer = (
  directory: Directory,
  version: string,
  shared: Omit<SharedBody, 'canonical'>,
): Answer => ({
  status: 200,
  headers: {
    'content-type': shared.type,
    'cache-control': 'public, max-age=0, must-revalidate',
    vary: 'Accept-Encoding, Cookie',
    ...sampleHeaders(directory),
    ...shared.headers,
  },
  body: toBytes(shared.body),
  etag: shared.etag ?? `W/"${directory.revision}-${directory.today}-${version}"`,
});

/** Sends an answer that the address and the snapshot alone decide, and keeps it for the next caller. */
export function sendShared(res: Response, directory: Directory, shared: SharedBody): void {
  const { answers, version } = res.app.locals['delivery'] as Delivery;
  const req = res.req;
  const answer = toSharedAnswer(directory, version, shared);
  const address = req.originalUrl;
  if (address === shared.canonical && !freeText.test(address) && !res.locals['viewer']) {
    const current = res.locals['currentDirectory'] as (() => Directory) | undefined;
    if (current?.() === directory) answers.keep(address, answer);
  }
  answers.deliver(req, res, answer).catch((error: unknown) => req.next?.(error));
}
