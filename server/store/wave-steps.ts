// The steps of a wave in the store: made once, then changed only from the state it was read in, so that of two
// people, or two processes, who take the same step one takes it and the other learns so.
import { waveModel } from '../../models/wave.ts';
import type { Wave } from '../domain/records.ts';
import { creationOf, fieldChanges, logWriting } from './changes.ts';
import { isDuplicateKey } from './duplicate-key.ts';
import { revisionWriting } from './revision.ts';
import type { Store } from './store.ts';
import { waveNoun } from './waves.ts';
import { isOvertaken, writeTogether } from './write-together.ts';
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
 * `changed`; or `moved-on` when the wave is no longer as it was read; or `another-is-open` when it
 * was to be opened beside an open one. Only `changed` has written anything.
 */
export type WaveStep = 'changed' | 'moved-on' | 'another-is-open';

/** Changes a wave, if it still is in the state in which it was read, and what is to be changed as it was. */
export async function changeWave(
  store: Store,
  wave: Wave,
  fields: WaveFields,
  writer: Writer,
): Promise<WaveStep> {
  const changes = fieldChanges<WaveFields>('wave', wave.slug, wave, fields);
  if (changes.length === 0) return 'changed';
  const Model = waveModel(store.connection);
  await new Model(waveNoun.fromDomain({ ...wave, ...fields })).validate();
  const side = (of: 'before' | 'after') =>
    Object.fromEntries(changes.map((change) => [change.field, change[of]]));
  try {
    await writeTogether(store, [
      {
        update: Model.collection.collectionName,
        updates: [
          {
            q: { slug: wave.slug, state: wave.state, ...side('before') },
            u: { $set: { ...side('after'), updatedAt: writer.now } },
          },
        ],
      },
      logWriting(store, changes, writer),
      revisionWriting(store, writer.now),
    ]);
  } catch (error) {
    if (isDuplicateKey(error)) return 'another-is-open';
    if (isOvertaken(error)) return 'moved-on';
    throw error;
  }
  return 'changed';
}
