// How asking another computer ended: values, never exceptions, with words for people.

/** What is sent along the next time, so that an unchanged answer is not sent again (RFC 9110, section 13). */
export interface Validators {
  /** The address that gave them: the last one of the way. */
  readonly address: string;
  readonly etag: string | null;
  readonly lastModified: string | null;
}

export interface Fetched {
  readonly outcome: 'fetched';
  /** Where the way ended. */
  readonly address: string;
  /** The whole of it, decoded. */
  readonly text: string;
  /** Its media type in lower case, without parameters; '' where none was said. */
  readonly type: string;
  readonly validators: Validators | null;
  /** True where the way led from https to http. */
  readonly isDowngraded: boolean;
}

export interface Unchanged {
  readonly outcome: 'unchanged';
  readonly address: string;
  readonly validators: Validators;
}

export const unansweredOutcomes = [
  'gone',
  'failed',
  'unreachable',
  'too-slow',
  'too-big',
  'refused',
  'disallowed',
  'later',
] as const;

export interface Unanswered {
  readonly outcome: (typeof unansweredOutcomes)[number];
  /** Follows a colon: "it answered 404", "it gave no answer within 20 seconds". */
  readonly words: string;
  /** What it answered, where it answered at all. */
  readonly status: number | null;
}

export type Answer = Fetched | Unchanged | Unanswered;

export const unanswered = (
  outcome: Unanswered['outcome'],
  words: string,
  status: number | null = null,
): Unanswered => ({ outcome, words, status });

/** What an answer of this status comes to; 2xx and redirects are for the caller. */
export function fromStatus(status: number): Unanswered {
  const words = `it answered ${status}`;
  if (status === 404 || status === 410) return unanswered('gone', words, status);
  if (status === 429) return unanswered('later', 'it asked for fewer requests', status);
  return unanswered('failed', words, status);
}

const brokenNames: Readonly<Record<string, string>> = {
  ENOTFOUND: 'its name is not known',
  ENODATA: 'its name is not known',
  ECONNREFUSED: 'it takes no connections',
  ECONNRESET: 'it broke off the connection',
  EPIPE: 'it broke off the connection',
  UND_ERR_SOCKET: 'it broke off the connection',
  EHOSTUNREACH: 'it cannot be reached',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is not trusted',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is not trusted',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate is not trusted',
};

/** Our own network is down, or its name servers are: that says nothing about the other side. */
const ownCodes = new Set(['EAI_AGAIN', 'ENETUNREACH', 'ENETDOWN']);

const slowCodes = new Set([
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
  'ETIMEDOUT',
]);

/** What an exception of the connection comes to. */
export function fromError(error: unknown): Unanswered {
  const { name, code } = firstCause(error);
  if (name === 'InnerAddress') return unanswered('refused', 'its name leads inside a network');
  if (ownCodes.has(code)) return unanswered('later', 'its name could not be looked up');
  if (name === 'TimeoutError' || slowCodes.has(code)) {
    return unanswered('too-slow', 'it took too long to answer');
  }
  if (code === 'UND_ERR_HEADERS_OVERFLOW' || code === 'HPE_HEADER_OVERFLOW') {
    return unanswered('too-big', 'the head of its answer is too long');
  }
  if (code.startsWith('HPE_') || code.startsWith('Z_') || code.startsWith('ERR__ERROR')) {
    return unanswered('unreachable', 'its answer is broken');
  }
  return unanswered('unreachable', brokenNames[code] ?? 'it cannot be reached');
}

/** Several addresses tried in vain come as one error that holds one for each. */
function firstCause(error: unknown): { readonly name: string; readonly code: string } {
  const { name, code, errors } = Object(error) as { name: unknown; code: unknown; errors: unknown };
  if (Array.isArray(errors) && errors.length > 0) return firstCause(errors[0]);
  return {
    name: typeof name === 'string' ? name : '',
    code: typeof code === 'string' ? code : '',
  };
}
