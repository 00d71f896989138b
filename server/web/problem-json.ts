// Errors under /api as RFC 9457 problem details: pure, from what was thrown to what is sent.
// Sending, logging and pages for people are error-pages.ts.
import { STATUS_CODES } from 'node:http';
import { Problem } from '../errors.ts';

export const problemType = 'application/problem+json';

/** RFC 9457, section 3.1, with the wrong field, the reference in the log and near spellings where there are any. */
export interface ProblemJson {
  /** Always `about:blank`: title and status say what kind of problem it is. */
  readonly type: string;
  readonly title: string;
  readonly status: number;
  /** One or two sentences that the caller is meant to read. */
  readonly detail: string;
  /** The path that was asked for, without its query. */
  readonly instance: string;
  /** The query parameter that is wrong. */
  readonly field?: string;
  /** Of an error that is ours: the same reference is in the log. */
  readonly reference?: string;
  /** Names of places that were perhaps meant. */
  readonly suggestions?: readonly string[];
}

/** The parts that differ between problems; the rest follows from the status. */
export interface ProblemParts {
  readonly status: number;
  readonly detail: string;
  readonly field?: string | null;
  readonly reference?: string | null;
  readonly suggestions?: readonly string[];
}

const ownFault = 'Something went wrong on our side. It is in our log; please try again in a while.';

/** The words for errors that Express and its parsers throw; their own messages are not for the caller. */
const details: Readonly<Record<number, string>> = {
  400: 'The address or the request could not be read.',
  404: 'There is nothing at this address.',
  413: 'The request is too large.',
  414: 'The address is too long.',
  429: 'Too many requests came from this address; please wait a minute.',
};

const percentEncode = (text: string): string =>
  [...Buffer.from(text)]
    .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`)
    .join('');

/** The path of an address as a valid URI reference; strangers may send anything. */
export function instanceOf(address: string): string {
  const path = address.split(/[?#]/, 1)[0] ?? '';
  return path.replace(/%(?![0-9a-f]{2})|[^\w\-.~!$&'()*+,;=:@/%]/giu, percentEncode);
}

export function makeProblem(address: string, parts: ProblemParts): ProblemJson {
  return {
    type: 'about:blank',
    title: STATUS_CODES[parts.status] ?? 'Error',
    status: parts.status,
    detail: parts.detail,
    instance: instanceOf(address),
    ...(parts.field ? { field: parts.field } : {}),
    ...(parts.reference ? { reference: parts.reference } : {}),
    ...(parts.suggestions ? { suggestions: parts.suggestions } : {}),
  };
}

/** The status that an error asks for: that of a Problem or of an error of Express, else 500. */
function statusOf(error: unknown): number {
  if (typeof error !== 'object' || error === null || !('status' in error)) return 500;
  const { status } = error;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : 500;
}

/**
 * What is sent for anything that was thrown under /api. Only a Problem's own words are repeated.
 * @param reference of the log entry, for errors that are ours
 */
export function toProblemJson(
  error: unknown,
  req: { readonly originalUrl: string },
  reference: string | null = null,
): ProblemJson {
  if (error instanceof Problem) {
    return makeProblem(req.originalUrl, {
      status: error.status,
      detail: error.message,
      field: error.field,
    });
  }
  const status = statusOf(error);
  return makeProblem(req.originalUrl, {
    status,
    detail: status === 500 ? ownFault : (details[status] ?? 'The request was refused.'),
    reference: status === 500 ? reference : null,
  });
}
