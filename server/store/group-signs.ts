// Changes the signs of groups and nothing else of them: what somebody edits meanwhile is not written over.
import { isDeepStrictEqual } from 'node:util';
import { type GroupRecord, groupModel } from '../../models/group.ts';
import type { Sign } from '../domain/records.ts';
import { type FieldChange, logChanges } from './changes.ts';
import { groupNoun } from './groups.ts';
import { raiseRevision } from './revision.ts';
import type { Store } from './store.ts';
import type { Writer } from './writer.ts';

const mostTries = 5;

/**
 * Gives each group the signs that `change` makes of those it has now. One step: one batch in the change log and one
 * revision, and neither where nothing changed. Gives back the slugs of those that changed.
 */
export async function changeSigns(
  store: Store,
  changes: ReadonlyMap<string, (signs: readonly Sign[]) => readonly Sign[]>,
  writer: Writer,
): Promise<string[]> {
  const entries: FieldChange[] = [];
  for (const [slug, change] of changes) {
    const entry = await changeOne(store, slug, change, writer.now);
    if (entry) entries.push(entry);
  }
  if (entries.length > 0) {
    await logChanges(store, entries, writer);
    await raiseRevision(store);
  }
  return entries.map(({ slug }) => slug);
}

async function changeOne(
  store: Store,
  slug: string,
  change: (signs: readonly Sign[]) => readonly Sign[],
  now: Date,
): Promise<FieldChange | null> {
  const model = groupModel(store.connection);
  for (let left = mostTries; left > 0; left -= 1) {
    const record = await model.findOne({ slug }).lean<GroupRecord>();
    if (!record) return null;
    const before = groupNoun.toDomain(record).signs;
    const after = change(before).map(({ kind, date, source, url }) => ({
      kind,
      date,
      source,
      url,
    }));
    if (isDeepStrictEqual(before, after)) return null;
    const written = await model.updateOne(
      { slug, signs: record.signs },
      { $set: { signs: after, updatedAt: now } },
      { timestamps: false },
    );
    if (written.matchedCount === 1) return { record: 'group', slug, field: 'signs', before, after };
  }
  return null;
}
