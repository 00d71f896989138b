// Errors under /api as RFC 9457 problem details: pure, from the parts of a problem to what is sent.
// Choosing the status, logging, and pages for people are error-pages.ts.
import { STATUS_CODES } from 'node:http';

export const problemType = 'application/problem+json';

/** RFC 9457, section 3, with three members of our own. */
export interface ProblemJson {
  /** Always `about:blank`: title and status say what kind of problem it is. */
  readonly type: 'about:blank';
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
  readonly suggestions?: string[];
}

/** What differs between problems; the rest follows from the status. */
export interface ProblemParts {
  readonly status: number;
  readonly detail: string;
  readonly field?: string | null;
  readonly reference?: string | null;
  readonly suggestions?: readonly string[];
}

const percentEncode = (text: string): string =>
  [...Buffer.from(text)]
    .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`)
    .join('');

/** The path of an address as a valid URI reference; strangers may send anything. */
function pathOf(address: string): string {
  const path = address.split(/[?#]/, 1)[0] ?? '';
  return path.replace(/%(?![0-9a-f]{2})|[^\w\-.~!$&'()*+,;=:@/%]/giu, percentEncode);
}

/** @param address the path and query that were asked for, as they came */
export function toProblemJson(parts: ProblemParts, address: string): ProblemJson {
  return {
    type: 'about:blank',
    title: STATUS_CODES[parts.status] ?? 'Error',
    status: parts.status,
    detail: parts.detail,
    instance: pathOf(address),
    ...(parts.field ? { field: parts.field } : {}),
    ...(parts.reference ? { reference: parts.reference } : {}),
    ...(parts.suggestions ? { suggestions: [...parts.suggestions] } : {}),
  };
}
