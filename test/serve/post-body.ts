// Posts a body as a client with connections of its own, and gives what came back.
import { type Agent, request } from 'node:http';

export interface PostReply {
  readonly status: number;
  readonly retryAfter: string | undefined;
  readonly text: string;
}

/** One request over a connection of the agent. */
export function postBody(url: string, body: string, agent: Agent): Promise<PostReply> {
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
  return new Promise((resolve, reject) => {
    const asked = request(url, { method: 'POST', headers, agent }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk) => (text += chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode!, retryAfter: response.headers['retry-after'], text }),
      );
      response.on('error', reject);
    });
    asked.on('error', reject);
    asked.end(body);
  });
}
