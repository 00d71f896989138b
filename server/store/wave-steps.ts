// The steps of a wave in the store: made once, then changed only from the state it was read in, so that of two
// people, or two processes, who take the same step one takes it and the other learns so.
import { waveModel } from '../../models/wave.ts';
import type { Wave } from '../domain/records.ts';
import { creationOf, fieldChanges, logChanges, logWriting } from './changes.ts';
import { isDuplicateKey } from './duplicate-key.ts';
import { raiseRevision, revisionWriting } from './revision.ts';
import type { Store } from './store.ts';
import { waveNoun } from './waves.ts';
import { writeTogether } from './write-together.ts';
import type { Writer } from './writer.ts';

/** The newest state of one wave, draft or not; undefined when there is none. */
export async function findStoredWave(store: Store, slug: string): Promise<Wave | undefined> {
  const record = await waveModel(store.connection).findOne({ slug }).lean();
  return record ? waveNoun.toDomain(record) : undefined;
}

/** Adds a wave. False when its slug is taken: then nothing was written. */
export async function addWave(store: Store, wave: Wave, writer: Writer): Promise<boolean> {
  const { now } = writer;
  const Model = waveModel(store.connection);
  const document = new Model({ ...waveNoun.fromDomain(wave), createdAt: now, updatedAt: now });
  await document.validate();
  try {
    await writeTogether(store, [
      { insert: Model.collection.collectionName, documents: [document.toObject()] },
      logWriting(store, [creationOf('wave', wave.slug, wave)], writer),
      revisionWriting(store, now),
    ]);
  } catch (error) {
    if (isDuplicateKey(error)) return false;
    throw error;
  }
  return true;
}

/** What a step may change; a wave keeps its slug for ever. */
export type WaveFields = Partial<
  Pick<Wave, 'name' | 'state' | 'opens' | 'closes' | 'introduction' | 'asked'>
>;

/**
 * `changed`; or `moved-on` when the wave is no longer in the state it was read in; or `another-is-open` when it
 * was to be opened beside an open one. Only `changed` has written anything.
 */
export type WaveStep = 'changed' | 'moved-on' | 'another-is-open';

/** Changes a wave in one write, if it still is in the state in which it was read. */
export async function changeWave(
  store: Store,
  wave: Wave,
  fields: WaveFields,
  writer: Writer,
): Promise<WaveStep> {
  const changes = fieldChanges<WaveFields>('wave', wave.slug, wave, fields);
  if (changes.length === 0) return 'changed';
  try {
    const { matchedCount } = await waveModel(store.connection).updateOne(
      { slug: wave.slug, state: wave.state },
      {
        $set: {
          ...fields,
          ...(fields.asked ? { asked: [...fields.asked] } : {}),
          updatedAt: writer.now,
        } as object,
      },
      { timestamps: false, runValidators: true },
    );
    if (matchedCount === 0) return 'moved-on';
  } catch (error) {
    if (isDuplicateKey(error)) return 'another-is-open';
    throw error;
  }
  await logChanges(store, changes, writer);
  await raiseRevision(store);
  return 'changed';
}
