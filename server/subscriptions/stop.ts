// Ends a subscription: it is erased, and so are the mails of it, sent ones and those that wait.
import { forgetMailsAbout } from '../store/mail-queue.ts';
import type { Store } from '../store/store.ts';
import { eraseSubscriptions, readKeysToStop } from '../store/subscriptions.ts';

/** Erases them; a mail that is being handed over at this moment still arrives. */
export async function endSubscriptions(store: Store, keys: readonly string[]): Promise<void> {
  await eraseSubscriptions(store, keys);
  for (const slug of keys) await forgetMailsAbout(store, { kind: 'subscription', slug });
}

/** Tells whether there was anything to stop. */
export async function stopSubscription(store: Store, stopHash: string): Promise<boolean> {
  const keys = await readKeysToStop(store, stopHash);
  await endSubscriptions(store, keys);
  return keys.length > 0;
}
