// What a daily job is.
import type { Services } from '../services.ts';

export interface Job {
  /** Stands in the log and in the store: "check-groups". */
  readonly name: string;
  /** From which hour of the day on it is done, UTC; mails go out when people in the United States are awake. */
  readonly fromHour: number;
  /**
   * Does the day's work. It may have been begun before and cut off, so it is safe to repeat, and it stops soon after
   * the signal.
   */
  readonly run: (services: Services, signal: AbortSignal) => Promise<void>;
}
