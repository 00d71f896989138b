// What the commands about people share: an address as typed, and a link that signs in on the site.
import { z } from 'zod';
import { linkMinutes, openSignIn } from '../accounts/sign-in.ts';
import { signInLink } from '../accounts/sign-in-link.ts';
import type { Config } from '../config.ts';
import { openSecret } from '../secret.ts';
import { normalAddress } from '../store/people.ts';
import type { Store } from '../store/store.ts';
import { WrongInput } from './wrong-input.ts';

/** @throws WrongInput where it is no mail address. */
export function parseAddress(typed: string): string {
  const address = normalAddress(typed);
  if (!z.email().max(254).safeParse(address).success) {
    throw new WrongInput(`"${typed}" is not a mail address, such as ana@example.org.`);
  }
  return address;
}

/** A link for the site that runs on this store, whether or not it runs now. */
export async function makeLink(
  store: Store,
  config: Config,
  address: string,
): Promise<{ link: string; minutes: number }> {
  const secret = await openSecret(config);
  const signIn = openSignIn(store, { secret, publicUrl: config.publicUrl });
  const token = await signIn.makeToken(address);
  return { link: signInLink(config.publicUrl, token), minutes: linkMinutes };
}
