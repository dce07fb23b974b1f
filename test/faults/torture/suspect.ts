/** Somebody of a shop's staff who only watches, and is suspended while everybody else goes on. */
import { setTimeout as sleep } from 'node:timers/promises';

import { sequenceOf } from '../faults/dice.ts';
import { openDevice, show, type StageOptions } from './scene.ts';

export interface Suspect {
  /** Suspends them after a moment, however often it takes; from the answer on nothing may reach them. */
  suspend(): Promise<void>;
  close(): void;
}

const ADMIN = { sub: 'admin', role: 'admin' } as const;
/** In the middle of the shortest round. */
const SOON_MS = 2_000;
const MAX_TRIES = 60;
const PAUSE_MS = 500;

/** Puts them before a room, online. The sky is to be clear. */
export async function openSuspect(options: StageOptions, roomId: string): Promise<Suspect> {
  const { stack, history, seed, name } = options;
  const user = `suspect-${name}`;
  const vendorId = `vendor-${name}`;
  const member = `vendor:${vendorId}` as const;
  const claims = { sub: user, role: 'vendor', vendor_id: vendorId, name: 'Gio' } as const;
  const person = { name: `${name}/suspect`, member, claims };
  const device = openDevice(options, roomId, { person, index: 0 });
  await show(device);
  const token = await stack.token(ADMIN);
  const path = `${encodeURIComponent(member)}/suspension?user=${user}`;
  const decide = async () => {
    const { status } = await fetch(`${stack.url}/v1/admin/users/${path}`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ suspended: true, reason: 'spam' }),
    });
    return status;
  };
  return {
    suspend: async () => {
      await sleep(sequenceOf(seed, user).below(SOON_MS));
      let status = await decide();
      for (let tries = 1; status !== 200; tries += 1) {
        if (tries === MAX_TRIES) throw new Error(`The suspension of ${user}: ${status}.`);
        await sleep(PAUSE_MS);
        status = await decide();
      }
      history.add({ kind: 'suspension', user, atMs: history.now() });
    },
    close: device.close,
  };
}
