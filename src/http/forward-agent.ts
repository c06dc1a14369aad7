// An agent for other clients (the AWS SDK): plain http through a proxy, which needs the whole address in the first line.
import { type AgentOptions, type ClientRequest, Agent as HttpAgent } from 'node:http';
import { boundAnswers } from './bound-answers.js';
import { proxyAuthorization } from './proxy.js';

/** What node's request passes to its agent; the method is not in its types. */
interface Adding {
  addRequest(request: ClientRequest, options: { host: string; port: number | string }): void;
}

/** `proxy` is reached by plain http. The request's headers must not have been sent yet: no `Expect`. */
export function forwardAgent(proxy: URL, options: AgentOptions = {}): HttpAgent {
  const agent = new HttpAgent({ keepAlive: true, ...options });
  const { addRequest } = agent as unknown as Adding;
  const through: Adding = {
    addRequest(request, target) {
      // The header Host is the requested host with its port.
      request.path = `http://${request.getHeader('host')}${request.path}`;
      for (const [name, value] of Object.entries(proxyAuthorization(proxy))) request.setHeader(name, value);
      const place = { host: proxy.hostname.replace(/^\[|\]$/g, ''), port: proxy.port || 80 };
      addRequest.call(agent, request, { ...target, ...place });
    },
  };
  return boundAnswers(Object.assign(agent, through));
}
