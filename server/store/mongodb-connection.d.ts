// The part of the driver's inside that mend-driver.ts mends; the driver publishes no types for it.
declare module 'mongodb/lib/cmap/connection.js' {
  export class Connection {
    readonly error: Error | null;
    cleanup(error: Error): void;
    writeCommand(command: unknown, options: { readonly signal?: AbortSignal }): Promise<void>;
  }
}
