// Sends bytes to a server as they are, and answers everything that comes back until the connection ends.
import { connect, type Socket } from 'node:net';

export const connectTo = (url: string): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname, () => resolve(socket));
    socket.once('error', reject);
  });

/**
 * A connection that the server keeps open is ended once nothing has come for `patienceMs`. They count from the first byte: a machine
 * that is busy may be slow to send it.
 */
export async function rawRequest(url: string, text: string | Buffer, patienceMs = 1000): Promise<string> {
  const socket = await connectTo(url);
  let answer = '';
  socket.on('error', () => {});
  socket.on('data', (chunk) => {
    answer += chunk;
    socket.setTimeout(patienceMs);
  });
  socket.setTimeout(Math.max(patienceMs, 20_000), () => socket.destroy());
  socket.write(text);
  await new Promise((resolve) => socket.once('close', resolve));
  return answer;
}
