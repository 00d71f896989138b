// The pages of signing in, as the templates print them. One's own account is in account-page.ts.
import { linkMinutes } from '../../accounts/sign-in.ts';
import { paths } from '../../paths.ts';
import type { PageHead } from '../../web/render.ts';
import type { SignInForm } from './form.ts';

/** None of these pages is for search engines. */
export const accountHead = (title: string, description: string, canonical: string): PageHead => ({
  title,
  description,
  canonical,
  section: null,
  structuredData: null,
  noIndex: true,
});

export interface SignInPage {
  readonly head: PageHead;
  readonly action: string;
  readonly typed: string;
  readonly next: string;
  readonly errors: readonly { readonly field: string; readonly message: string }[];
  readonly minutes: number;
}

export function signInPage(form: SignInForm, failed: boolean): SignInPage {
  const message = 'Enter your mail address, such as ana@example.org';
  return {
    head: accountHead(
      failed ? 'Error: Sign in' : 'Sign in',
      'Sign in with a link that is sent to your mail address. There is no password.',
      paths.signIn,
    ),
    action: paths.signIn,
    typed: form.typed,
    next: form.next,
    errors: failed ? [{ field: 'address', message }] : [],
    minutes: linkMinutes,
  };
}

export interface NoticePage {
  readonly head: PageHead;
  readonly title: string;
  readonly text: readonly string[];
  readonly links: readonly { readonly href: string; readonly label: string }[];
}

/** The same words whether or not the address is known. */
export const linkSentPage = (): NoticePage => ({
  head: accountHead('Check your mail', 'A sign-in link is on its way.', paths.signIn),
  title: 'Check your mail',
  text: [
    `If we know this address, a link to sign in is on its way. It works once, for ${linkMinutes} minutes.`,
    'Nothing there after a few minutes? Look in the folder for unwanted mail, or try the address that NNIP writes to.',
  ],
  links: [{ href: paths.signIn, label: 'Try another address' }],
});

export const linkSpentPage = (): NoticePage => ({
  head: accountHead(
    'This link does not work any more',
    'Ask for a new sign-in link.',
    paths.signIn,
  ),
  title: 'This link does not work any more',
  text: [
    `A sign-in link works once, for ${linkMinutes} minutes. This one was used, or is too old.`,
  ],
  links: [{ href: paths.signIn, label: 'Ask for a new link' }],
});

export interface ConfirmPage {
  readonly head: PageHead;
  readonly action: string;
  readonly token: string;
  readonly next: string;
}

export const confirmPage = (token: string, next: string): ConfirmPage => ({
  head: accountHead(
    'Sign in to Crosswalk',
    'One button, and you are signed in.',
    paths.signInConfirm,
  ),
  action: paths.signInConfirm,
  token,
  next,
});
