// The link that signs somebody in, for mails and for the command line.
import { paths, withQuery } from '../paths.ts';

/** Absolute address of the page whose button signs in. */
export const signInLink = (publicUrl: string, token: string, next = ''): string =>
  publicUrl + withQuery(paths.signInConfirm, { token, next });
