// Every failure ends here: log once, choose the status, answer a person with a page and a program with
// application/problem+json. Details of unexpected errors stay in the log, under the reference shown.
import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import { notFound, Problem } from '../errors.ts';
import { paths } from '../paths.ts';
import { type StoreTrouble, storeTroubleOf } from '../store/trouble.ts';
import { toProblemJson } from './problem-json.ts';
import { type Page, sendPage } from './render.ts';

export interface ProblemPage extends Page {
  readonly status: number;
  readonly title: string;
  readonly text: string;
  /** Also in the log; null for expected outcomes. */
  readonly reference: string | null;
  readonly actions: readonly { readonly href: string; readonly label: string }[];
}

/** Takes what no route took. */
export const answerNotFound: RequestHandler = (_req, _res, next) => {
  next(
    notFound('There is no page at this address. It may have moved, or the link may be incomplete.'),
  );
};

export function answerErrors(log: Logger): ErrorRequestHandler {
  return (error: unknown, req, res, next) => {
    const problem = toProblem(error, req);
    const reference = problem.status >= 500 ? String(req.id ?? '') : null;
    if (problem.status >= 500) log.error({ err: error, reference }, 'a request failed');
    if (res.headersSent) return next(error);

    res.set('cache-control', 'no-store');
    if (problem.status === 503) res.set('retry-after', '30');
    if (req.path === '/api' || req.path.startsWith('/api/')) {
      const body = toProblemJson(
        { status: problem.status, detail: problem.message, field: problem.field, reference },
        req.originalUrl,
      );
      res.status(problem.status).type('application/problem+json').send(JSON.stringify(body));
      return;
    }
    sendProblemPage(req, res, problem, reference);
  };
}

function sendProblemPage(req: Request, res: Response, problem: Outcome, reference: string | null) {
  const title = titles[problem.status] ?? 'Something went wrong';
  const page: ProblemPage = {
    head: {
      title,
      description: problem.message,
      canonical: req.path,
      section: null,
      structuredData: null,
      noIndex: true,
    },
    status: problem.status,
    title,
    text: problem.message,
    reference,
    actions: [
      { href: paths.find, label: 'Find a civic tech group' },
      { href: paths.cities, label: 'See all cities' },
    ],
  };
  sendPage(res, 'errors/problem', page, problem.status);
}

interface Outcome {
  readonly status: number;
  readonly message: string;
  readonly field: string | null;
}

const titles: Readonly<Record<number, string>> = {
  400: 'That address asks for something we cannot read',
  403: 'This page is not open to you',
  404: 'Page not found',
  405: 'That cannot be done here',
  409: 'Somebody changed this meanwhile',
  413: 'That is more than we can take at once',
  429: 'Too many requests',
  503: 'Back in a moment',
};

const unexpected = 'Something went wrong on our side. Nothing you sent was lost by trying again.';

const why: Readonly<Record<StoreTrouble, string>> = {
  away: 'The store of this site does not answer at the moment.',
  'disk-full': 'The disk of this site is full, so nothing can be saved at the moment.',
  'disk-fault':
    'The disk of this site cannot be written to, so nothing can be saved at the moment.',
};

/** Never claims that nothing was written: the store may have gone away between doing and saying so. */
function withoutStore(trouble: StoreTrouble, { method }: Request): string {
  const what =
    method === 'GET' || method === 'HEAD'
      ? 'This page has to wait for it; the pages of the directory can be read meanwhile. Try again in a minute.'
      : 'What you sent may not have been saved. Go back: what you typed is still there. Send it again in a minute or two; the pages of the directory can be read meanwhile.';
  return `${why[trouble]} ${what}`;
}

/** Problems keep their words; errors that Express and its parsers raise keep their status; the rest is a 500. */
function toProblem(error: unknown, req: Request): Outcome {
  if (error instanceof Problem) return error;
  const trouble = storeTroubleOf(error);
  if (trouble) return { status: 503, message: withoutStore(trouble, req), field: null };
  const status = Number((error as { status?: unknown } | null)?.status);
  if (error instanceof URIError || status === 400) {
    return { status: 400, message: 'The address or the form could not be read.', field: null };
  }
  if (status === 413) {
    return { status, message: 'What was sent is too large.', field: null };
  }
  if (status >= 400 && status < 500) {
    return { status, message: 'The request could not be taken.', field: null };
  }
  return { status: 500, message: unexpected, field: null };
}
