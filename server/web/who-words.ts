// Who did something, for pages of staff. The log knows people by identifiers: addresses are taken from who is there.
import type { Person } from '../store/people.ts';

export const removedPerson = 'Somebody who was removed';

/** @param nobody what stands for no person: "The program", "The command line" */
export const whoOf = (people: readonly Person[], by: string | null, nobody: string): string =>
  by === null ? nobody : (people.find(({ id }) => id === by)?.address ?? removedPerson);
