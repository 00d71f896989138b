// Barriers by wave, and what happened next to the partners that named them. Private as a whole: who named a barrier
// is for staff alone, and so is everything made from it here.
import type { CityEntry, Directory, PartnerEntry } from '../../directory/directory.ts';
import { type Outcome, outcomeAfter, outcomes } from '../../domain/after-barrier.ts';
import type { Report, Wave } from '../../domain/records.ts';
import type { Standing } from '../../domain/transitions.ts';
import { type Barrier, barriers } from '../../domain/words.ts';
import { barrierLabels } from '../../survey/answer-words.ts';
import { type CsvColumn, toCsv } from '../../web/csv-cells.ts';
import { type FigureView, toBar, toFigure } from './figure.ts';

export const outcomeLabels: Readonly<Record<Outcome, string>> = {
  closer: 'Came closer',
  same: 'As close as then',
  further: 'Moved away',
  'not-answered': 'Did not answer the next survey',
  'not-asked': 'Was not asked again',
  'no-later-wave': 'No later survey yet',
};

export interface BarrierRow {
  readonly wave: Wave;
  readonly next: Wave | null;
  readonly barrier: Barrier;
  readonly slug: string;
  readonly partner: PartnerEntry | undefined;
  readonly city: CityEntry | undefined;
  readonly level: Report['level'];
  /** Where the partner stood in the wave after; null without one. */
  readonly standing: Standing | null;
  readonly outcome: Outcome;
}

export interface BarrierCount {
  readonly wave: Wave;
  readonly barrier: Barrier;
  /** How many of those that answered named it. */
  readonly count: number;
  readonly answered: number;
  readonly outcomes: Readonly<Record<Outcome, number>>;
}

/** Waves with answers of their own, newest first. */
export const answeredWaves = ({ waves, answersIn }: Directory): readonly Wave[] =>
  waves.filter(({ slug }) => answersIn(slug).final.size > 0);

/** The next closed wave that asked partner by partner: while one is open, most have simply not answered yet. */
function waveAfter(directory: Directory, wave: Wave): Wave | null {
  const later = directory.waves.slice(0, directory.waves.indexOf(wave)).reverse();
  return (
    later.find(
      ({ slug, state }) => state === 'closed' && directory.answersIn(slug).asked.length > 0,
    ) ?? null
  );
}

/** One row for each partner, wave and barrier; the newest wave first, then by partner. */
export function barrierRows(directory: Directory): readonly BarrierRow[] {
  return answeredWaves(directory).flatMap((wave) => {
    const next = waveAfter(directory, wave);
    const answers = next && directory.answersIn(next.slug);
    const after = answers && {
      asked: answers.asked,
      answers: new Map([...answers.final].map(([slug, { level }]) => [slug, level])),
    };
    return [...directory.answersIn(wave.slug).final].flatMap(([slug, report]) => {
      const partner = directory.findPartner(slug);
      const asked = after?.asked.includes(slug) ? 'not-answered' : 'not-asked';
      return report.barriers.map((barrier) => ({
        wave,
        next,
        barrier,
        slug,
        partner,
        city: partner?.cityEntry,
        level: report.level,
        standing: after && (after.answers.get(slug) ?? asked),
        outcome: outcomeAfter(report.level, after, slug),
      }));
    });
  });
}

/** One count for each wave and barrier, those that nobody named too. */
export function barrierCounts(directory: Directory): readonly BarrierCount[] {
  const rows = barrierRows(directory);
  return answeredWaves(directory).flatMap((wave) =>
    barriers.map((barrier) => {
      const own = rows.filter((row) => row.wave === wave && row.barrier === barrier);
      const counted = outcomes.map((outcome) => [
        outcome,
        own.filter((row) => row.outcome === outcome).length,
      ]);
      return {
        wave,
        barrier,
        count: own.length,
        answered: directory.answersIn(wave.slug).final.size,
        outcomes: Object.fromEntries(counted) as Record<Outcome, number>,
      };
    }),
  );
}

export function barrierFigure(counts: readonly BarrierCount[], wave: Wave): FigureView {
  const own = counts.filter((count) => count.wave === wave);
  const answered = own[0]?.answered ?? 0;
  return toFigure(
    `Barriers named in ${wave.name}, of the ${answered} that answered`,
    answered,
    own.map(({ barrier, count }) => toBar(answered, { label: barrierLabels[barrier], count })),
  );
}

const countColumns: readonly CsvColumn<BarrierCount>[] = [
  { header: 'wave', value: ({ wave }) => wave.slug },
  { header: 'barrier', value: ({ barrier }) => barrier },
  { header: 'count', value: ({ count }) => count },
  { header: 'answered', value: ({ answered }) => answered },
  ...outcomes.map((outcome) => ({
    header: outcome,
    value: (row: BarrierCount) => row.outcomes[outcome],
  })),
];

export const barriersCsv = (directory: Directory): string =>
  toCsv(countColumns, barrierCounts(directory));

const rowColumns: readonly CsvColumn<BarrierRow>[] = [
  { header: 'wave', value: ({ wave }) => wave.slug },
  { header: 'barrier', value: ({ barrier }) => barrier },
  { header: 'partner', value: ({ slug }) => slug },
  { header: 'city', value: ({ city }) => city?.slug },
  { header: 'level', value: ({ level }) => level },
  { header: 'nextWave', value: ({ next }) => next?.slug },
  { header: 'nextStanding', value: ({ standing }) => standing },
  { header: 'outcome', value: ({ outcome }) => outcome },
];

export const barrierPartnersCsv = (rows: readonly BarrierRow[]): string => toCsv(rowColumns, rows);
