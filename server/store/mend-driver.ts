// Mends one fault of the MongoDB driver: a command waits for its socket to take the rest of its bytes, and goes on
// waiting for ever where the connection ends meanwhile, or has just ended. With it waits whoever asked, and where it
// was the monitor's own command nobody looks for the server again. Here the end of a connection ends that wait with
// the connection's error, which the driver then treats as the loss of any other connection.
import { Connection } from 'mongodb/lib/cmap/connection.js';

const ends = new WeakMap<object, AbortController>();

function endOf(connection: object): AbortController {
  const known = ends.get(connection);
  if (known) return known;
  const made = new AbortController();
  ends.set(connection, made);
  return made;
}

let isMended = false;

/** For every client of this process, from now on. Safe to repeat. */
export function mendDriver(): void {
  if (isMended) return;
  isMended = true;
  const { cleanup, writeCommand } = Connection.prototype;
  Connection.prototype.cleanup = function (error) {
    cleanup.call(this, error);
    endOf(this).abort(this.error ?? error);
  };
  Connection.prototype.writeCommand = function (command, options) {
    const end = endOf(this).signal;
    const signal = options.signal ? AbortSignal.any([options.signal, end]) : end;
    return writeCommand.call(this, command, { ...options, signal });
  };
}
