/** What a first page of rooms and the unread counts cost the database, for a shop with few rooms and with many. */
import { setTimeout as sleep } from 'node:timers/promises';

import { Person } from './person.ts';
import type { Scene } from './scene.ts';
import { type Crowd, FEW, LATE, OTHERS } from './seeding.ts';
import { report, section } from './table.ts';

const PRESENCE_RESTS_MS = 20_000;

/**
 * Read units allowed where ten rooms wait, however many exist. Every room here has labels: its head, what it is about
 * and its side's marks are three reads of half a unit.
 */
const CALLS = [
  { name: 'first page of 50', path: '/rooms', few: 20, many: 100 },
  { name: 'first page that waits', path: '/rooms?filter=waiting', few: 20, many: 20 },
  { name: 'unread counts', path: '/unread', few: 8, many: 8 },
] as const;

/** Measures the calls that open an inbox, in filled tables. */
export async function benchLists(scene: Scene, crowd: Crowd): Promise<void> {
  // Who came and went in the parts before is settled 10 s later, and would be counted here.
  await sleep(PRESENCE_RESTS_MS);
  const large = OTHERS.toLocaleString('en');
  section(`Lists (read units of one call; ${FEW} rooms wait for an answer in the first two shops)`);
  for (const { name, path, few, many } of CALLS) {
    await reportCall(
      scene,
      { vendorId: crowd.newVendorId, path },
      { name: `${name}, ${FEW} rooms`, budget: few },
    );
    await reportCall(
      scene,
      { vendorId: crowd.vendorId, path },
      { name: `${name}, ${large} rooms`, budget: many },
    );
    await reportCall(
      scene,
      { vendorId: crowd.lateVendorId, path },
      { name: `${name}, ${LATE} rooms that all wait` },
    );
  }
}

async function reportCall(
  scene: Scene,
  { vendorId, path }: { vendorId: string; path: string },
  row: { name: string; budget?: number },
): Promise<void> {
  const { url, socketUrl } = scene.stack;
  const staff = { sub: crypto.randomUUID(), role: 'vendor', vendor_id: vendorId } as const;
  const person = new Person({ url, socketUrl, token: await scene.stack.token(staff) });
  const { meter, wallMs } = await scene.measure(async () => void (await person.call('GET', path)));
  const calls = Object.entries(meter.calls).map(
    ([name, { count, units }]) => `${count} ${name} ${units}`,
  );
  const note = `${meter.writeUnits} write units, ${wallMs.toFixed(0)} ms in the function; ${calls.join(', ')}`;
  report({ ...row, value: meter.readUnits, unit: 'read units', note });
}
