// Work cut into steps of a few milliseconds each, so that whoever has others to answer can do so in between.

/** What it makes is there when no step is left. */
export type Steps<Made> = Generator<undefined, Made, undefined>;

/** Takes one step after the other without a pause. */
export function inOneGo<Made>(steps: Steps<Made>): Made {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
