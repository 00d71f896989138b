// The few kinds of error that an address may answer with; web/error-pages.ts maps them to a status and a page.

export type ErrorKind = 'not-found' | 'forbidden' | 'conflict' | 'invalid' | 'too-many';

const statuses: Record<ErrorKind, number> = {
  'not-found': 404,
  forbidden: 403,
  conflict: 409,
  invalid: 400,
  'too-many': 429,
};

/** An answer in words that the visitor is meant to read. Anything else thrown is a 500 with a reference. */
export class Problem extends Error {
  readonly kind: ErrorKind;
  readonly status: number;
  /** The field of the request that is wrong, where there is one. */
  readonly field: string | null;

  constructor(kind: ErrorKind, message: string, field: string | null = null) {
    super(message);
    this.name = 'Problem';
    this.kind = kind;
    this.status = statuses[kind];
    this.field = field;
  }
}

export const notFound = (message: string): Problem => new Problem('not-found', message);
export const forbidden = (message: string): Problem => new Problem('forbidden', message);
export const conflict = (message: string): Problem => new Problem('conflict', message);
export const invalid = (message: string, field: string | null = null): Problem =>
  new Problem('invalid', message, field);
