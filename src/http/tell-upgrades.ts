// Turns an agent into one whose requests always end in an answer or an error. Node lets a request end silently if a server
// switches protocols unasked.
import type { ClientRequest, Agent as HttpAgent, IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';

/** What node's request passes to its agent; the method is not in its types. */
interface Adding {
  addRequest(request: ClientRequest, ...rest: readonly unknown[]): void;
}

/** No request of ours asks for another protocol. Without a listener node closes the socket, and neither answers nor fails. */
function refuseUpgrade(request: ClientRequest): void {
  request.once('upgrade', ({ statusCode }: IncomingMessage, socket: Socket) => {
    socket.destroy();
    const error = new Error(`it answered ${statusCode}, a change of protocol that was not asked for`);
    request.emit('error', Object.assign(error, { code: 'ERR_UPGRADE_UNASKED' }));
  });
}

export function tellUpgrades<Kind extends HttpAgent>(agent: Kind): Kind {
  const { addRequest } = agent as unknown as Adding;
  const telling: Adding = {
    addRequest(request, ...rest) {
      refuseUpgrade(request);
      addRequest.call(agent, request, ...rest);
    },
  };
  return Object.assign(agent, telling);
}
