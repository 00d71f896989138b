// What may stand after a city's name: a state, a province of Canada, a country.
import { fold } from '../../domain/fold.ts';
import { usStates } from '../../domain/us-states.ts';

/** A part of the world that narrows a name down. */
export interface Where {
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  /** State of the United States or province of Canada by its postal code, else ''. */
  readonly region: string;
}

const provinces: ReadonlyMap<string, string> = new Map([
  ['AB', 'Alberta'],
  ['BC', 'British Columbia'],
  ['MB', 'Manitoba'],
  ['NB', 'New Brunswick'],
  ['NL', 'Newfoundland and Labrador'],
  ['NS', 'Nova Scotia'],
  ['NT', 'Northwest Territories'],
  ['NU', 'Nunavut'],
  ['ON', 'Ontario'],
  ['PE', 'Prince Edward Island'],
  ['QC', 'Quebec'],
  ['SK', 'Saskatchewan'],
  ['YT', 'Yukon'],
]);

/** Names that Intl does not give. */
const otherNames: Readonly<Record<string, string>> = {
  usa: 'US',
  'united states of america': 'US',
  america: 'US',
  uk: 'GB',
  'great britain': 'GB',
  england: 'GB',
  scotland: 'GB',
  wales: 'GB',
  'northern ireland': 'GB',
  korea: 'KR',
  'republic of ireland': 'IE',
  holland: 'NL',
  'czech republic': 'CZ',
  turkey: 'TR',
  'ivory coast': 'CI',
  burma: 'MM',
};

const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });

/** The country's name in English: `Canada`; the code itself where it has none. */
export const countryName = (code: string): string => names.of(code) ?? code;

export interface Regions {
  /** Everything the words may mean, states of the United States first; empty when they mean nothing. */
  read(words: string): readonly Where[];
  /** The state of the United States that has exactly this name, or undefined. */
  stateNamed(words: string): Where | undefined;
}

/**
 * Knows states and provinces by code, name or the beginning of a name (`Penn`, `Mass`, `Tenn`, where
 * only one begins so), countries by code or name.
 * @param countryCodes the countries to know
 */
export function knowRegions(countryCodes: readonly string[]): Regions {
  const byWords = new Map<string, Where[]>();
  const know = (words: string, where: Where): void => {
    const known = byWords.get(words);
    if (known) known.push(where);
    else byWords.set(words, [where]);
  };
  const states = [...usStates].map(([region, name]) => ({ country: 'US', region, name }));
  const inCanada = [...provinces].map(([region, name]) => ({ country: 'CA', region, name }));
  const regions = [...states, ...inCanada].map(({ name, ...where }) => ({
    where,
    words: fold(name),
  }));
  for (const { where, words } of regions) {
    know(where.region.toLowerCase(), where);
    know(words, where);
  }
  for (const country of countryCodes) {
    know(country.toLowerCase(), { country, region: '' });
    know(fold(countryName(country)), { country, region: '' });
  }
  for (const [words, country] of Object.entries(otherNames)) know(words, { country, region: '' });

  const begunWith = (words: string): readonly Where[] => {
    if (words.length < 3) return [];
    const begun = regions.filter((region) => region.words.startsWith(words));
    return begun.length === 1 ? begun.map(({ where }) => where) : [];
  };
  return {
    read(typed) {
      const words = fold(typed);
      const initials = /^\p{L}( \p{L}){1,2}$/u.test(words) ? words.replaceAll(' ', '') : words;
      return byWords.get(initials) ?? begunWith(words);
    },
    stateNamed(typed) {
      const words = fold(typed);
      return regions.find((region) => region.where.country === 'US' && region.words === words)
        ?.where;
    },
  };
}
