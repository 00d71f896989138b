// The answer to "which group is near me" as the page prints it, where it is not about a place:
// nothing was asked yet, or nothing of that name is known. place-page.ts has the rest.
import type { Directory } from '../../directory/directory.ts';
import type { Place } from '../../directory/places/places.ts';
import { paths } from '../../paths.ts';
import { formatCount } from '../../web/format.ts';
import type { PageSettings } from '../../web/map-view.ts';
import type { FindAnswer } from './answer.ts';
import { type FindPage, plainAnswer, toChoice } from './find-view.ts';
import { placePage } from './place-page.ts';
import { type FindQuery, findPath } from './query.ts';

export function findPage(
  directory: Directory,
  query: FindQuery,
  answer: FindAnswer,
  settings: PageSettings,
): FindPage {
  if (answer.kind === 'nothing-asked') return questionPage(directory, query);
  if (answer.kind === 'unknown') return unknownPage(query, answer.suggestions);
  return placePage(directory, query, answer, settings);
}

function questionPage(directory: Directory, query: FindQuery): FindPage {
  return {
    ...plainAnswer(query),
    head: {
      title: 'Find a civic tech group',
      description: `Type a place or a ZIP code and see which of ${formatCount(directory.groups.length, 'civic tech group', 'civic tech groups')} are nearest, how far they are and how to join.`,
      canonical: findPath({ withinMiles: query.withinMiles }),
      section: 'find',
      structuredData: null,
    },
    title: 'Find a civic tech group near you',
    text: 'Type a city, a state and city, or a ZIP code. You get the nearest groups, how far they are, and how to join them.',
    choices: {
      title: 'For example',
      links: ['15213', 'Tulsa, OK', 'Memphis, TN', 'Toronto, Canada'].map((typed) => ({
        label: typed,
        href: findPath({ typed, withinMiles: query.withinMiles }),
      })),
    },
    next: [
      { label: 'See all groups in the directory', href: paths.groups },
      { label: 'See all cities', href: paths.cities },
    ],
  };
}

function unknownPage(query: FindQuery, suggestions: readonly Place[]): FindPage {
  const shown = query.typed.length > 60 ? `${query.typed.slice(0, 60)}…` : query.typed;
  return {
    ...plainAnswer(query),
    head: {
      title: 'No place of that name',
      description: 'We know of no place by that name.',
      canonical: findPath(query),
      section: 'find',
      structuredData: null,
      noIndex: true,
    },
    title: `We found no place called “${shown}”`,
    text:
      suggestions.length > 0
        ? 'The name may be spelled another way. Choose one of these, or type a ZIP code or a larger city nearby.'
        : 'Try a ZIP code, a larger city nearby, or the city with its state: “Tulsa, OK”.',
    choices:
      suggestions.length > 0
        ? {
            title: 'Did you mean',
            links: suggestions.slice(0, 6).map((place) => toChoice(place, query)),
          }
        : null,
    next: [
      { label: 'See all groups in the directory', href: paths.groups },
      { label: 'See all cities', href: paths.cities },
    ],
  };
}
