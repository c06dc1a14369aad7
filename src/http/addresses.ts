// Which addresses a server may send us to: never this machine's metadata services, and no nearer network than its own.
import { lookup as dnsLookup, type LookupAddress, type LookupOptions } from 'node:dns';
import { BlockList, isIP } from 'node:net';
import { MlctlError } from '../errors/error.js';

/** How near an address is. `forbidden`: link-local, metadata services of clouds, multicast. */
export type Nearness = 'forbidden' | 'loopback' | 'private' | 'public';

function ranges(v4: readonly string[], v6: readonly string[]): BlockList {
  const list = new BlockList();
  for (const [family, all] of [
    ['ipv4', v4],
    ['ipv6', v6],
  ] as const)
    for (const one of all) {
      const [network = '', bits = ''] = one.split('/');
      if (bits === '') list.addAddress(network, family);
      else list.addSubnet(network, Number(bits), family);
    }
  return list;
}

/** AWS, Azure, GCP, OpenStack; Alibaba; Azure's wire server; Oracle. */
const FORBIDDEN = ranges(
  ['169.254.0.0/16', '100.100.100.200', '168.63.129.16', '192.0.0.192', '224.0.0.0/4', '255.255.255.255'],
  ['fe80::/10', 'fd00:ec2::/32', 'fd20:ce::/32', 'fd00:c1::a9fe:a9fe', 'ff00::/8'],
);
const LOOPBACK = ranges(['127.0.0.0/8', '0.0.0.0/8'], ['::1', '::']);
const PRIVATE = ranges(
  ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', '192.0.0.0/24', '198.18.0.0/15', '240.0.0.0/4'],
  ['fc00::/7', 'fec0::/10', '64:ff9b:1::/48'],
);
const NAMED = /^(?:metadata|instance-data)(?:\.|$)/;

/** The eight 16-bit groups of an IPv6 address. */
function groupsOf(address: string): readonly number[] {
  // The URL parser writes a trailing dotted quad as two groups, in the shortest form.
  const plain = new URL(`http://[${address.split('%')[0]}]`).hostname.slice(1, -1);
  const [head = '', tail] = plain.split('::');
  const read = (text: string): number[] =>
    text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16));
  if (tail === undefined) return read(head);
  const [before, after] = [read(head), read(tail)];
  return [...before, ...new Array<number>(8 - before.length - after.length).fill(0), ...after];
}

/** The IPv4 address that an IPv6 one leads to: mapped, compatible, translated (NAT64), 6to4. */
function innerOf(address: string): string | null {
  const groups = groupsOf(address);
  const quad = (at: number): string =>
    [groups[at] ?? 0, groups[at + 1] ?? 0].flatMap((group) => [group >> 8, group & 255]).join('.');
  const zeros = (until: number): boolean => groups.slice(0, until).every((group) => group === 0);
  if (zeros(5) && groups[5] === 0xffff) return quad(6);
  if (zeros(4) && groups[4] === 0xffff && groups[5] === 0) return quad(6);
  if (zeros(6) && (groups[6] !== 0 || (groups[7] ?? 0) > 1)) return quad(6);
  if (groups[0] === 0x64 && groups[1] === 0xff9b) return quad(6);
  return groups[0] === 0x2002 ? quad(1) : null;
}

/** Of an address, without brackets. */
export function nearnessOf(address: string): Nearness {
  const version = isIP(address);
  const inner = version === 6 ? innerOf(address) : null;
  if (inner !== null) return nearnessOf(inner);
  const bare = address.split('%')[0] ?? '';
  const family = version === 6 ? 'ipv6' : 'ipv4';
  if (FORBIDDEN.check(bare, family)) return 'forbidden';
  if (LOOPBACK.check(bare, family)) return 'loopback';
  return PRIVATE.check(bare, family) ? 'private' : 'public';
}

/** What is wrong with being sent to an address of this nearness by a server of that one; null where nothing is. */
export function faultOfStep(server: Nearness, place: Nearness): string | null {
  if (place === 'forbidden') return 'is a link-local or metadata address of this machine';
  if (place === 'loopback' && server !== 'loopback') return 'is this machine itself, and the server is another';
  if (place === 'private' && server === 'public') return 'is on a private network, and the server is not';
  return null;
}

/** By the name alone, as a URL has it: nobody is asked what it stands for. */
export const isLoopbackName = ({ hostname }: URL): boolean => /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname);

export const bareHost = (url: URL): string => url.hostname.replace(/^\[|\]$/g, '').toLowerCase();

/** Judges places by the server that names them; what a host name stands for is judged when the connection is made. */
export interface AddressRule {
  /** Of the host as it is written. */
  faultOf(url: URL): Promise<string | null>;
  /** As `lookup` of a socket: an address that is refused is an error. */
  lookup(host: string, options: LookupOptions, done: LookupDone): void;
}

type LookupDone = (error: Error | null, address: string | LookupAddress[], family?: number) => void;
type Resolve = (host: string, done: (error: Error | null, found: readonly LookupAddress[]) => void) => void;

const resolveAll: Resolve = (host, done) => dnsLookup(host, { all: true }, (error, found) => done(error, found ?? []));

export function addressRule(server: URL, resolve: Resolve = resolveAll): AddressRule {
  let known: Promise<Nearness> | undefined;
  /** A server whose name is known nowhere here (it is behind a proxy) is far away. */
  const nearnessOfServer = (): Promise<Nearness> => {
    known ??= new Promise((settle) => {
      const host = bareHost(server);
      if (isIP(host) !== 0) return settle(nearnessOf(host));
      resolve(host, (_, found) => settle(found[0] === undefined ? 'public' : nearnessOf(found[0].address)));
    });
    return known;
  };
  return {
    async faultOf(url) {
      const host = bareHost(url);
      if (NAMED.test(host)) return 'is a metadata service of this machine';
      return isIP(host) === 0 ? null : faultOfStep(await nearnessOfServer(), nearnessOf(host));
    },
    lookup(host, options, done) {
      resolve(host, async (error, all) => {
        const wanted = options.family === 4 || options.family === 6 ? options.family : null;
        const found = all.filter(({ family }) => wanted === null || family === wanted);
        const first = found[0];
        if (error || first === undefined)
          return done(error ?? Object.assign(new Error(`${host} has no address`), { code: 'ENOTFOUND' }), '');
        const near = await nearnessOfServer();
        for (const { address } of found) {
          const fault = faultOfStep(near, nearnessOf(address));
          if (fault !== null)
            return done(
              new MlctlError(
                'REMOTE_REFUSED',
                `${host} stands for ${address}, which ${fault}: nothing was sent there`,
                {
                  hint: `the server ${server.host} named that place; treat it as hostile, or ask who runs it`,
                },
              ),
              '',
            );
        }
        if (options.all) done(null, [...found]);
        else done(null, first.address, first.family);
      });
    },
  };
}
