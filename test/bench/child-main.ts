/** The child's side: makes loads and holds sockets as it is told. */
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

import { WebSocket } from 'ws';

import { runLoad } from '../../bin/load.ts';
import type { Order, Report } from './child.ts';

/** The gateway takes 500 new connections per second, as AWS does. */
const MAX_OPENING_PER_SECOND = 400;
const PARALLEL = 8;

const sockets: WebSocket[] = [];

process.on('message', (message: Order | 'go') => {
  if (message === 'go') return;
  follow(message).then(tell, (error: unknown) => tell({ kind: 'failed', reason: String(error) }));
});

function tell(report: Report): void {
  process.send?.(report);
}

async function follow(order: Order): Promise<Report> {
  switch (order.kind) {
    case 'load': {
      const marks = { onReady: () => pass('ready'), onHeard: () => pass('heard') };
      return { kind: 'result', result: await runLoad({ ...order.options, ...marks }) };
    }
    case 'open':
      await openAll(order.socketUrl, order.tokens);
      return { kind: 'done' };
    case 'close':
      for (const socket of sockets.splice(0)) socket.close();
      return { kind: 'done' };
  }
}

/** Says where it is and waits to be let on. */
async function pass(kind: 'ready' | 'heard'): Promise<void> {
  const isLetOn = once(process, 'message');
  tell({ kind });
  await isLetOn;
}

async function openAll(socketUrl: string, tokens: readonly string[]): Promise<void> {
  const waiting = tokens.values();
  const opener = async () => {
    for (const token of waiting) {
      const earliest = performance.now() + (PARALLEL * 1_000) / MAX_OPENING_PER_SECOND;
      const socket = new WebSocket(`${socketUrl}?device=${crypto.randomUUID()}`, [
        'parley.v1',
        token,
      ]);
      sockets.push(socket);
      await once(socket, 'open');
      await sleep(Math.max(0, earliest - performance.now()));
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, opener));
}
