/** What the tabs of a person say to one another of the socket that they share. */

/** Plain data. */
export type SocketTalk =
  /** A tab wants a socket; it hears through the holder now; it does no more. */
  | { readonly type: 'hello' | 'here' | 'bye'; readonly tab: string }
  /** The holder's socket is open. */
  | { readonly type: 'open' }
  /** It is gone. `isFree`: another tab may have one at once, the network is not to blame. */
  | { readonly type: 'gone'; readonly isFree: boolean }
  /** What came in, for all; what is to go out. */
  | { readonly type: 'in' | 'out'; readonly text: string };

const FIELDS: Readonly<Record<SocketTalk['type'], readonly [name: string, type: string]>> = {
  hello: ['tab', 'string'],
  here: ['tab', 'string'],
  bye: ['tab', 'string'],
  open: ['type', 'string'],
  gone: ['isFree', 'boolean'],
  in: ['text', 'string'],
  out: ['text', 'string'],
};

/** Null for what another version of the page may say. */
export function parseTalk(body: unknown): SocketTalk | null {
  if (!isTyped(body)) return null;
  const [name, type] = new Map(Object.entries(FIELDS)).get(body.type) ?? ['', ''];
  const value: unknown = new Map(Object.entries(body)).get(name);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- this is the parse function
  return typeof value === type ? (body as SocketTalk) : null;
}

function isTyped(body: unknown): body is { type: string } {
  return (
    typeof body === 'object' && body !== null && 'type' in body && typeof body.type === 'string'
  );
}

/** Which way a frame of this client takes: `asks` are answered to the socket, and nobody else on it hears of them. */
export function kindOf(text: string): 'asks' | 'sends' | 'tells' {
  const frame: unknown = JSON.parse(text);
  if (typeof frame !== 'object' || frame === null || !('action' in frame)) return 'tells';
  if (frame.action === 'send') return 'sends';
  // A pong proves the socket to every tab, whichever asked.
  return 'ref' in frame && frame.action !== 'ping' ? 'asks' : 'tells';
}
