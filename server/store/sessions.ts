// Sessions and waiting links as the store holds them: what better-auth leaves lying, and how a person loses them.
import { Types } from 'mongoose';
import { sessionModel } from '../../models/session.ts';
import { verificationModel } from '../../models/verification.ts';
import type { Store } from './store.ts';
import type { Writing } from './write-together.ts';

/** What ends every session of a person, on every device. */
export const endingSessionsOf = (store: Store, person: string): Writing => ({
  delete: sessionModel(store.connection).collection.collectionName,
  deletes: [{ q: { userId: new Types.ObjectId(person) }, limit: 0 }],
});

/** Removes sessions and links that ended by themselves before `now`. */
export async function forgetEnded(store: Store, now: Date): Promise<void> {
  const { connection } = store;
  const ended = { expiresAt: { $lt: now } };
  await Promise.all([
    sessionModel(connection).deleteMany(ended),
    verificationModel(connection).deleteMany(ended),
  ]);
}
