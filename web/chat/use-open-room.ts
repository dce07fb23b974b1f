/** A customer's room with a vendor, opened when it is first wanted. */
import { useEffect, useRef, useState } from 'react';

import type { ChatClient } from '#client/chat.ts';
import { asChatError, isOfToken, retryDelayMs } from '#client/retry.ts';
import type { ChatError } from '#protocol/errors.ts';
import type { Product } from '#protocol/message.ts';

import { useChat } from './ChatProvider.tsx';
import { handOver, heldBy, keyOfVendor } from './held.ts';

type Progress =
  | { status: 'opening' }
  | { status: 'open'; roomId: string }
  | { status: 'failed'; error: ChatError };

/** A room on its way to being there. */
export type Opening = Progress & { retry: () => void };

/** The opening as it stands; it tries again by itself while the connection is there. */
export function useOpenRoom(vendorId: string, product: Product | undefined): Opening {
  const client = useChat();
  const [opening, setOpening] = useState<Progress>({ status: 'opening' });
  const [attempt, setAttempt] = useState(0);
  const latest = useRef(0);

  useEffect(() => {
    let isShown = true;
    const turn = (latest.current += 1);
    const show = (progress: Progress) => isShown && setOpening(progress);
    // what somebody wrote is carried there, also when nobody looks any more
    const isWanted = () =>
      turn === latest.current && (isShown || heldBy(client, keyOfVendor(vendorId)).length > 0);
    show({ status: 'opening' });
    void openRoom({ client, vendorId, product, show, isWanted });
    return () => {
      isShown = false;
    };
    // the product is for the list only: another one of the same vendor is no reason to open again
    // oxlint-disable-next-line react/exhaustive-deps
  }, [client, vendorId, attempt]);

  return { ...opening, retry: () => setAttempt(attempt + 1) };
}

interface Wish {
  client: ChatClient;
  vendorId: string;
  product: Product | undefined;
  show: (progress: Progress) => void;
  isWanted: () => boolean;
}

/** Until the room is there, finally refused, or nobody wants it. A failure stays on screen while it is tried again. */
async function openRoom({ client, vendorId, product, show, isWanted }: Wish): Promise<void> {
  for (let failures = 0; isWanted(); failures += 1) {
    try {
      const room = await client.openRoom({ vendorId, ...(product !== undefined && { product }) });
      if (!isWanted()) return;
      handOver(client, keyOfVendor(vendorId), room);
      return show({ status: 'open', roomId: room.roomId });
    } catch (cause) {
      const error = asChatError(cause);
      show({ status: 'failed', error });
      // a final refusal stays one, whatever the network does; who is signed out may come back
      if (!error.retryable && !isOfToken(error)) return;
      await pause(retryDelayMs(error, failures, Math.random()));
      await isBack(client);
    }
  }
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Resolves once the client is online. */
function isBack(client: ChatClient): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (client.getState().connection !== 'online') return;
      stop();
      resolve();
    };
    const stop = client.subscribe(look);
    look();
  });
}
