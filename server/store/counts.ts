// How many records of each kind the store holds, from what it keeps of each collection: nothing is gone through.
import { cityModel } from '../../models/city.ts';
import { collaborationModel } from '../../models/collaboration.ts';
import { conveningModel } from '../../models/convening.ts';
import { groupModel } from '../../models/group.ts';
import { partnerModel } from '../../models/partner.ts';
import { reportModel } from '../../models/report.ts';
import { waveModel } from '../../models/wave.ts';
import { type RecordKind, recordKinds } from '../domain/words.ts';
import type { Store } from './store.ts';

const models = {
  city: cityModel,
  partner: partnerModel,
  group: groupModel,
  report: reportModel,
  wave: waveModel,
  collaboration: collaborationModel,
  convening: conveningModel,
};

export async function countRecords({ connection }: Store): Promise<Record<RecordKind, number>> {
  const counts = await Promise.all(
    recordKinds.map(async (kind) => [
      kind,
      await models[kind](connection).estimatedDocumentCount(),
    ]),
  );
  return Object.fromEntries(counts);
}
