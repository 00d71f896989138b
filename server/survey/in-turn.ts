// One after the other: work under the same name waits for the work before it, so that an answer that is being
// filed is either in what a closing wave freezes, or comes after it and is told so.

const last = new Map<string, Promise<unknown>>();

/** Runs the work when everything under this name that came before has ended; its outcome is the caller's. */
export async function inTurn<T>(name: string, work: () => Promise<T>): Promise<T> {
  const before = last.get(name) ?? Promise.resolve();
  const mine = before.then(work, work);
  const settled = mine.catch(() => undefined);
  last.set(name, settled);
  try {
    return await mine;
  } finally {
    if (last.get(name) === settled) last.delete(name);
  }
}
