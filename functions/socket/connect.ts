/** A socket opens: its row makes it live, and the user's oldest one closes where there are too many. */
import { connect } from '#core/connections.ts';
import { ports } from '#runtime/compose.ts';
import { connectionHandler } from '#runtime/connection-handler.ts';
import { count } from '#runtime/metrics.ts';

export const handler = connectionHandler(async (caller, command) => {
  await connect(ports, caller, command);
  count('Connected');
});
