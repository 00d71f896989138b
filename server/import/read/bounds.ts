// How big a file may be. Real lists have some hundred rows; a hundred thousand is provided for.

export const mostBytes = 128 * 1024 * 1024;
export const mostRows = 200_000;
export const mostColumns = 200;
/** Characters of one value. */
export const longestCell = 20_000;
/** Objects and arrays within each other. */
export const deepest = 20;
