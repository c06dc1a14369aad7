// Turns an address into how near it is: this machine, a private network, the public internet, or an address never to be used.
import ipaddr, { type IPv4, type IPv6 } from 'ipaddr.js';

/**
 * `forbidden`: link-local, metadata services of clouds, multicast. `private`: everything else that is not reachable from
 * everywhere.
 */
export type Nearness = 'forbidden' | 'loopback' | 'private' | 'public';

/** Those of Alibaba, Azure's wire server, Oracle; AWS, GCP. The others are link-local. */
const METADATA = [
  '100.100.100.200/32',
  '168.63.129.16/32',
  '192.0.0.192/32',
  'fd00:ec2::/32',
  'fd20:ce::/32',
  'fd00:c1::a9fe:a9fe/128',
].map((range) => ipaddr.parseCIDR(range));

/** By the names that ipaddr.js gives to ranges; all others are reserved for something, so they count as private. */
const NEARNESS: ReadonlyMap<string, Nearness> = new Map([
  ['unicast', 'public'],
  ['linkLocal', 'forbidden'],
  ['multicast', 'forbidden'],
  ['broadcast', 'forbidden'],
  ['loopback', 'loopback'],
  ['unspecified', 'loopback'],
]);

/** Of an address, without brackets. */
export function nearnessOf(address: string): Nearness {
  const parsed = ipaddr.parse(address);
  if (parsed.kind() === 'ipv4') return ownNearness(parsed);
  const { inner, throughPrivate } = innerOf(parsed as IPv6);
  if (inner === null) return ownNearness(parsed);
  const near = ownNearness(inner);
  return throughPrivate && near === 'public' ? 'private' : near;
}

function ownNearness(address: IPv4 | IPv6): Nearness {
  if (METADATA.some(([network, bits]) => network.kind() === address.kind() && address.match(network, bits)))
    return 'forbidden';
  return NEARNESS.get(address.range()) ?? 'private';
}

/** The IPv4 address that an IPv6 one leads to: mapped, compatible, translated (NAT64), 6to4. */
function innerOf(address: IPv6): { readonly inner: IPv4 | null; readonly throughPrivate: boolean } {
  const { parts } = address;
  const range: string = address.range();
  const compatible = range === 'unicast' && parts.slice(0, 6).every((part) => part === 0);
  const at = range === '6to4' ? 1 : compatible || ['ipv4Mapped', 'rfc6145', 'rfc6052'].includes(range) ? 6 : null;
  if (at === null) return { inner: null, throughPrivate: false };
  const octets = parts.slice(at, at + 2).flatMap((part) => [part >> 8, part & 255]);
  // 64:ff9b:1::/48 (RFC 8215) is translated within one network.
  return { inner: new ipaddr.IPv4(octets), throughPrivate: range === 'rfc6052' && parts[2] === 1 };
}
