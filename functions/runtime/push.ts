/** Pushes to connections through the gateway's management API: what became of each, never an exception. */
import {
  ApiGatewayManagementApiClient,
  ApiGatewayManagementApiServiceException,
  DeleteConnectionCommand,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';

import type { Push, PushOutcome } from '#core/fan-out.ts';
import { MAX_FRAME_BYTES } from '#protocol/limits.ts';

import { logger } from './logger.ts';
import { count } from './metrics.ts';

/** A push that takes longer counts as busy: one slow client must not hold the others' answer. */
const DEFAULT_TIMEOUT_MS = 2_000;

/** Pushing to and closing connections. */
export interface Pusher {
  readonly push: Push;
  /** Closes a connection; one that is gone already is fine. */
  readonly close: (connectionId: string) => Promise<void>;
}

/** @param callbackUrl the API's management address, from the configuration, never from an event */
export function createPusher(callbackUrl: string, timeoutMs = DEFAULT_TIMEOUT_MS): Pusher {
  const client = new ApiGatewayManagementApiClient({
    endpoint: callbackUrl,
    // The SDK would retry 429 by itself and so stall a fan-out.
    maxAttempts: 1,
    requestHandler: {
      connectionTimeout: timeoutMs,
      requestTimeout: timeoutMs,
      // Without this the SDK only warns and waits on.
      throwOnRequestTimeout: true,
    },
  });
  return {
    push: async (connectionId, frame) => {
      const outcome = await attempt(client, connectionId, JSON.stringify(frame));
      if (outcome !== 'sent') count(outcome === 'gone' ? 'PushGone' : 'PushBusy');
      return outcome;
    },
    close: async (connectionId) => {
      try {
        await client.send(new DeleteConnectionCommand({ ConnectionId: connectionId }));
      } catch (error) {
        if (statusOf(error) !== 410) logger.warn('close failed', { error: asError(error) });
      }
    },
  };
}

async function attempt(
  client: ApiGatewayManagementApiClient,
  connectionId: string,
  frame: string,
): Promise<PushOutcome> {
  const data = Buffer.from(frame);
  if (data.length > MAX_FRAME_BYTES) {
    // The gateway would refuse it. As a busy connection this one is closed, and its device reads over HTTP.
    logger.warn('frame too large', { connectionId, bytes: data.length });
    return 'busy';
  }
  const post = async () => {
    await client.send(new PostToConnectionCommand({ ConnectionId: connectionId, Data: data }));
    return 'sent' as const;
  };
  try {
    return await post().catch(async (error: unknown) => {
      if (!isBrokenLine(error)) throw error;
      return post();
    });
  } catch (error) {
    return classify(error, connectionId);
  }
}

/**
 * The other end closed a line that this environment had kept open while it slept: the first request after a
 * pause meets that, and says nothing of the connection it was for.
 */
function isBrokenLine(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'ECONNRESET' || code === 'EPIPE';
}

/** 410 is gone; 429, 5xx, a timeout and a broken line are busy; what is our own fault is told to the log. */
function classify(error: unknown, connectionId: string): PushOutcome {
  const status = statusOf(error);
  if (status === 410) return 'gone';
  if (status !== undefined && status !== 429 && status < 500) {
    logger.error('push refused', { connectionId, status, error: asError(error) });
  }
  return 'busy';
}

/** In SDK v3 the status stands in `$metadata`; there is no `statusCode`. */
function statusOf(error: unknown): number | undefined {
  const isAnswer = error instanceof ApiGatewayManagementApiServiceException;
  return isAnswer ? error.$metadata.httpStatusCode : undefined;
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
