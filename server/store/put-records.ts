// Writing records: the data first, then the change log, then the revision, raised once for each step.
// A step that stops half way is safe to repeat: what is written already counts as unchanged.
import type {
  City,
  Collaboration,
  Convening,
  DirectoryRecords,
  Group,
  Partner,
  Wave,
} from '../domain/records.ts';
import type { RecordKind } from '../domain/words.ts';
import { type FieldChange, logChanges } from './changes.ts';
import { cityNoun } from './cities.ts';
import { collaborationNoun } from './collaborations.ts';
import { conveningNoun } from './convenings.ts';
import { groupNoun } from './groups.ts';
import type { Unstamped } from './mapping.ts';
import { partnerNoun } from './partners.ts';
import { type NewReport, writeReports } from './reports.ts';
import { type DirectoryPart, raiseRevision } from './revision.ts';
import type { Store } from './store.ts';
import { waveNoun } from './waves.ts';
import { type WriteOutcome, writeRecords } from './write-records.ts';
import type { Writer } from './writer.ts';

/** Records to write; a kind left out is not touched, and a record left out is not removed. */
export type RecordsToPut = {
  readonly [Kind in Exclude<
    keyof DirectoryRecords,
    'revision' | 'sampleData' | 'checks' | 'reports' | 'verdicts' | 'frozenWaves'
  >]?: readonly Unstamped<DirectoryRecords[Kind][number]>[];
} & { readonly reports?: readonly NewReport[] };

export interface PutOutcome {
  readonly created: Readonly<Record<RecordKind, number>>;
  readonly changed: Readonly<Record<RecordKind, number>>;
  /** False where everything was there already: then nothing was logged, and the revision stayed. */
  readonly anything: boolean;
}

/** Creates or changes each record, found by its slug, and appends the reports. One step: one batch, one revision. */
export async function putRecords(
  store: Store,
  records: RecordsToPut,
  writer: Writer,
): Promise<PutOutcome> {
  const outcomes = {
    city: await writeRecords(store, cityNoun, records.cities ?? [], writer),
    partner: await writeRecords(store, partnerNoun, records.partners ?? [], writer),
    group: await writeRecords(store, groupNoun, records.groups ?? [], writer),
    wave: await writeRecords(store, waveNoun, records.waves ?? [], writer),
    collaboration: await writeRecords(
      store,
      collaborationNoun,
      records.collaborations ?? [],
      writer,
    ),
    convening: await writeRecords(store, conveningNoun, records.convenings ?? [], writer),
    report: appended(await writeReports(store, records.reports ?? [], writer)),
  };
  const changes = Object.values(outcomes).flatMap((outcome) => outcome.changes);
  if (changes.length > 0) {
    await logChanges(store, changes, writer);
    await raiseRevision(store, partsOf(outcomes));
  }
  return {
    created: countsOf(outcomes, 'created'),
    changed: countsOf(outcomes, 'changed'),
    anything: changes.length > 0,
  };
}

const partOf = {
  city: 'cities',
  partner: 'partners',
  group: 'groups',
  wave: 'waves',
  collaboration: 'collaborations',
  convening: 'convenings',
  report: 'reports',
} as const satisfies Readonly<Record<string, DirectoryPart>>;

const partsOf = (outcomes: Readonly<Record<keyof typeof partOf, WriteOutcome>>): DirectoryPart[] =>
  (Object.keys(partOf) as (keyof typeof partOf)[])
    .filter((kind) => outcomes[kind].changes.length > 0)
    .map((kind) => partOf[kind]);

const appended = (changes: readonly FieldChange[]): WriteOutcome => ({
  created: changes.length,
  changed: 0,
  unchanged: 0,
  changes,
});

const countsOf = (
  outcomes: Readonly<Record<RecordKind, WriteOutcome>>,
  count: 'created' | 'changed',
): Record<RecordKind, number> => ({
  city: outcomes.city[count],
  partner: outcomes.partner[count],
  group: outcomes.group[count],
  report: outcomes.report[count],
  wave: outcomes.wave[count],
  collaboration: outcomes.collaboration[count],
  convening: outcomes.convening[count],
});

// One record at a time. Each resolves to whether anything changed; the slug says which record is meant.

const put = async (store: Store, records: RecordsToPut, writer: Writer): Promise<boolean> =>
  (await putRecords(store, records, writer)).anything;

export const putCity = (store: Store, city: City, writer: Writer) =>
  put(store, { cities: [city] }, writer);
export const putPartner = (store: Store, partner: Unstamped<Partner>, writer: Writer) =>
  put(store, { partners: [partner] }, writer);
export const putGroup = (store: Store, group: Unstamped<Group>, writer: Writer) =>
  put(store, { groups: [group] }, writer);
export const putWave = (store: Store, wave: Wave, writer: Writer) =>
  put(store, { waves: [wave] }, writer);
export const putCollaboration = (
  store: Store,
  collaboration: Unstamped<Collaboration>,
  writer: Writer,
) => put(store, { collaborations: [collaboration] }, writer);
export const putConvening = (store: Store, convening: Unstamped<Convening>, writer: Writer) =>
  put(store, { convenings: [convening] }, writer);
export const appendReport = (store: Store, report: NewReport, writer: Writer) =>
  put(store, { reports: [report] }, writer);
