// Which shape the documents of a snapshot have, as the snapshot says itself.
import { toDoc } from '../embedded/bson/bson.ts';
import { firstSchema, newestSchema } from '../migrate/migrations.ts';
import { marksName, schemaMarkId } from '../migrate/schema-mark.ts';
import type { Snapshot } from './snapshot.ts';

/** Of a store that was never started: the newest where it is empty, else the first. */
export async function schemaOf(snapshot: Snapshot): Promise<number> {
  for await (const bytes of snapshot.documents(marksName)) {
    const { _id, version } = toDoc(bytes);
    if (_id === schemaMarkId) return Number(version);
  }
  return (await snapshot.count()) === 0 ? newestSchema : firstSchema;
}
