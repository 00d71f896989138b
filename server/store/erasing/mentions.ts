// Takes an address out of everything that was written down for the record: the change log, the log of outreach, what
// was sent in, internal notes, and the packed records of imports. The entries stay, and say that something was erased.
import { promisify } from 'node:util';
import { deflate, inflate } from 'node:zlib';
import type { Collection } from 'mongodb';
import { importChunkModel } from '../../../models/import-chunk.ts';
import { erasedMark, withoutAddress } from '../../domain/mentions.ts';
import type { Store } from '../store.ts';
import { documentsWith, type Stored } from './documents-with.ts';

/**
 * Where an address may stand in words. Records of the directory are not among them: what is public there was said in
 * an organization's name, and its people change it; their private contacts are erased in contacts.ts.
 */
const written: readonly { readonly name: string; readonly fields?: readonly string[] }[] = [
  { name: 'changes' },
  { name: 'outreach' },
  { name: 'suggestions' },
  { name: 'introductions' },
  { name: 'invitations' },
  { name: 'groupReturns' },
  { name: 'importBatches' },
  { name: 'jobs' },
  { name: 'reports', fields: ['internalNote'] },
];

const pack = promisify(deflate);
const unpack = promisify(inflate);

/** In how many documents the address stands; where `erase` is true it does not any more afterwards. Safe to repeat. */
export async function sweepMentions(
  store: Store,
  address: string,
  erase: boolean,
): Promise<ReadonlyMap<string, number>> {
  const found = new Map<string, number>();
  for (const { name, fields } of written) {
    const collection = store.connection.collection(name) as unknown as Collection<Stored>;
    for await (const document of documentsWith(store, name, address)) {
      const changed = changedFields(document, address, fields);
      if (!changed) continue;
      found.set(name, (found.get(name) ?? 0) + 1);
      if (erase) await collection.updateOne({ _id: document._id as never }, { $set: changed });
    }
  }
  const chunks = await sweepChunks(store, address, erase);
  if (chunks > 0) found.set('importChunks', chunks);
  return found;
}

function changedFields(
  { _id, ...document }: Stored,
  address: string,
  fields: readonly string[] | undefined,
): Record<string, unknown> | undefined {
  const isContacts = document['field'] === 'contacts';
  const changed = Object.entries(document)
    .filter(([name]) => fields?.includes(name) ?? true)
    .map(([name, value]) => [
      name,
      value,
      withoutAddress(value, address, isContacts || name === 'addresses'),
    ])
    .filter(([, before, after]) => before !== after)
    .map(([name, , after]) => [name, after]);
  return changed.length > 0 ? Object.fromEntries(changed) : undefined;
}

/** What an import wrote, kept to undo it. A contact goes from both sides, so that undoing brings back none. */
async function sweepChunks(store: Store, address: string, erase: boolean): Promise<number> {
  const model = importChunkModel(store.connection);
  let found = 0;
  const ids = await model.find({}, { _id: 1 }).lean<{ _id: object }[]>();
  for (const { _id } of ids) {
    const record = await model.findById(_id).lean<{ packed: unknown }>();
    const packed = record?.packed as Buffer | { readonly buffer: Uint8Array } | undefined;
    if (!packed) continue;
    const bytes = Buffer.isBuffer(packed) ? packed : Buffer.from(packed.buffer);
    const written = (await unpack(bytes)).toString('utf8');
    if (!written.toLowerCase().includes(JSON.stringify(address).slice(1, -1))) continue;
    const steps: unknown = JSON.parse(written);
    const clean = withoutAddress(steps, address);
    if (clean === steps) continue;
    found += 1;
    if (!erase) continue;
    const text = JSON.stringify(clean, (name, value: unknown) =>
      name === 'contacts' && Array.isArray(value)
        ? value.filter((contact) => contact !== erasedMark)
        : value,
    );
    await model.updateOne(
      { _id },
      { $set: { packed: await pack(Buffer.from(text), { level: 1 }) } },
    );
  }
  return found;
}
