// Which collections the API has, and what their filters mean: those of the page of the same name.

import {
  filterCities,
  filterGroups,
  filterPartners,
  type Parsed,
  parseCityFilter,
  parseGroupFilter,
  parsePartnerFilter,
} from '../../directory/filters.ts';
import type { Collaboration, Convening } from '../../domain/records.ts';
import {
  flags,
  gapAges,
  gapFlags,
  groupKinds,
  livenessStates,
  partnerStatuses,
} from '../../domain/words.ts';
import { invalid } from '../../errors.ts';
import { paths } from '../../paths.ts';
import { makeCollection } from './collection.ts';
import { byName, newestFirst } from './paging.ts';
import { formed, oneOf, type RawQuery, someOf, text } from './query.ts';
import * as city from './records/city.ts';
import * as collaboration from './records/collaboration.ts';
import * as convening from './records/convening.ts';
import * as gap from './records/gap.ts';
import * as group from './records/group.ts';
import * as partner from './records/partner.ts';
import * as wave from './records/wave.ts';

const place = {
  state: formed(/^[a-z]{2,3}$/i, 'must be the two-letter code of a state, such as PA')
    .optional()
    .meta({ description: 'Two-letter code of a state.' }),
  country: formed(/^[a-z]{2}$/i, 'must be the two-letter code of a country, such as US')
    .optional()
    .meta({ description: 'ISO 3166-1 alpha-2.' }),
};
const words = {
  topic: text().optional().meta({ description: 'One topic.' }),
  q: text().optional().meta({ description: 'Each word begins a word of the record.' }),
};
const slugOf = (noun: string) =>
  formed(/^[a-z0-9]+(-[a-z0-9]+)*$/, `must be the slug of a ${noun}`)
    .optional()
    .meta({ description: `Slug of a ${noun}.` });
const since = oneOf(gapAges).optional().meta({
  description: 'Gaps open for up to a `month`, up to a `year`, or `longer`; other cities fit none.',
});
const flag = someOf(flags).optional().meta({ description: 'Any of these flags.' });

/** @throws Problem (invalid) for the first value that means nothing: the API does not guess. */
function strictly<Filter>({ filter, unknown }: Parsed<Filter>): Filter {
  const [first] = unknown;
  if (first) {
    throw invalid(`${first.field} does not know “${first.value.slice(0, 40)}”.`, first.field);
  }
  return filter;
}

const firstOf = (raw: RawQuery, name: string): string | undefined => raw[name]?.[0];

const cityOrder = byName<{ name: string; slug: string; state: string; country: string }>(
  ({ state, country }) => `${state}\n${country}`,
);

const cities = makeCollection({
  name: 'cities',
  path: paths.api.cities,
  one: 'City',
  many: 'Cities',
  description: 'Every city of the directory with its flag, by name.',
  filter: {
    flag,
    ...place,
    ...words,
    since,
    show: oneOf(['partner', 'all'])
      .optional()
      .meta({ description: '`partner`: cities with a partner alone. All where absent.' }),
  },
  select: (directory, raw) => filterCities(directory, strictly(parseCityFilter(raw, 'all'))),
  order: cityOrder,
  schema: city.citySchema,
  rowSchema: city.cityRowSchema,
  workOut: ({ countInReach, nearestInReach }) => [countInReach, nearestInReach],
  toItem: city.toCityItem,
  toRow: city.toCityRow,
  find: (directory, slug) => directory.findCity(slug),
  pointOf: (row) => row,
});

const partners = makeCollection({
  name: 'partners',
  path: paths.api.partners,
  one: 'Partner',
  many: 'Partners',
  description: 'Every NNIP partner, former ones too, by name.',
  filter: { status: oneOf(partnerStatuses).optional(), flag, state: place.state, ...words },
  select: (directory, raw) => filterPartners(directory, strictly(parsePartnerFilter(raw))),
  order: byName(),
  schema: partner.partnerSchema,
  rowSchema: partner.partnerRowSchema,
  toItem: partner.toPartnerItem,
  toRow: partner.toPartnerRow,
  find: (directory, slug) => directory.findPartner(slug),
  pointOf: (row) => row,
});

const groups = makeCollection({
  name: 'groups',
  path: paths.api.groups,
  one: 'Group',
  many: 'Groups',
  description: 'Every civic tech group, closed ones too, by name.',
  filter: {
    kind: someOf(groupKinds).optional().meta({ description: 'Any of these kinds.' }),
    liveness: someOf(livenessStates).optional().meta({ description: 'Any of these states.' }),
    city: slugOf('city'),
    ...place,
    ...words,
  },
  select: (directory, raw) => filterGroups(directory, strictly(parseGroupFilter(raw))),
  order: byName(),
  schema: group.groupSchema,
  rowSchema: group.groupRowSchema,
  toItem: group.toGroupItem,
  toRow: group.toGroupRow,
  find: (directory, slug) => directory.findGroup(slug),
  pointOf: (row) => row,
});

const gaps = makeCollection({
  name: 'gaps',
  path: paths.api.gaps,
  one: 'Gap',
  many: 'Gaps',
  description: 'Every partner city where no working tie is known, by name.',
  filter: {
    flag: someOf(gapFlags).optional().meta({ description: 'Any of these flags.' }),
    ...place,
    ...words,
    since,
  },
  select: (directory, raw) =>
    filterCities(directory, strictly(parseCityFilter(raw, 'partner'))).filter(
      (entry) => entry.isGap,
    ),
  order: cityOrder,
  schema: gap.gapSchema,
  rowSchema: gap.gapRowSchema,
  toItem: gap.toGapItem,
  toRow: gap.toGapRow,
});

const collaborations = makeCollection({
  name: 'collaborations',
  path: paths.api.collaborations,
  one: 'Collaboration',
  many: 'Collaborations',
  description: 'Every documented collaboration, newest first.',
  filter: { city: slugOf('city'), partner: slugOf('partner'), group: slugOf('group') },
  select: (directory, raw) =>
    (['city', 'partner', 'group'] as const).reduce((selection, field) => {
      const wanted = firstOf(raw, field);
      return wanted === undefined ? selection : selection.filter((one) => one[field] === wanted);
    }, directory.collaborations),
  order: newestFirst(({ to, from }: Collaboration) => [to, from], 2),
  schema: collaboration.collaborationSchema,
  rowSchema: collaboration.collaborationRowSchema,
  toItem: collaboration.toCollaborationItem,
  toRow: collaboration.toCollaborationRow,
  find: (directory, slug) => directory.findCollaboration(slug),
});

const convenings = makeCollection({
  name: 'convenings',
  path: paths.api.convenings,
  one: 'Convening',
  many: 'Convenings',
  description: 'Every event where partners and groups can meet, newest first.',
  filter: { city: slugOf('city') },
  select: (directory, raw) => {
    const wanted = firstOf(raw, 'city');
    return wanted === undefined
      ? directory.convenings
      : directory.convenings.filter((one) => one.city === wanted);
  },
  order: newestFirst(({ start }: Convening) => [start], 1),
  schema: convening.conveningSchema,
  rowSchema: convening.conveningRowSchema,
  toItem: convening.toConveningItem,
  toRow: convening.toConveningRow,
  find: (directory, slug) => directory.findConvening(slug),
});

const waves = makeCollection({
  name: 'waves',
  path: paths.api.waves,
  one: 'Wave',
  many: 'Waves',
  description: 'Every round of the survey that is open or closed, newest first.',
  filter: {},
  select: wave.waveEntries,
  order: newestFirst(({ opens }: wave.WaveEntry) => [opens], 1, 'down'),
  schema: wave.waveSchema,
  rowSchema: wave.waveRowSchema,
  toItem: wave.toWaveItem,
  toRow: wave.toWaveRow,
  find: (directory, slug) => wave.waveEntries(directory).find((entry) => entry.slug === slug),
});

/** In the order in which they are described. */
export const collections = [cities, partners, groups, gaps, collaborations, convenings, waves];
