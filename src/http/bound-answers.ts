// Turns an agent into one whose requests always end in an answer of bounded headers, or in an error. Node lets a request end
// silently if a server switches protocols unasked, and lets its own settings raise the limit for headers.
import type { ClientRequest, Agent as HttpAgent, IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';

/** What node's request passes to its agent; the method is not in its types. */
interface Adding {
  addRequest(request: ClientRequest, ...rest: readonly unknown[]): void;
}

/** Of all headers of one answer together: node's own limit if nobody sets another. */
export const MOST_HEADER_BYTES = 16 * 1024;
/** Answers that only announce another one: 100, 102, 103. Each may have as many headers. */
const MOST_ANNOUNCED = 20;

/** No request of ours asks for another protocol. Without a listener node closes the socket, and neither answers nor fails. */
function refuseUpgrade(request: ClientRequest): void {
  request.once('upgrade', ({ statusCode }: IncomingMessage, socket: Socket) => {
    socket.destroy();
    const error = new Error(`it answered ${statusCode}, a change of protocol that was not asked for`);
    request.emit('error', Object.assign(error, { code: 'ERR_UPGRADE_UNASKED' }));
  });
}

/** A request has one answer. A server that only announces it keeps the silence from being noticed. */
function boundAnnounced(request: ClientRequest): void {
  let announced = 0;
  request.on('information', () => {
    announced += 1;
    if (announced <= MOST_ANNOUNCED) return;
    const error = new Error(`it announced an answer more than ${MOST_ANNOUNCED} times, and none came`);
    request.destroy(Object.assign(error, { code: 'ERR_ANNOUNCED' }));
  });
}

export function boundAnswers<Kind extends HttpAgent>(agent: Kind): Kind {
  const { addRequest } = agent as unknown as Adding;
  const telling: Adding = {
    addRequest(request, ...rest) {
      refuseUpgrade(request);
      boundAnnounced(request);
      Object.assign(request, { maxHeaderSize: MOST_HEADER_BYTES });
      addRequest.call(agent, request, ...rest);
    },
  };
  return Object.assign(agent, telling);
}
