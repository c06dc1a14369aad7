// Which addresses a server may send us to: never the metadata services of this machine, and never a network nearer than its own.
import { lookup as dnsLookup, type LookupAddress, type LookupOptions } from 'node:dns';
import { isIP } from 'node:net';
import { MlctlError } from '../errors/error.js';
import { bareHost } from './host-name.js';
import { type Nearness, nearnessOf } from './nearness-of.js';

const NAMED = /^(?:metadata|instance-data)(?:\.|$)/;

/** What is wrong if a server of that nearness sends us to an address of this one; null if nothing is. */
export function faultOfStep(server: Nearness, place: Nearness): string | null {
  if (place === 'forbidden') return 'is a link-local or metadata address of this machine';
  if (place === 'loopback' && server !== 'loopback') return 'is this machine, and the server is not';
  if (place === 'private' && server === 'public') return 'is on a private network, and the server is not';
  return null;
}

/** Checks places by the server that names them. The addresses of a host name are checked when the connection is made. */
export interface AddressRule {
  /** By the host as it is written. */
  faultOf(url: URL): Promise<string | null>;
  /** Like the `lookup` of a socket: a refused address is an error. */
  lookup(host: string, options: LookupOptions, done: LookupDone): void;
}

type LookupDone = (error: Error | null, address: string | LookupAddress[], family?: number) => void;
type Resolve = (host: string, done: (error: Error | null, found: readonly LookupAddress[]) => void) => void;

const resolveAll: Resolve = (host, done) => dnsLookup(host, { all: true }, (error, found) => done(error, found ?? []));

export function addressRule(server: URL, resolve: Resolve = resolveAll): AddressRule {
  let known: Promise<Nearness> | undefined;
  /** A server whose name cannot be resolved here (it is behind a proxy) counts as far away. */
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
                `${host} resolves to ${address}, which ${fault}: nothing was sent there`,
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
