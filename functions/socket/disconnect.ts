/** A socket has closed: its row goes. Best effort, for the gateway may never say so; the row's expiry does the rest. */
import { disconnect } from '#core/connections.ts';
import { ports } from '#runtime/compose.ts';
import { connectionHandler } from '#runtime/connection-handler.ts';

export const handler = connectionHandler(async (caller, { connectionId }) => {
  await disconnect(ports, caller, { connectionId });
});
