// Tells MongoDB's "a unique index already has this value" from every other failure.

const duplicateKeyCode = 11000;

export const isDuplicateKey = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === duplicateKeyCode;
