// The way out: names become addresses, each address is judged, and the connection goes to that address and no other.
// So a name that answers differently the second time it is asked (DNS rebinding) gains nothing.
import { lookup as askNameServer } from 'node:dns/promises';
import type { LookupFunction, Socket } from 'node:net';
import ipaddr from 'ipaddr.js';
import { buildConnector } from 'undici';
import { bareHost, isPublicAddress } from './judge-address.ts';

/** What stands between a name and a connection; tests hand in names of their own, the program never does. */
export interface Network {
  /** The addresses of a name. Rejects where there is none. */
  readonly resolve: (host: string) => Promise<readonly string[]>;
  /** Whether this address may be connected to under this name. */
  readonly isAllowed: (address: string, host: string) => boolean;
  /** Where the connection goes and whether it is encrypted ("https:"). */
  readonly route: (to: Route) => Route;
}

export interface Route {
  readonly hostname: string;
  readonly port: string;
  readonly protocol: string;
}

export const theInternet: Network = {
  resolve: async (host) => (await askNameServer(host, { all: true })).map(({ address }) => address),
  isAllowed: isPublicAddress,
  route: (to) => to,
};

/** The name, or a number in its place, leads inside a network. */
export class InnerAddress extends Error {
  constructor(host: string) {
    super(`${host} leads inside a network`);
    this.name = 'InnerAddress';
  }
}

/** Connects as undici does, but only to addresses that the network allows. */
export function guardedConnector(network: Network, timeout: number): buildConnector.connector {
  const lookup: LookupFunction = (host, options, callback) => {
    resolveJudged(network, host).then(
      (addresses) => {
        const found = addresses.map((address) => ({ address, family: familyOf(address) }));
        const [first] = found;
        if (options.all) callback(null, found);
        else if (first) callback(null, first.address, first.family);
      },
      (error: unknown) => callback(error as NodeJS.ErrnoException, '', 0),
    );
  };
  const connect = buildConnector({ timeout, lookup });

  return (options, callback) => {
    const host = bareHost(options.hostname);
    // No name server is asked for a number, so it is judged here.
    if (ipaddr.isValid(host) && !network.isAllowed(host, host)) {
      callback(new InnerAddress(host), null);
      return;
    }
    connect({ ...options, ...network.route(options) }, (...[error, socket]) => {
      if (error) return callback(error, null);
      if (!isConnectedOutside(network, socket, host)) {
        socket.destroy();
        return callback(new InnerAddress(host), null);
      }
      callback(null, socket);
    });
  };
}

/** The last word: where the connection did go. */
const isConnectedOutside = (network: Network, socket: Socket, host: string): boolean =>
  socket.remoteAddress !== undefined && network.isAllowed(socket.remoteAddress, host);

/** Those of its addresses that may be asked. @throws InnerAddress where it has none of them */
async function resolveJudged(network: Network, host: string): Promise<readonly string[]> {
  const name = bareHost(host);
  const addresses = await network.resolve(name);
  const allowed = addresses.filter((address) => network.isAllowed(address, name));
  if (allowed.length === 0) throw new InnerAddress(name);
  return allowed;
}

const familyOf = (address: string): number => (address.includes(':') ? 6 : 4);
