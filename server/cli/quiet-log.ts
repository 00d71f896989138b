// The log of a command: its answer stands on standard output, so what the store logs goes to standard error.
import { type Logger, pino } from 'pino';

export const quietLog = (): Logger =>
  pino({ level: 'warn', base: null }, pino.destination({ dest: 2, sync: true }));
