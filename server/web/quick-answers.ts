// Answers that are made for each caller anew and take less time than the Express pipeline before them:
// they are sent without it, with the same headers, log line and figures. Whatever is unusual, every problem
// and everybody with a cookie of ours is left to the pipeline, which answers the same addresses.
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import type { Answer, AnswerCache } from './answer-cache.ts';
import type { Figures } from './health.ts';

export interface QuickRoute {
  /** As the pipeline's route names it; matched to the letter. */
  readonly path: string;
  /**
   * The good answer to an address; undefined for any other.
   * @throws what the pipeline's route throws too; it is thrown again there, and put into words
   */
  readonly answer: (address: string) => Answer | undefined;
}

export interface QuickAnswers {
  /** Answers a GET or HEAD for one of the routes; false leaves it, untouched, to the pipeline. */
  send(req: IncomingMessage, res: ServerResponse): boolean;
}

export function createQuickAnswers(
  routes: readonly QuickRoute[],
  options: {
    readonly answers: AnswerCache;
    readonly isPersonal: (req: IncomingMessage) => boolean;
    readonly log: Logger;
    readonly seconds: Figures['seconds'];
  },
): QuickAnswers {
  const { answers, isPersonal, log, seconds } = options;
  const routeOf = new Map(routes.map((route) => [route.path, route]));

  function note(req: IncomingMessage, res: ServerResponse, path: string, reference: string): void {
    const begun = performance.now();
    res.once('finish', () => {
      const milliseconds = performance.now() - begun;
      const { method = 'GET' } = req;
      seconds.observe(
        { method, route: path, status: String(res.statusCode) },
        milliseconds / 1_000,
      );
      if (!log.isLevelEnabled('info')) return;
      const outcome = { method, route: path, status: res.statusCode };
      log.info({ reference, ...outcome, milliseconds: Math.round(milliseconds) }, 'answered');
    });
  }

  return {
    send(req, res) {
      if (req.method !== 'GET' && req.method !== 'HEAD') return false;
      const address = req.url ?? '';
      const end = address.indexOf('?');
      const route = routeOf.get(end === -1 ? address : address.slice(0, end));
      if (route === undefined || isPersonal(req)) return false;
      const answer = answerOf(route, address);
      if (answer === undefined) return false;
      const reference = randomUUID().slice(0, 8);
      note(req, res, route.path, reference);
      // With the others: a header set before them makes Node check and copy each of them.
      const headers = { ...answer.headers, 'x-request-id': reference };
      answers.deliver(req, res, { ...answer, headers }).catch((error: unknown) => {
        log.error({ err: error, reference }, 'a request failed');
        res.destroy();
      });
      return true;
    },
  };
}

function answerOf(route: QuickRoute, address: string): Answer | undefined {
  try {
    return route.answer(address);
  } catch {
    return undefined;
  }
}
