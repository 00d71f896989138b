// Changes the signs of groups and nothing else of them: what somebody edits meanwhile is not written over.
import { isDeepStrictEqual } from 'node:util';
import { type GroupRecord, groupModel } from '../../models/group.ts';
import type { Sign } from '../domain/records.ts';
import { type FieldChange, logWriting } from './changes.ts';
import { groupNoun } from './groups.ts';
import { revisionWriting } from './revision.ts';
import type { Store } from './store.ts';
import { readAgain, writeTogether } from './write-together.ts';
import type { Writer } from './writer.ts';

/**
 * Gives each group the signs that `change` makes of those it has now. One step: one batch in the change log and one
 * revision, and neither where nothing changed. Gives back the slugs of those that changed.
 */
export const changeSigns = (
  store: Store,
  changes: ReadonlyMap<string, (signs: readonly Sign[]) => readonly Sign[]>,
  writer: Writer,
): Promise<string[]> =>
  readAgain(async () => {
    const model = groupModel(store.connection);
    const records = await model.find({ slug: { $in: [...changes.keys()] } }).lean<GroupRecord[]>();
    const steps = records.flatMap((record) => {
      const before = groupNoun.toDomain(record).signs;
      const after = (changes.get(record.slug)?.(before) ?? before).map(
        ({ kind, date, source, url }) => ({ kind, date, source, url }),
      );
      if (isDeepStrictEqual(before, after)) return [];
      const entry: FieldChange = {
        record: 'group',
        slug: record.slug,
        field: 'signs',
        before,
        after,
      };
      return [{ stored: record.signs, entry, after }];
    });
    if (steps.length === 0) return [];
    await writeTogether(store, [
      {
        update: model.collection.collectionName,
        updates: steps.map(({ stored, entry: { slug }, after }) => ({
          q: { slug, signs: stored },
          u: { $set: { signs: after, updatedAt: writer.now } },
        })),
      },
      logWriting(
        store,
        steps.map(({ entry }) => entry),
        writer,
      ),
      revisionWriting(store, writer.now),
    ]);
    return steps.map(({ entry }) => entry.slug);
  });
