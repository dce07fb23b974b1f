/** A customer's room with a vendor, opened when it is first wanted. */
import { useCallback, useEffect, useState } from 'react';

import type { ChatClient } from '#client/chat.ts';
import { ChatError } from '#protocol/errors.ts';
import type { Product } from '#protocol/message.ts';

import { useChat } from './ChatProvider.tsx';
import { useConnection } from './hooks.ts';
import { handOver, heldBy, keyOfVendor } from './use-held.ts';

/** Long enough not to press a server that is just back. */
const RETRY_MS = 1_000;

type Progress =
  | { status: 'opening' }
  | { status: 'open'; roomId: string }
  | { status: 'failed'; error: unknown };

/** A room on its way to being there. */
export type Opening = Progress & { retry: () => void };

/** The opening as it stands; it tries again by itself when the connection is back. */
export function useOpenRoom(vendorId: string, product: Product | undefined): Opening {
  const client = useChat();
  const [opening, setOpening] = useState<Progress>({ status: 'opening' });
  const [attempt, setAttempt] = useState(0);
  const retry = useCallback(() => setAttempt((value) => value + 1), []);

  useEffect(() => {
    let isCurrent = true;
    setOpening({ status: 'opening' });
    client.openRoom({ vendorId, ...(product !== undefined && { product }) }).then(
      ({ roomId }) => isCurrent && setOpening({ status: 'open', roomId }),
      (error: unknown) => isCurrent && setOpening({ status: 'failed', error }),
    );
    return () => {
      isCurrent = false;
    };
    // the product is for the list only: another one of the same vendor is no reason to open again
    // oxlint-disable-next-line react/exhaustive-deps
  }, [client, vendorId, attempt]);
  useEffect(() => () => void carry(client, vendorId), [client, vendorId]);

  const { connection } = useConnection();
  const mayRetry = opening.status === 'failed' && mayPass(opening.error) && connection === 'online';
  useEffect(() => {
    if (!mayRetry) return;
    const timer = setTimeout(retry, RETRY_MS);
    return () => clearTimeout(timer);
  }, [mayRetry, retry]);

  return { ...opening, retry };
}

/** Opens the room for what waits for it when nobody looks any more; tries until it is there or finally refused. */
async function carry(client: ChatClient, vendorId: string): Promise<void> {
  const key = keyOfVendor(vendorId);
  while (heldBy(client, key).length > 0) {
    try {
      handOver(client, key, await client.openRoom({ vendorId }));
    } catch (error) {
      if (!mayPass(error)) return;
      await isBack(client);
    }
  }
}

/** Resolves once the client is online, and has been for a moment. */
async function isBack(client: ChatClient): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
  await new Promise<void>((resolve) => {
    const look = () => {
      if (client.getState().connection !== 'online') return;
      stop();
      resolve();
    };
    const stop = client.subscribe(look);
    look();
  });
}

/** The page brought no token, or one that is not taken: signing in helps, waiting does not. */
export function isSignedOut(opening: Opening): boolean {
  if (opening.status !== 'failed' || !(opening.error instanceof ChatError)) return false;
  return /^(?:unauthorized|token_expired)$/u.test(opening.error.code);
}

/** A final refusal stays one, whatever the network does. */
function mayPass(error: unknown): boolean {
  return !(error instanceof ChatError) || error.retryable;
}
