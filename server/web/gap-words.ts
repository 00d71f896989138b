// What the lists of gaps say alike, for everyone and for staff: since when, and how many people live there.
import type { Gazetteer } from '../directory/places/places.ts';
import type { GapSince } from '../domain/gap-since.ts';
import type { City } from '../domain/records.ts';
import type { GapAge } from '../domain/words.ts';
import { type Cell, textCell } from './cell.ts';
import { type FilterField, selectField } from './filter-form.ts';
import { formatAge, formatDate } from './format.ts';

/** "since 12 March 2026", "since at least 22 November 2026". */
export const sinceText = ({ day, isExact }: GapSince): string =>
  `since ${isExact ? '' : 'at least '}${formatDate(day)}`;

export const sinceCell = (since: GapSince | null, today: string): Cell =>
  since === null
    ? textCell('Nothing is known')
    : textCell(
        `${since.isExact ? '' : 'At least '}${formatDate(since.day)}`,
        formatAge(since.day, today),
      );

/** How many live in a city by the gazetteer; 0 where unknown. */
export const peopleIn = (places: Gazetteer, city: City): number =>
  places.centreOf(city.name, city.state, city.country)?.population ?? 0;

export const peopleText = (people: number): string =>
  people === 0 ? 'not known' : people.toLocaleString('en-US');

const ages: Readonly<Record<GapAge, string>> = {
  month: 'Up to a month ago',
  year: 'Up to a year ago',
  longer: 'Longer than a year ago',
};

export const sinceField = (chosen: GapAge | null): FilterField =>
  selectField(
    'since',
    'Began',
    'At any time',
    Object.entries(ages).map(([value, label]) => ({ value, label })),
    chosen,
  );
