// Which addresses of other computers may be asked: public ones on the web's own ports, and nothing inside a network.
// Names are judged again by the address they lead to, at the moment of connecting: see network.ts.
import ipaddr from 'ipaddr.js';

/** The web's own ports and their usual stand-ins. */
const ports = new Set(['', '80', '443', '8080', '8443']);

/** Names that lead inside by agreement (RFC 6761, RFC 6762, RFC 8375), whatever a name server says of them. */
const innerNames = /(^|\.)(localhost|local|internal|intranet|lan|home|corp|home\.arpa|onion|test)$/;

/** Answers the machines of one provider with their secrets, though it stands among public addresses. */
const metadataAddresses = new Set(['168.63.129.16']);

/** The only part of IPv6 given out to the public (RFC 4291, section 2.4). */
const globalUnicast = ipaddr.parseCIDR('2000::/3') as [ipaddr.IPv6, number];

/**
 * True for a public address of one computer. False for every private, loopback, link-local, shared, multicast,
 * documentation, tunnelled or reserved one, for IPv4 in the clothes of IPv6, and for what is no address at all.
 */
export function isPublicAddress(address: string): boolean {
  if (address.includes('%') || !ipaddr.isValid(address)) return false;
  const parsed = ipaddr.parse(address);
  if (parsed.range() !== 'unicast' || metadataAddresses.has(parsed.toString())) return false;
  return parsed.kind() === 'ipv4' || (parsed as ipaddr.IPv6).match(globalUnicast);
}

/** The address within `[...]`, or the name without the dot of its root. */
export const bareHost = (hostname: string): string =>
  hostname.startsWith('[') ? hostname.slice(1, -1) : hostname.replace(/\.$/, '');

export type Judged = { readonly url: URL } | { readonly refused: string };

/**
 * A web address as it will be asked, or why it is not, in words that follow "was not asked: ".
 * Numbers in odd spellings are read as the URL standard reads them before they are judged.
 * @param isAllowed whether an address may be asked under this name; tests alone hand in their own
 */
export function judgeUrl(
  text: string,
  isAllowed: (address: string, host: string) => boolean = isPublicAddress,
): Judged {
  const address = text.trim().replace(/^webcals?:/i, 'https:');
  if (!URL.canParse(address)) return { refused: 'it is no web address' };
  const url = new URL(address);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    return { refused: 'only http and https addresses are asked' };
  }
  if (url.username !== '' || url.password !== '') {
    return { refused: 'its address holds a user name or password' };
  }
  if (!ports.has(url.port)) return { refused: `port ${url.port} is none of the web's` };
  const host = bareHost(url.hostname);
  if (ipaddr.isValid(host)) {
    return isAllowed(host, host) ? { url } : { refused: 'its address is inside a network' };
  }
  if (innerNames.test(host) || !host.includes('.')) {
    return { refused: 'its name leads inside a network' };
  }
  url.hash = '';
  return { url };
}
