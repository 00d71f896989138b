// Levels from wave to wave: one bar for each wave, and the rows of the table beside them. Every count stands alone;
// only what a source itself gives together, as that of 2014 does, is shown together and says so.
import { scaleLinear } from 'd3-scale';
import type { Directory } from '../../directory/directory.ts';
import { flagOfLevel } from '../../domain/flag.ts';
import type { AggregateCount, Wave, WaveAggregate } from '../../domain/records.ts';
import { type Flag, levels } from '../../domain/words.ts';
import { paths, surveyPath } from '../../paths.ts';
import { type CsvColumn, toCsv } from '../../web/csv-cells.ts';
import { formatDate } from '../../web/format.ts';
import { standingLabels } from './words.ts';

/** One count of one wave. The counts of a wave add up to `of`, without those that are told again as a total. */
export interface LevelCount {
  readonly wave: Wave;
  /** A level, `not-answered`, or the key that the source gives to what it counts together. */
  readonly standing: string;
  readonly label: string;
  readonly count: number;
  readonly of: number;
  /** What `of` counts: partners asked, or, where that is not known, those that answered. */
  readonly ofWhom: 'asked' | 'answered';
  readonly basis: AggregateCount['basis'] | 'counted';
  /** Null for partners that said nothing. */
  readonly flag: Flag | null;
  /** True for a total over counts that stand by themselves too. */
  readonly isTotal: boolean;
}

const aggregateFlags: Readonly<Record<string, Flag>> = {
  leads: 'leads',
  extensive: 'extensive',
  some: 'some',
  none: 'no-contact',
  unaware: 'not-aware',
};

function aggregateCounts(wave: Wave, aggregate: WaveAggregate): readonly LevelCount[] {
  const shared = { wave, of: aggregate.respondents, ofWhom: 'answered' as const };
  const toCount = (isTotal: boolean) => (one: AggregateCount) => ({
    ...shared,
    standing: isTotal ? one.key : togetherKey(one, aggregate),
    label: one.label,
    count: one.count,
    basis: one.basis,
    flag: aggregateFlags[one.key] ?? null,
    isTotal,
  });
  return [
    ...aggregate.combined.filter(({ basis }) => basis === 'stated').map(toCount(true)),
    ...aggregate.levels.map(toCount(false)),
  ];
}

/** A source that does not tell `unaware` from `none` counts both under `none`, and `led` under `leads`. */
function togetherKey({ key }: AggregateCount, { levels: all }: WaveAggregate): string {
  const has = (other: string): boolean => all.some((one) => one.key === other);
  if (key === 'none' && !has('unaware')) return 'none-or-unaware';
  return key === 'leads' && !has('led') ? 'leads-or-led' : key;
}

function answerCounts(directory: Directory, wave: Wave): readonly LevelCount[] {
  const { asked, final } = directory.answersIn(wave.slug);
  const answers = [...final.values()];
  const shared = {
    wave,
    of: asked.length,
    ofWhom: 'asked' as const,
    basis: 'counted' as const,
    isTotal: false,
  };
  return [
    ...levels.map((level) => ({
      ...shared,
      standing: level,
      label: standingLabels[level],
      count: answers.filter((one) => one.level === level).length,
      flag: flagOfLevel[level],
    })),
    {
      ...shared,
      standing: 'not-answered',
      label: wave.state === 'open' ? 'Not answered yet' : 'Not answered',
      count: asked.length - answers.length,
      flag: null,
    },
  ];
}

/** Every count of every wave that asked somebody, the oldest wave first. */
export const levelCounts = (directory: Directory): readonly LevelCount[] =>
  [...directory.waves]
    .reverse()
    .flatMap((wave) =>
      wave.aggregate ? aggregateCounts(wave, wave.aggregate) : answerCounts(directory, wave),
    )
    .filter(({ of }) => of > 0);

export interface LevelSegment {
  readonly label: string;
  readonly count: number;
  /** Percent of the whole bar. */
  readonly x: number;
  readonly width: number;
  readonly flag: Flag | null;
  readonly isInferred: boolean;
  /** Whether the number has room in the segment. */
  readonly hasRoom: boolean;
}

export interface LevelBar {
  readonly name: string;
  readonly href: string;
  /** "of 25 that answered", "of 33 asked". */
  readonly of: string;
  readonly note: string;
  /** The bar in a sentence, for those who do not see it. */
  readonly description: string;
  readonly segments: readonly LevelSegment[];
}

export interface LevelsView {
  readonly bars: readonly LevelBar[];
  readonly hasInferred: boolean;
  readonly rows: readonly {
    readonly wave: string;
    readonly label: string;
    readonly count: number;
    readonly of: string;
    readonly basis: string;
    readonly isTotal: boolean;
    /** True for the first row of a wave. */
    readonly isFirst: boolean;
  }[];
  readonly csv: string;
}

const ofWords = ({ of, ofWhom }: LevelCount): string =>
  `of ${of} ${ofWhom === 'asked' ? 'asked' : 'that answered'}`;

const basisWords: Readonly<Record<LevelCount['basis'], string>> = {
  stated: 'Stated by the source',
  inferred: 'Inferred: the source gives only a rough share',
  computed: 'Added up',
  counted: 'Counted from the answers',
};

function noteOf({ state, aggregate, closes }: Wave): string {
  if (aggregate) {
    return 'Known by its totals alone. How many were asked is not known; no contact and not aware were counted together.';
  }
  return state === 'open' ? `Open until ${formatDate(closes)}: it changes with every answer.` : '';
}

function toBar(counts: readonly LevelCount[]): LevelBar[] {
  const [first] = counts;
  if (!first) return [];
  const toX = scaleLinear([0, first.of], [0, 100]).clamp(true);
  let start = 0;
  const segments = counts
    .filter(({ isTotal, count }) => !isTotal && count > 0)
    .map(({ label, count, flag, basis }) => {
      const [x, end] = [toX(start), toX(start + count)];
      start += count;
      return {
        label,
        count,
        x: Number(x.toFixed(2)),
        width: Number((end - x).toFixed(2)),
        flag,
        isInferred: basis === 'inferred',
        hasRoom: end - x >= 7,
      };
    });
  const words = segments.map(
    ({ label, count, isInferred }) => `${label}: ${count}${isInferred ? ' (inferred)' : ''}`,
  );
  const of = ofWords(first);
  return [
    {
      name: first.wave.name,
      href: surveyPath(first.wave.slug),
      of,
      note: noteOf(first.wave),
      description: `${first.wave.name}, ${of}. ${words.join('; ')}.`,
      segments,
    },
  ];
}

/** Null where no wave has asked anybody. */
export function levelsView(directory: Directory): LevelsView | null {
  const counts = levelCounts(directory);
  if (counts.length === 0) return null;
  const byWave = new Map<string, LevelCount[]>();
  for (const count of counts) {
    const known = byWave.get(count.wave.slug);
    if (known) known.push(count);
    else byWave.set(count.wave.slug, [count]);
  }
  return {
    bars: [...byWave.values()].flatMap(toBar),
    hasInferred: counts.some(({ basis }) => basis === 'inferred'),
    rows: [...byWave.values()].flatMap((some) =>
      some.map((count, index) => ({
        wave: count.wave.name,
        label: count.label,
        count: count.count,
        of: ofWords(count),
        basis: basisWords[count.basis],
        isTotal: count.isTotal,
        isFirst: index === 0,
      })),
    ),
    csv: paths.surveyTables.levels,
  };
}

const columns: readonly CsvColumn<LevelCount>[] = [
  { header: 'wave', value: ({ wave }) => wave.slug },
  { header: 'name', value: ({ wave }) => wave.name },
  { header: 'state', value: ({ wave }) => wave.state },
  { header: 'standing', value: ({ standing }) => standing },
  { header: 'label', value: ({ label }) => label },
  { header: 'count', value: ({ count }) => count },
  { header: 'of', value: ({ of }) => of },
  { header: 'ofWhom', value: ({ ofWhom }) => ofWhom },
  { header: 'basis', value: ({ basis }) => basis },
  { header: 'isTotal', value: ({ isTotal }) => isTotal },
];

export const levelsCsv = (directory: Directory): string => toCsv(columns, levelCounts(directory));
