// A line to a server that breaks or falls silent where a test wants it to, whatever is spoken on it.
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface Line {
  readonly url: string;
  /** Connections so far. */
  readonly count: () => number;
  /** Those that were broken. */
  readonly broken: () => number;
  /** Resolves when the line first fell silent. */
  readonly silent: Promise<void>;
  close(): void;
}

/** What becomes of a connection (from 1) that carried so many bytes there and back by now. */
export type Fate = (connection: number, there: number, back: number) => 'goes on' | 'is cut' | 'falls silent';

export async function openLine(target: string, fate: Fate): Promise<Line> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  let count = 0;
  let broken = 0;
  let fallSilent = () => {};
  const silent = new Promise<void>((resolve) => {
    fallSilent = resolve;
  });
  const server = createServer((near) => {
    count += 1;
    const number = count;
    const far = connect(Number(port), hostname);
    const carried = { there: 0, back: 0 };
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        near.destroy();
        far.destroy();
      });
    }
    const carry = (from: Socket, to: Socket, way: keyof typeof carried) =>
      from.on('data', (chunk) => {
        // What was on its way when the line broke arrives no more.
        if (near.destroyed) return;
        carried[way] += chunk.length;
        const becomes = fate(number, carried.there, carried.back);
        if (becomes === 'goes on') to.write(chunk);
        else if (becomes === 'is cut') {
          broken += 1;
          near.resetAndDestroy();
        } else {
          from.pause();
          fallSilent();
        }
      });
    carry(near, far, 'there');
    carry(far, near, 'back');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    count: () => count,
    broken: () => broken,
    silent,
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
