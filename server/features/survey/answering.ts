// Whether those that did not answer a wave differ from those that did: plain counts by what was known of each
// before. With so few partners no difference is a finding, and the page says so. For staff alone.
import type { Directory, PartnerEntry } from '../../directory/directory.ts';
import type { Gazetteer } from '../../directory/places/places.ts';
import { addDays, firstDay } from '../../domain/dates.ts';
import type { Wave } from '../../domain/records.ts';
import { type Flag, flags, levels } from '../../domain/words.ts';
import { type CsvColumn, toCsv } from '../../web/csv-cells.ts';
import { flagLabel } from '../../web/format.ts';
import { standingLabels } from './words.ts';

export interface AnsweringRow {
  /** "Group in reach", "Flag of the city the day before". */
  readonly trait: string;
  readonly value: string;
  readonly answered: number;
  readonly notAnswered: number;
  /** True for the first row of a trait. */
  readonly isFirst: boolean;
}

export interface Answering {
  readonly wave: Wave;
  readonly answered: number;
  readonly notAnswered: number;
  /** The rows of each trait add up to the two numbers above. */
  readonly rows: readonly AnsweringRow[];
}

interface Trait {
  readonly name: string;
  /** Every value that a partner may have, in their order. */
  readonly values: readonly string[];
  readonly of: (partner: PartnerEntry | undefined, slug: string) => string;
}

const unknown = 'Not known';

const sizes = ['Under 250,000 people', '250,000 to 750,000', 'Over 750,000', unknown] as const;

function sizeOf(places: Gazetteer, partner: PartnerEntry | undefined): string {
  const city = partner?.cityEntry;
  const people = city ? (places.centreOf(city.name, city.state, city.country)?.population ?? 0) : 0;
  if (people === 0) return unknown;
  if (people < 250_000) return sizes[0];
  return people <= 750_000 ? sizes[1] : sizes[2];
}

function reachOf(partner: PartnerEntry | undefined): string {
  if (!partner) return unknown;
  return partner.groupsInReach.length > 0 ? 'A group in reach' : 'No group in reach';
}

function traitsOf(directory: Directory, places: Gazetteer, wave: Wave): readonly Trait[] {
  const before = directory.flagsAt(addDays(firstDay(wave.opens), -1));
  const earlier = directory.waveBefore(wave.slug);
  const then = earlier && directory.answersIn(earlier.slug);
  const flagOf = (partner: PartnerEntry | undefined): Flag | undefined =>
    partner && before.get(partner.city);
  return [
    {
      name: 'Civic tech groups, as known now',
      values: ['A group in reach', 'No group in reach', unknown],
      of: reachOf,
    },
    {
      name: 'People in its city',
      values: sizes,
      of: (partner) => sizeOf(places, partner),
    },
    {
      name: 'Flag of its city the day before',
      values: [...flags.map(flagLabel), unknown],
      of: (partner) => {
        const flag = flagOf(partner);
        return flag ? flagLabel(flag) : unknown;
      },
    },
    ...(earlier && then
      ? [
          {
            name: `Answer to ${earlier.name}`,
            values: [...levels.map((level) => standingLabels[level]), 'Not answered', 'Not asked'],
            of: (_partner: PartnerEntry | undefined, slug: string): string => {
              const report = then.final.get(slug);
              if (report) return standingLabels[report.level];
              return then.asked.includes(slug) ? 'Not answered' : 'Not asked';
            },
          },
        ]
      : []),
  ];
}

/** Values that no partner has are left out. */
export function answeringOf(directory: Directory, places: Gazetteer, wave: Wave): Answering {
  const { asked, final } = directory.answersIn(wave.slug);
  const partners = asked.map((slug) => ({
    slug,
    partner: directory.findPartner(slug),
    hasAnswered: final.has(slug),
  }));
  const rows = traitsOf(directory, places, wave).flatMap(({ name, values, of }) =>
    values
      .map((value) => {
        const own = partners.filter(({ partner, slug }) => of(partner, slug) === value);
        const answered = own.filter(({ hasAnswered }) => hasAnswered).length;
        return { trait: name, value, answered, notAnswered: own.length - answered };
      })
      .filter((row) => row.answered + row.notAnswered > 0)
      .map((row, index) => ({ ...row, isFirst: index === 0 })),
  );
  return { wave, answered: final.size, notAnswered: asked.length - final.size, rows };
}

export function answeringCsv({ wave, answered, notAnswered, rows }: Answering): string {
  const columns: readonly CsvColumn<AnsweringRow>[] = [
    { header: 'wave', value: () => wave.slug },
    { header: 'trait', value: ({ trait }) => trait },
    { header: 'value', value: ({ value }) => value },
    { header: 'answered', value: (row) => row.answered },
    { header: 'ofAnswered', value: () => answered },
    { header: 'notAnswered', value: (row) => row.notAnswered },
    { header: 'ofNotAnswered', value: () => notAnswered },
  ];
  return toCsv(columns, rows);
}
