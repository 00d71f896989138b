// The public export of a wave, frozen when it closes: who was asked, who answered what, in whose words.
// Pure, in one order, with the names of that day: the same records give the same bytes.
// Fields are named one by one: no barriers, internal notes, addresses or tokens.
import type { City, Group, Partner, Report, Timestamp, Wave } from '../domain/records.ts';
import { newestFirst } from '../domain/reports.ts';
import { type Level, levels } from '../domain/words.ts';
import { type CsvColumn, toCsv } from '../web/csv-cells.ts';

export interface ExportedCity {
  readonly slug: string;
  readonly name: string;
  readonly state: string;
  readonly country: string;
}

export interface ExportedAnswer {
  readonly slug: string;
  readonly name: string;
  readonly city: ExportedCity;
  /** What it answered first, and what counts. */
  readonly firstLevel: Level;
  readonly firstDate: string;
  readonly level: Level;
  readonly date: string;
  readonly groups: readonly { readonly slug: string; readonly name: string }[];
  readonly gave: readonly string[];
  readonly publicNote: string;
}

export interface WaveExport {
  readonly wave: string;
  readonly name: string;
  readonly opens: string;
  readonly closes: string;
  readonly closedAt: Timestamp;
  readonly invited: number;
  readonly respondents: number;
  /** Respondents by the level that counts. */
  readonly levels: Readonly<Record<Level, number>>;
  /** By slug. */
  readonly answers: readonly ExportedAnswer[];
  /** By slug. */
  readonly notAnswered: readonly {
    readonly slug: string;
    readonly name: string;
    readonly city: ExportedCity;
  }[];
}

export interface ExportFacts {
  readonly wave: Wave;
  readonly closedAt: Timestamp;
  readonly partners: readonly Partner[];
  readonly cities: readonly City[];
  readonly groups: readonly Group[];
  readonly reports: readonly Report[];
}

/** An answer counts as having been asked, so respondents and not answered always add up to invited. */
export function toWaveExport(facts: ExportFacts): WaveExport {
  const { wave, closedAt } = facts;
  const answersOf = groupByPartner(facts);
  const invited = [...new Set([...wave.asked, ...answersOf.keys()])].sort();
  const name = namesIn(facts);
  const answers = invited.flatMap((slug): ExportedAnswer[] => {
    const given = answersOf.get(slug) ?? [];
    const [final] = given;
    const first = given.at(-1);
    if (!final || !first) return [];
    return [
      {
        ...name.partner(slug),
        firstLevel: first.level,
        firstDate: first.date,
        level: final.level,
        date: final.date,
        groups: [...final.groups].sort().map(name.group),
        gave: [...final.gave].sort(),
        publicNote: final.publicNote,
      },
    ];
  });
  const count = (level: Level): number => answers.filter((one) => one.level === level).length;
  return {
    wave: wave.slug,
    name: wave.name,
    opens: wave.opens,
    closes: wave.closes,
    closedAt,
    invited: invited.length,
    respondents: answers.length,
    levels: Object.fromEntries(levels.map((level) => [level, count(level)])) as Record<
      Level,
      number
    >,
    answers,
    notAnswered: invited.filter((slug) => !answersOf.has(slug)).map(name.partner),
  };
}

/** The answers to the wave, newest first, by partner. */
function groupByPartner({ wave, reports }: ExportFacts): ReadonlyMap<string, readonly Report[]> {
  const byPartner = new Map<string, Report[]>();
  const answers = reports.filter((one) => one.wave === wave.slug && one.origin === 'answer');
  for (const report of [...answers].sort(newestFirst)) {
    const those = byPartner.get(report.partner);
    if (those) those.push(report);
    else byPartner.set(report.partner, [report]);
  }
  return byPartner;
}

/** The names of that day; a slug that stands for nothing any more names itself. */
function namesIn({ partners, cities, groups }: ExportFacts) {
  const partnerOf = new Map(partners.map((one) => [one.slug, one]));
  const cityOf = new Map(cities.map((one) => [one.slug, one]));
  const groupOf = new Map(groups.map((one) => [one.slug, one]));
  return {
    partner: (slug: string) => {
      const partner = partnerOf.get(slug);
      const city = cityOf.get(partner?.city ?? '');
      return {
        slug,
        name: partner?.name ?? slug,
        city: {
          slug: partner?.city ?? '',
          name: city?.name ?? '',
          state: city?.state ?? '',
          country: city?.country ?? '',
        },
      };
    },
    group: (slug: string) => ({ slug, name: groupOf.get(slug)?.name ?? slug }),
  };
}

export const toExportJson = (exported: WaveExport): string =>
  `${JSON.stringify(exported, null, 2)}\n`;

type ExportRow = Pick<ExportedAnswer, 'slug' | 'name' | 'city'> & Partial<ExportedAnswer>;

/** One line for each partner that was asked, by slug. */
export function toExportCsv(exported: WaveExport): string {
  const columns: readonly CsvColumn<ExportRow>[] = [
    { header: 'wave', value: () => exported.wave },
    { header: 'partner', value: (row) => row.slug },
    { header: 'name', value: (row) => row.name },
    { header: 'city', value: (row) => row.city.slug },
    { header: 'cityName', value: (row) => row.city.name },
    { header: 'state', value: (row) => row.city.state },
    { header: 'country', value: (row) => row.city.country },
    { header: 'answered', value: (row) => (row.level ? 'yes' : 'no') },
    { header: 'firstLevel', value: (row) => row.firstLevel },
    { header: 'firstDate', value: (row) => row.firstDate },
    { header: 'level', value: (row) => row.level },
    { header: 'date', value: (row) => row.date },
    { header: 'groups', value: (row) => row.groups?.map(({ slug }) => slug) },
    { header: 'groupNames', value: (row) => row.groups?.map(({ name }) => name) },
    { header: 'gave', value: (row) => row.gave },
    { header: 'publicNote', value: (row) => row.publicNote },
  ];
  const rows: ExportRow[] = [...exported.answers, ...exported.notAnswered];
  rows.sort((one, other) => (one.slug < other.slug ? -1 : one.slug > other.slug ? 1 : 0));
  return toCsv(columns, rows);
}
