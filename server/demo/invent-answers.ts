// Invented waves and answers for the demo: plausible, varied, and the same each time. Nothing is written here.
import type { PartnerEntry } from '../directory/directory.ts';
import { addDays, addMonths, type Day } from '../domain/dates.ts';
import type { Wave } from '../domain/records.ts';
import { type Barrier, gifts, type Level, levels } from '../domain/words.ts';
import type { NewReport } from '../store/reports.ts';
import type { Chance } from './chance.ts';

export interface InventedWave {
  readonly wave: Wave;
  readonly reports: readonly NewReport[];
}

const monthNames = new Intl.DateTimeFormat('en-US', {
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
});

/** The first days of the two closed waves: 26 and 5 months before this one. */
export const waveStarts = (today: Day): readonly [Day, Day] => {
  const first = `${today.slice(0, 7)}-01`;
  return [addMonths(first, -26), addMonths(first, -5)];
};

const closedWave = (opens: Day, asked: readonly string[]): Wave => ({
  slug: opens.slice(0, 7),
  name: `Civic tech survey, ${monthNames.format(new Date(`${opens}T00:00:00Z`))}`,
  state: 'closed',
  opens,
  closes: addDays(opens, 29),
  introduction: 'Invented for the demo: nobody was asked.',
  asked,
  aggregate: null,
  source: { note: 'Invented for the demo.', url: null, date: opens, verified: false },
});

const firstLevels: Readonly<Record<Level, number>> = {
  leads: 8,
  led: 6,
  extensive: 18,
  some: 26,
  none: 27,
  unaware: 15,
};

/** A step up or down from the level before, or the same. */
function nextLevel(before: Level | undefined, chance: Chance): Level {
  if (before === undefined) return chance.weighed(firstLevels);
  const step = chance.weighed({ closer: 32, same: 50, further: 18 });
  const place = levels.indexOf(before) + (step === 'closer' ? -1 : step === 'further' ? 1 : 0);
  return levels[Math.min(levels.length - 1, Math.max(0, place))] ?? before;
}

function inventedBarriers(level: Level, hasGroup: boolean, chance: Chance): readonly Barrier[] {
  if (!hasGroup) return ['no-group'];
  if (level === 'leads' || level === 'extensive') return [];
  const share = level === 'some' ? 0.45 : 0.85;
  if (!chance.happens(share)) return [];
  const first = chance.weighed({
    'irregular-meetings': 32,
    'no-leadership': 24,
    'no-time': 26,
    'no-common-interest': 10,
    other: 8,
  });
  return chance.happens(0.25) && first !== 'no-time' ? [first, 'no-time'] : [first];
}

const notes: Readonly<Record<Level, readonly string[]>> = {
  leads: ['Our data lead runs the monthly hack night.'],
  led: ['We started the group and handed it over.'],
  extensive: [
    'We bring a data set to each of their events.',
    'They built our eviction map with us.',
  ],
  some: ['We met twice and would like to do more.', 'One of us goes to their meetings.'],
  none: ['We have not been in touch since they changed leaders.'],
  unaware: ['Please introduce us if there is one.'],
};

/** One partner's answer; a partner without a group in reach names none. */
export function inventAnswer(
  partner: PartnerEntry,
  {
    wave,
    date,
    before,
  }: { readonly wave: string; readonly date: Day; readonly before?: Level | undefined },
  chance: Chance,
): NewReport {
  const [nearest] = partner.groupsInReach;
  const level = nearest ? nextLevel(before, chance) : chance.pick(['none', 'unaware'] as const);
  const isTie = level !== 'none' && level !== 'unaware';
  return {
    partner: partner.slug,
    level,
    date,
    groups: isTie && nearest ? [nearest.group.slug] : [],
    wave,
    origin: 'answer',
    collaboration: null,
    gave: isTie ? gifts.filter(() => chance.happens(0.4)) : [],
    barriers: inventedBarriers(level, nearest !== undefined, chance),
    wantsTies: chance.happens(0.8) ? chance.happens(0.7) : null,
    publicNote: chance.happens(0.5) ? `${chance.pick(notes[level])} (invented)` : '',
    internalNote: chance.happens(0.15) ? 'Call again after the summer. (invented)' : '',
  };
}

/**
 * Two closed waves, the earlier first. Each asks every given partner; some do not answer.
 * @param partners those that are not former
 */
export function inventWaves(
  partners: readonly PartnerEntry[],
  today: Day,
  chance: Chance,
): readonly InventedWave[] {
  const asked = partners.map(({ slug }) => slug);
  const known = new Map<string, Level>();
  return waveStarts(today).map((opens, index) => {
    const wave = closedWave(opens, asked);
    const answering = partners.filter(() => chance.happens(index === 0 ? 0.72 : 0.78));
    const reports = answering.map((partner) => {
      const date = addDays(opens, Math.floor(chance.next() * 28));
      const before = known.get(partner.slug);
      return inventAnswer(partner, { wave: wave.slug, date, before }, chance);
    });
    for (const { partner, level } of reports) known.set(partner, level);
    return { wave, reports };
  });
}
