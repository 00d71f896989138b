// Writing records: what differs, its entries in the change log and the revision, together. What is too much for one
// piece goes in several, of which each has its own entries; a step that was cut off between them is safe to repeat.
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
import { logWriting } from './changes.ts';
import { cityNoun } from './cities.ts';
import { collaborationNoun } from './collaborations.ts';
import { conveningNoun } from './convenings.ts';
import { groupNoun } from './groups.ts';
import type { Unstamped } from './mapping.ts';
import { partnerNoun } from './partners.ts';
import { type NewReport, planReports } from './reports.ts';
import { type DirectoryPart, revisionWriting } from './revision.ts';
import type { Store } from './store.ts';
import { waveNoun } from './waves.ts';
import { type PlannedWrite, planRecords } from './write-records.ts';
import { inPieces, readAgain, writeTogether } from './write-together.ts';
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

/**
 * Creates or changes each record, found by its slug, and appends the reports. One step: one batch, one revision.
 * @throws Mongoose's ValidationError, with nothing written
 */
export async function putRecords(
  store: Store,
  records: RecordsToPut,
  writer: Writer,
): Promise<PutOutcome> {
  return readAgain(() => putOnce(store, records, writer));
}

/**
 * The same for records of which those of one kind must be new. False where one of their slugs is taken, by this process
 * or another: then nothing was written.
 */
export async function addRecords(
  store: Store,
  kind: RecordKind,
  records: RecordsToPut,
  writer: Writer,
): Promise<boolean> {
  return (await readAgain(() => putOnce(store, records, writer, kind))) !== null;
}

async function putOnce(store: Store, records: RecordsToPut, writer: Writer): Promise<PutOutcome>;
async function putOnce(
  store: Store,
  records: RecordsToPut,
  writer: Writer,
  newKind: RecordKind,
): Promise<PutOutcome | null>;
async function putOnce(
  store: Store,
  records: RecordsToPut,
  writer: Writer,
  newKind?: RecordKind,
): Promise<PutOutcome | null> {
  const plans = {
    city: await planRecords(store, cityNoun, records.cities ?? [], writer),
    partner: await planRecords(store, partnerNoun, records.partners ?? [], writer),
    group: await planRecords(store, groupNoun, records.groups ?? [], writer),
    wave: await planRecords(store, waveNoun, records.waves ?? [], writer),
    collaboration: await planRecords(
      store,
      collaborationNoun,
      records.collaborations ?? [],
      writer,
    ),
    convening: await planRecords(store, conveningNoun, records.convenings ?? [], writer),
    report: await planReports(store, records.reports ?? [], writer),
  };
  const mustBeNew = newKind ? plans[newKind] : null;
  if (mustBeNew?.length === 0 || mustBeNew?.some(({ isNew }) => !isNew)) return null;
  const all = Object.values(plans).flat();
  if (all.length > 0) {
    const pieces = inPieces(all);
    for (const [at, piece] of pieces.entries()) {
      const changes = piece.flatMap((planned) => planned.changes);
      await writeTogether(store, [
        ...piece.map(({ writing }) => writing),
        logWriting(store, changes, writer),
        ...(at === pieces.length - 1 ? [revisionWriting(store, writer.now, partsOf(plans))] : []),
      ]);
    }
  }
  return {
    created: countsOf(plans, ({ isNew }) => isNew),
    changed: countsOf(plans, ({ isNew }) => !isNew),
    anything: all.length > 0,
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
} as const satisfies Readonly<Record<RecordKind, DirectoryPart>>;

type Plans = Readonly<Record<RecordKind, readonly PlannedWrite[]>>;

const kinds = Object.keys(partOf) as RecordKind[];

const partsOf = (plans: Plans): DirectoryPart[] =>
  kinds.filter((kind) => plans[kind].length > 0).map((kind) => partOf[kind]);

const countsOf = (
  plans: Plans,
  counts: (planned: PlannedWrite) => boolean,
): Record<RecordKind, number> =>
  Object.fromEntries(kinds.map((kind) => [kind, plans[kind].filter(counts).length])) as Record<
    RecordKind,
    number
  >;

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
