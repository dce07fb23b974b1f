/** The one HTTP server: which part of the runtime a request is for, by its path. */
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

/** Answers a request. */
export type RequestHandler = (request: IncomingMessage, response: ServerResponse) => unknown;

type UpgradeHandler = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

interface Answering {
  handle(request: IncomingMessage, response: ServerResponse): unknown;
}

/** What stands behind the paths. */
export interface ServerParts {
  /** The HTTP API's paths: `/v1/rooms/{roomId}`. A path that begins as one of them is the API's. */
  readonly apiPaths: readonly string[];
  readonly api: Answering;
  /** What only exists here, by the path's part after `/local/`: `apis`, `token`, `s3` … */
  readonly local: Readonly<Record<string, Answering>>;
  /** Every other path. */
  readonly site: RequestHandler | undefined;
  /** `/ws`. */
  readonly upgrade: UpgradeHandler;
}

/** The largest header API Gateway takes, with room for it to be refused properly. */
const MAX_HEADER_BYTES = 32 * 1024;

/** Takes a port at once; until the parts are there, requests are asked to come again. */
export function startListening({ host, port }: { host: string; port: number }) {
  const server = http.createServer({ maxHeaderSize: MAX_HEADER_BYTES });
  server.on('request', answerStarting);
  server.on('upgrade', refuseStarting);
  const listening = new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve());
  });
  return { server, listening };
}

/** The port a server listens on. */
export function portOf(server: http.Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return address.port;
}

/** Puts the parts behind the server's paths. */
export function dispatch(server: http.Server, parts: ServerParts): void {
  const apiRoots = new Set(parts.apiPaths.map(rootOf));
  server.off('request', answerStarting);
  server.off('upgrade', refuseStarting);
  server.on('request', (request, response) => {
    const { url = '/' } = request;
    if (apiRoots.has(rootOf(url))) return void parts.api.handle(request, response);
    const [, root, name = ''] = pathOf(url).split('/');
    const local = root === 'local' && Object.hasOwn(parts.local, name) && parts.local[name];
    if (local) return void local.handle(request, response);
    if (parts.site) return void parts.site(request, response);
    response.writeHead(404, { 'content-type': 'text/plain' }).end('Nothing here.\n');
  });
  server.on('upgrade', (request, socket, head) => {
    if (isSocket(pathOf(request.url ?? ''))) return parts.upgrade(request, socket, head);
    // The site's own sockets (hot reload) have their own listener.
    if (server.listenerCount('upgrade') === 1) socket.destroy();
  });
}

/** The short path, or the stage's own, which is where the AsyncAPI document points to. */
function isSocket(path: string): boolean {
  return path === '/ws' || /^\/local\/apis\/[^/]+\/[^/]+$/u.test(path);
}

/** `refresh` is for people: a window that asks too early shows the site as soon as it is there. */
function answerStarting(_: IncomingMessage, response: ServerResponse): void {
  response.writeHead(503, { 'retry-after': '1', refresh: '1', 'content-type': 'text/plain' });
  response.end('Starting.\n');
}

/** Left unanswered, a client would wait for its handshake long after the parts are there. */
function refuseStarting(this: http.Server, { url = '' }: IncomingMessage, socket: Duplex): void {
  // the site's own sockets may have their listener already
  if (!isSocket(pathOf(url)) && this.listenerCount('upgrade') > 1) return;
  socket.end('HTTP/1.1 503 Service Unavailable\r\nconnection: close\r\ncontent-length: 0\r\n\r\n');
}

function rootOf(path: string): string {
  return pathOf(path).split('/')[1] ?? '';
}

function pathOf(url: string): string {
  return url.split('?', 1)[0] ?? '';
}
