// Work cut into steps of a few milliseconds each, so that whoever has others to answer can do so in between.
import { setImmediate } from 'node:timers/promises';

/** What it makes is there when no step is left. */
export type Steps<Made> = Generator<undefined, Made, undefined>;

/** Lets whoever waits be answered between two steps. */
export async function inTurns<Made>(steps: Steps<Made>): Promise<Made> {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    await setImmediate();
  }
}

/** Takes one step after the other without a pause. */
export function inOneGo<Made>(steps: Steps<Made>): Made {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
