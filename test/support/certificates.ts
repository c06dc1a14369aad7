// A certificate authority of a test's own, by openssl: certificates good, expired, for another host, and for a client.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Pair {
  readonly cert: string;
  readonly key: string;
}

export interface Authority {
  /** File with the authority's certificate. */
  readonly caFile: string;
  readonly ca: string;
  /** Signed for a host name or address. */
  issue(name: string, options?: { readonly host?: string; readonly expired?: boolean }): Pair;
}

export function makeAuthority(folder: string): Authority {
  const at = (name: string) => join(folder, name);
  const openssl = (...args: string[]) =>
    execFileSync('openssl', args, { stdio: ['ignore', 'ignore', 'pipe'], cwd: folder });
  const key = (name: string) =>
    openssl('ecparam', '-name', 'prime256v1', '-genkey', '-noout', '-out', at(`${name}.key`));
  key('ca');
  openssl(
    'req',
    '-x509',
    '-new',
    '-key',
    at('ca.key'),
    '-days',
    '2',
    '-subj',
    '/CN=test authority',
    '-out',
    at('ca.pem'),
  );
  return {
    caFile: at('ca.pem'),
    ca: readFileSync(at('ca.pem'), 'utf8'),
    issue(name, { host = '127.0.0.1', expired = false } = {}) {
      key(name);
      openssl('req', '-new', '-key', at(`${name}.key`), '-subj', `/CN=${name}`, '-out', at(`${name}.csr`));
      const kind = /^[\d.]+$/.test(host) ? 'IP' : 'DNS';
      writeFileSync(at(`${name}.ext`), `subjectAltName=${kind}:${host}\n`);
      openssl(
        ...['x509', '-req', '-in', at(`${name}.csr`), '-CA', at('ca.pem'), '-CAkey', at('ca.key'), '-CAcreateserial'],
        ...['-extfile', at(`${name}.ext`), '-out', at(`${name}.pem`), '-days', expired ? '-1' : '2'],
      );
      return { cert: readFileSync(at(`${name}.pem`), 'utf8'), key: readFileSync(at(`${name}.key`), 'utf8') };
    },
  };
}
