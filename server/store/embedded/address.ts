// Where a store listens and how another process finds it: the address is written beside the file.
import { createHash } from 'node:crypto';
import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { StoreRefused } from './file.ts';
import type { Address } from './server.ts';

/** Unix allows about 100 bytes for the path of a socket (104 on macOS, 108 on Linux). */
const longestSocketPath = 100;
const addressFile = 'store.address';
const temporaryPrefix = 'crosswalk-';

/** A parent first. One at a time, because Node's own recursive mkdir never ends below /proc. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    // Another process may have made it in between.
    if (!existsSync(folder)) throw error;
  }
}

/**
 * Made if need be, and closed to everybody else.
 * @throws what the operating system says of a folder that cannot be made, be closed or be written to.
 */
export function prepareFolder(folder: string): void {
  const path = resolve(folder);
  makeFolder(path);
  if (!statSync(path).isDirectory()) {
    throw Object.assign(new Error(`${path} is not a folder`), { code: 'ENOTDIR' });
  }
  if (process.platform !== 'win32') chmodSync(path, 0o700);
  accessSync(path, constants.W_OK);
}

/**
 * In the folder, or, where its path is too long for a socket, in a closed temporary folder. The same each time, so that
 * whoever takes a store over listens where the others look.
 */
export function chooseAddress(folder: string): Address {
  if (process.platform === 'win32') return { port: 0 };
  const inFolder = join(resolve(folder), 'store.sock');
  if (Buffer.byteLength(inFolder) <= longestSocketPath) return { socket: inFolder };
  const base = Buffer.byteLength(tmpdir()) <= longestSocketPath - 50 ? tmpdir() : '/tmp';
  const mark = createHash('sha256').update(realpathSync(folder)).digest('hex').slice(0, 24);
  const home = join(base, `${temporaryPrefix}${mark}`);
  makeClosedFolder(home);
  return { socket: join(home, 'store.sock') };
}

/** Everybody may write beside it, so one that is there already is used only if it is ours. */
function makeClosedFolder(home: string): void {
  if (!existsSync(home)) mkdirSync(home, { mode: 0o700 });
  const found = lstatSync(home);
  if (!found.isDirectory() || found.uid !== process.getuid?.()) {
    throw new StoreRefused(
      `The socket of the store belongs into ${home}, which is somebody else's. Use a data folder with a shorter path.`,
    );
  }
  chmodSync(home, 0o700);
}

/** The database that this program uses. */
export const embeddedDatabase = 'crosswalk';

/** For the official driver, with that database. */
export const uriOf = (address: Address): string =>
  'socket' in address
    ? `mongodb://${encodeURIComponent(address.socket)}/${embeddedDatabase}`
    : `mongodb://127.0.0.1:${address.port}/${embeddedDatabase}?directConnection=true`;

/** Tells other processes; whole or not at all. */
export function writeAddress(folder: string, address: Address): void {
  const path = join(folder, addressFile);
  writeFileSync(`${path}.next`, JSON.stringify(address), { mode: 0o600 });
  renameSync(`${path}.next`, path);
}

/** The address that the running or last process wrote; undefined where there is none. */
export function readAddress(folder: string): Address | undefined {
  const path = join(folder, addressFile);
  if (!existsSync(path)) return undefined;
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Address;
  } catch {
    return undefined;
  }
}

/** Takes the address back, with the temporary folder if there is one. */
export function removeAddress(folder: string, address: Address | undefined): void {
  rmSync(join(folder, addressFile), { force: true });
  if (!address || !('socket' in address)) return;
  rmSync(address.socket, { force: true });
  const home = dirname(address.socket);
  if (home.includes(temporaryPrefix) && home !== resolve(folder)) {
    rmSync(home, { recursive: true, force: true });
  }
}

/**
 * A connection that tells when the process at an address goes away, however it ends; undefined where nobody takes
 * connections there.
 */
export function watch(
  address: Address,
): Promise<{ readonly gone: Promise<void>; end(): void } | undefined> {
  return new Promise((resolveWatch) => {
    const socket =
      'socket' in address ? connect(address.socket) : connect(address.port, '127.0.0.1');
    const gone = new Promise<void>((resolveGone) => {
      socket.once('close', () => {
        resolveGone();
        resolveWatch(undefined);
      });
    });
    socket.setTimeout(1000, () => socket.destroy());
    socket.on('error', () => socket.destroy());
    socket.once('connect', () => {
      socket.setTimeout(0);
      socket.unref();
      // Read on, so that its end is seen.
      socket.resume();
      resolveWatch({ gone, end: () => socket.destroy() });
    });
  });
}
