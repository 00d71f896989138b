// The distances that a page offers around a place.

/** Miles. */
export const defaultWithin = 50;

const choicesInMiles = [10, 25, defaultWithin, 100, 250];

/** Elsewhere: miles that are round kilometres, 20 to 400; the default is 80. */
const choicesInKilometres = [12.43, 24.85, defaultWithin, 99.42, 248.55];

/** Miles to choose from around a place; '' counts as the United States. */
export const distanceChoices = (country: string): readonly number[] =>
  country === '' || country === 'US' ? choicesInMiles : choicesInKilometres;
