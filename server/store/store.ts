// The handle of an open store. The nouns beside this file (partners.ts, groups.ts ...) take it as their first argument.
import type { Connection } from 'mongoose';

export interface Store {
  /** Mongoose's connection with the models registered; only server/store touches it. */
  readonly connection: Connection;
  /** For one more connection by a thread of this process. Not for any log: it may hold a password. */
  readonly uri: string;
  /** Where the data is, in words for the log: "embedded store in data/", "MongoDB at host:27017". */
  readonly description: string;
  /** True when this process runs the embedded store itself or joined one. */
  readonly embedded: boolean;
  /** Ends the connection, and the embedded store if this process runs it. Nothing acknowledged is lost. */
  close(): Promise<void>;
}
