// Every partner city with a gap: why, who is nearest, what was known before, and what to do next.
import type { CityEntry, Directory } from '../../directory/directory.ts';
import { type CityFilter, filterCities, parseCityFilter } from '../../directory/filters.ts';
import type { Gazetteer } from '../../directory/places/places.ts';
import { type Flag, flags, gapFlags } from '../../domain/words.ts';
import { cityPath, groupPath, partnerPath, paths } from '../../paths.ts';
import { type Cell, linkCell, linksCell, textCell } from '../../web/cell.ts';
import { searchField, selectField, stateField, topicField } from '../../web/filter-form.ts';
import { cityLabel, flagLabel, flagSentence } from '../../web/format.ts';
import { peopleIn, peopleText, sinceCell, sinceField } from '../../web/gap-words.ts';
import type { FilterValues, ListDefinition, RawQuery } from '../../web/list.ts';
import { apiDownloads, type ListingView, listHead, toListing } from '../../web/list-page.ts';
import { drawnCities, flagKey, type MapView, type PageSettings } from '../../web/map-view.ts';
import { distanceWords, findNextStep } from '../../web/next-step.ts';
import type { Page } from '../../web/render.ts';
import { toLastKnown } from '../../web/tie-words.ts';
import { type GapLegend, toGapLegend } from './gap-legend.ts';

export interface GapsPage extends Page {
  readonly title: string;
  readonly introduction: string;
  readonly listing: ListingView<CityEntry>;
  readonly legend: GapLegend;
  readonly map: MapView;
}

const isGapFlag = (flag: Flag): boolean => (gapFlags as readonly Flag[]).includes(flag);

const nearestCell = (city: CityEntry): Cell => {
  if (city.nearestGroup === null) return textCell('None is known');
  const { group } = city.nearestGroup;
  const words = distanceWords(city.nearestGroup, city);
  const note = group.liveness.state === 'live' ? words : `${words}; not known to be live`;
  return linkCell(group.name, groupPath(group.slug), note);
};

function nextStepCell(directory: Directory, city: CityEntry): Cell {
  const step = findNextStep(directory, city);
  if (!step?.group) return textCell(step?.text ?? 'Nothing is known');
  const ways = step.ways.map(({ label, href }) => ({ text: label, href, inRow: true }));
  const unknown = { text: 'No way to reach it is known.', href: null };
  const note = `It is ${step.group.distance}. ${step.topics}`;
  const meeting = step.convening
    ? [{ text: step.convening.name, href: step.convening.href, note: step.convening.date }]
    : [];
  return linksCell(
    [{ text: step.text, href: null, note }, ...(ways.length > 0 ? ways : [unknown]), ...meeting],
    '',
  );
}

const definitionFor = (directory: Directory, places: Gazetteer): ListDefinition<CityEntry> => ({
  path: paths.gaps,
  caption: 'Partner cities where no working tie with a civic tech group is known',
  noun: { one: 'gap', many: 'gaps' },
  defaultSort: 'city',
  columns: [
    {
      key: 'city',
      label: 'City',
      cell: (city) => linkCell(cityLabel(city), cityPath(city.slug)),
      sortBy: cityLabel,
    },
    {
      key: 'cause',
      label: 'Cause',
      cell: (city) => ({
        kind: 'flag',
        flag: city.flag,
        label: flagLabel(city.flag),
        note: flagSentence(city),
      }),
      sortBy: (city) => flags.indexOf(city.flag),
    },
    {
      key: 'since',
      label: 'Since',
      cell: ({ gapSince }) => sinceCell(gapSince, directory.today),
      sortBy: ({ gapSince }) => gapSince?.day ?? null,
    },
    {
      key: 'partner',
      label: 'NNIP partners',
      cell: (city) =>
        linksCell(
          city.partners
            .filter(({ status }) => status !== 'former')
            .map(({ name, slug }) => ({ text: name, href: partnerPath(slug) })),
          'None',
        ),
      sortBy: (city) => city.partners.find(({ status }) => status !== 'former')?.name ?? null,
    },
    {
      key: 'nearest',
      label: 'Nearest group',
      cell: nearestCell,
      sortBy: ({ nearestGroup }) => nearestGroup?.distanceMiles ?? null,
    },
    {
      key: 'people',
      label: 'People',
      numeric: true,
      first: 'desc',
      cell: (city) => textCell(peopleText(peopleIn(places, city))),
      sortBy: (city) => peopleIn(places, city) || null,
    },
    {
      key: 'known',
      label: 'Last known tie',
      first: 'desc',
      cell: (city) => {
        const known = toLastKnown(directory, city.lastKnown);
        return known
          ? linkCell(known.text, known.from?.href ?? null)
          : textCell('Nothing is known');
      },
      sortBy: ({ lastKnown }) => lastKnown?.date ?? null,
    },
    { key: 'next', label: 'What to do next', cell: (city) => nextStepCell(directory, city) },
  ],
});

/** Gaps are partner cities by definition; a flag that is none, and `show`, mean nothing here. */
function toGapFilter(raw: RawQuery): CityFilter {
  const { filter } = parseCityFilter(raw);
  const flag = filter.flag.filter(isGapFlag);
  return { ...filter, flag, country: null, includeNoPartner: false };
}

const toValues = (filter: CityFilter): FilterValues => ({
  q: filter.q ?? '',
  flag: filter.flag.join(','),
  state: filter.state ?? '',
  topic: filter.topic ?? '',
  since: filter.since ?? '',
});

function mapOf(values: FilterValues, settings: PageSettings): MapView {
  const flag = values['flag'] || gapFlags.join(',');
  return {
    label: 'Map of the gaps',
    geojson: [drawnCities({ ...values, flag, show: 'partner' })],
    view: null,
    tiles: settings.tiles,
    asked: null,
    key: flagKey,
    skipTo: '#list',
    selected: null,
  };
}

/** @throws Problem (not found) for a page that the selection does not have. */
export function gapsPage(
  directory: Directory,
  raw: RawQuery,
  settings: PageSettings,
  places: Gazetteer,
): GapsPage {
  const filter = toGapFilter(raw);
  const values = toValues(filter);
  const gaps = directory.cities.filter((city) => city.isGap);
  const listing = toListing({
    definition: definitionFor(directory, places),
    raw,
    selection: {
      filters: values,
      rows: filterCities(directory, filter).filter((city) => city.isGap),
      total: gaps.length,
    },
    fields: [
      searchField('City, partner or group', filter.q),
      selectField(
        'flag',
        'Cause',
        'Any cause',
        gapFlags.map((flag) => ({ value: flag, label: flagLabel(flag) })),
        values['flag'] ?? null,
      ),
      stateField(gaps, filter.state),
      topicField(
        gaps.flatMap((city) => [city.partners, city.groupsHere]),
        filter.topic,
      ),
      sinceField(filter.since),
    ],
    downloads: apiDownloads(paths.api.gaps, values, ['csv']),
    emptyText:
      gaps.length === 0
        ? 'Every partner city has a known tie with a civic tech group.'
        : 'No gap fits. Try fewer filters.',
  });
  const title = 'Gaps';
  const introduction = `${gaps.length} of ${directory.partnerCityCount} partner cities have no working tie between their NNIP partner and a civic tech group that we know of. Each says why, and what could be done next.`;
  const head = listHead(
    listing,
    { title: 'Gaps between partners and groups', description: introduction, section: 'gaps' },
    settings.publicUrl,
    (city) => ({ name: cityLabel(city), path: cityPath(city.slug) }),
  );
  return {
    title,
    introduction,
    listing,
    legend: toGapLegend(gaps, values),
    map: mapOf(values, settings),
    head,
  };
}
