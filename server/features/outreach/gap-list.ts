// The gaps as staff list them: which are selected, and what each column says. The page and the CSV are made of it.
import { filterCities, parseCityFilter } from '../../directory/filters.ts';
import { findGotPast, findNextAction, namedBarriers } from '../../directory/next-action.ts';
import { type Flag, flags, gapFlags } from '../../domain/words.ts';
import type { GapRow, OutreachBoard } from '../../outreach/gap-rows.ts';
import { personLabel } from '../../outreach/gap-rows.ts';
import { stageLabel } from '../../outreach/outreach-words.ts';
import { groupPath, outreachPath, partnerPath, paths } from '../../paths.ts';
import { barrierLabels } from '../../survey/answer-words.ts';
import { type Cell, type CellLink, linkCell, linksCell, textCell } from '../../web/cell.ts';
import { cityLabel, flagLabel, formatCount, formatDate } from '../../web/format.ts';
import { peopleText, sinceCell } from '../../web/gap-words.ts';
import type { FilterValues, ListDefinition, RawQuery } from '../../web/list.ts';
import { firstText } from '../../web/list.ts';
import { distanceWords, findNextStep } from '../../web/next-step.ts';
import { toLastKnown } from '../../web/tie-words.ts';

/** In the address, in place of a person: whoever is asking, and nobody. */
export const mine = 'mine';
export const nobody = 'none';

export interface GapSelection {
  readonly values: FilterValues;
  readonly rows: readonly GapRow[];
}

/** The owner asked for: a person of the staff, `mine`, `none`, or '' for all. */
function parseOwner(raw: RawQuery, board: OutreachBoard): string {
  const asked = firstText(raw, 'owner');
  const isKnown = [mine, nobody].includes(asked) || board.staff.some(({ id }) => id === asked);
  return isKnown ? asked : '';
}

const hasOwner = (owner: string, viewer: string) => (row: GapRow) => {
  if (owner === '') return true;
  if (owner === nobody) return row.owner === null;
  return row.owner?.id === (owner === mine ? viewer : owner);
};

/** Never fails: a value that means nothing selects nothing away. */
export function selectGaps(board: OutreachBoard, raw: RawQuery, viewer: string): GapSelection {
  const { filter } = parseCityFilter(raw);
  const isGapFlag = (flag: Flag): boolean => (gapFlags as readonly Flag[]).includes(flag);
  const flag = filter.flag.filter(isGapFlag);
  const owner = parseOwner(raw, board);
  const cities = filterCities(board.directory, {
    ...filter,
    flag,
    country: null,
    includeNoPartner: false,
  });
  return {
    values: {
      q: filter.q ?? '',
      flag: flag.join(','),
      state: filter.state ?? '',
      topic: filter.topic ?? '',
      since: filter.since ?? '',
      owner,
    },
    rows: cities.flatMap(({ slug }) => board.find(slug) ?? []).filter(hasOwner(owner, viewer)),
  };
}

function causeCell(board: OutreachBoard, { city }: GapRow): Cell {
  const known = toLastKnown(board.directory, city.lastKnown);
  return {
    kind: 'flag',
    flag: city.flag,
    label: flagLabel(city.flag),
    note: known ? `Last known: ${known.text}` : 'No earlier tie is known.',
  };
}

function partnerCell(board: OutreachBoard, { city }: GapRow): Cell {
  const barriers = namedBarriers(board.directory, city).map((barrier) => barrierLabels[barrier]);
  const named: CellLink[] =
    barriers.length > 0
      ? [{ text: 'Named:', href: null, note: `${barriers.join('; ').toLowerCase()}.` }]
      : [];
  const partners = city.partners
    .filter(({ status }) => status !== 'former')
    .map(({ name, slug }) => ({ text: name, href: partnerPath(slug) }));
  return linksCell([...partners, ...named], 'None');
}

function nearestCell({ city }: GapRow): Cell {
  if (city.nearestGroup === null) return textCell('None is known');
  const { group } = city.nearestGroup;
  const words = distanceWords(city.nearestGroup, city);
  const note = group.liveness.state === 'live' ? words : `${words}; not known to be live`;
  return linkCell(group.name, groupPath(group.slug), note);
}

function ownerCell({ owner, item }: GapRow): Cell {
  if (!item) return textCell('Nobody');
  const next = item.nextDate ? `, next ${formatDate(item.nextDate)}` : '';
  return textCell(
    owner ? personLabel(owner) : 'Nobody',
    item.stage === 'to-do' && next === '' ? undefined : `${stageLabel(item.stage)}${next}`,
  );
}

function nextCell(board: OutreachBoard, { city }: GapRow): Cell {
  const step = findNextStep(board.directory, city);
  if (!step) return textCell('Nothing is known');
  const past = findGotPast(board.directory, city).map(({ partner, barrier }) => ({
    text: partner.name,
    href: partnerPath(partner.slug),
    note: `got past “${barrierLabels[barrier].toLowerCase()}”`,
  }));
  const meeting = step.convening
    ? [{ text: step.convening.name, href: step.convening.href, note: step.convening.date }]
    : [];
  const note = step.group ? `It is ${step.group.distance}. ${step.topics}` : '';
  const draft = {
    text: 'Draft a message',
    href: `${outreachPath(city.slug)}#messages`,
    inRow: true,
  };
  return linksCell([{ text: step.text, href: null, note }, ...past, ...meeting, draft], '');
}

export const gapList = (board: OutreachBoard): ListDefinition<GapRow> => ({
  path: paths.staff.gaps,
  caption: 'Partner cities with a gap, who is on it, and what to do next',
  noun: { one: 'gap', many: 'gaps' },
  defaultSort: 'city',
  columns: [
    {
      key: 'city',
      label: 'City',
      cell: ({ city }) => linkCell(cityLabel(city), outreachPath(city.slug)),
      sortBy: ({ city }) => cityLabel(city),
    },
    {
      key: 'cause',
      label: 'Cause',
      cell: (row) => causeCell(board, row),
      sortBy: ({ city }) => flags.indexOf(city.flag),
    },
    {
      key: 'since',
      label: 'Since',
      cell: ({ city }) => sinceCell(city.gapSince, board.directory.today),
      sortBy: ({ city }) => city.gapSince?.day ?? null,
    },
    {
      key: 'partner',
      label: 'Partner',
      cell: (row) => partnerCell(board, row),
      sortBy: ({ city }) => city.partners.find(({ status }) => status !== 'former')?.name ?? null,
    },
    {
      key: 'nearest',
      label: 'Nearest group',
      cell: nearestCell,
      sortBy: ({ city }) => city.nearestGroup?.distanceMiles ?? null,
    },
    {
      key: 'people',
      label: 'People',
      numeric: true,
      first: 'desc',
      cell: ({ population }) => textCell(peopleText(population)),
      sortBy: ({ population }) => population || null,
    },
    {
      key: 'owner',
      label: 'Owner',
      cell: ownerCell,
      sortBy: ({ owner }) => (owner ? personLabel(owner) : null),
    },
    { key: 'next', label: 'What to do next', cell: (row) => nextCell(board, row) },
  ],
});

/** One row of the download; every value as text or number. */
export function toGapRecord(board: OutreachBoard, row: GapRow, publicUrl: string) {
  const { city, item, owner, population } = row;
  const action = findNextAction(board.directory, city);
  const step = findNextStep(board.directory, city);
  return {
    city: city.slug,
    name: city.name,
    state: city.state,
    country: city.country,
    lat: city.lat,
    lng: city.lng,
    cause: city.flag,
    since: city.gapSince?.day ?? '',
    isSinceExact: city.gapSince?.isExact ?? '',
    partners: city.partners.filter(({ status }) => status !== 'former').map(({ name }) => name),
    barriers: [...namedBarriers(board.directory, city)],
    nearestGroup: city.nearestGroup?.group.name ?? '',
    nearestGroupMiles: city.nearestGroup
      ? Math.round(city.nearestGroup.distanceMiles * 10) / 10
      : '',
    sharedTopics: [...(action?.sharedTopics ?? [])],
    population: population || '',
    lastKnownLevel: city.lastKnown?.level ?? '',
    lastKnownDate: city.lastKnown?.date ?? '',
    owner: owner ? personLabel(owner) : '',
    stage: item?.stage ?? '',
    nextDate: item?.nextDate ?? '',
    openedAt: item?.openedAt ?? '',
    nextAction: step?.text ?? '',
    gotPast: findGotPast(board.directory, city).map(({ partner }) => partner.name),
    nextConvening: action?.convening?.name ?? '',
    url: publicUrl + outreachPath(city.slug),
  };
}
export type GapRecord = ReturnType<typeof toGapRecord>;

/** "3 of them without an owner". */
export const unownedText = (rows: readonly GapRow[]): string =>
  `${formatCount(rows.filter(({ owner }) => owner === null).length, 'gap', 'gaps')} without an owner`;
