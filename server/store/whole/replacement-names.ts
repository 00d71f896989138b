// Names of the collections that a server is given beside its own while all that it holds is being replaced.

const prefix = 'crosswalk_next_';

/** Where the documents wait until they take the place of what is there. */
export const waitingName = (collection: string): string => `${prefix}${collection}`;

/** The collection whose place a waiting one will take. */
export const nameOfWaiting = (waiting: string): string => waiting.slice(prefix.length);

/** Holds one document while waiting collections take their places: which they are. */
export const planName = 'crosswalk_next';

export const isOfReplacement = (name: string): boolean =>
  name.startsWith(prefix) || name === planName;
