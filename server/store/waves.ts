// Waves of the survey in the store: reading them as the rules see them, and writing them.
import { type WaveRecord, waveModel } from '../../models/wave.ts';
import type { AggregateCount, Wave, WaveAggregate } from '../domain/records.ts';
import { fromSource, type Stored, toSource } from './mapping.ts';
import type { Store } from './store.ts';
import type { Noun } from './write-records.ts';

type AggregateRecord = NonNullable<WaveRecord['aggregate']>;

/** All of them, drafts too, by slug, which is by time. */
export async function readWaves(store: Store): Promise<Wave[]> {
  const records = await waveModel(store.connection).find().sort({ slug: 1 }).lean<WaveRecord[]>();
  return records.map(toWave);
}

const toWave = (record: WaveRecord): Wave => ({
  slug: record.slug,
  name: record.name,
  state: record.state,
  opens: record.opens,
  closes: record.closes,
  introduction: record.introduction,
  asked: record.asked,
  aggregate: record.aggregate ? copyAggregate(record.aggregate) : null,
  source: toSource(record.source),
});

const fromWave = (wave: Wave): Stored<WaveRecord> => ({
  slug: wave.slug,
  name: wave.name,
  state: wave.state,
  opens: wave.opens,
  closes: wave.closes,
  introduction: wave.introduction,
  asked: [...wave.asked],
  aggregate: wave.aggregate ? copyAggregate(wave.aggregate) : null,
  source: fromSource(wave.source),
});

// The totals look the same on both sides; the copy names each field, so that neither side can gain one unseen.
const copyAggregate = (from: WaveAggregate | AggregateRecord): Required<AggregateRecord> => ({
  respondents: from.respondents,
  method: from.method,
  levels: from.levels.map(copyCount),
  combined: from.combined.map(copyCount),
  alsoStated: [...from.alsoStated],
  notes: [...from.notes],
});

const copyCount = ({ key, label, count, basis, stated }: AggregateCount) => ({
  key,
  label,
  count,
  basis,
  stated,
});

export const waveNoun: Noun<Wave, WaveRecord> = {
  kind: 'wave',
  model: waveModel,
  toDomain: toWave,
  fromDomain: fromWave,
};
