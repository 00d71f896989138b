// Runs work on what strangers wrote with an end to it: a rule of recurrence that never comes true keeps a parser going
// for ever. The work holds up the process meanwhile, so the time is short.
import { createContext, Script } from 'node:vm';

const script = new Script('work()');

/** @throws what the work throws, and an error where it takes longer than this many milliseconds. */
export const withinTime = <T>(milliseconds: number, work: () => T): T =>
  script.runInContext(createContext({ work }), { timeout: milliseconds }) as T;
