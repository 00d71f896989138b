// Looks for an address in what is stored. No index knows where in a text one stands, so that everything is read; in
// steps, between which the store answers others.
import { setImmediate as pause } from 'node:timers/promises';
import { deserialize } from 'bson';
import { readBytes } from '../read-all.ts';
import type { Store } from '../store.ts';

export type Stored = Readonly<Record<string, unknown>> & { readonly _id: unknown };

/**
 * The documents of a collection in whose bytes the address stands: few of many have it, and the log grows for ever, so
 * that the rest is not even taken apart.
 * @param address in lower case
 */
export async function* documentsWith(
  store: Store,
  name: string,
  address: string,
): AsyncGenerator<Stored> {
  for await (const batch of readBytes(store, name)) {
    for (const bytes of batch) {
      if (bytes.toString('utf8').toLowerCase().includes(address)) {
        yield deserialize(bytes) as Stored;
      }
    }
    await pause();
  }
}
