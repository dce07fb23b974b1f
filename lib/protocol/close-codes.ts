/** Why a socket closed, and what a client does about it. Most are API Gateway's; none can be chosen by a push. */

/** Close codes by meaning. */
export const CLOSE_CODES = {
  /** Closed on purpose. */
  normal: 1000,
  /** The gateway's idle or two-hour cut, or a deletion by the server: ordinary life, reconnect. */
  goingAway: 1001,
  /** A binary frame: Parley speaks JSON text. */
  unsupportedData: 1003,
  /** No close frame came: the network broke. */
  abnormal: 1006,
  /** A frame over 32 KB or a message over 128 KB. */
  tooBig: 1009,
  /** The gateway failed. */
  internalError: 1011,
} as const;

/** The subprotocols a client offers, in this order: the version, then the token. The server selects the version. */
export const SUBPROTOCOL = 'parley.v1';

/** True where the same frame would close the next socket too, so that it must not be sent again. */
export function isCloseOwnFault(code: number): boolean {
  return code === CLOSE_CODES.unsupportedData || code === CLOSE_CODES.tooBig;
}
