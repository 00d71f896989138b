// Whether a file could not be written because of where it was to go.

export const isOfTheFolder = (error: unknown): error is NodeJS.ErrnoException =>
  ['ENOENT', 'EACCES', 'EISDIR', 'ENOTDIR', 'EROFS'].includes(
    (error as NodeJS.ErrnoException).code ?? '',
  );
