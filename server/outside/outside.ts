// Fetches from other people's computers for the length of one run: guarded, bounded, polite and conditional.
// It never throws for what they do. What an answer means for a group is left to server/signs.
import { Agent, type Dispatcher } from 'undici';
import {
  type Answer,
  fromError,
  fromStatus,
  type Unanswered,
  unanswered,
  type Validators,
} from './answer.ts';
import { keepHostQueue } from './host-queue.ts';
import { judgeUrl } from './judge-address.ts';
import { guardedConnector, type Network } from './network.ts';
import { acceptedPackings, decodeText, readBody } from './read-body.ts';
import { keepRobots } from './robots.ts';

export interface OutsideLimits {
  /** Most of one answer, unpacked, bytes. */
  readonly bytes: number;
  /** Longest time for a connection, for the head of an answer, and for the whole of it, milliseconds. */
  readonly connectMs: number;
  readonly headMs: number;
  readonly wholeMs: number;
  /** Between two requests to one host, milliseconds. */
  readonly pauseMs: number;
}

export const usualLimits: OutsideLimits = {
  bytes: 2_000_000,
  connectMs: 6_000,
  headMs: 12_000,
  wholeMs: 20_000,
  pauseMs: 1_000,
};

const mostRedirects = 5;

export interface Outside {
  /**
   * Asks for an address, following at most five redirects, each judged as the first one was.
   * With validators of the address where the way ends, the answer may be that nothing changed.
   * Rejects only when the run's own signal ends it.
   */
  fetch(address: string, validators?: Validators | null): Promise<Answer>;
  /** The same for an interface that is made for programs: robots.txt, which speaks of pages, is not asked. */
  fetchInterface(address: string, validators?: Validators | null): Promise<Answer>;
  close(): Promise<void>;
}

export function openOutside(given: {
  readonly network: Network;
  readonly userAgent: string;
  readonly limits?: OutsideLimits;
  readonly signal?: AbortSignal;
}): Outside {
  const { network, userAgent, limits = usualLimits } = given;
  const signal = given.signal ?? new AbortController().signal;
  const agent = new Agent({
    connect: guardedConnector(network, limits.connectMs),
    headersTimeout: limits.headMs,
    bodyTimeout: limits.wholeMs,
    keepAliveTimeout: 2_000,
    keepAliveMaxTimeout: 10_000,
  });
  const queue = keepHostQueue(limits.pauseMs, signal);
  const robots = keepRobots((address) => follow(address, null, false));

  const request = async (url: URL, validators: Validators | null): Promise<Step> => {
    const because = queue.closedBecause(url.hostname);
    if (because) return { answer: unanswered('later', because) };
    const step = await askOnce(agent, url, { validators, userAgent, limits, signal });
    if ('answer' in step) {
      const { outcome } = step.answer;
      queue.note(url.hostname, outcome !== 'unreachable' && outcome !== 'too-slow');
      if (outcome === 'later') queue.close(url.hostname, step.answer.words);
    }
    return step;
  };

  async function follow(
    start: string,
    validators: Validators | null,
    isPolite: boolean,
  ): Promise<Answer> {
    let address = start;
    let isDowngraded = false;
    for (let redirects = 0; redirects <= mostRedirects; redirects += 1) {
      const judged = judgeUrl(address, network.isAllowed);
      if ('refused' in judged) return refusal(judged.refused, redirects);
      const { url } = judged;
      if (isPolite) {
        const permission = await robots.permission(url);
        if (!permission.isAllowed) return permission.because;
        queue.slowDown(url.hostname, permission.pauseMs);
      }
      const step = await queue.take(url.hostname, () => request(url, validators));
      if ('answer' in step) {
        return step.answer.outcome === 'fetched' ? { ...step.answer, isDowngraded } : step.answer;
      }
      isDowngraded ||= url.protocol === 'https:' && step.to.startsWith('http:');
      address = step.to;
    }
    return unanswered('failed', 'it leads from one address to the next without an end');
  }

  return {
    fetch: (address, validators = null) => follow(address, validators, true),
    fetchInterface: (address, validators = null) => follow(address, validators, false),
    close: () => agent.destroy(),
  };
}

const refusal = (words: string, redirects: number): Unanswered =>
  unanswered(
    'refused',
    redirects === 0 ? words : `it leads on to another address, and ${words} there`,
  );

/** One request: its answer, or the address that it leads on to. */
type Step = { readonly answer: Answer } | { readonly to: string };

interface Asking {
  readonly validators: Validators | null;
  readonly userAgent: string;
  readonly limits: OutsideLimits;
  readonly signal: AbortSignal;
}

async function askOnce(agent: Agent, url: URL, asking: Asking): Promise<Step> {
  const { limits, signal } = asking;
  const time = AbortSignal.timeout(limits.wholeMs);
  try {
    const response = await agent.request({
      origin: url.origin,
      path: url.pathname + url.search,
      method: 'GET',
      headers: headersFor(url, asking),
      signal: AbortSignal.any([time, signal]),
    });
    return await read(response, url, asking);
  } catch (error) {
    signal.throwIfAborted();
    return { answer: time.aborted ? fromError(time.reason) : fromError(error) };
  }
}

function headersFor(url: URL, { validators, userAgent }: Asking): Record<string, string> {
  const own = validators?.address === url.href ? validators : null;
  return {
    'user-agent': userAgent,
    accept: '*/*',
    'accept-language': 'en',
    'accept-encoding': acceptedPackings,
    ...(own?.etag ? { 'if-none-match': own.etag } : {}),
    ...(own?.lastModified ? { 'if-modified-since': own.lastModified } : {}),
  };
}

async function read(
  { statusCode: status, headers, body }: Dispatcher.ResponseData,
  url: URL,
  { validators, limits }: Asking,
): Promise<Step> {
  const header = (name: string): string => {
    const value = headers[name];
    return (Array.isArray(value) ? value[0] : value) ?? '';
  };
  const letGo = (): void => {
    body.on('error', () => undefined);
    body.destroy();
  };
  const location = header('location');
  if (status >= 300 && status < 400 && status !== 304 && location !== '') {
    letGo();
    return URL.canParse(location, url.href)
      ? { to: new URL(location, url.href).href }
      : { answer: unanswered('failed', 'it leads on to what is no address', status) };
  }
  if (status === 304 && validators) {
    letGo();
    return { answer: { outcome: 'unchanged', address: url.href, validators } };
  }
  if (status !== 200) {
    letGo();
    return { answer: answerOf(status, header) };
  }
  if (Number(header('content-length')) > limits.bytes) {
    letGo();
    return { answer: tooBig(limits) };
  }
  const packing = header('content-encoding').trim().toLowerCase();
  const read = await readBody(body, { packing, limit: limits.bytes });
  if ('problem' in read) {
    return {
      answer:
        read.problem === 'too-big'
          ? tooBig(limits)
          : unanswered('failed', 'it is packed in a way that is not known', status),
    };
  }
  const etag = header('etag') || null;
  const lastModified = header('last-modified') || null;
  return {
    answer: {
      outcome: 'fetched',
      address: url.href,
      text: decodeText(read.bytes, header('content-type')),
      type: (header('content-type').split(';')[0] ?? '').trim().toLowerCase(),
      validators: etag || lastModified ? { address: url.href, etag, lastModified } : null,
      isDowngraded: false,
    },
  };
}

const tooBig = ({ bytes }: OutsideLimits): Unanswered =>
  unanswered('too-big', `it is longer than ${bytes / 1_000_000} MB`);

/** "Come back later" is said by 429, by 503 with a time, and by GitHub by 403 with no request left. */
function answerOf(status: number, header: (name: string) => string): Unanswered {
  const isLater =
    (status === 503 && header('retry-after') !== '') ||
    (status === 403 && header('x-ratelimit-remaining') === '0');
  return isLater ? unanswered('later', 'it asked for fewer requests', status) : fromStatus(status);
}
