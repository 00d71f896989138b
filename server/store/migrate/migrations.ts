// How stored documents of an older program are brought to the shape of this one. A change of models/ that stored documents
// do not fulfil gets an entry here, at the end. What was released once stays as it is.
import type { Db } from 'mongodb';

export interface Migration {
  /** The number of the shape that it leads to, one more than the one before. */
  readonly to: number;
  /** What is new, for the log. */
  readonly brings: string;
  /**
   * Works on the documents themselves, not through models/, which move on. It may have been cut off before, so each step
   * looks for what still lacks it.
   */
  readonly run: (db: Db) => Promise<void>;
}

/** The first shape that was released. */
export const firstSchema = 1;

export const migrations: readonly Migration[] = [
  {
    to: 2,
    brings: 'feeds, tags and former addresses of groups',
    async run(db) {
      const groups = db.collection('groups');
      await groups.updateMany({ feedUrl: { $exists: false } }, { $set: { feedUrl: null } });
      await groups.updateMany({ tags: { $exists: false } }, { $set: { tags: [] } });
      await groups.updateMany(
        { previousSlugs: { $exists: false } },
        { $set: { previousSlugs: [] } },
      );
    },
  },
];

/** The shape that models/ have now. */
export const newestSchema = migrations.at(-1)?.to ?? firstSchema;
