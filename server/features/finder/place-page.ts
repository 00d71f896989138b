// The answer for a place as the page prints it: a sentence first, then the groups, then who else is there.
import type { Directory, GroupInReach } from '../../directory/directory.ts';
import type { Place } from '../../directory/places/places.ts';
import { usStates } from '../../domain/us-states.ts';
import { cityPath, groupPath, partnerPath, paths, withQuery } from '../../paths.ts';
import { distanceChoices } from '../../web/distances.ts';
import { cityLabel, countryLabel, formatCount, formatDistance } from '../../web/format.ts';
import { type GroupCard, toGroupCard } from '../../web/group-card.ts';
import { drawnCities, drawnGroups, flagKey, type PageSettings } from '../../web/map-view.ts';
import type { PageHead } from '../../web/render.ts';
import { type FindAnswer, mostShown, type PartnerNearby } from './answer.ts';
import { type FindPage, type Link, plainAnswer, toChoice } from './find-view.ts';
import { type FindQuery, findPath } from './query.ts';

type PlaceAnswer = Extract<FindAnswer, { kind: 'place' }>;

export function placePage(
  directory: Directory,
  query: FindQuery,
  answer: PlaceAnswer,
  settings: PageSettings,
): FindPage {
  const { place, groups, total, beyond } = answer;
  const where = placeName(place);
  const found = groups.length > 0;
  const within = formatDistance(query.withinMiles, place.country);
  const toCards = (near: readonly GroupInReach[]): readonly GroupCard[] =>
    near.map(({ group, distanceMiles }) => toGroupCard(group, distanceMiles, directory.today));
  const title = `${sentenceCase(formatCount(total, 'group', 'groups'))} within ${within} of ${where}`;
  return {
    ...plainAnswer(query),
    head: findHead(query, answer, title, settings.publicUrl),
    title,
    text: found ? '' : noneText(answer),
    choices:
      answer.others.length > 0
        ? {
            title: `There are several places of this name. This is about ${where}; did you mean another?`,
            links: answer.others.slice(0, 6).map((other) => toChoice(other, query)),
          }
        : null,
    distances: toDistances(query, place),
    groups: toCards(found ? groups : beyond),
    groupsTitle: groupsTitle(total),
    farther: found ? toCards(beyond) : [],
    partners: answer.partners.map((near) => toPartner(near, place)),
    partnersTitle: partnersTitle(answer.partners),
    tell: found
      ? null
      : {
          label: 'Tell me when one starts',
          href: tellPath(query, place),
          text: `We can write to you when a group starts, or wakes up, within ${within} of ${where}.`,
        },
    next: found
      ? [
          ...allGroupsOf(place),
          { label: 'Tell me when another one starts here', href: tellPath(query, place) },
          addIt,
        ]
      : [...widerLinks(query, answer), addIt, ...allGroupsOf(place)],
    map: {
      label: `Map of groups around ${where}`,
      geojson: [drawnGroups, drawnCities({ show: 'partner' })],
      view: { lat: place.lat, lng: place.lng, zoom: zoomFor(reachShown(query, answer)) },
      tiles: settings.tiles,
      skipTo: '#list',
      selected: null,
      asked: { name: where, lat: place.lat, lng: place.lng },
      key: flagKey,
    },
  };
}

const sentenceCase = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const placeName = (place: Place): string =>
  place.kind === 'coordinates' ? `the point ${place.name}` : place.name;

function noneText({ beyond, place }: PlaceAnswer): string {
  const [nearest] = beyond;
  if (!nearest) return 'The directory holds no group yet.';
  const { group, distanceMiles } = nearest;
  const at = group.cityEntry ? ` in ${cityLabel(group.cityEntry)}` : '';
  return `The nearest is ${group.name}${at}, ${formatDistance(distanceMiles, place.country)} away.`;
}

/** Miles that the map must show: the circle asked for, or far enough for the nearest group. */
const reachShown = (query: FindQuery, { groups, beyond }: PlaceAnswer): number =>
  Math.max(query.withinMiles, (groups[0] ?? beyond[0])?.distanceMiles ?? 0);

/** The zoom at which a circle of that radius just fits a map about 500 pixels high. */
function zoomFor(miles: number): number {
  const worldWidthMiles = 24_900;
  const zoom = Math.log2((worldWidthMiles * 500) / (256 * 2.4 * Math.max(miles, 1)));
  return Math.max(2, Math.min(11, Math.floor(zoom)));
}

/** The distances on offer, and the one asked for where it is none of them. Those that read the same are the same. */
function toDistances(query: FindQuery, place: Place): FindPage['distances'] {
  const labelOf = (miles: number): string => formatDistance(miles, place.country);
  const asked = labelOf(query.withinMiles);
  const offered = distanceChoices(place.country);
  const isOffered = offered.some((miles) => labelOf(miles) === asked);
  return [...offered, ...(isOffered ? [] : [query.withinMiles])]
    .sort((a, b) => a - b)
    .map((withinMiles) => ({
      label: labelOf(withinMiles),
      href: findPath({ ...query, withinMiles }),
      current: labelOf(withinMiles) === asked,
    }));
}

/** The first offered distance at which the nearest group comes into view. */
function widerLinks(query: FindQuery, { beyond, place }: PlaceAnswer): readonly Link[] {
  const [nearest] = beyond;
  const wide = distanceChoices(place.country).find(
    (miles) => nearest && miles >= nearest.distanceMiles,
  );
  if (!wide) return [];
  return [
    {
      label: `Look within ${formatDistance(wide, place.country)}`,
      href: findPath({ ...query, withinMiles: wide }),
    },
  ];
}

/** Where one leaves an address to be told of groups around the place. */
const tellPath = ({ typed, withinMiles }: FindQuery, place: Place): string =>
  withQuery(paths.subscribe, {
    ...(place.kind === 'coordinates'
      ? { place: typed, lat: typed === '' ? place.lat : null, lng: typed === '' ? place.lng : null }
      : { place: place.name }),
    within: withinMiles,
  });

const addIt: Link = { label: 'Do you know a group here? Add it', href: paths.suggest };

function allGroupsOf(place: Place): readonly Link[] {
  const all = { label: 'See all groups in the directory', href: paths.groups };
  if (place.state !== '') {
    return [
      {
        label: `See all groups in ${usStates.get(place.state) ?? place.state}`,
        href: withQuery(paths.groups, { state: place.state }),
      },
      all,
    ];
  }
  if (place.country === '' || place.country === 'US') return [all];
  return [
    {
      label: `See all groups in ${countryLabel(place.country)}`,
      href: withQuery(paths.groups, { country: place.country }),
    },
    all,
  ];
}

function groupsTitle(found: number): string {
  if (found === 0) return 'The nearest ones we know of';
  return found > mostShown ? `The nearest ${mostShown} of them, nearest first` : 'Nearest first';
}

function partnersTitle(partners: readonly PartnerNearby[]): string {
  if (partners.some((near) => !near.inReach)) return 'The nearest NNIP partner';
  return partners.length === 1 ? 'The NNIP partner here' : 'The NNIP partners here';
}

function toPartner(near: PartnerNearby, place: Place): FindPage['partners'][number] {
  const { partner, inReach } = near;
  const label = cityLabel(partner.cityEntry);
  const away = `${formatDistance(near.distanceMiles, place.country)} away`;
  return {
    name: partner.name,
    href: partnerPath(partner.slug),
    city: { label, href: cityPath(partner.cityEntry.slug) },
    text: inReach
      ? 'It collects neighborhood data for this area and helps people use it. If you run a group, or want to start one, this is who to talk to.'
      : `No NNIP partner works in this area. This one is the nearest, ${away}.`,
  };
}

function findHead(
  query: FindQuery,
  answer: PlaceAnswer,
  title: string,
  publicUrl: string,
): PageHead {
  return {
    title,
    description: `Civic tech groups near ${placeName(answer.place)}: how far they are, whether they are active, and how to join.`,
    canonical: findPath(query),
    section: 'find',
    structuredData:
      answer.total === 0
        ? null
        : {
            '@type': 'ItemList',
            name: title,
            numberOfItems: answer.total,
            itemListElement: answer.groups.map(({ group }, index) => ({
              '@type': 'ListItem',
              position: index + 1,
              name: group.name,
              url: `${publicUrl}${groupPath(group.slug)}`,
            })),
          },
  };
}
