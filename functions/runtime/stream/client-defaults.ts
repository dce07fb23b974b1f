/** What the clients of the queue and the bus have in common. */

/** How long one attempt may take. A batch of a hundred rooms has to end within the function's minute. */
export const DEFAULT_TIMEOUT_MS = 2_000;

/** The settings of a client: two attempts, the rest is for the next invocation. */
export function clientDefaults(timeoutMs: number) {
  return {
    maxAttempts: 2,
    requestHandler: {
      connectionTimeout: timeoutMs,
      requestTimeout: timeoutMs,
      // Without this the SDK only warns and waits on.
      throwOnRequestTimeout: true,
    },
  };
}
