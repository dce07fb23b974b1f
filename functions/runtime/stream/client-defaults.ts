/** What the clients of the queue and the bus have in common. */

/** A hung request must not eat the invocation; without the last the SDK only warns and waits on. */
export const CLIENT_DEFAULTS = {
  maxAttempts: 3,
  requestHandler: {
    connectionTimeout: 1_000,
    requestTimeout: 3_000,
    throwOnRequestTimeout: true,
  },
};
