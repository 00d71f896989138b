// Errors as a MongoDB server answers them: a code, its name and a sentence.
// What the store cannot do is always one of these, never a wrong result.

const codeNames: Readonly<Record<number, string>> = {
  1: 'InternalError',
  2: 'BadValue',
  9: 'FailedToParse',
  14: 'TypeMismatch',
  20: 'IllegalOperation',
  26: 'NamespaceNotFound',
  27: 'IndexNotFound',
  28: 'PathNotViable',
  39: 'FileStreamFailed',
  40: 'ConflictingUpdateOperators',
  43: 'CursorNotFound',
  48: 'NamespaceExists',
  50: 'MaxTimeMSExpired',
  52: 'DollarPrefixedFieldName',
  53: 'InvalidIdField',
  54: 'NotSingleValueField',
  59: 'CommandNotFound',
  66: 'ImmutableField',
  67: 'CannotCreateIndex',
  72: 'InvalidOptions',
  73: 'InvalidNamespace',
  85: 'IndexOptionsConflict',
  86: 'IndexKeySpecsConflict',
  91: 'ShutdownInProgress',
  112: 'WriteConflict',
  115: 'CommandNotSupported',
  146: 'ExceededMemoryLimit',
  168: 'InvalidPipelineOperator',
  171: 'CannotIndexParallelArrays',
  263: 'OperationNotSupportedInTransaction',
  292: 'QueryExceededMemoryLimitNoDiskUseAllowed',
  387: 'DataCorruptionDetected',
  10334: 'BSONObjectTooLarge',
  11000: 'DuplicateKey',
  14031: 'OutOfDiskSpace',
  16755: 'Location16755',
  40324: 'Location40324',
  40415: 'Location40415',
};

/** A refusal that goes to the client as it is. */
export class Failure extends Error {
  readonly code: number;
  readonly codeName: string;
  /** Further fields of the answer, such as keyPattern and keyValue of a duplicate. */
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: number, message: string, details: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.name = 'Failure';
    this.code = code;
    this.codeName = codeNames[code] ?? `Location${code}`;
    this.details = details;
  }
}

/** For what MongoDB can do and this store cannot. */
export const unsupported = (what: string): Failure =>
  new Failure(115, `the embedded store does not support ${what}`);

/** For values of the right place and the wrong kind. */
export const badValue = (message: string): Failure => new Failure(2, message);
export const wrongType = (message: string): Failure => new Failure(14, message);

/** The fields of an error reply or, without `ok`, of a write error. */
export const failureFields = (failure: Failure): Record<string, unknown> => ({
  errmsg: failure.message,
  code: failure.code,
  codeName: failure.codeName,
  ...failure.details,
});
