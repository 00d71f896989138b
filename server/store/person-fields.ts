// Which fields of which groups a person wrote: an import does not overwrite them without being asked.
import { type ChangeRecord, changeModel } from '../../models/change.ts';
import { wholeRecord } from './changes.ts';
import type { Store } from './store.ts';

/** Fields by the slug of their group. A record that a person made is theirs in every field that was filled. */
export async function readPersonFields(
  store: Store,
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const changes = await changeModel(store.connection)
    .find(
      { record: 'group', origin: { $in: ['web', 'command-line'] } },
      { slug: 1, field: 1, after: 1 },
    )
    .lean<Pick<ChangeRecord, 'slug' | 'field' | 'after'>[]>();
  const fields = new Map<string, Set<string>>();
  for (const { slug, field, after } of changes) {
    const known = fields.get(slug) ?? new Set<string>();
    fields.set(slug, known);
    for (const one of field === wholeRecord ? filledOf(after) : [field]) known.add(one);
  }
  return fields;
}

const filledOf = (after: unknown): readonly string[] =>
  typeof after === 'object' && after !== null
    ? Object.entries(after)
        .filter(
          ([, value]) =>
            value !== null && value !== '' && !(Array.isArray(value) && value.length === 0),
        )
        .map(([field]) => field)
    : [];
